"""Reasons, notes and titles that everybody reads hold nothing personal, whoever writes them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from records.penalties import ending, remarks
from records.penalties.happenings import PenaltyEvent, Withdrawal
from tests import make

pytestmark = pytest.mark.django_db
PHONE = "Call Ms Sample on her mobile 07700 900123."


@pytest.fixture
def shown():
    return make.published_penalty()


def test_the_reason_of_a_withdrawal_is_looked_through(shown):
    checker = make.user("checker", shown.authority)
    with pytest.raises(ValidationError, match="The public reads this") as refused:
        shown.withdraw(checker, PHONE, "annulled", make.document())
    assert "900123" not in str(refused.value)
    shown.refresh_from_db()
    assert shown.state == "published" and not Withdrawal.objects.exists()


def test_the_reason_of_a_correction_is_looked_through(shown):
    correction = shown.correct(make.user("clerk", shown.authority))
    with pytest.raises(ValidationError, match="The public reads this"):
        correction.submit(correction.entered_by, PHONE)


def test_the_note_of_an_event_is_looked_through_before_it_counts(shown):
    clerk, checker = make.team(shown.authority, "clerk", "checker")
    event = PenaltyEvent.objects.create(penalty=shown, kind="paid", note=PHONE, entered_by=clerk)
    with pytest.raises(ValidationError, match="The public reads this"):
        ending.confirm_event(event, checker)
    event.refresh_from_db()
    assert event.confirmed_at is None


def test_the_name_of_a_sole_trader_stands_in_no_remark():
    shown = make.published_penalty(
        respondent="Jo Sample", respondent_kind="sole_trader", premises="Sample's Café, Testham"
    )
    assert remarks.against(shown, reason="Jo Sample has moved.")
    assert not remarks.against(shown, reason="The trader has moved.")


def test_at_the_desk_it_is_told_beside_its_field(client, shown):
    client.force_login(make.user("clerk", shown.authority))
    page = client.post(
        reverse("admin:records_penalty_do", args=[shown.pk, "event"]),
        {"event": "contested", "event_on": "2026-03-01", "note": PHONE},
    )
    assert page.status_code == 422
    assert "note" in page.context_data["form"].errors
    assert not shown.events.waiting().exists()
