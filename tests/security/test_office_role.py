"""The role of the web process: it writes rows and changes no rule, and two people publish."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from records.intake.models import Batch
from records.publication.roles import OFFICE, PUBLIC
from tests import make

DENIED = "permission denied|must be owner"


# -- the role of the web process


@pytest.fixture
def as_office(db):
    """A function that runs a statement as the role of the web process."""

    def run(statement: str):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {OFFICE}")
            cursor.execute(statement)
            cursor.execute("SET LOCAL ROLE NONE")  # after an error the rollback does it

    return run


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (id int)",
        "CREATE TABLE disclosed.mine (id int)",
        "DROP VIEW disclosed.records_inspection",
        "CREATE OR REPLACE VIEW disclosed.records_inspection AS SELECT * FROM public.records_inspection",
        "ALTER TABLE public.records_inspection DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DELETE FROM public.records_establishment",
        "DELETE FROM public.records_rating",
        "DELETE FROM public.records_batch",
        "TRUNCATE public.records_inspection CASCADE",
        "UPDATE public.records_schemeversion SET sha256 = ''",
        "INSERT INTO public.records_allowedtransition (kind, source, target) VALUES ('a', 'b', 'c')",
        "DELETE FROM public.records_transition",
        "UPDATE public.records_establishmentversion SET name = 'Mine'",
    ],
)
def test_the_web_process_may_write_rows_and_change_no_rule(as_office, statement):
    with pytest.raises(DatabaseError, match=DENIED):
        as_office(statement)


@pytest.mark.django_db
def test_the_web_process_can_pass_no_right_on(as_office):
    as_office(f"GRANT SELECT ON public.auth_user TO {PUBLIC}")  # PostgreSQL only warns
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'public.auth_user', 'SELECT')", [PUBLIC])
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
def test_what_is_published_cannot_be_changed_or_deleted_by_the_web_process(as_office, world):
    for statement in (
        "UPDATE public.records_inspection SET outcome = 'nothing was found' WHERE state = 'published'",
        "UPDATE public.records_rating SET rated_on = '2026-01-01' WHERE state = 'published'",
        "UPDATE public.records_finding SET text = 'nothing'",
        "DELETE FROM public.records_inspection WHERE state = 'published'",
    ):
        with pytest.raises(IntegrityError):
            as_office(statement)


# -- two people


@pytest.mark.django_db
def test_nobody_approves_what_they_entered_even_by_plain_sql(as_office):
    clerk = make.user("clerk")
    made = make.inspection(entered_by=clerk)
    as_office(f"UPDATE public.records_inspection SET state = 'in_review' WHERE id = {made.pk}")
    approve = (
        "UPDATE public.records_inspection SET state = 'approved', publish_at = now(), checked_by_id = {} "
        f"WHERE id = {made.pk}"
    )
    for checker in (clerk.pk, "NULL"):
        with pytest.raises(
            IntegrityError, match=r"inspection_checked_by_another_person|inspection_needs_two_people"
        ):
            as_office(approve.format(checker))
    as_office(approve.format(make.user("checker").pk))


@pytest.mark.django_db
def test_a_draft_does_not_skip_its_check_even_by_plain_sql(as_office):
    made = make.inspection(entered_by=make.user("clerk"))
    with pytest.raises(IntegrityError, match="a step from draft to published does not exist"):
        as_office(
            "UPDATE public.records_inspection SET state = 'published', publish_at = now(), "
            f"checked_by_id = {make.user('checker').pk} WHERE id = {made.pk}"
        )
    people = {"entered_by": make.user("clerk"), "checked_by": make.user("checker")}
    with pytest.raises(IntegrityError, match="begins as a draft"):
        make.inspection(state="published", publish_at=timezone.now(), **people)


@pytest.mark.django_db
def test_nobody_confirms_the_import_they_uploaded():
    clerk = make.user("clerk")
    facts = {"format": "ratings-csv", "file_name": "a.csv", "sha256": "", "size": 1}
    with pytest.raises(IntegrityError, match="batch_confirmed_by_another_person"):
        Batch.objects.create(uploaded_by=clerk, confirmed_by=clerk, **facts)
