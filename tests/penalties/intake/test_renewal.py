"""What a later file does to decisions that are shown: payments are added, corrections are new versions."""

from datetime import timedelta

import pytest
from django.db import connection

from records.intake.rows import EventRow, ViolationRow
from records.penalties import ending
from records.penalties.models import Penalty
from records.publication.models import Transition
from tests import make
from tests.deciding import counts, day, decision, fine, paid, settle


def contested(on: str = "") -> EventRow:
    return EventRow("contested", on)


def varied(on: str, amount: str) -> EventRow:
    return EventRow("varied", on, amount, "EUR")


# -- what happened since


def test_a_payment_is_added_and_nothing_else_changes(decisions):
    decisions.take(decision("1"), decision("2"))
    before = decisions.held("1")
    preview = decisions.take(decision("1", events=(paid("2026-04-01"),)), decision("2"))
    assert counts(preview) == (0, 1, 1, 0, 0) and preview.kinds == {"content": 0, "events": 1}
    held = decisions.held("1")
    assert (held.version, held.batch_id, held.hide_at) == (1, before.batch_id, before.hide_at)
    assert (held.imposed, held.owed, held.fine_state) == (1500, 0, "paid")
    assert decisions.events("1") == [("imposed", "2026-03-02", 1500), ("paid", "2026-04-01", None)]
    assert held.events.last().batch == decisions.batch
    assert counts(decisions.take(decision("1", events=(paid("2026-04-01"),)))) == (0, 0, 1, 0, 0)


def test_an_event_that_is_held_already_is_not_added_again(decisions):
    decisions.take(decision("1", events=(contested("2026-03-20"),)))
    decisions.take(decision("1", events=(contested("2026-03-20"), varied("2026-05-01", "900"))))
    assert decisions.events("1") == [
        ("imposed", "2026-03-02", 1500), ("contested", "2026-03-20", None), ("varied", "2026-05-01", 900),
    ]  # fmt: skip
    assert decisions.held("1").owed == 900


def test_two_payments_alike_are_two(decisions):
    part = EventRow("paid_in_part", "", "500", "EUR")
    decisions.take(decision("1", events=(part,)))
    decisions.take(decision("1", events=(part, part)))
    assert [kind for kind, _on, _amount in decisions.events("1")].count("paid_in_part") == 2
    assert decisions.held("1").owed == 500


@pytest.mark.parametrize(("first", "then"), [("", "2026-04-01"), ("2026-04-01", "")])
def test_a_date_that_only_one_of_two_files_knows_makes_no_second_event(decisions, first, then):
    decisions.take(decision("1", events=(EventRow("paid_in_part", first, "500", "EUR"),)))
    decisions.take(decision("1", events=(EventRow("paid_in_part", then, "500", "EUR"),)))
    assert len(decisions.events("1")) == 2 and decisions.held("1").owed == 1000


def test_an_event_that_the_file_no_longer_names_stays(decisions):
    decisions.take(decision("1", events=(paid("2026-04-01"),)))
    decisions.take(decision("1"))
    assert decisions.held("1").fine_state == "paid"


# -- a new version


def test_another_text_makes_a_new_version_and_the_old_one_stays_readable(decisions):
    decisions.take(decision("1"))
    before = decisions.held("1")
    preview = decisions.take(
        decision("1", facts="Flour with beetles was used.", violations=(ViolationRow("F13", "Beetles"),))
    )
    assert counts(preview) == (0, 1, 0, 0, 0) and preview.kinds == {"content": 1, "events": 0}
    held = decisions.held("1")
    assert (held.pk, held.reference, held.state) == (before.pk, before.reference, "published")
    assert (held.version, held.facts, held.batch) == (2, "Flour with beetles was used.", decisions.batch)
    assert held.hide_at == before.hide_at and held.publish_at == before.publish_at
    assert [v.violation.code for v in held.violations.current()] == ["F13"]
    (old,) = held.versions.all()
    assert (old.version, old.facts) == (1, "Flour with insects was used.")
    assert "The source published another one (decisions-2)" in old.reason
    assert [v.violation.code for v in held.violations.filter(version=1)] == ["F12"]
    assert decisions.events("1") == [("imposed", "2026-03-02", 1500)]
    assert Penalty.objects.public().get().facts == "Flour with beetles was used."


def test_both_people_stand_in_the_trace_of_a_new_version(decisions):
    decisions.take(decision("1"))
    decisions.take(decision("1", facts="Otherwise."))
    (step,) = Transition.objects.filter(kind="penalty", record_id=decisions.held("1").pk)
    assert (step.source, step.target) == ("published", "published")
    assert (step.by, step.second_by) == (decisions.clerk, decisions.checker)
    assert "The source published another one" in step.reason


def test_another_amount_is_a_change_of_the_fine_and_not_a_second_beginning(decisions):
    decisions.take(decision("1"))
    decisions.take(decision("1", sanctions=(fine("1800"),)))
    held = decisions.held("1")
    assert (held.version, held.imposed, held.owed) == (2, 1500, 1800)
    assert [s.amount for s in held.sanctions.current()] == [1800]
    assert decisions.events("1") == [("imposed", "2026-03-02", 1500), ("varied", None, 1800)]
    assert held.events.last().note == "The source published another amount."
    again = decisions.take(decision("1", sanctions=(fine("1800"),)))
    assert counts(again) == (0, 0, 1, 0, 0) and len(decisions.events("1")) == 2


def test_a_corrected_date_moves_no_event(decisions):
    decisions.take(decision("1"))
    decisions.take(decision("1", decided_on="2026-03-01"))
    assert decisions.held("1").decided_on == day("2026-03-01")
    assert decisions.events("1") == [("imposed", "2026-03-02", 1500)]


def test_a_new_version_is_shown_for_less_long_but_never_for_longer(decisions):
    decisions.take(decision("1"), decision("2"))
    ends = decisions.held("1").hide_at
    decisions.take(decision("1", decided_on="2025-03-02"), decision("2", decided_on="2026-04-02"))
    assert decisions.held("1").hide_at.date().year == 2055
    assert decisions.held("2").hide_at == ends


def test_a_new_version_counts_from_the_day_on_which_the_decision_was_first_shown(decisions):
    """Where time counts from the publication, a correction does not begin it anew."""
    decisions.authority.rule_sets, decisions.authority.time_zone = ["cn.samr107"], "Asia/Shanghai"
    decisions.authority.save()
    told = {"notice_served_on": "2026-03-05", "served_on": "2026-03-05"}
    decisions.take(decision("1", **told))
    held = decisions.held("1")
    decisions.take(decision("1", facts="Otherwise.", **told))
    assert decisions.held("1").version == 2 and decisions.held("1").hide_at == held.hide_at
    decisions.take(
        decision("1", facts="Minor.", seriousness="minor", necessity_note="A warning to others.", **told)
    )
    assert decisions.held("1").hide_at < held.hide_at - timedelta(days=200)


def test_parts_of_a_correction_that_was_put_aside_do_not_get_into_the_new_version(decisions):
    decisions.take(decision("1"))
    draft = decisions.held("1").correct(decisions.clerk)
    draft.drop(decisions.clerk)
    decisions.take(decision("1", facts="Otherwise."))
    held = decisions.held("1")
    assert held.version == 2 and held.sanctions.current().count() == held.violations.current().count() == 1


def test_a_change_of_many_needs_a_confirmation(decisions):
    from records.intake.preview import Stopped

    decisions.take(*(decision(str(number)) for number in range(4)))
    changed = [decision(str(number), facts="Otherwise.") for number in range(2)]
    with pytest.raises(Stopped, match=r"2 of 4 decisions \(50\.0 %\) would change"):
        decisions.take(*changed, confirmed=False)
    assert not Penalty.objects.filter(version=2).exists()


# -- what stands against it


def refused(decisions, *rows) -> str:
    """The message about the only row that is not taken."""
    preview = decisions.take(*rows)
    assert preview.changed == 0
    (problem,) = preview.problems
    return problem.message


def test_a_draft_entered_by_hand_with_the_number_is_told(decisions):
    make.penalty(
        authority=decisions.authority,
        entered_by=decisions.clerk,
        decision_number="ex2026／1",
    )
    assert "entered by hand" in refused(decisions, decision("1"))
    assert Penalty.objects.get().state == "draft"


def test_a_published_decision_entered_by_hand_is_told(decisions):
    made = make.published_penalty(authority=decisions.authority, decision_number="EX 2026/1")
    assert "entered by hand" in refused(decisions, decision("1"))
    made.refresh_from_db()
    assert made.version == 1


def test_what_was_corrected_by_hand_is_not_overwritten_but_paid(decisions):
    decisions.take(decision("1"))
    draft = decisions.held("1").correct(decisions.clerk)
    draft.facts = "By hand."
    draft.save()
    draft.submit(decisions.clerk, "A typing error")
    draft.apply(decisions.checker)
    settle()
    assert counts(decisions.take(decision("1"))) == (0, 0, 1, 0, 0)
    assert counts(decisions.take(decision("1", events=(paid(),)))) == (0, 1, 0, 0, 0)
    assert "corrected by hand since" in refused(decisions, decision("1", facts="From the source."))
    assert decisions.held("1").facts == "By hand." and decisions.held("1").owed == 0


def test_a_correction_in_preparation_is_not_overtaken(decisions):
    decisions.take(decision("1"))
    decisions.held("1").correct(decisions.clerk)
    assert "preparing a correction" in refused(decisions, decision("1", facts="From the source."))


@pytest.mark.parametrize("event", [(), (paid(),)])
def test_what_was_withdrawn_does_not_come_back(decisions, event):
    decisions.take(decision("1"))
    decisions.held("1").withdraw(decisions.checker, "Quashed", "annulled", make.document())
    assert counts(decisions.take(decision("1"))) == (0, 0, 1, 0, 0)
    assert "was withdrawn" in refused(decisions, decision("1", facts="Otherwise.", events=event))
    assert Penalty.objects.get().state == "withdrawn"


def test_what_is_hidden_for_the_time_being_is_left_alone(decisions):
    decisions.take(decision("1"))
    (registrar,) = make.team(decisions.authority, "registrar")
    tomorrow = decisions.authority.today() + timedelta(days=1)
    decisions.held("1").suspend(registrar, "Court", "court_stay", tomorrow)
    assert "hidden for the time being" in refused(decisions, decision("1", events=(paid(),)))
    assert decisions.held("1").owed == 1500


def test_what_is_over_is_left_alone_before_the_clock_and_after_it(decisions):
    decisions.take(decision("1"))
    with connection.cursor() as cursor:  # time cannot be moved, so the record is
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE records_penalty DISABLE TRIGGER USER")
        cursor.execute("UPDATE records_penalty SET publish_at = '2026-03-03', hide_at = '2026-03-04'")
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
    assert "display of the decision has ended" in refused(decisions, decision("1", events=(paid(),)))
    assert counts(decisions.take(decision("1"))) == (0, 0, 1, 0, 0)


def test_what_waits_to_be_shown_gets_its_events_and_no_new_text(decisions):
    decisions.authority.rule_sets = ["uk.appeal-embargo"]
    decisions.authority.save()
    today = decisions.authority.today().isoformat()
    told = {"decided_on": today, "served_on": today, "notice_served_on": today}
    decisions.take(decision("1", **told))
    assert decisions.held("1").state == "approved"
    assert counts(decisions.take(decision("1", events=(paid(today),), **told))) == (0, 1, 0, 0, 0)
    assert decisions.held("1").owed == 0
    message = refused(decisions, decision("1", facts="Otherwise.", events=(paid(today),), **told))
    assert "approved and not shown yet" in message


def test_a_decision_that_its_source_annulled_is_to_be_withdrawn(decisions):
    decisions.take(decision("1"))
    preview = decisions.take(decision("1", events=(EventRow("annulled", "2026-05-01"),)))
    messages = [problem.message for problem in preview.problems]
    assert len(messages) == 2 and decisions.held("1").reference in messages[1]
    assert "Withdraw it in the back office within three working days" in messages[1]
    assert "1 decision that is shown was annulled" in " ".join(preview.notes())
    assert decisions.held("1").state == "published"


def test_an_event_that_somebody_entered_and_nobody_confirmed_does_not_count_as_held(decisions):
    decisions.take(decision("1"))
    held = decisions.held("1")
    event = held.events.create(kind="paid", entered_by=decisions.clerk)
    decisions.take(decision("1", events=(paid(),)))
    assert decisions.held("1").fine_state == "paid"
    ending.confirm_event(event, decisions.checker)
    assert decisions.held("1").owed == 0
