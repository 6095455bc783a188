"""Ranges and orders of amounts: in one currency at a time, never added or compared across two."""

from itertools import pairwise

import pytest

from records.penalties.bands import bands, read
from records.search.parameters import BadParameter
from tests import make
from tests.penalties.test_search import decided, found, options, search
from tests.penalties.test_shown import happened

pytestmark = pytest.mark.django_db


def test_a_range_is_over_its_lower_and_up_to_its_upper_amount():
    for amount in (100, 1000, 1001, 10000):
        decided(f"{amount} Ltd", amount)
    assert found("currency=GBP&imposed=1000-10000&sort=imposed") == ["10000 Ltd", "1001 Ltd"]
    assert found("currency=GBP&imposed=1000-&sort=imposed") == ["10000 Ltd", "1001 Ltd"]
    assert found("currency=GBP&imposed=-1000&sort=imposed") == ["1000 Ltd", "100 Ltd"]


def test_what_is_owed_is_searched_and_sorted_apart_from_what_was_imposed():
    happened(decided("Lowered Ltd", 12000), "varied", 1, 400)
    decided("Small Ltd", 900)
    assert found("sort=imposed") == ["Lowered Ltd", "Small Ltd"]
    assert found("sort=owed") == ["Small Ltd", "Lowered Ltd"]
    assert found("currency=GBP&owed=-500") == ["Lowered Ltd"]


def test_the_bands_that_are_offered_fit_the_data_and_count_what_they_lead_to():
    for amount in (50, 500, 600):
        decided(f"{amount} Ltd", amount)
    assert options("", "imposed") == {"up to 100\xa0GBP": 1, "over 100\xa0GBP": 2}
    panel = next(p for p in search("").panels if p.facet.parameter == "imposed")
    assert panel.options[1].link == "?currency=GBP&imposed=100-"
    assert len(found(panel.options[1].link[1:])) == 2


def test_over_an_amount_is_offered_as_well_as_the_band_that_begins_there():
    for amount in (50, 500, 5000, 6000, 50_000):
        decided(f"{amount} Ltd", amount)
    offered = {
        "up to 100\xa0GBP": 1, "over 100, up to 1,000\xa0GBP": 1, "over 100\xa0GBP": 4,
        "over 1,000, up to 10,000\xa0GBP": 2, "over 1,000\xa0GBP": 3, "over 10,000\xa0GBP": 1,
    }  # fmt: skip
    assert options("", "imposed") == offered
    panel = next(p for p in search("").panels if p.facet.parameter == "imposed")
    for option in panel.options:
        assert len(found(option.link[1:])) == option.count.number
    chosen = options("currency=GBP&imposed=1000-", "imposed")
    assert chosen == offered


def test_nothing_owed_is_a_band_of_its_own():
    happened(decided("Paid Ltd"), "paid", 1)
    assert options("", "owed") == {"nothing": 1}
    assert found("currency=GBP&owed=-0") == ["Paid Ltd"]


def test_bands_meet_without_gap_or_overlap():
    edges = [(band.low, band.high) for band in bands()]
    assert all(high == low for (_a, high), (low, _b) in pairwise(edges))
    assert edges[0][0] is None and edges[-1][1] is None
    assert all(read("imposed", band.text) == band for band in bands())


@pytest.mark.parametrize("text", ["-", "abc", "5-1", "5-5", "1e3-", "--1", "1000", "１-２"])
def test_what_is_no_range_is_refused_by_name(text):
    with pytest.raises(BadParameter) as problem:
        read("imposed", text)
    assert problem.value.name == "imposed"


def test_amounts_of_two_currencies_are_neither_added_nor_mixed_in_an_order():
    decided("Pound Ltd", 100)
    penalty = make.penalty(respondent="Euro Ltd", sanctions=(("fine", 900),))
    parts = penalty.parts()
    parts.sanctions[0].currency = "EUR"
    parts.save(penalty.pk, 1)
    checker, publisher = make.team(penalty.authority, "checker", "publisher")
    penalty.submit(penalty.entered_by)
    penalty.approve(checker)
    penalty.publish(publisher)
    sums = {total.currency: total.imposed for total in search().totals}
    assert sums == {"GBP": 100, "EUR": 900}
    assert options("", "currency") == {"EUR": 1, "GBP": 1} and options("", "imposed") == {}
    assert found("currency=EUR&imposed=500-") == ["Euro Ltd"]
    with pytest.raises(BadParameter, match="currency"):
        search("imposed=500-")


def test_a_decision_without_an_amount_stands_behind_those_with_one():
    decided("Closed Ltd", sanctions=(("closure_order", None),))
    decided("Fined Ltd", 100)
    assert found("sort=imposed") == ["Fined Ltd", "Closed Ltd"]
    (total,) = search().totals
    assert (total.number, total.imposed_words, total.owed_words) == (1, "100\xa0GBP", "100\xa0GBP")
