"""The rows of the form: amounts as they are written, what a kind of sanction asks for, what happened."""

from decimal import Decimal

import pytest

from tests.backoffice.penalty_form import mark, only, sent, url, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "amount", "currency", "printed"),
    [
        ("12,000.50", "12000.50", "GBP", ""),
        ("12 000", "12000", "GBP", ""),
        ("1.5万元", "15000", "CNY", "1.5万元"),
        ("壹万伍仟元整", "15000", "CNY", "壹万伍仟元整"),
        ("2500 EUR", "2500", "EUR", ""),
        ("£300", "300", "GBP", ""),
    ],
)
def test_amounts_are_read_as_they_are_written(held, clerk, typed, amount, currency, printed):
    clerk.post(url("add"), sent(held, _save="1") | {"sanctions-0-amount": typed})
    row = only().sanctions.get()
    assert (row.amount, row.currency, row.amount_text) == (Decimal(amount), currency, printed)
    text = words(clerk.get(url("change", only().pk)))
    assert f'value="{printed or format(Decimal(amount), "f")}"' in text
    given = sent(held, _save="1", mark=mark(clerk, url("change", only().pk))) | {"sanctions-0-amount": typed}
    assert clerk.post(url("change", only().pk), given).status_code == 302
    assert only().sanctions.get().amount == Decimal(amount)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"sanctions-0-amount": "about a thousand"}, "Write the amount in digits"),
        ({"sanctions-0-amount": "12.000"}, "Write the amount in digits"),
        ({"sanctions-0-kind": "warning"}, "This kind of sanction has no amount"),
        ({"sanctions-0-kind": ""}, "Choose the kind of sanction"),
        ({"sanctions-0-currency": "12"}, "three letters of the currency"),
        (
            {"sanctions-0-kind": "closure_order", "sanctions-0-amount": "", "sanctions-0-duration": "soon"},
            "6 months",
        ),
        ({"decided_on": "yesterday"}, "year-month-day"),
        ({"remedy_until": "2020-01-01"}, "lies before the decision"),
        ({"document_url": "nonsense"}, "whole address"),
        ({"respondent": "x" * 301}, "at most 300 characters"),
        ({"facts": "x" * 30_001}, "at most 30000 characters"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_the_rest_is_saved(held, clerk, given, told):
    page = clerk.post(url("add"), sent(held, _save="1") | given)
    assert page.status_code == 422 and told in words(page), page.context["problems"]
    made = only()
    assert made.decision_number == "EHO/2026/0117" and made.state == "draft"
    for value in given.values():
        assert value in words(page)
    page = clerk.post(url("change", made.pk), sent(held, _next="1", mark=page.context["mark"]) | given)
    assert page.status_code == 422 and only().state == "draft"


def test_only_what_the_kind_asks_for_is_kept_and_several_sanctions_have_their_order(held, clerk):
    rows = {
        "sanctions-TOTAL_FORMS": "4", "sanctions-0-kind": "fine", "sanctions-0-amount": "500",
        "sanctions-1-kind": "licence_suspension", "sanctions-1-duration": "six months",
        "sanctions-1-licence": "Food licence 7", "sanctions-2-kind": "warning", "sanctions-2-text": "Once.",
        "sanctions-3-kind": "fine", "sanctions-3-amount": "1", "sanctions-3-DELETE": "on",
    }  # fmt: skip
    page = clerk.post(url("add"), sent(held, _save="1") | rows)
    assert page.status_code == 422 and "a number and a unit" in words(page)
    rows["sanctions-1-duration"] = "6 months"
    clerk.post(url("change", only().pk), sent(held, _save="1", mark=page.context["mark"]) | rows)
    made = [(s.kind, s.amount, s.duration, s.licence, s.text) for s in only().sanctions.all()]
    assert made == [
        ("fine", Decimal(500), "", "", ""), ("licence_suspension", None, "P6M", "Food licence 7", ""),
        ("warning", None, "", "", "Once."),
    ]  # fmt: skip
    assert only().sanction_kinds == ["fine", "licence_suspension", "warning"]


def test_a_warning_alone_leads_to_the_sanction_and_not_to_the_class(held, clerk):
    alone = {"sanctions-0-kind": "warning", "sanctions-0-amount": "", "sanctions-0-currency": ""}
    page = clerk.post(url("add"), sent(held, _submit="1") | alone)
    todo = [(one.words, one.id) for one in page.context["todo"]]
    assert page.status_code == 422 and todo == [("A warning alone is not published.", "id_sanctions-0-kind")]


def test_fines_of_one_decision_are_in_one_currency(held, clerk):
    rows = {
        "sanctions-TOTAL_FORMS": "2", "sanctions-1-kind": "fine", "sanctions-1-amount": "5 EUR",
    }  # fmt: skip
    page = clerk.post(url("add"), sent(held, _submit="1") | rows)
    assert page.status_code == 422 and "in one currency" in words(page)


def test_what_already_happened_is_entered_with_it_and_counts_once_somebody_agrees(desk, held, clerk):
    events = {
        "events-TOTAL_FORMS": "3", "events-0-kind": "proposed", "events-0-on": "2026-10-01",
        "events-0-amount": "4,000", "events-1-kind": "paid_in_part", "events-1-on": "2026-11-02",
        "events-1-amount": "1000",
    }  # fmt: skip
    assert clerk.post(url("add"), sent(held, _submit="1") | events).status_code == 302
    made = only()
    assert made.owed is None and made.events.filter(confirmed_at__isnull=True).count() == 3
    made.approve(desk.checker)
    assert (made.imposed, made.owed, made.fine_state) == (2500, 1500, "paid_in_part")
    assert [e.kind for e in made.events.order_by("pk")] == ["imposed", "proposed", "paid_in_part"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"events-0-kind": "paid"}, "Give the day"),
        ({"events-0-kind": "paid", "events-0-on": "2026-10-05"}, "before the decision"),
        ({"events-0-kind": "varied", "events-0-on": "2026-11-05"}, "Give the amount"),
        ({"events-0-on": "2026-11-05"}, "Choose what happened"),
        (
            {"events-0-kind": "upheld", "events-0-on": "2026-11-05", "events-0-amount": "5"},
            "No amount belongs",
        ),
        ({"events-0-kind": "imposed", "events-0-on": "2026-11-05"}, "not one of the available choices"),
    ],
)
def test_an_event_that_cannot_be_counted_is_not_taken(held, clerk, given, told):
    page = clerk.post(url("add"), sent(held, _submit="1") | {"events-TOTAL_FORMS": "1"} | given)
    assert page.status_code == 422 and told in words(page) and only().state == "draft"
    assert not only().events.exists()
