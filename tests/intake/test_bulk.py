"""A first load takes keys down and builds them again: afterwards all is as before, or nothing happened."""

import re

import pytest
from django.db import IntegrityError, connection

from records.intake import bulk
from records.ratings.intake import merge
from records.ratings.intake.room import TABLES
from tests.importing import counts, place

PLACES = [place(str(number)) for number in range(1, 31)]
CASTS = re.compile(r"::(character varying|text)(\[\])?|[() ]")
DEFINITIONS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text, condeferred::text
FROM pg_constraint WHERE conrelid = ANY (%(tables)s::regclass[]) OR confrelid = ANY (%(tables)s::regclass[])
UNION ALL
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid::text,
    indisunique::text || indisprimary::text || indisreplident::text || indisclustered::text
FROM pg_index WHERE indrelid = ANY (%(tables)s::regclass[])
UNION ALL
SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text, ''
FROM pg_trigger WHERE tgrelid = ANY (%(tables)s::regclass[]) AND NOT tgisinternal
ORDER BY 1, 2, 3
"""


def definitions() -> list[tuple]:
    """Every constraint, index and trigger of the tables, as the database would write it."""
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS, {"tables": TABLES})
        # A constant list is written with its casts inside or outside; it means the same.
        return [tuple(CASTS.sub("", text) for text in row) for row in cursor]


@pytest.fixture
def used(monkeypatch) -> list:
    """With few rows already worth it; a list that gets an entry each time keys are taken down."""
    times, rebuilt = [], bulk.rebuilt

    def counted(cursor, tables):
        times.append(tables)
        return rebuilt(cursor, tables)

    monkeypatch.setattr(bulk, "rebuilt", counted)
    monkeypatch.setattr(bulk, "WORTH_IT", 20)
    return times


def test_after_a_first_load_every_constraint_index_and_trigger_stands_again(empty_register, register, used):
    before = definitions()
    assert len(before) > 50
    assert counts(register.take(*PLACES)) == (30, 0, 0, 0, 0)
    assert used == [TABLES]
    assert definitions() == before


def test_a_first_load_and_an_ordinary_one_bring_the_same(empty_register, register, used):
    register.take(*PLACES)
    assert counts(register.take(*PLACES)) == (0, 0, 30, 0, 0)
    assert register.standing("7").inspection.grade == register.standing("7").value == "5"
    assert len(used) == 1


A_RATING = """
INSERT INTO records_rating (establishment_id, scheme_id, version_id, value, computed, by_source, pending,
    state, end_reason)
SELECT establishment_id, scheme_id, version_id, '{}', '', true, false, '{}', 'x' FROM records_rating LIMIT 1
"""
# The checks of single rows would say it first, and so would the triggers.
BARE = (
    "ALTER TABLE records_rating DISABLE TRIGGER USER",
    "ALTER TABLE records_rating DROP CONSTRAINT rating_ends_with_a_reason",
)
WRONG = {
    "another establishment's visit": """
        UPDATE records_rating SET inspection_id = (SELECT max(id) FROM records_inspection)
        WHERE id = (SELECT min(id) FROM records_rating)""",
    "a grade that its scheme does not know": A_RATING.format("9", "superseded"),
    "two current ratings": A_RATING.format("4", "published"),
    "a number that stands twice": """
        INSERT INTO records_establishment (authority_id, source_id, source, name, name_published, kind,
            kind_published, address, postcode, phone, address_visibility, geocode_quality, local_id)
        SELECT authority_id, source_id, '', 'x', '', 'other', '', '', '', '', 'shown', 'none', ''
        FROM records_establishment LIMIT 1""",
    "a reply to nobody": """
        INSERT INTO records_reply (establishment_id, text, text_published) VALUES (-1, '', '')""",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_breaks_a_rule_inside_a_first_load_undoes_all_of_it(
    empty_register, register, used, monkeypatch, wrong
):
    before = definitions()
    statements = (*merge.INTO_NEW, *BARE, WRONG[wrong])
    monkeypatch.setattr(merge, "INTO_NEW", statements)
    with pytest.raises(IntegrityError):
        register.take(*PLACES)
    assert used == [TABLES]
    assert definitions() == before
    assert not register.authority.establishments.exists()


def test_few_rows_and_full_registers_keep_their_keys(empty_register, register, used):
    register.take(*PLACES[:19])
    register.take(*PLACES[:19], *(place(f"few-{number}") for number in range(19)))
    register.take(*PLACES[:19], *(place(f"many-{number}") for number in range(30)), dry_run=True)
    register.take(*PLACES[:19], *(place(f"many-{number}") for number in range(30)))
    assert used == []


def test_who_does_not_own_the_tables_imports_without_altering_them(empty_register, register, used):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE placard_office")
        try:
            assert counts(register.take(*PLACES)) == (30, 0, 0, 0, 0)
            assert counts(register.take(*PLACES[:29], place("30", "Renamed"))) == (0, 1, 29, 0, 0)
        finally:
            cursor.execute("SET LOCAL ROLE NONE")
    assert used == []
    assert register.held("30").name == "Renamed"
