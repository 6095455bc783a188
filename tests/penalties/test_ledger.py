"""The life of a fine: what is owed follows from its events alone, in Python as in the database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.penalties import ledger
from records.penalties.happenings import PenaltyEvent
from records.penalties.ledger import Balance, Entry, fold
from tests import make

DAY = date(2026, 3, 1)


def at(days: int, kind: str, amount=None) -> Entry:
    return Entry(kind, DAY + timedelta(days), None if amount is None else Decimal(amount))


LIVES = {
    "paid at once": ([at(0, "imposed", 500), at(9, "paid", 500)], Balance(500, 0, "paid")),
    "paid in parts": (
        [at(0, "imposed", 500), at(3, "paid_in_part", 100), at(9, "paid_in_part", 150)],
        Balance(500, 250, "paid_in_part"),
    ),
    "cut on appeal after a payment": (
        [at(0, "imposed", 500), at(1, "contested"), at(3, "paid_in_part", 100), at(9, "varied", 300)],
        Balance(500, 200, "varied", "decided"),
    ),
    "cut below what was paid": (
        [at(0, "imposed", 500), at(3, "paid_in_part", 400), at(9, "varied", 300)],
        Balance(500, 0, "varied", "decided"),
    ),
    "annulled": ([at(0, "imposed", 500), at(9, "annulled")], Balance(500, 0, "annulled", "decided")),
    "raised again after it was set aside": (
        [at(0, "imposed", 500), at(9, "annulled"), at(20, "imposed", 80)],
        Balance(500, 80, "imposed", "decided"),
    ),
    "stayed": ([at(0, "imposed", 500), at(2, "stayed")], Balance(500, 500, "stayed")),
    "the rest is no longer claimed": (
        [at(0, "imposed", 500), at(2, "paid_in_part", 20), at(9, "written_off", 480)],
        Balance(500, 0, "written_off"),
    ),
    "no amount is known": ([at(0, "imposed")], Balance(None, None, "imposed")),
    "only proposed": ([at(0, "proposed", 900)], Balance(None, None, "proposed")),
    "entered wrongly": (
        [at(0, "imposed", 500), at(3, "paid_in_part", 20), at(9, "corrected", 50)],
        Balance(50, 30, "paid_in_part"),
    ),
    "entered wrongly, and changed on appeal before": (
        [at(0, "imposed", 500), at(3, "varied", 40), at(9, "corrected", 50)],
        Balance(50, 40, "varied", "decided"),
    ),
    "entered wrongly, and paid before": (
        [at(0, "imposed", 500), at(3, "paid", 50), at(9, "corrected", 50)],
        Balance(50, 0, "paid"),
    ),
    "recorded late": (
        [at(0, "imposed", 500), at(9, "paid", 500), at(3, "varied", 450)],
        Balance(500, 0, "paid", "decided"),
    ),
}


@pytest.mark.parametrize("life", LIVES)
def test_a_life_of_a_fine_leads_to_its_balance(life):
    events, balance = LIVES[life]
    assert fold(events) == balance


def test_every_kind_of_event_leads_to_a_state_that_has_a_name():
    named = {slug for slug, _label in ledger.fine_states()}
    assert {event.state for event in ledger.EVENTS} - {""} == named


events = st.lists(
    st.tuples(
        st.sampled_from(sorted(ledger.BY_SLUG)),
        st.none() | st.integers(0, 40),
        st.none() | st.decimals(0, 900, places=2),
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=events)
def test_the_database_folds_any_events_as_python_does(fined, drawn):
    penalty, clerk, checker = fined
    with transaction.atomic():
        PenaltyEvent.objects.bulk_create(
            PenaltyEvent(
                penalty=penalty, kind=kind, on=None if day is None else DAY + timedelta(day), amount=amount,
                currency="" if amount is None else "GBP", entered_by=clerk, confirmed_by=checker,
                confirmed_at=penalty.published_at,
            )
            for kind, day, amount in drawn
        )  # fmt: skip
        penalty.refresh_from_db()
        held = penalty.events.order_by("pk")
        expected = fold([Entry(event.kind, event.on, event.amount) for event in held])
        found = Balance(penalty.imposed, penalty.owed, penalty.fine_state, penalty.appeal)
        transaction.set_rollback(True)
    assert found == expected


@pytest.fixture
def fined(db):
    """A published decision with a fine, and two people of its authority."""
    penalty = make.published_penalty(decided_on=DAY)
    return penalty, *make.team(penalty.authority, "clerk", "checker")
