"""Working days of an authority, whatever its weekend, and civil months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.publication.calendars import Calendar, add_months

DAY = timedelta(days=1)
# Spring Festival of 2026, with the weekend days worked in exchange.
CHINA = Calendar(
    holidays=[date(2026, 2, 15) + n * DAY for n in range(9)], worked=[date(2026, 2, 14), date(2026, 2, 28)]
)
FRIDAY_SATURDAY = Calendar(weekend=[5, 6])
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
CALENDARS = st.builds(
    Calendar,
    weekend=st.frozensets(st.integers(1, 7), max_size=6),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60),
    worked=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20),
)


@pytest.mark.parametrize(
    ("calendar", "start", "count", "expected"),
    [
        (Calendar(), date(2026, 5, 8), 3, date(2026, 5, 13)),  # Friday to Wednesday
        (Calendar(), date(2026, 5, 9), 1, date(2026, 5, 11)),  # from a Saturday
        (Calendar(), date(2026, 5, 9), 0, date(2026, 5, 9)),
        (Calendar(holidays=[date(2026, 5, 11)]), date(2026, 5, 8), 3, date(2026, 5, 14)),
        (Calendar(holidays=[date(2026, 5, 9)]), date(2026, 5, 8), 1, date(2026, 5, 11)),
        (FRIDAY_SATURDAY, date(2026, 5, 7), 3, date(2026, 5, 12)),  # Thursday; Sunday is worked
        (Calendar(weekend=[]), date(2026, 5, 8), 3, date(2026, 5, 11)),
        (CHINA, date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday worked in exchange
        (CHINA, date(2026, 2, 13), 3, date(2026, 2, 25)),
        (CHINA, date(2026, 2, 27), 1, date(2026, 2, 28)),
    ],
)
def test_working_days_are_counted_from_the_day_after(calendar, start, count, expected):
    assert calendar.add(start, count) == expected


def test_friday_and_saturday_can_be_the_weekend():
    week = [date(2026, 5, 4) + n * DAY for n in range(7)]
    assert [FRIDAY_SATURDAY.is_working(day) for day in week] == [True] * 4 + [False] * 2 + [True]


def test_a_holiday_is_one_even_where_a_weekend_is_worked():
    day = date(2026, 5, 9)
    assert not Calendar(holidays=[day], worked=[day]).is_working(day)


@given(CALENDARS, st.dates(date(2025, 12, 1), date(2027, 1, 31)), st.integers(0, 40))
def test_as_many_working_days_lie_between_as_were_added(calendar, start, count):
    end = calendar.add(start, count)
    assert calendar.between(start, end) == count
    assert calendar.between(end, start) == -count
    assert count == 0 or calendar.is_working(end)


@given(CALENDARS, st.dates(date(2026, 1, 1), date(2026, 12, 1)))
def test_the_next_working_day_is_worked_and_no_day_before_it_is(calendar, day):
    found = calendar.working_from(day)
    assert calendar.is_working(found)
    assert not any(calendar.is_working(day + n * DAY) for n in range((found - day).days))


@pytest.mark.parametrize("weekend", [range(1, 8), [0], [6, 8]])
def test_a_weekend_that_leaves_nothing_or_is_no_weekday_is_refused(weekend):
    with pytest.raises(ValueError, match="leaves one to work on"):
        Calendar(weekend=weekend)


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="no number of days"):
        Calendar().add(date(2026, 5, 8), -1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), -11, date(2025, 2, 28)),
    ],
)
def test_a_month_without_the_day_ends_on_its_last(day, months, expected):
    assert add_months(day, months) == expected


@given(DAYS, st.integers(0, 1200))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day, months):
    found = add_months(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + DAY).day == 1)
