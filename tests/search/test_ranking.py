"""Candidates: all that match where they are few, names by their beginnings where they are many."""

import pytest

from records.businesses.models import Business, Establishment
from records.search.ranking import ranked, worth_ranking
from records.search.text import parse
from tests import make
from tests.search.plans import indexes

pytestmark = pytest.mark.django_db
NAMES = (
    "Golden Dragon", "Golden Dragon Cafe", "The Golden Dragon", "Goldener Hirsch", "Gold", "O'Golden Grill",
    "Gold & Silver Cafe", "Dragon Golden Cafeteria", "Silver Dragon", "Café Golden", "金龙饭店", "北京金龙",
)  # fmt: skip
TYPED = (
    "gol", "gold", "golden", "golden dragon", "golden dra", "dragon golden", "gold caf", "caf gold",
    '"golden dragon"', "golden -dragon", "the gol", "金龙", "金", "gold silver", "zzz", "zzz gold",
    "golden zzz caf", "cafe", "test street", "qa1 1aa", "qa1 1a",
)  # fmt: skip


@pytest.fixture
def places():
    authority = make.authority()
    for name in NAMES:
        make.establishment(authority=authority, name=name)
    return Establishment.objects.filter(authority=authority)


def found(rows, typed, **limit):
    query = parse(typed)
    return [(step, *worth_ranking(rows, step, query.words, **limit)) for step in query.ladder()]


@pytest.mark.parametrize("typed", TYPED)
def test_where_few_match_all_of_them_are_candidates(places, typed):
    for step, keys, more in found(places, typed):
        assert sorted(keys) == sorted(places.filter(search=step.expression).values_list("pk", flat=True))
        assert not more


@pytest.mark.parametrize("typed", TYPED)
def test_of_many_only_matches_are_candidates_and_that_there_are_more_is_true(places, typed):
    for step, keys, more in found(places, typed, limit=2):
        matching = set(places.filter(search=step.expression).values_list("pk", flat=True))
        assert set(keys) <= matching and len(keys) == min(2, len(matching)) == len(set(keys))
        assert more == (len(matching) > 2)


def test_names_that_begin_with_what_was_typed_come_first_and_whole_words_before_longer_ones(places):
    ((_step, keys, more),) = found(places, "gold", limit=2)
    rows = places.in_bulk(keys)
    assert more and [rows[key].name for key in keys] == ["Gold", "Gold & Silver Cafe"]


def test_the_whole_name_is_the_best_match(places):
    query = parse("golden dragon")
    best = [row.name for row in ranked(places, query.ladder()[0], query.words)]
    assert best[:2] == ["Golden Dragon", "Golden Dragon Cafe"]


def test_beginnings_and_words_are_looked_up_in_indexes(places):
    public = Establishment.objects.public()
    used = indexes(lambda: found(public, "dragon", limit=50))
    assert {"establishment_begins", "establishment_search"} <= used
    public = Business.objects.public().searchable()
    assert {"business_begins", "business_search"} <= indexes(lambda: found(public, "copper", limit=50))


def test_a_step_knows_what_it_can_be_looked_up_by():
    first, second = parse('golden "red lion" -pub cafe').ladder()
    assert first.anchor == "'golden' & ('red' <-> 'lion')"
    assert first.literal == "'golden' & 'cafe' & ('red' <-> 'lion') & !('pub')"
    assert (first.required, second.required) == (("cafe",), ("golden", "cafe"))
    assert first.excludes and not parse("golden").ladder()[0].excludes
    assert parse("gol").ladder()[0].anchor == ""
