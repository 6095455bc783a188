"""The life of a decision by its own verbs: two people, the rule's periods, corrections, endings."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from records.penalties import ending
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.penalties.versions import PenaltyVersion
from records.penalties.visible import PenaltyChange, PenaltyNotice
from records.publication.models import Transition, returned
from tests import make

pytestmark = pytest.mark.django_db


def seen(penalty) -> bool:
    return Penalty.objects.public().filter(pk=penalty.pk).exists()


def notice(penalty):
    return PenaltyNotice.objects.public().filter(reference=penalty.reference).first()


def test_a_decision_goes_from_a_draft_through_a_second_person_to_the_public():
    penalty = make.penalty()
    checker, publisher = make.team(penalty.authority, "checker", "publisher")
    assert not seen(penalty)
    penalty.submit(penalty.entered_by)
    penalty.approve(checker)
    assert penalty.state == "approved" and not seen(penalty)
    penalty.publish(publisher)
    assert seen(penalty)
    shown = Penalty.objects.public().get(pk=penalty.pk)
    assert (shown.imposed, shown.owed, shown.currency) == (Decimal(5000), Decimal(5000), "GBP")
    assert shown.fine_state == "imposed" and shown.entered_by_id is None and shown.checked_by_id is None
    assert shown.rule_version.rule_set.key == "neutral"
    steps = Transition.objects.filter(kind="penalty", record_id=penalty.pk).order_by("pk")
    assert [(s.source, s.target) for s in steps] == [
        ("", "draft"), ("draft", "in_review"), ("in_review", "approved"), ("approved", "published"),
    ]  # fmt: skip
    assert [s.by for s in steps][1:] == [penalty.entered_by, checker, publisher]


def test_nobody_checks_or_publishes_what_they_entered():
    penalty = make.penalty()
    clerk = penalty.entered_by
    make.membership(clerk, "checker", penalty.authority)
    make.membership(clerk, "publisher", penalty.authority)
    penalty.submit(clerk)
    with pytest.raises(ValidationError, match="another person checks it"):
        penalty.approve(clerk)
    penalty.refresh_from_db()
    penalty.approve(make.user("checker", penalty.authority))
    with pytest.raises(ValidationError, match="another person publishes it"):
        penalty.publish(clerk)


def test_the_clock_publishes_what_is_due():
    penalty = make.penalty()
    penalty.submit(penalty.entered_by)
    penalty.approve(make.user("checker", penalty.authority))
    penalty.publish()
    assert penalty.state == "published" and penalty.published_by is None and seen(penalty)


def test_a_returned_decision_is_a_draft_again_with_the_reason_in_the_trace():
    penalty = make.penalty()
    checker = make.user("checker", penalty.authority)
    penalty.submit(penalty.entered_by)
    with pytest.raises(ValidationError, match="Write down why"):
        penalty.give_back(checker, " ")
    penalty.give_back(checker, "The date is missing.")
    assert penalty.state == "draft"
    assert penalty.trace()[0].reason == "The date is missing."


def test_who_submitted_a_decision_takes_it_back_and_the_trace_says_who_and_when():
    penalty = make.penalty()
    clerk, checker = penalty.entered_by, make.user("checker", penalty.authority)
    penalty.submit(clerk)
    penalty.take_back(clerk)
    penalty.refresh_from_db()
    assert (penalty.state, penalty.submitted_at) == ("draft", None)
    step = penalty.trace()[0]
    assert (step.source, step.target, step.by, step.is_taken_back) == ("in_review", "draft", clerk, True)
    assert step.at is not None and returned("penalty", penalty) is None
    penalty.submit(clerk)
    with pytest.raises(ValidationError, match="another person checks it"):
        penalty.approve(clerk)
    penalty.refresh_from_db()
    penalty.approve(checker)
    assert penalty.state == "approved"


def test_nobody_else_takes_a_decision_back():
    penalty = make.penalty()
    penalty.submit(penalty.entered_by)
    for other in (*make.team(penalty.authority, "clerk", "checker"), None):
        with pytest.raises(ValidationError, match="Only the person who submitted it"):
            penalty.take_back(other)
        penalty.refresh_from_db()
        assert penalty.state == "in_review"


def test_what_a_checker_has_approved_in_the_meantime_is_not_taken_back():
    penalty = make.penalty()
    clerk, checker = penalty.entered_by, make.user("checker", penalty.authority)
    penalty.submit(clerk)
    as_the_clerk_sees_it = Penalty.objects.get(pk=penalty.pk)
    penalty.approve(checker)
    with pytest.raises(ValidationError, match="“approved” by now"):
        as_the_clerk_sees_it.take_back(clerk)
    penalty.refresh_from_db()
    assert (penalty.state, penalty.checked_by) == ("approved", checker)


def test_what_is_checked_again_after_an_approval_is_returned_and_not_taken_back():
    penalty = make.penalty()
    clerk, checker = penalty.entered_by, make.user("checker", penalty.authority)
    penalty.submit(clerk)
    penalty.approve(checker)
    penalty.reopen(checker, "The company has another name.")
    with pytest.raises(ValidationError, match="whoever checks it returns it"):
        penalty.take_back(clerk)
    penalty.refresh_from_db()
    penalty.give_back(checker, "Enter the new name.")
    penalty.submit(clerk)
    penalty.take_back(clerk)
    assert penalty.state == "draft"


def test_a_correction_is_taken_back_by_who_submitted_it_and_the_decision_stands():
    penalty = make.published_penalty()
    clerk, other = make.team(penalty.authority, "clerk", "clerk")
    correction = penalty.correct(clerk)
    correction.submit(clerk, "A spelling mistake.")
    with pytest.raises(ValidationError, match="Only the person who submitted it"):
        correction.take_back(other)
    correction.refresh_from_db()
    correction.take_back(clerk)
    correction.refresh_from_db()
    assert (correction.state, correction.submitted_at) == ("draft", None)
    assert correction.trace()[0].is_taken_back and seen(penalty)


def test_a_correction_is_a_version_of_two_people_and_the_old_one_stays_readable():
    penalty = make.published_penalty(facts="The fridge stood at 12 degres.")
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    until = penalty.hide_at
    correction = penalty.correct(clerk)
    correction.facts = "The fridge stood at 12 degrees."
    correction.save()
    parts = correction.parts()
    parts.sanctions[0].amount = Decimal(4500)
    parts.save(penalty.pk, correction.version)
    assert Penalty.objects.public().get(pk=penalty.pk).facts.endswith("degres.")
    with pytest.raises(ValidationError, match="what was wrong"):
        correction.submit(clerk, "")
    correction.refresh_from_db()
    correction.submit(clerk, "A spelling mistake.")
    with pytest.raises(ValidationError, match="another person checks it"):
        correction.apply(clerk)
    correction.refresh_from_db()
    correction.apply(checker)
    shown = Penalty.objects.public().get(pk=penalty.pk)
    assert (shown.version, shown.facts) == (2, "The fridge stood at 12 degrees.")
    assert shown.hide_at == until
    assert [s.amount for s in shown.sanctions.current()] == [Decimal(4500)]
    assert (shown.imposed, shown.owed, shown.fine_state) == (4500, 4500, "imposed")
    assert [e.kind for e in shown.events.public()] == ["imposed", "corrected"]
    old = PenaltyVersion.objects.public().get(penalty=penalty)
    assert (old.version, old.reason) == (1, "A spelling mistake.")
    assert old.facts.endswith("degres.")
    change = PenaltyChange.objects.public().get(reference=penalty.reference)
    assert (change.kind, change.version, change.reason) == ("corrected", 2, "A spelling mistake.")


def test_a_fine_varied_on_appeal_shows_what_was_imposed_and_what_is_owed():
    penalty = make.published_penalty(sanctions=(("fine", 12000),))
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    event = PenaltyEvent.objects.create(
        penalty=penalty, kind="varied", on=timezone.localdate(), amount=4000, currency="GBP", entered_by=clerk
    )
    penalty.refresh_from_db()
    assert penalty.owed == 12000 and not penalty.events.public().filter(pk=event.pk).exists()
    with pytest.raises(ValidationError, match="another person confirms"):
        ending.confirm_event(event, clerk)
    ending.confirm_event(event, checker)
    shown = Penalty.objects.public().get(pk=penalty.pk)
    assert (shown.imposed, shown.owed, shown.fine_state, shown.appeal) == (12000, 4000, "varied", "decided")


def test_a_withdrawn_decision_leaves_a_notice_without_the_name():
    penalty = make.published_penalty()
    checker = make.user("checker", penalty.authority)
    with pytest.raises(ValidationError, match="document"):
        penalty.withdraw(checker, "The tribunal annulled it.", "annulled")
    penalty.refresh_from_db()
    penalty.withdraw(checker, "The tribunal annulled it.", "annulled", make.document())
    assert not seen(penalty)
    told = notice(penalty)
    assert (told.state, told.decision_number, told.respondent) == ("withdrawn", penalty.decision_number, "")
    assert (told.reason_kind, told.reason) == ("annulled", "The tribunal annulled it.")
    due = penalty.authority.calendar.add(penalty.authority.today(), 3)
    assert penalty.withdrawal.due_on == ending.withdraw_by(penalty, penalty.authority.today()) == due


def test_a_hidden_decision_is_a_stub_and_comes_back_by_two_people():
    penalty = make.published_penalty()
    registrar, adjudicator, checker = make.team(penalty.authority, "registrar", "adjudicator", "checker")
    until = penalty.hide_at
    penalty.suspend(registrar, "A court stayed it.", "court_stay", timezone.localdate() + timedelta(days=30))
    assert not seen(penalty)
    told = notice(penalty)
    assert (told.state, told.decision_number, told.respondent, told.reason) == ("suspended", "", "", "")
    proposal = penalty.propose("resume", adjudicator, "The stay was lifted.")
    assert not seen(penalty)
    with pytest.raises(ValidationError, match="another person decides"):
        ending.decide(proposal, adjudicator, True)
    ending.decide(proposal, checker, True)
    assert seen(penalty)
    penalty.refresh_from_db()
    assert penalty.hide_at == until
    step = penalty.trace()[0]
    assert (step.by, step.second_by, step.reason) == (adjudicator, checker, "The stay was lifted.")


def test_a_sealed_decision_keeps_its_number_and_nothing_that_it_said():
    penalty = make.penalty()
    checker, dpo = make.team(penalty.authority, "checker", "dpo")
    penalty.submit(penalty.entered_by)
    penalty.refuse(checker, "It is about somebody else.")
    assert penalty.state == "refused"
    ending.decide(penalty.propose("seal", dpo, "Retention is over."), checker, True)
    penalty.refresh_from_db()
    assert penalty.state == "sealed" and penalty.respondent == penalty.facts == ""
    assert not penalty.sanctions.exists()
