"""A correction is entered in the form of the decision, beside what is published, with what was wrong."""

from decimal import Decimal

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import QueryDict
from django.test import RequestFactory

from records.admin import site
from records.penalties.models import Penalty
from records.penalties.versions import PenaltyVersion
from tests import make
from tests.backoffice.penalty_form import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def correction(desk):
    """Begun by the clerk; the fine is said to be 500 and was 50."""
    held = register(desk)
    published = make.published_penalty(
        authority=desk.almond, entered_by=desk.clerk, violations=(held.cold,), cited=(held.sections[2],),
        sanctions=(("fine", 500),), decision_number="EHO/7", law=held.law,
    )  # fmt: skip
    return published.correct(desk.clerk)


def ask(correction, data=None, by=None):
    """The answer of the desk to a clerk who opens or sends the form."""
    factory = RequestFactory()
    if data is None:
        request = factory.get("/backoffice/correction/")
    else:
        query = QueryDict(mutable=True)
        for name, value in data.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        request = factory.post(
            "/backoffice/correction/", query.urlencode(), "application/x-www-form-urlencoded"
        )
    request.user, request._messages = by or correction.entered_by, CookieStorage(request)
    correction.refresh_from_db()
    answer = site.get_model_admin(Penalty)._enter_correction(request, correction)
    return answer.render() if hasattr(answer, "render") else answer


def as_sent(page, **more) -> dict:
    """What the form sends back as it was shown, and what is changed in it."""
    form = page.context_data["form"]
    sent = {
        "sanctions-INITIAL_FORMS": "0",
        "mark": page.context_data["mark"],
        "record": page.context_data["record"],
    }
    for bound in form:
        value = bound.value()
        if bound.name != "file" and value not in (None, "", False):
            sent[bound.name] = "on" if value is True else str(value)
    for name, picker in form.pickers.items():
        sent[name] = [chip.value for chip in picker.chips]
        sent[f"{name}_had"] = sent[name]
    sent["sanctions-TOTAL_FORMS"] = str(len(form.sanctions.forms))
    for row in form.sanctions.forms:
        sent |= {
            row.add_prefix(name): str(row[name].value() or "") for name in row.fields if name != "DELETE"
        }
    return sent | more


def test_the_form_holds_what_is_published_and_sending_it_back_changes_nothing(correction):
    page = ask(correction)
    text = page.content.decode()
    assert page.status_code == 200 and "What was wrong" in text and "Published:" not in text
    assert "What already happened to the fine" not in text and "Submit and next" not in text
    before = correction.parts()
    assert ask(correction, as_sent(page, _save="1")).status_code == 302
    correction.refresh_from_db()
    for name in ("facts", "decision_number", "law_id", "document_id", "decided_on", "secrecy_checked_by_id"):
        assert getattr(correction, name) == getattr(correction.penalty, name)
    after = correction.parts()
    assert [(s.kind, s.amount, s.currency) for s in after.sanctions] == [("fine", Decimal(500), "GBP")]
    assert [(c.role, c.provision_id, c.text) for c in after.citations] == [
        (c.role, c.provision_id, c.text) for c in before.citations
    ]
    assert page.context_data["page"].lines[0].name == "reason"


def test_beside_each_changed_field_stands_what_is_published(correction):
    sent = as_sent(ask(correction), facts="The fridge was warm.", _preview="1") | {"sanctions-0-amount": "50"}
    page = ask(correction, sent)
    lines = {line.name: line.was for line in page.context_data["page"].lines}
    assert lines["facts"] == correction.penalty.facts
    assert [name for name, was in lines.items() if was is not None] == ["facts"]
    assert page.context_data["page"].was_sanctions == "Fine, 500\N{NO-BREAK SPACE}GBP"
    assert "Cooked rice was kept" in page.content.decode().split("Published:")[1]
    assert "The fridge was warm." in page.content.decode()


def test_it_is_submitted_with_what_was_wrong_and_applied_by_another(desk, correction):
    sent = as_sent(ask(correction), _submit="1") | {"sanctions-0-amount": "50"}
    page = ask(correction, sent)
    assert page.status_code == 422 and 'href="#id_reason"' in page.content.decode()
    correction.refresh_from_db()
    assert correction.state == "draft" and correction.parts().sanctions[0].amount == 50
    sent |= {"reason": "A nought too many.", "mark": page.context_data["mark"]}
    page = ask(correction, sent)
    assert page.status_code == 302
    correction.refresh_from_db()
    assert (correction.state, correction.reason) == ("in_review", "A nought too many.")
    correction.apply(desk.checker)
    shown = Penalty.objects.public().get(pk=correction.penalty_id)
    assert shown.version == 2 and shown.sanctions.current().get().amount == 50
    assert PenaltyVersion.objects.public().get(penalty=shown).reason == "A nought too many."


def test_the_reason_is_looked_through_because_the_public_reads_it(correction):
    page = ask(correction, as_sent(ask(correction), reason="Mr X, 07700 900123, told us.", _submit="1"))
    assert page.status_code == 422
    assert [one.field for one in page.context_data["page"].seen] == ["reason"]
    correction.refresh_from_db()
    assert correction.state == "draft"


def test_printed_amounts_of_a_source_stay_until_the_amount_changes(correction):
    row = correction.parts()
    row.sanctions[0].amount, row.sanctions[0].currency = Decimal(15000), "CNY"
    row.sanctions[0].amount_text = "罚款人民币壹万伍仟元整"
    row.save(correction.penalty_id, correction.version)
    ask(correction, as_sent(ask(correction), facts="Changed.", _save="1"))
    assert correction.parts().sanctions[0].amount_text == "罚款人民币壹万伍仟元整"
    ask(correction, as_sent(ask(correction), _save="1") | {"sanctions-0-amount": "14000"})
    kept = correction.parts().sanctions[0]
    assert (kept.amount, kept.amount_text) == (Decimal(14000), "")


def test_its_own_number_is_no_duplicate_and_that_of_another_is(desk, correction):
    make.penalty(authority=desk.almond, decision_number="EHO/8")
    page = ask(correction, as_sent(ask(correction), _save="1"))
    assert page.status_code == 302
    page = ask(correction, as_sent(ask(correction), decision_number="EHO/8", _submit="1", reason="x"))
    assert page.status_code == 422 and "already has a decision" in page.content.decode()
    correction.refresh_from_db()
    assert correction.decision_number == "EHO/7"


def test_two_windows_on_a_correction(correction):
    first = second = as_sent(ask(correction))
    assert ask(correction, first | {"facts": "One.", "_save": "1"}).status_code == 302
    page = ask(correction, second | {"facts": "Two.", "_save": "1"})
    assert page.status_code == 409
    correction.refresh_from_db()
    assert correction.facts == "One."
