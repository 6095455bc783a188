"""What no code path may skip, tried with plain SQL by the owner of the tables and by the office role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from records.businesses.models import Establishment, EstablishmentVersion
from records.intake.models import Batch
from records.ratings.models import Finding
from tests import make
from tests.publication.attack import BOTH, execute, refuse

pytestmark = pytest.mark.django_db

KEPT = (
    "records_authority", "records_establishment", "records_establishmentversion", "records_rating",
    "records_inspection", "records_finding", "records_batch", "records_batchscope", "records_transition",
    "records_schemeversion",
)  # fmt: skip


@BOTH
@pytest.mark.parametrize("table", KEPT)
def test_nothing_that_was_published_is_deleted(world, table, role):
    refuse(f"DELETE FROM {table}", role=role)


@BOTH
def test_replies_problems_and_old_references_are_kept(published, role):
    execute(
        "INSERT INTO records_reply (establishment_id, text, text_published) VALUES (%s, 'x', 'x')",
        published.place.pk,
    )
    execute(
        "INSERT INTO records_establishmentalias (reference, establishment_id, reason) "
        "VALUES ('2345678', %s, 'x')",
        published.place.pk,
    )
    execute(
        'INSERT INTO records_importproblem (batch_id, file, "where", field, value, message) '
        "VALUES (%s, '', '', '', '', '')", published.place.batch_id,
    )  # fmt: skip
    for table in ("reply", "establishmentalias", "importproblem"):
        refuse(f"DELETE FROM records_{table}", role=role)
    refuse("UPDATE records_importproblem SET message = 'nothing'", role=role)


@BOTH
@pytest.mark.parametrize(
    "change",
    [
        'scores = \'{"hygiene": 0, "structural": 0, "confidence": 0}\'',
        "inspected_on = inspected_on - 1",
        "kind = 'Other'",
        "outcome = 'Splendid'",
        "value_published = '5'",
        "source_id = 'other'",
        "recorded_at = now() + interval '1 day'",
        "batch_id = NULL",
        "publish_at = now() + interval '1 day'",
        "version_id = (SELECT max(id) FROM records_schemeversion)",
        "establishment_id = (SELECT max(id) FROM records_establishment)",
    ],
)
def test_what_a_published_inspection_says_is_not_changed(published, change, role):
    refuse(f"UPDATE records_inspection SET {change} WHERE id = %s", published.visit.pk, role=role)


@BOTH
@pytest.mark.parametrize(
    "change",
    [
        "value = '5'",
        "value = NULL, status = 'exempt'",
        "computed = '5'",
        "by_source = true",
        "rated_on = rated_on + 1",
        "inspection_id = NULL, computed = ''",
        "publish_at = now()+ interval '1 day'",
        "batch_id = NULL",
        "recorded_at = now() + interval '1 day'",
        "ended_at = now()",
    ],
)
def test_what_a_published_rating_says_is_not_changed(published, change, role):
    refuse(f"UPDATE records_rating SET {change} WHERE id = %s", published.rating.pk, role=role)


def test_the_grade_of_an_inspection_is_written_by_nobody(published):
    refuse("UPDATE records_inspection SET grade = '5' WHERE id = %s", published.visit.pk, match="generated")


@BOTH
def test_that_a_new_rating_is_on_its_way_may_be_said(published, role):
    assert (
        execute("UPDATE records_rating SET pending = true WHERE id = %s", published.rating.pk, role=role) == 1
    )


# -- findings


@BOTH
def test_the_findings_of_a_published_visit_are_not_touched(published, role):
    finding = Finding.objects.filter(inspection=published.visit).first()
    refuse("UPDATE records_finding SET text = 'Nothing.' WHERE id = %s", finding.pk, role=role)
    refuse("DELETE FROM records_finding WHERE id = %s", finding.pk, role=role)
    add = (
        "INSERT INTO records_finding (inspection_id, position, code, text, criticality) "
        "VALUES (%s, 9, '', 'Rats.', '')"
    )
    refuse(add, published.visit.pk, role=role)
    draft = make.inspection(findings=("A tile was cracked.",))
    own = draft.findings.get()
    refuse(
        "UPDATE records_finding SET inspection_id = %s WHERE id = %s", published.visit.pk, own.pk, role=role
    )
    refuse("UPDATE records_finding SET inspection_id = %s WHERE id = %s", draft.pk, finding.pk, role=role)
    assert execute("UPDATE records_finding SET text = 'Two tiles.' WHERE id = %s", own.pk, role=role) == 1


# -- establishments


@BOTH
def test_a_change_of_facts_keeps_the_row_as_it_was_also_in_bulk(world, role):
    authority = world.authority("ALM")
    places = Establishment.objects.filter(authority=authority)
    before = EstablishmentVersion.objects.count()
    change = "UPDATE records_establishment SET phone = '01632 960000' WHERE authority_id = %s"
    touched = execute(change, authority.pk, role=role)
    assert touched == places.count() > 40
    assert EstablishmentVersion.objects.count() == before + touched
    assert execute(change, authority.pk, role=role) == touched
    assert EstablishmentVersion.objects.count() == before + touched


@pytest.mark.parametrize("column", ["reference = '2222222'", "authority_id = {other}"])
@BOTH
def test_the_reference_and_the_authority_of_a_place_never_change(published, column, role):
    change = column.format(other=make.authority().pk)
    refuse(
        f"UPDATE records_establishment SET {change} WHERE id = %s",
        published.place.pk,
        role=role,
        match="never change",
    )


@pytest.mark.parametrize(
    "change",
    ["name = ''", "latitude = 91", "latitude = NULL", "opened_on = '2026-01-02', closed_on = '2026-01-01'",
     "source_id = 'ALM-home'"],
)  # fmt: skip
def test_a_place_has_a_name_possible_coordinates_and_a_number_of_its_own(published, change):
    refuse(f"UPDATE records_establishment SET {change} WHERE id = %s", published.place.pk)


# -- time


@BOTH
def test_what_is_shown_has_a_time_and_what_is_hidden_stays_hidden(published, role):
    tomorrow = timezone.now() + timedelta(days=1)
    for table, number in (
        ("records_inspection", published.visit.pk),
        ("records_rating", published.rating.pk),
    ):
        hide = f"UPDATE {table} SET hide_at = %s WHERE id = %s"
        refuse(f"UPDATE {table} SET publish_at = NULL WHERE id = %s", number, role=role)
        execute(hide, tomorrow, number, role=role)
        execute(hide, timezone.now(), number, role=role)
        refuse(hide, tomorrow, number, role=role)
        refuse(f"UPDATE {table} SET hide_at = NULL WHERE id = %s", number, role=role)


# -- provenance


@BOTH
@pytest.mark.parametrize(
    "change", ["sha256 = ''", "new = 0", "state = 'discarded'", "confirmed_by_id = NULL, file_name = 'x'"]
)
def test_a_batch_that_is_in_the_register_says_what_it_said(published, change, role):
    refuse(f"UPDATE records_batch SET {change} WHERE id = %s", published.place.batch_id, role=role)


@BOTH
def test_a_batch_is_not_committed_without_its_time(db, role):
    batch = Batch.objects.create(format="ratings-csv", file_name="x", sha256="", size=0)
    refuse("UPDATE records_batch SET state = 'committed' WHERE id = %s", batch.pk, role=role)


def test_old_and_new_rows_are_never_paired_in_a_nested_loop(db):
    """A session keeps the plan of its first statement, of one row, for a hundred thousand later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT p.proname::text, coalesce(p.proconfig::text, '') FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgoldtable IS NOT NULL AND t.tgnewtable IS NOT NULL"
        )
        found = dict(cursor.fetchall())
    assert len(found) >= 5
    assert {name for name, settings in found.items() if "enable_nestloop=off" not in settings} == set()
