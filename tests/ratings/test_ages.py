"""How long ago a rating was, in words that are never too young."""

from datetime import date

import pytest

from records.ratings.ages import age, is_old

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 12), "11 days ago"),
        (date(2026, 11, 9), "2 weeks ago"),
        (date(2026, 9, 24), "8 weeks ago"),
        (date(2026, 9, 23), "2 months ago"),
        (date(2026, 5, 24), "5 months ago"),
        (date(2024, 11, 24), "23 months ago"),
        (date(2024, 11, 23), "2 years ago"),
        (date(2020, 1, 21), "6 years ago"),
        (date(2026, 11, 24), "dated in the future by the source"),
    ],
)
def test_an_age_is_said_in_full_units(on, words):
    assert age(on, TODAY) == words


def test_a_rating_is_old_after_three_full_years():
    assert not is_old(date(2023, 11, 24), TODAY)
    assert is_old(date(2023, 11, 23), TODAY)


def test_the_29th_of_february_has_its_anniversary_on_the_28th():
    assert age(date(2024, 2, 29), date(2026, 2, 28)) == "2 years ago"
