"""The role of the public site, tried for real: it reads the views, and can do nothing else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import DatabaseError, ProgrammingError, connection, connections

from records.authorities.models import Membership
from records.businesses.models import Establishment
from records.intake.models import ImportProblem
from records.publication.models import Transition
from records.publication.roles import OFFICE, PUBLIC
from records.ratings.models import Inspection
from tests import make

RELATIONS = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relkind = ANY (%s) ORDER BY 2
"""
DENIED = "permission denied|must be owner|must be superuser|Only roles with"
real = pytest.mark.django_db(transaction=True)


def relations(schema: str, kinds: str) -> list[str]:
    """Names in a schema; kinds as in pg_class: r tables, v views, S sequences."""
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS, [schema, list(kinds)])
        return [f'{space}."{name}"' for space, name in cursor.fetchall()]


def refused(statement: str, alias: str = "public", why: str = DENIED) -> None:
    """The statement fails for want of a right, even where reading only was switched off."""
    with pytest.raises(DatabaseError, match=why), connections[alias].cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(statement)


@real
def test_the_public_role_can_read_no_table(world):
    tables = relations("public", "rvmS")
    assert {'public."auth_user"', 'public."django_session"', 'public."records_inspection"'} <= set(tables)
    for table in tables:
        refused(f"SELECT * FROM {table} LIMIT 1")


@real
@pytest.mark.parametrize("model", [get_user_model(), Session, Membership, ImportProblem, Transition])
def test_what_has_no_view_does_not_exist_for_the_public_site(model):
    with pytest.raises(ProgrammingError, match="does not exist"):
        model.objects.using("public").exists()


@real
def test_the_public_role_can_make_no_temporary_table(world):
    refused("CREATE TEMPORARY TABLE mine (id integer)")
    refused("CREATE FUNCTION pg_temp.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'")


@real
def test_the_public_role_can_write_through_no_view(world):
    views = relations("disclosed", "rv")
    assert 'disclosed."records_rating"' in views
    for view in views:
        for statement in (
            f"DELETE FROM {view}",
            f"INSERT INTO {view} SELECT * FROM {view}",
            f"TRUNCATE {view}",
        ):
            refused(statement, why=f"{DENIED}|is not a table|cannot (insert|delete)")
    refused("INSERT INTO disclosed.records_rating (id) VALUES (1)")
    refused("UPDATE disclosed.records_rating SET value = '5'")
    refused("UPDATE disclosed.records_inspection SET outcome = 'Mine'")


@real
def test_the_public_role_can_create_nothing_and_become_nobody():
    for statement in (
        "CREATE TABLE disclosed.mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "CREATE VIEW disclosed.mine AS SELECT 1",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION disclosed.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE mine",
        f"SET ROLE {OFFICE}",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "ALTER VIEW disclosed.records_inspection SET (security_invoker = off)",
    ):
        refused(statement)


@real
def test_the_public_connection_is_read_only_and_impatient_from_its_first_statement():
    connections["public"].close()
    with connections["public"].cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_setting('search_path'), current_setting('transaction_read_only'), "
            "current_setting('statement_timeout')"
        )
        assert cursor.fetchone() == (PUBLIC, "disclosed", "on", "5s")


@pytest.mark.django_db
def test_the_public_reads_only_what_is_or_was_published(world):
    draft = make.inspection(establishment=world.copper_kettle)
    assert Inspection.objects.filter(pk=draft.pk).exists()
    assert not Inspection.objects.public().filter(pk=draft.pk).exists()
    shown = Inspection.objects.public().values_list("state", flat=True)
    assert set(shown) == {"published", "superseded"}
    assert (
        not Inspection.objects.public().exclude(entered_by=None, checked_by=None, submitted_at=None).exists()
    )
    assert not Establishment.objects.public().filter(pk=world.hidden.pk).exists()


@pytest.mark.django_db
def test_the_views_are_plain_as_the_notes_say(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(reloptions) FROM pg_class "
            "WHERE relkind = 'v' AND relnamespace = 'disclosed'::regnamespace"
        )
        views, with_options = cursor.fetchone()
    assert views > 15 and with_options == 0


@pytest.mark.django_db
def test_what_a_reader_types_reaches_the_database_as_a_value(client, world):
    for typed in (
        "' OR 1=1 --",
        "'; DROP VIEW records_rating; --",
        "%27%20UNION%20SELECT%20password",
        "\\'\x00",
    ):
        response = client.get("/ratings/", {"q": typed})
        assert response.status_code in (200, 400)
    assert client.get("/ratings/", {"near": "51); DELETE FROM x; --"}).status_code == 400


@pytest.mark.django_db
def test_a_database_error_tells_a_reader_nothing(client, world, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("invalid input syntax for type integer: 'a secret'")

    client.raise_request_exception = False
    monkeypatch.setattr("records.ratings.views.RatingSearch", fail)
    response = client.get("/ratings/")
    assert response.status_code == 500
    assert "a secret" not in response.text and "syntax" not in response.text
