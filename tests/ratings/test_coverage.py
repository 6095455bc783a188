"""What came from an authority month by month, and when that stalls; what the clock keeps."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from records.ratings import counted, coverage, statistics
from records.ratings.counted import Counted, months_back
from records.ratings.tallies import Figure
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def of(*numbers):
    """Coverage whose newest months that are over had so many visits, the newest last."""
    months = months_back(len(numbers), TODAY)
    return coverage.Coverage(make.authority(), dict(zip(months, numbers, strict=True)), None, TODAY)


def test_months_that_are_over_end_with_the_one_before_this():
    assert months_back(3, date(2026, 2, 1)) == ["2025-11", "2025-12", "2026-01"]


def test_a_month_with_less_than_a_quarter_of_what_is_usual_is_a_gap():
    found = of(40, 38, 9, 41, 40)
    assert found.usual == 40 and found.gaps == ["2026-08"] and not found.stalls and not found.warning


def test_two_gaps_at_the_end_are_said_in_a_sentence():
    found = of(40, 38, 41, 1, 0)
    assert found.stalls
    assert found.warning.startswith(
        "Hardly any inspection after August 2026 is here; as a rule a month has about 38."
    )


def test_where_few_come_nothing_is_said_of_a_month_without_any():
    assert of(2, 3, 2, 0, 0).gaps == []


def test_the_table_says_the_same_as_the_columns():
    chart = of(40, 38, 9, 41, 40).chart
    assert [(row[1]) for row in chart.rows] == [str(column.value) for column in reversed(chart.columns)]
    assert chart.expected == 40 and "as a rule 40, at most 41 in September 2026" in chart.sentence


def test_public_visits_are_counted_by_month_and_files_by_authority(world):
    statistics.forget()
    found = coverage.of(world.authority("ALM"))
    assert found.load.establishments > 0 and found.load.number == 3
    assert sum(found.numbers.values()) > 0


def test_what_takes_long_the_clock_counts_and_everybody_reads(monkeypatch):
    figure = Counted("test", lambda: [[1, 2]], dict)
    assert not figure.keep() and not Figure.objects.exists()
    monkeypatch.setattr(statistics, "LONG", 0)
    assert figure.keep() and not figure.keep()
    kept = Counted("test", lambda: [[1, 3]], dict)
    assert kept().value == {1: 2} and kept().at == Figure.objects.get().at
    Figure.objects.update(at=timezone.now() - timedelta(hours=7))
    kept.forget()
    assert kept().value == {1: 3}


def test_a_reader_never_waits_long_and_is_told_that_nothing_is_counted_yet(monkeypatch):
    def slow():
        raise OperationalError("canceling statement due to statement timeout")

    reading = Counted("slow", slow, dict)()
    assert reading.value == {} and reading.at is None
    assert counted.BRIEFLY < 5
