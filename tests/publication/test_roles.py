"""Two roles on real connections: the office alters no table, the public reads views and nothing else."""

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections

from records.publication.querysets import DisclosedQuerySet
from tests import make

pytestmark = pytest.mark.django_db
RELATIONS = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'disclosed') AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1
"""
RIGHTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def connected(database: dict) -> psycopg.Connection:
    """A connection as the settings have it, to the test database."""
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    facts = {word: database[key] for key, word in names.items() if database.get(key)}
    options = {key: value for key, value in database["OPTIONS"].items() if key == "options"}
    return psycopg.connect(dbname=connection.settings_dict["NAME"], autocommit=True, **facts, **options)


@pytest.fixture
def public(db):
    """A connection of the public site."""
    with connected({"OPTIONS": {}} | settings.PUBLIC_DATABASE) as made:
        yield made


@pytest.fixture
def office(db):
    """A connection of the back office."""
    with connected({"OPTIONS": {}} | settings.OFFICE_DATABASE) as made:
        yield made


def relations() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS)
        return [name for (name,) in cursor]


def may(role: str, right: str, relation: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, relation, right])
        return cursor.fetchone()[0]


def disclosed_models():
    """Every model whose rows the public may ask for."""
    return [
        m
        for m in apps.get_app_config("records").get_models()
        if isinstance(m._default_manager.all(), DisclosedQuerySet)
    ]


def test_the_public_may_select_the_views_and_nothing_else():
    found = relations()
    assert len([name for name in found if name.startswith("disclosed.")]) >= 18
    for name in found:
        assert may("placard_public", "SELECT", name) == name.startswith("disclosed."), name
        assert not any(may("placard_public", right, name) for right in RIGHTS), name


def test_the_public_reads_no_person_no_session_and_no_table_when_it_tries(public):
    for name in relations():
        if name.startswith("public."):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                public.execute(f"SELECT * FROM {name} LIMIT 1")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id integer)",
        "CREATE TABLE disclosed.mine (id integer)",
        "CREATE FUNCTION disclosed.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "DELETE FROM disclosed.records_word",
        "UPDATE disclosed.records_scheme SET key = 'x'",
        "INSERT INTO disclosed.records_word (word, count, deletes) VALUES ('x', 1, '{}')",
        "SELECT nextval('public.records_reference')",
        "SET ROLE placard_office",
        "COPY disclosed.records_scheme TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_public_writes_nothing_even_where_it_turns_off_its_own_brake(public, statement):
    public.execute("SET default_transaction_read_only = off")
    with pytest.raises(psycopg.Error):
        public.execute(statement)


def test_the_public_may_call_the_functions_that_the_pages_call(public):
    assert public.execute("SELECT disclosed.tokens('Café Crème')").fetchone()
    assert public.execute("SHOW search_path").fetchone() == ("disclosed",)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE records_rating DISABLE TRIGGER ALL",
        "DROP VIEW disclosed.records_rating",
        "CREATE TABLE public.mine (id integer)",
        "CREATE FUNCTION disclosed.mine() RETURNS text LANGUAGE sql AS 'SELECT 1'",
        "DROP FUNCTION disclosed.grade(bigint, jsonb) CASCADE",
        "ALTER TABLE records_transition OWNER TO placard_office",
        "SET session_replication_role = replica",
        "TRUNCATE records_transition",
    ],
)
def test_the_office_alters_no_table_no_rule_and_no_right(office, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        office.execute(statement)


def test_neither_role_is_more_than_it_should_be():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname IN ('placard_public', 'placard_office') "
            "AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication)"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member "
            "WHERE r.rolname IN ('placard_public', 'placard_office')"
        )
        assert cursor.fetchall() == []


def test_every_view_has_the_columns_of_its_model_in_number_name_and_type():
    columns = (
        "SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a WHERE a.attrelid = %s::regclass "
        "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1"
    )
    models = disclosed_models()
    assert len(models) >= 18
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(columns, [f"disclosed.{table}"])
            view = cursor.fetchall()
            if model._meta.managed:  # what stands in place of a record has a view and no table
                cursor.execute(columns, [f"public.{table}"])
                held = [column for column in cursor.fetchall() if column != ("pad", "text")]  # blanks
                assert view == held, table
            assert {name for name, _type in view} == {
                field.column for field in model._meta.local_concrete_fields
            }


def test_every_view_belongs_to_a_model_that_may_be_asked_for():
    views = {name.removeprefix("disclosed.") for name in relations() if name.startswith("disclosed.")}
    # The texts whose words a search suggests are a list and no record.
    assert views - {"records_text", "edition"} == {model._meta.db_table for model in disclosed_models()}


def test_every_disclosed_model_can_be_read_by_the_public(world):
    for model in disclosed_models():
        list(model.objects.public()[:3])


def test_a_draft_a_hidden_place_and_a_waiting_import_are_in_no_view(world):
    from records.businesses.models import Establishment
    from records.intake.models import Batch
    from records.ratings.models import Finding, Inspection, Rating

    draft = make.inspection(establishment=world.copper_kettle, findings=("A secret draft.",))
    waiting = Batch.objects.create(format="ratings-csv", file_name="secret.csv", sha256="", size=1)
    hidden = world.hidden
    assert not Inspection.objects.public().filter(pk=draft.pk).exists()
    assert not Finding.objects.public().filter(text="A secret draft.").exists()
    assert not Batch.objects.public().filter(pk=waiting.pk).exists()
    assert not Establishment.objects.public().filter(pk=hidden.pk).exists()
    for model in (Inspection, Rating):
        assert model.objects.filter(establishment=hidden).exists()
        assert not model.objects.public().filter(establishment=hidden).exists()


def test_time_is_part_of_the_permission(world):
    from records.businesses.models import Establishment

    kettle = world.copper_kettle
    for column in ("publish_at = now() + interval '1 minute'", "hide_at = now()"):
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT before")
            cursor.execute(f"UPDATE records_establishment SET {column} WHERE id = %s", [kettle.pk])
            assert not Establishment.objects.public().filter(pk=kettle.pk).exists()
            cursor.execute("ROLLBACK TO SAVEPOINT before")
    assert Establishment.objects.public().filter(pk=kettle.pk).exists()


def test_the_public_connection_of_the_site_is_that_of_the_public():
    assert connections["public"].settings_dict["USER"] == "placard_public"
    assert settings.OFFICE_DATABASE["USER"] == "placard_office"
