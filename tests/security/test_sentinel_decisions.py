"""What of decisions is not public stands nowhere on the site: every state holds a word that no page shows."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from records.penalties import ending
from records.penalties.happenings import PenaltyEvent
from records.publication import documents
from records.publication.states import PenaltyState
from tests import make
from tests.addresses import crawl
from tests.penalties.test_early_end import repaired
from tests.penalties.test_gone import end_at

pytestmark = pytest.mark.django_db
WORD = "Zanzibarquokka"
QUERIES = (
    "", "?q=zanzib", "?q=zanzibarquokka", "?q=zanzibarquokkb", "?sort=imposed", "?sort=owed", "?page=2",
    "?state=paid", "?sanction=fine", "?currency=GBP&imposed=-100000",
)  # fmt: skip


def secret(label: str) -> str:
    """The word with a label that tells where it leaked from."""
    return f"{WORD}{label}"


def told(label: str) -> dict:
    """The word in everything that a decision says."""
    names = ("respondent", "premises", "decision_number", "facts", "legal_basis", "remedy")
    return {name: f"{secret(label)} {name}" for name in names}


@pytest.fixture
def decisions(settings, tmp_path):
    """One decision in every state, and one public one with private things around it."""
    settings.MEDIA_ROOT = tmp_path
    authority = make.authority()
    clerk, checker, registrar, adjudicator, dpo = make.team(
        authority, "clerk", "checker", "registrar", "adjudicator", "dpo"
    )
    made = {"draft": make.penalty(authority=authority, **told("draft"))}
    for state in ("in_review", "approved", "refused"):
        made[state] = make.penalty(authority=authority, **told(state))
        made[state].submit(made[state].entered_by)
    made["approved"].approve(checker)
    made["refused"].refuse(checker, secret("refusal"))
    for state in ("withdrawn", "suspended", "expired", "sealed", "returned"):
        made[state] = make.published_penalty(authority=authority, document=_file(state), **told(state))
    for state in ("withdrawn", "sealed"):
        # The number and the reason are told on the notice; nothing else is.
        made[state].withdraw(checker, "Annulled.", "annulled", make.document(title=secret("paper")))
    ending.decide(made["sealed"].propose("seal", dpo, secret("why")), checker, True)
    review = timezone.localdate() + timedelta(days=9)
    for state in ("suspended", "returned"):
        made[state].suspend(registrar, secret("stay"), "court_stay", review)
    made["returned"].propose("resume", adjudicator, secret("proposal"))
    end_at(made["expired"], timezone.now() - timedelta(minutes=1))
    made["repaired"] = repaired(document=_file("repaired"), **told("repaired"))
    made["shown"] = _shown(authority, clerk)
    return made


def _file(label: str):
    return documents.store(SimpleUploadedFile(f"{secret(label)}.pdf", b"%PDF-1.4"), secret(f"file {label}"))


def _shown(authority, clerk):
    """A sole trader without a name, a correction that waits, an event that nobody confirmed."""
    facts = {"respondent": secret("trader"), "respondent_kind": "sole_trader", "premises": "A café, Testham"}
    place = make.establishment(authority=authority, name="Innocent Kitchen")
    penalty = make.published_penalty(
        authority=authority, document=_file("trader"), establishment=place, **facts,
        business=make.business(secret("business"), kind="sole_trader"),
    )  # fmt: skip
    correction = penalty.correct(clerk)
    correction.facts = secret("correction")
    correction.save()
    PenaltyEvent.objects.create(penalty=penalty, kind="paid", note=secret("event"), entered_by=clerk)
    return penalty


def test_no_page_of_decisions_shows_what_is_not_public(client, decisions):
    # The number of a withdrawn decision is told, on its notice and in the list of corrections.
    numbers = {key: penalty.decision_number for key, penalty in decisions.items()}
    starts = ["/", "/sitemap.xml", "/sitemap-decisions-1.xml", *(f"/penalties/{query}" for query in QUERIES)]
    for penalty in decisions.values():
        root = f"/penalties/{penalty.reference}/"
        papers = [f"{root}document/{penalty.document_id}/"] if penalty.document_id else []
        starts += [root, f"{root}v/1/", f"{root}v/2/", f"{root}v/1/record.json", *papers]
    seen = {}
    for address, response in crawl(client, starts, most=180):
        body = b"".join(response) if response.streaming else response.content
        shown = unquote(body.decode("utf-8", "replace")) + str(response.headers)
        seen[address] = shown
        shown = shown.replace(numbers["withdrawn"], "")
        if address not in (f"/penalties/{query}" for query in QUERIES):
            assert WORD.lower() not in shown.lower(), address
        else:  # what was asked for is said again, in whatever case it was typed
            assert WORD not in shown, address
        assert response.status_code in (200, 301, 302, 400, 404, 410), address
    assert numbers["withdrawn"] in seen[decisions["withdrawn"].get_absolute_url()]
    assert len(seen) > 60
    assert "A café, Testham" in seen[decisions["shown"].get_absolute_url()]
    assert "A café, Testham" in seen["/penalties/"]


def test_every_state_of_a_decision_is_tried(decisions):
    for penalty in decisions.values():
        penalty.refresh_from_db()
    tried = {penalty.state for penalty in decisions.values()}
    # A published one whose time is over stands for the minute before the clock expires it.
    assert tried | {"expired"} == {state.value for state in PenaltyState}
    call_command("run_clock", verbosity=0)
    decisions["expired"].refresh_from_db()
    assert decisions["expired"].state == "expired"


def test_only_shown_decisions_are_counted(client, decisions):
    html = client.get("/penalties/").content.decode()
    assert re.search(r"<strong>1 decision\s*</strong>", html)
