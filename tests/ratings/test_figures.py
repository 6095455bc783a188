"""Figures about grades: what is overdue by the scheme's own rule, what is old, what lies at the edge."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from records.ratings import edges, figures, histogram, schemes, versions
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def of(authority):
    return {row.scheme_id: row for row in figures.ages(TODAY, establishment__authority=authority.pk)}


@pytest.mark.parametrize(("on", "late"), [(date(2025, 10, 22), 1), (date(2025, 10, 23), 0)])
def test_an_a_of_new_york_is_overdue_on_the_day_after_thirteen_months(on, late):
    authority = make.authority()
    make.rating(make.establishment(authority=authority), "us-nyc", "A", rated_on=on)
    assert of(authority)[versions.number_of("us-nyc")].overdue == late


def test_nothing_is_overdue_where_no_interval_is_stated():
    authority = make.authority()
    make.rating(make.establishment(authority=authority), rated_on=date(2010, 1, 1))
    row = of(authority)[versions.number_of("uk-fhrs")]
    assert row.overdue is None
    assert row.old == 1


def test_the_middle_date_is_one_that_occurs_and_statuses_do_not_count():
    authority = make.authority()
    days = (date(2020, 1, 1), date(2024, 1, 1), date(2026, 1, 1))
    for day in days:
        make.rating(make.establishment(authority=authority), rated_on=day)
    make.rating(make.establishment(authority=authority), key="exempt", rated_on=date(1999, 1, 1))
    row = of(authority)[versions.number_of("uk-fhrs")]
    assert (row.count, row.median, row.old) == (3, date(2024, 1, 1), 1)


def test_scores_at_the_edge_of_a_grade_and_just_past_it_are_counted(world):
    edges.all_scores.forget()
    assert edges.counted_scores(schemes.get("us-nyc"))[11] >= 1
    assert edges.deciding(schemes.get("us-nyc"))[1] == "score"
    assert edges.deciding(schemes.get("uk-fhrs")) == (None, "")


SCORES = Counter({Decimal("90"): 7, Decimal("89.5"): 1, Decimal("88"): 2, Decimal("95"): 10})


@pytest.fixture
def counted(monkeypatch):
    monkeypatch.setattr(edges, "counted_scores", lambda scheme: SCORES)
    monkeypatch.setattr(histogram, "counted_scores", lambda scheme: SCORES)


def test_an_edge_counts_who_has_it_exactly_and_who_misses_it(counted):
    (edge,) = edges.edges(schemes.get("us-wake-county"))
    assert (edge.grade, edge.number, edge.at, edge.missed, edge.whole) == ("A", "90", 7, 1, 20)


def test_the_histogram_has_a_column_for_each_number_and_a_border_at_each_edge(counted):
    chart = histogram.chart(schemes.get("us-wake-county"))
    assert [column.label for column in chart.columns] == ["88", "89", "90", "91", "92", "93", "94", "95"]
    assert [column.value for column in chart.columns] == [2, 1, 7, 0, 0, 0, 0, 10]
    assert [(first, last) for first, last, _words in chart.zones] == [(0, 1), (2, 7)]
    assert [row[:2] for row in chart.rows] == [("88", "2"), ("89", "1"), ("90", "7"), ("95", "10")]
    assert "20 current grades" in chart.sentence and "most often at 95" in chart.sentence
