"""The bands of a rule as tables that a person can read."""

import pytest

from records.ratings import schemes
from records.ratings.bands import tables


def lines(table):
    return [(line.interval, line.result.text) for line in table.lines]


def test_the_bands_and_the_caps_of_the_food_hygiene_ratings():
    bands, caps = tables(schemes.get("uk-fhrs"))
    assert bands.measured.startswith("Sum of: Hygienic food handling")
    assert lines(bands)[0] == ("0 to 15", "5, Very good")
    assert lines(bands)[1] == ("20", "4, Good")
    assert lines(bands)[-1] == ("more than 50", "0, Urgent improvement required")
    assert caps.caps
    assert lines(caps)[1] == ("10", "4, Good")


def test_half_open_bands_say_where_they_end():
    (table,) = tables(schemes.get("us-wake-county"))
    assert ("80 up to but not 90", "B") in lines(table)
    assert ("90 and more", "A") in lines(table)


def test_a_table_says_when_it_applies():
    first = tables(schemes.get("us-nyc"))[0]
    assert "First visit of the cycle" in first.when


@pytest.mark.parametrize("scheme", schemes.all_versions(), ids=str)
def test_the_rule_of_every_scheme_can_be_shown(scheme):
    for table in tables(scheme):
        assert table.measured
        assert all(line.interval and line.result.text for line in table.lines)
