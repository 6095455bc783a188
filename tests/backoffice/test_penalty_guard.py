"""What looks personal is said beside its field, masked or overruled with a reason, and told nowhere else."""

import logging

import pytest

from records.penalties.models import Penalty
from tests.backoffice.penalty_form import ROWS, only, sent, url, words

pytestmark = pytest.mark.django_db

PHONE = "07700 900123"
FACTS = f"Cooked rice stood at 21 degrees. Call {PHONE} for the record."


def seen(page):
    return page.context["page"].seen


def test_what_is_found_stands_beside_its_field_with_the_value_covered(held, clerk):
    page = clerk.post(url("add"), sent(held, facts=FACTS, _submit="1"))
    assert page.status_code == 422 and only().state == "draft"
    (found,) = seen(page)
    assert found.field == "facts" and "███" in found.hint and PHONE not in found.hint
    assert 'id="id_facts_error"' in words(page) and "or say why it may be shown" in words(page)
    assert words(page).count(PHONE) == 2  # in its own field, and in the preview of what would be shown
    assert 'href="#id_facts"' in words(page)


def test_a_button_masks_it_and_it_can_be_submitted(held, clerk):
    page = clerk.post(url("add"), sent(held, facts=FACTS, _save="1"), follow=True)
    (found,) = seen(page)
    given = sent(held, facts=FACTS, mark=page.context["mark"])
    page = clerk.post(url("change", only().pk), given | {"_mask": found.ref})
    assert only().facts == "Cooked rice stood at 21 degrees. Call ███ for the record."
    assert seen(page) == [] and PHONE not in words(page)
    given = sent(held, facts=only().facts, mark=page.context["mark"], _submit="1")
    assert clerk.post(url("change", only().pk), given).status_code == 302


def test_a_text_that_has_changed_since_is_not_masked_in_the_wrong_place(held, clerk):
    page = clerk.post(url("add"), sent(held, facts=FACTS, _save="1"), follow=True)
    (found,) = seen(page)
    given = sent(held, facts="Yes. " + FACTS, mark=page.context["mark"])
    page = clerk.post(url("change", only().pk), given | {"_mask": found.ref})
    assert only().facts == "Yes. " + FACTS and len(seen(page)) == 1
    for ref in ("facts:0:9999:phone", "facts", "nothing:1:2:x", "", "facts:a:b:c"):
        given = sent(held, facts=FACTS, mark=page.context["mark"])
        page = clerk.post(url("change", only().pk), given | {"_mask": ref})
        assert only().facts == FACTS


def test_a_reason_overrules_what_was_seen_and_nothing_that_comes_later(held, clerk):
    reason = {"overrule_reason": "It is the number of the council's own office."}
    # Nobody has seen what is found while the form is sent for the first time.
    page = clerk.post(url("add"), sent(held, facts=FACTS, _submit="1") | reason)
    assert page.status_code == 422 and only().overrule_of == ""
    signature = page.context["page"].signature
    given = sent(held, facts=FACTS, mark=page.context["mark"], seen=signature, _save="1") | reason
    page = clerk.post(url("change", only().pk), given, follow=True)
    assert only().overrule_of == only().case().digest and only().overrule_reason == reason["overrule_reason"]
    # Another word of the decision may be corrected, another number may not come in.
    given = sent(held, facts=FACTS.replace("21", "22"), mark=page.context["mark"], seen=signature, _save="1")
    page = clerk.post(url("change", only().pk), given | reason, follow=True)
    assert only().overrule_of == only().case().digest
    more = FACTS + " Or 07700 900456."
    given = sent(held, facts=more, mark=page.context["mark"], seen=signature, _submit="1") | reason
    page = clerk.post(url("change", only().pk), given)
    assert page.status_code == 422 and only().overrule_of == ""
    given = sent(held, facts=FACTS, mark=page.context["mark"], seen=signature, _submit="1") | reason
    assert clerk.post(url("change", only().pk), given).status_code == 302
    assert only().state == "in_review"


def test_every_text_that_is_shown_is_looked_through(held, clerk):
    texts = {
        "decision_number": f"EHO {PHONE}", "legal_basis": f"Food Act, {PHONE}", "remedy": f"Call {PHONE}",
        "sanctions-0-text": f"Pay, or call {PHONE}", "document_title": f"Letter, {PHONE}",
        "events-TOTAL_FORMS": "1", "events-0-kind": "paid", "events-0-on": "2026-11-05",
        "events-0-note": f"By telephone {PHONE}",
    }  # fmt: skip
    page = clerk.post(url("add"), sent(held, _submit="1") | texts)
    assert page.status_code == 422
    fields = {one.field for one in seen(page)}
    assert fields == set(texts) - {"events-TOTAL_FORMS", "events-0-kind", "events-0-on"}
    for name in ("events-0-note", "sanctions-0-text"):
        (found,) = [one for one in seen(page) if one.field == name]
        given = sent(held, mark=page.context["mark"]) | texts
        page = clerk.post(url("change", only().pk), given | {"_mask": found.ref})
        texts[name] = texts[name].replace(PHONE, "███")
    assert only().sanctions.get().text == "Pay, or call ███"
    assert only().events.exclude(kind="imposed").get().note == "By telephone ███"


def test_the_name_of_a_sole_trader_is_masked_and_never_overruled(held, clerk):
    trader = {
        "respondent": "Anna Sample", "respondent_kind": "sole_trader",
        "premises": "Anna's Kitchen, 1 Mill Lane",
        "facts": "Anna Sample kept rice at 21 degrees; Sample was told.", "overrule_reason": "Well known.",
    }  # fmt: skip
    page = clerk.post(url("add"), sent(held, _save="1") | trader, follow=True)
    certain = [one for one in seen(page) if not one.perhaps]
    assert [(one.field, one.is_name) for one in certain] == [("facts", True)]
    assert [one.field for one in seen(page) if one.perhaps] == ["facts"]
    given = sent(held, mark=page.context["mark"], seen=page.context["page"].signature) | trader
    page = clerk.post(url("change", only().pk), given | {"_submit": "1"})
    assert page.status_code == 422 and "Mask the name of the person" in words(page)
    given = sent(held, mark=page.context["mark"]) | trader
    page = clerk.post(url("change", only().pk), given | {"_mask": certain[0].ref})
    trader["facts"] = only().facts
    assert trader["facts"].startswith("███ kept rice")
    given = sent(held, mark=page.context["mark"], _submit="1") | trader
    assert clerk.post(url("change", only().pk), given).status_code == 302


def test_the_value_is_in_no_message_no_log_and_no_error(held, clerk, caplog):
    caplog.set_level(logging.DEBUG)
    number = "110101199003070134"
    given = {
        "sanctions-0-amount": number, "decided_on": number, "decision_number": f"EHO {number}",
        "document_url": f"x {number}", "facts": f"Zhang, {number}.", "_mask": f"facts:0:3:{number}",
    }  # fmt: skip
    page = clerk.post(url("add"), sent(held, _submit="1") | given)
    problems = [words for found in page.context["problems"].values() for words in found]
    for told in (
        *page.context["messages"],
        *page.context["todo"],
        *problems,
    ):
        assert number not in str(told) and number not in getattr(told, "words", "")
    assert number not in caplog.text
    answer = clerk.post(url("change", only().pk), sent(held, mark=page.context["mark"], _auto="1") | given)
    assert number not in answer.content.decode()
    assert not Penalty.objects.exclude(state="draft").exists()


def test_an_empty_form_holds_nothing_personal(clerk):
    page = clerk.post(url("add"), ROWS | {"_preview": "1"})
    assert seen(page) == [] and page.context["page"].signature == ""
