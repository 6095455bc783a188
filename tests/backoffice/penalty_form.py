"""What the form of a decision sends, and the register that a clerk of Almond finds when entering one."""

from types import SimpleNamespace

from django.urls import reverse

from records.penalties.models import Penalty
from tests import make

ROWS = {
    "sanctions-TOTAL_FORMS": "1", "sanctions-INITIAL_FORMS": "0",
    "events-TOTAL_FORMS": "0", "events-INITIAL_FORMS": "0",
}  # fmt: skip


def url(name, *args):
    """An address of decisions in the back office."""
    return reverse(f"admin:records_penalty_{name}", args=args)


def register(desk) -> SimpleNamespace:
    """A law with three sections, two types of violation, and the company that runs the Copper Kettle."""
    law = make.law(key="food-act", title="Food Safety Act 1990", short_title="Food Act")
    sections = [make.provision(law, article) for article in ("s. 17(1)", "s. 17(2)", "s. 35")]
    cold = make.violation(code="F02", title="Food kept too warm", provision=sections[0])
    dirty = make.violation(code="H01", title="Premises not clean", provision=sections[1], seriousness="minor")
    company = make.business("Copper Kettle Ltd", {"gb-coh": "01234567"})
    desk.kettle.business = company
    desk.kettle.save()
    return SimpleNamespace(law=law, sections=sections, cold=cold, dirty=dirty, company=company)


def sent(held=None, **more) -> dict:
    """A whole decision as the form sends it; with `held`, what is chosen of the register."""
    today = "2026-11-02"
    data = {
        "respondent": "Copper Kettle Ltd", "respondent_kind": "organisation",
        "decision_number": "EHO/2026/0117", "decided_on": today, "domain": "food-safety",
        "procedure": "ordinary", "facts": "Cooked rice stood at 21 degrees for two hours.",
        "legal_basis": "Food Safety Act 1990, s. 17(1)", "sanctions-0-kind": "fine",
        "sanctions-0-amount": "2,500", "sanctions-0-currency": "GBP", "remedy": "Appeal within 28 days.",
        "served_on": "2026-11-04", "notice_served_on": "2026-11-04", "secrecy": "on",
        "document_url": "https://decisions.example.org/117.pdf",
    }  # fmt: skip
    if held is not None:
        data |= {
            "violations": [str(held.cold.pk)], "applied": [f"p{held.sections[2].pk}|s. 35"],
            "violated": [f"p{held.sections[0].pk}|s. 17(1)"], "law": [str(held.law.pk)],
        }  # fmt: skip
    return ROWS | data | more


def mark(client, address) -> str:
    """The mark of the draft as the page that is open has it."""
    return client.get(address).context["mark"]


def only() -> Penalty:
    """The one decision there is."""
    return Penalty.objects.get()


def words(page) -> str:
    """What an answer says."""
    return page.content.decode()
