"""The SQL functions of the first migration."""

from itertools import pairwise

import pytest
from django.db import DataError, transaction

from records.search.reference import normalise_reference
from tests.search import sql

pytestmark = pytest.mark.django_db
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def test_a_vector_holds_name_address_and_postcode_with_weights_and_places():
    found = sql.value("disclosed.name_vector('72 China', '1 High Street, Cambridge', 'CB1 2QX')::text")
    assert found == (
        "'1':3B '2qx':8C '72':1A 'cambridge':6B 'cb1':7C 'cb12qx':9C 'china':2A 'high':4B 'street':5B"
    )


@pytest.mark.parametrize(
    ("postcode", "words"),
    {
        "CB1 2QX": {"cb1", "2qx", "cb12qx"},
        "CB12QX": {"cb1", "cb12qx"},
        "SW1A1AA": {"sw1a", "sw1a1aa"},
        "10001": {"10001"},
        "100-0001": {"100", "0001", "1000001"},
        "": set(),
        None: set(),
    }.items(),
)
def test_postcodes_are_found_with_and_without_their_blank(postcode, words):
    vector = "disclosed.name_vector('', NULL, %s)"
    assert set(sql.value(f"tsvector_to_array({vector})", postcode)) == words


def test_a_very_long_name_makes_a_vector_and_no_error():
    assert sql.value(
        "length(disclosed.name_vector(repeat('x', 5000) || repeat(' ab cd', 4000), %s, ''))", "金" * 9000
    )


def test_references_differ_for_every_number_and_look_unrelated():
    found = sql.column("SELECT disclosed.reference(n) FROM generate_series(0, 99999) n")
    assert len(set(found)) == len(found)
    assert all(len(reference) == 7 and set(reference) <= set(LETTERS) for reference in found[:1000])
    alike = sum(a[:3] == b[:3] for a, b in pairwise(found))
    assert alike < 100


def test_references_are_one_to_one_over_their_whole_range():
    """Each step is undone here, so that no two numbers can share a reference."""
    mask = 2**35 - 1

    for n in (0, 1, 2, 12345, 2**20 + 7, 2**34, 2**35 - 2, 2**35 - 1):
        x = 0
        for letter in sql.value("disclosed.reference(%s)", n):
            x = x * 32 + LETTERS.index(letter)
        for bits, factor in ((16, 198491317), (18, 152416547), (17, 217645177)):
            shifted = x
            for _ in range(3):
                x = shifted ^ (x >> bits)
            x = x * pow(factor, -1, 2**35) & mask
        assert (x - 20261123) & mask == n


@pytest.mark.parametrize("number", [-1, 2**35])
def test_there_is_no_reference_beyond_the_range(number):
    with pytest.raises(DataError, match="references exist for"), transaction.atomic():
        sql.value("disclosed.reference(%s)", number)


@pytest.mark.parametrize(
    ("typed", "stored"),
    {"8XY4-HEG": "8xy4heg", " il oo1 ": "11001", "8xy 4heg": "8xy4heg"}.items(),
)
def test_a_misread_reference_is_read_right(typed, stored):
    assert normalise_reference(typed) == stored


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(89, 0), (-89, 0), (52, 181), (None, 0), (52, None), ("nan", 0)]
)
def test_what_is_not_on_the_map_has_no_point(latitude, longitude):
    assert sql.value("disclosed.mercator(%s::float8, %s::float8)", latitude, longitude) is None


def test_functions_work_whatever_the_search_path():
    sql.column("SELECT set_config('search_path', 'pg_catalog', true)")
    assert sql.value("disclosed.name_vector('Café', '', '')::text") == "'cafe':1A"
    assert sql.value("disclosed.mercator(0, 0) IS NOT NULL")


def test_functions_are_immutable_and_parallel_safe():
    volatile = sql.column(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'disclosed'::regnamespace"
        " AND proname IN ('fold', 'tokens', 'name_vector', 'mercator', 'reference')"
        " AND (provolatile, proparallel) <> ('i', 's')"
    )
    assert volatile == []
