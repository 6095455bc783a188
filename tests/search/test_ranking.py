"""Candidates: all that match where they are few, names by their beginnings where they are many."""

import pytest

from records.businesses.models import Business, Establishment
from records.search import ranking
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


@pytest.fixture(params=["own", "index", "frequent"])
def however(request, monkeypatch):
    """Each way to look: own rows one by one, the text index, past the lists of frequent words."""
    if request.param != "own":
        monkeypatch.setattr(ranking, "OWN", -1)
    monkeypatch.setattr(ranking, "FREQUENT", -1 if request.param == "frequent" else 20_000)


def found(rows, typed, **limit):
    query = parse(typed)
    return [(step, *worth_ranking(rows, step, query.words, **limit)) for step in query.ladder()]


@pytest.mark.parametrize("typed", TYPED)
def test_where_few_match_all_of_them_are_candidates(places, however, typed):
    for step, keys, more in found(places, typed):
        assert sorted(keys) == sorted(places.filter(search=step.expression).values_list("pk", flat=True))
        assert not more


@pytest.mark.parametrize("typed", TYPED)
def test_of_many_only_matches_are_candidates_and_that_there_are_more_is_true(places, however, typed):
    for step, keys, more in found(places, typed, limit=2):
        matching = set(places.filter(search=step.expression).values_list("pk", flat=True))
        assert set(keys) <= matching and len(keys) == min(2, len(matching)) == len(set(keys))
        assert more == (len(matching) > 2)


def test_names_that_begin_with_what_was_typed_come_first_and_whole_words_before_longer_ones(places, however):
    ((_step, keys, more),) = found(places, "gold", limit=2)
    rows = places.in_bulk(keys)
    assert more and [rows[key].name for key in keys] == ["Gold", "Gold & Silver Cafe"]


def test_of_very_many_rows_some_are_looked_through_for_a_frequent_word_and_all_if_hardly_any_has_it(
    places, monkeypatch
):
    for name, value in (("OWN", -1), ("FREQUENT", -1), ("MANY", -1), ("SOME", 8)):
        monkeypatch.setattr(ranking, name, value)
    for typed, enough in (("gold", True), ("cafe", False), ("金龙", False), ("zzz", False)):
        for step, keys, more in found(places, typed, limit=60):
            matching = set(places.filter(search=step.expression).values_list("pk", flat=True))
            assert set(keys) <= matching and more is enough, typed
            assert len(keys) >= 6 if enough else set(keys) == matching, typed


def test_nothing_is_found_among_nothing(places):
    assert [keys for _step, keys, _more in found(places.none(), "gold")] == [[]]


def test_few_rows_of_an_authority_are_not_looked_up_in_the_index_of_all_words(places):
    assert "establishment_search" not in indexes(lambda: found(places.using("public"), "dragon"))


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
