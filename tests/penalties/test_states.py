"""A decision takes the steps of the table, by whom it says, and no other; tried with SQL and the verbs."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from records.penalties import ending
from records.penalties.models import Penalty
from records.publication import states
from records.publication.models import AllowedTransition, Transition
from records.publication.roles import acting_as_clock
from records.publication.states import CorrectionState, PenaltyState
from tests import make
from tests.publication.attack import BOTH, execute, refuse
from tests.ratings.schemes.tables import rows

pytestmark = pytest.mark.django_db

HIDDEN_FOR_EVER = ("expired", "repaired", "withdrawn", "sealed", "refused")
# What a person of the table is called in `states`: the adjudicator of T10 and so on are two people together.
SECOND = {"T8": "checker", "T10": "checker", "T14": "any"}


def permitted(kind: str) -> set[tuple[str, str]]:
    return {(str(t.source), str(t.target)) for t in states.TRANSITIONS if t.kind == kind}


@contextmanager
def without_triggers(table: str):
    """Put a record where no statement could, to see where it can go from there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("row", rows("transitions.csv"))
def test_the_table_of_steps_is_the_one_of_the_rules(row):
    number = row["#"]
    steps = [t for t in states.PENALTY if t.number == number]
    if number == "T15":
        assert steps == []
        public = {"published", "approved", "suspended", "in_review", "draft"}
        assert not any(s in HIDDEN_FOR_EVER and t in public for s, t in permitted("penalty"))
        return
    sources = {"" if s == "-" else s.strip() for s in row["From"].split(",")}
    assert {str(t.source) for t in steps} == sources
    assert {str(t.target) for t in steps} == {row["To"].partition(" (")[0]}
    who = row["Who"].replace("**", "")
    for step in steps:
        assert all(role in who for role in step.roles)
        assert step.second == SECOND.get(number, "")
        assert step.needs_reason or "reason" not in row["Guard"].replace("reason code", "")
        assert step.needs_document == (number == "T11")


def test_every_pair_that_is_not_in_the_table_is_refused_by_the_database():
    penalty = make.published_penalty()
    names = [state.value for state in PenaltyState]
    for source in names:
        for target in names:
            if source == target or (source, target) in permitted("penalty"):
                continue
            with transaction.atomic():
                with without_triggers("records_penalty") as cursor:
                    cursor.execute("ALTER TABLE records_penalty DROP CONSTRAINT penalty_sealed_says_nothing")
                    cursor.execute(
                        "UPDATE records_penalty SET state = %s WHERE id = %s", [source, penalty.pk]
                    )
                step = "UPDATE records_penalty SET state = %s WHERE id = %s"
                with pytest.raises(DatabaseError, match=r"does not exist|only the clock"):
                    execute(step, target, penalty.pk)
                transaction.set_rollback(True)


def test_a_correction_takes_only_the_steps_of_the_table():
    penalty = make.published_penalty()
    correction = penalty.correct(make.user("clerk", penalty.authority))
    type(correction).objects.filter(pk=correction.pk).update(reason="A mistake.")
    checker = make.user("checker", penalty.authority).pk
    names = [state.value for state in CorrectionState]
    for source in names:
        for target in names:
            if source == target or (source, target) in permitted("correction"):
                continue
            with transaction.atomic():
                with without_triggers("records_correction") as cursor:
                    cursor.execute(
                        "UPDATE records_correction SET state = %s, checked_by_id = %s WHERE id = %s",
                        [source, checker if source == "applied" else None, correction.pk],
                    )
                refuse(
                    "UPDATE records_correction SET state = %s, checked_by_id = %s WHERE id = %s",
                    target, checker, correction.pk, match="does not exist",
                )  # fmt: skip
                transaction.set_rollback(True)


def test_the_database_permits_exactly_the_steps_that_the_program_knows():
    held = set(AllowedTransition.objects.filter(kind="penalty").values_list("source", "target"))
    assert held == permitted("penalty")


def test_the_verbs_know_no_other_steps_either():
    penalty = make.published_penalty()
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    for verb, by in (("submit", clerk), ("give_back", checker), ("approve", checker), ("refuse", checker)):
        with pytest.raises(ValidationError, match=r"by now|Only the person"):
            getattr(penalty, verb)(by, "A reason.")
        penalty.refresh_from_db()
    assert penalty.state == "published"


@pytest.mark.parametrize("second", ["checker", "publisher"])
def test_the_same_person_does_not_act_twice_on_one_version(second):
    penalty = make.penalty()
    clerk = penalty.entered_by
    make.membership(clerk, second, penalty.authority)
    column = "checked_by_id" if second == "checker" else "published_by_id"
    refuse(
        f"UPDATE records_penalty SET {column} = %s WHERE id = %s", clerk.pk, penalty.pk,
        match="penalty_maker_does_nothing_else",
    )  # fmt: skip


def test_the_checker_of_a_decision_does_not_decide_on_objections_to_it():
    penalty = make.published_penalty()
    make.membership(penalty.checked_by, "adjudicator", penalty.authority)
    refuse(
        "UPDATE records_penalty SET adjudicated_by_id = %s WHERE id = %s", penalty.checked_by_id, penalty.pk,
        match="adjudicator_is_not_the_checker",
    )  # fmt: skip


@BOTH
def test_only_the_clock_expires(role):
    penalty = make.published_penalty()
    with without_triggers("records_penalty") as cursor:
        now = timezone.now()
        cursor.execute(
            "UPDATE records_penalty SET publish_at = %s, hide_at = %s WHERE id = %s",
            [now - timedelta(days=2), now - timedelta(days=1), penalty.pk],
        )
    expire = "UPDATE records_penalty SET state = 'expired' WHERE id = %s"
    refuse(expire, penalty.pk, role=role, match="only the clock")
    with transaction.atomic(), acting_as_clock(), connection.cursor() as cursor:
        cursor.execute(expire, [penalty.pk])
    penalty.refresh_from_db()
    assert penalty.state == "expired"
    assert Transition.objects.filter(record_id=penalty.pk, kind="penalty", target="expired").count() == 1


def test_nothing_expires_before_its_time_even_by_the_clock():
    penalty = make.published_penalty()
    early = pytest.raises(DatabaseError, match="what the step needs is not there")
    with early, transaction.atomic(), acting_as_clock(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_penalty SET state = 'expired' WHERE id = %s", [penalty.pk])


def test_the_web_process_cannot_become_the_clock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role('placard_office', 'placard_clock', 'MEMBER')")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT pg_has_role('placard_public', 'placard_clock', 'MEMBER')")
        assert cursor.fetchone() == (False,)


@BOTH
def test_no_step_and_no_statement_lengthens_the_display(role):
    penalty = make.published_penalty()
    longer = "UPDATE records_penalty SET hide_at = hide_at + interval '1 day' WHERE id = %s"
    refuse(
        longer, penalty.pk, role=role, match="lasts longer only on a document|for longer than the rule set"
    )
    assert execute("UPDATE records_penalty SET hide_at = hide_at - interval '40 days' WHERE id = %s",
                   penalty.pk, role=role) == 1  # fmt: skip
    refuse(longer, penalty.pk, role=role, match="lasts longer only on a document")


def test_a_later_end_takes_a_document_and_two_people_and_stays_below_the_maximum():
    penalty = make.published_penalty()
    adjudicator, checker = make.team(penalty.authority, "adjudicator", "checker")
    most = penalty.hide_at
    execute("UPDATE records_penalty SET hide_at = hide_at - interval '40 days' WHERE id = %s", penalty.pk)
    penalty.refresh_from_db()
    with pytest.raises(ValidationError, match="document"):
        penalty.propose("extend", adjudicator, "The court says so.", None, most)
    beyond = penalty.propose(
        "extend", adjudicator, "The court says so.", make.document(), most + timedelta(1)
    )
    with pytest.raises(DatabaseError, match="for longer than the rule set"), transaction.atomic():
        ending.decide(beyond, checker, True)
    ending.decide(beyond, checker, False)
    within = penalty.propose("extend", adjudicator, "The court says so.", make.document(), most)
    ending.decide(within, checker, True)
    penalty.refresh_from_db()
    assert penalty.hide_at == most


def test_time_in_suspension_counts_toward_the_period():
    penalty = make.published_penalty()
    registrar, adjudicator, checker = make.team(penalty.authority, "registrar", "adjudicator", "checker")
    until = penalty.hide_at
    penalty.suspend(registrar, "A court asks.", "court_stay", timezone.localdate() + timedelta(days=9))
    ending.decide(penalty.propose("resume", adjudicator, "The stay ended."), checker, True)
    penalty.refresh_from_db()
    assert (penalty.state, penalty.hide_at) == ("published", until)


def test_each_step_leaves_who_when_from_to_why_and_on_which_document():
    penalty = make.published_penalty()
    checker, document = make.user("checker", penalty.authority), make.document()
    penalty.withdraw(checker, "It named another company.", "wrong_subject", document)
    step = Transition.objects.filter(kind="penalty", record_id=penalty.pk).latest("pk")
    assert (step.source, step.target, step.by) == ("published", "withdrawn", checker)
    assert (step.reason, step.reason_kind) == ("It named another company.", "wrong_subject")
    assert step.document == document and step.at is not None


def test_a_decision_that_no_import_brought_begins_as_a_draft():
    authority = make.authority()
    for state in ("in_review", "approved", "published", "expired"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Penalty.objects.create(authority=authority, state=state)


def test_a_draft_may_be_deleted_and_nothing_else():
    draft, published = make.penalty(), make.published_penalty()
    refuse("DELETE FROM records_penalty WHERE id = %s", published.pk, match="kept")
    draft.discard(draft.entered_by)
    assert not Penalty.objects.filter(pk=draft.pk).exists()
