"""Sums at the desk: what a list shows before there is a ledger, and what a clerk adds to it."""

from datetime import date

import pytest
from django.urls import reverse

from tests.backoffice.test_penalty_steps import do, office, published, reviewed  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong, told",
    [
        ({"amount": "2.500"}, "Write the amount in digits"),
        ({"amount": "12.5.3"}, "Write the amount in digits"),
        ({"amount": "500 EUR"}, "All fines of one decision are in one currency."),
        ({"amount": ""}, "what is owed depends on it"),
        ({"event": "paid"}, "Less than is owed: 12,000"),
        ({"event": "contested"}, "No amount belongs to this event."),
        ({"event_on": ""}, "the order of events decides what is owed"),
        ({"event_on": "2026-01-01"}, "This day lies before the decision."),
        ({"event": ""}, "This field is required."),
    ],
)
def test_what_happened_to_a_fine_is_read_exactly_or_not_at_all(office, client, wrong, told):  # noqa: F811
    penalty = published(office, sanctions=(("fine", 12000),), decided_on=date(2026, 2, 3))
    form = {"event": "paid_in_part", "event_on": "2026-03-01", "amount": "1,500", "currency": "GBP"}
    answer = do(client, office["clerk"], penalty, "event", **form | wrong)
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not penalty.events.waiting().exists()
    assert do(client, office["clerk"], penalty, "event", **form).status_code == 302
    assert penalty.events.waiting().get().amount == 1500


def test_the_list_shows_a_checker_what_a_decision_imposes_before_it_is_approved(office, client):  # noqa: F811
    reviewed(office, sanctions=(("fine", 12000), ("warning", None)))
    client.force_login(office["checker"])
    assert (
        "12,000\N{NO-BREAK SPACE}GBP"
        in client.get(reverse("admin:records_penalty_changelist")).content.decode()
    )
