"""States change only by permitted steps, each with a trace and a second person; tried with plain SQL."""

import pytest
from django.db import connection
from django.utils import timezone

from records.intake.models import Batch
from records.publication.models import AllowedTransition, Transition
from records.publication.states import TRANSITIONS, InspectionState, RatingState
from records.publication.trace import acting
from records.ratings.models import Inspection
from tests import make
from tests.publication.attack import BOTH, OFFICE, execute, refuse

pytestmark = pytest.mark.django_db

INSPECTION = [(a.value, b.value) for a in InspectionState for b in InspectionState if a != b]
RATING = [(a.value, b.value) for a in RatingState for b in RatingState if a != b]


def permitted(kind):
    return {(t.source, t.target) for t in TRANSITIONS if t.kind == kind}


def _force(table: str, record, **columns) -> None:
    """Put a record into a state as no statement could, to see where it can go from there."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        given = ", ".join(f"{name} = %s" for name in columns)
        cursor.execute(f"UPDATE {table} SET {given} WHERE id = %s", [*columns.values(), record.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_an_inspection_takes_only_the_steps_of_the_table(published):
    for source, target in INSPECTION:
        _force("records_inspection", published.visit, state=source)
        step = "UPDATE records_inspection SET state = %s WHERE id = %s"
        if (source, target) in permitted("inspection"):
            assert execute(step, target, published.visit.pk) == 1
        else:
            refuse(step, target, published.visit.pk, match=f"from {source} to {target} does not exist")


def test_a_rating_takes_only_the_steps_of_the_table(published):
    for source, target in RATING:
        ended = None if source == "published" else timezone.now()
        why = "" if ended is None else "Because."
        _force("records_rating", published.rating, state=source, ended_at=ended, end_reason=why)
        step = "UPDATE records_rating SET state = %s, ended_at = now(), end_reason = 'Because.' WHERE id = %s"
        if (source, target) in permitted("rating"):
            assert execute(step, target, published.rating.pk) == 1
        else:
            refuse(step, target, published.rating.pk)


def test_the_database_permits_exactly_the_steps_that_the_program_knows(db):
    held = set(AllowedTransition.objects.values_list("kind", "source", "target"))
    assert held == {(t.kind, t.source, t.target) for t in TRANSITIONS}


@BOTH
def test_every_step_leaves_a_trace_with_who_and_why_also_in_bulk(world, role):
    by = make.user("checker", world.authority("ALM"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('placard.user', %s, true)", [str(by.pk)])
        cursor.execute("SELECT set_config('placard.reason', 'The file was wrong.', true)")
    visits = Inspection.objects.filter(state="published")
    numbers = set(visits.values_list("pk", flat=True))
    before = Transition.objects.count()
    execute("UPDATE records_inspection SET state = 'withdrawn' WHERE state = 'published'", role=role)
    steps = Transition.objects.filter(
        kind="inspection", target="withdrawn", by=by, reason="The file was wrong."
    )
    assert {step.record_id for step in steps} == numbers and len(numbers) > 50
    assert Transition.objects.count() == before + len(numbers)


@BOTH
def test_a_rating_ends_with_a_time_and_a_reason_which_go_into_the_trace(published, role):
    step = "UPDATE records_rating SET state = 'ended', ended_at = {}, end_reason = {} WHERE id = %s"
    refuse(step.format("now()", "''"), published.rating.pk, role=role)
    refuse(step.format("NULL", "'Closed.'"), published.rating.pk, role=role)
    execute(step.format("now()", "'Closed.'"), published.rating.pk, role=role)
    trace = Transition.objects.get(kind="rating", record_id=published.rating.pk, target="ended")
    assert (trace.source, trace.reason) == ("published", "Closed.")


@BOTH
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("records_transition", "reason = ''"),
        ("records_establishmentversion", "name = 'x'"),
        ("records_batchscope", "establishments = 0"),
    ],
)
def test_what_is_only_added_to_is_not_rewritten(world, table, change, statement, role):
    refuse(statement.format(table, change), role=role)


def test_the_office_cannot_write_the_trace_the_history_or_the_rules(published):
    add = (
        "INSERT INTO records_transition (kind, record_id, source, target, reason) "
        "VALUES ('x', 1, 'a', 'b', '')"
    )
    refuse(add, role=OFFICE, match="permission denied")
    for table in (
        "allowedtransition",
        "scheme",
        "schemeversion",
        "schemevalue",
        "schemestatus",
        "establishmentversion",
    ):
        refuse(f"INSERT INTO records_{table} DEFAULT VALUES", role=OFFICE, match="permission denied")
        refuse(f"UPDATE records_{table} SET id = id", role=OFFICE, match="permission denied")
        refuse(f"DELETE FROM records_{table}", role=OFFICE, match="permission denied")
    for table in ("records_rating", "records_batch", "records_transition"):
        refuse(f"TRUNCATE {table} CASCADE", role=OFFICE, match="permission denied")
        refuse(f"ALTER TABLE {table} DISABLE TRIGGER USER", role=OFFICE, match="must be owner")


# -- people


@BOTH
def test_the_person_who_entered_an_inspection_does_not_check_it(db, role):
    clerk = make.user("clerk")
    draft = make.inspection(entered_by=clerk)
    refuse("UPDATE records_inspection SET checked_by_id = %s WHERE id = %s", clerk.pk, draft.pk, role=role)


@BOTH
def test_without_a_second_person_nothing_goes_beyond_review(db, role):
    draft = make.inspection(entered_by=make.user("clerk"))
    execute("UPDATE records_inspection SET state = 'in_review' WHERE id = %s", draft.pk, role=role)
    approve = "UPDATE records_inspection SET state = 'approved', publish_at = now() {} WHERE id = %s"
    refuse(approve.format(""), draft.pk, role=role)
    checker = make.user("checker")
    execute(approve.format(f", checked_by_id = {checker.pk}"), draft.pk, role=role)


@BOTH
def test_the_person_who_uploaded_a_file_does_not_confirm_it(db, role):
    by = make.user("clerk")
    batch = Batch.objects.create(format="ratings-csv", file_name="x", sha256="", size=0, uploaded_by=by)
    refuse("UPDATE records_batch SET confirmed_by_id = %s WHERE id = %s", by.pk, batch.pk, role=role)


@BOTH
def test_an_inspection_entered_by_hand_begins_as_a_draft(published, role):
    copy = (
        "INSERT INTO records_inspection (establishment_id, version_id, source_id, kind, inspected_on, "
        "value_published, outcome, state, publish_at, entered_by_id, checked_by_id) "
        "SELECT establishment_id, version_id, '', '', inspected_on, '', '', %s, now(), %s, %s "
        "FROM records_inspection WHERE id = %s"
    )
    people = make.user("clerk").pk, make.user("checker").pk
    for state in ("in_review", "approved", "published"):
        refuse(copy, state, *people, published.visit.pk, role=role, match="begins as a draft")
    assert execute(copy, "draft", people[0], None, published.visit.pk, role=role) == 1


@BOTH
def test_a_draft_may_be_deleted_with_its_findings(db, role):
    draft = make.inspection(findings=("A tile was cracked.",))
    execute("DELETE FROM records_finding WHERE inspection_id = %s", draft.pk, role=role)
    assert execute("DELETE FROM records_inspection WHERE id = %s", draft.pk, role=role) == 1


@BOTH
def test_an_inspection_in_review_is_changed_by_nobody(db, role):
    draft = make.inspection(entered_by=make.user("clerk"), findings=("A tile was cracked.",))
    execute("UPDATE records_inspection SET outcome = 'Advice.' WHERE id = %s", draft.pk, role=role)
    execute("UPDATE records_inspection SET state = 'in_review' WHERE id = %s", draft.pk, role=role)
    refuse("UPDATE records_inspection SET outcome = 'None.' WHERE id = %s", draft.pk, role=role)
    refuse("UPDATE records_inspection SET entered_by_id = NULL WHERE id = %s", draft.pk, role=role)
    refuse("UPDATE records_finding SET text = 'x' WHERE inspection_id = %s", draft.pk, role=role)
    refuse("DELETE FROM records_inspection WHERE id = %s", draft.pk, role=role)


def _inspection():
    made = make.inspection(entered_by=make.user())
    made.submit(made.entered_by)
    return made


def _decision():
    made = make.penalty()
    made.submit(made.entered_by)
    return made


def _correction():
    decision = make.published_penalty()
    made = decision.correct(decision.entered_by)
    made.submit(decision.entered_by, "A spelling mistake.")
    return made


@BOTH
@pytest.mark.parametrize("submitted", [_inspection, _decision, _correction])
def test_without_a_reason_only_who_entered_a_record_makes_it_a_draft_again(submitted, role):
    record = submitted()
    step = f"UPDATE {record._meta.db_table} SET state = 'draft', submitted_at = NULL WHERE id = %s"
    for other, reason in ((make.user(), ""), (make.user(), "  "), (None, "")):
        with acting(other, reason):
            refuse(step, record.pk, role=role, match="returned with a reason")
    with acting(record.entered_by):
        assert execute(step, record.pk, role=role) == 1
    record.refresh_from_db()
    assert record.state == "draft"


def test_no_table_of_the_session_stands_in_for_the_record_that_was_entered(db):
    record = _inspection()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE records_inspection (id bigint, entered_by_id int) ON COMMIT DROP")
        cursor.execute("INSERT INTO pg_temp.records_inspection VALUES (%s, NULL)", [record.pk])
    step = "INSERT INTO records_transition (kind, record_id, source, target, reason) VALUES "
    refuse(f"{step} ('inspection', %s, 'in_review', 'draft', '')", record.pk, match="returned with a reason")
