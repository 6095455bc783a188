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


def test_a_place_that_has_closed_is_not_overdue():
    authority = make.authority()
    place = make.establishment(authority=authority, closed_on=date(2026, 1, 1))
    make.rating(place, "us-nyc", "A", rated_on=date(2025, 1, 1))
    assert of(authority)[versions.number_of("us-nyc")].overdue == 0


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
    assert edges.deciding(schemes.get("us-nyc")).of == ("score",)


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


FIVES = Counter({Decimal("0"): 4, Decimal("15"): 3, Decimal("20"): 2, Decimal("55"): 1})


def test_where_scores_are_added_up_the_histogram_has_a_column_for_each_sum_there_may_be(monkeypatch):
    monkeypatch.setattr(histogram, "counted_scores", lambda scheme: FIVES)
    chart = histogram.chart(schemes.get("uk-fhrs"))
    assert [column.label for column in chart.columns] == [str(5 * place) for place in range(12)]
    assert [column.value for column in chart.columns] == [4, 0, 0, 3, 2, 0, 0, 0, 0, 0, 0, 1]
    assert [words for _first, _last, words in chart.zones] == ["5", "4", "3", "2", "1", "0"]
    assert chart.head[0] == "Sum of the scores" and chart.rows[1] == ("15", "3", "Very good")
    assert "one bad score can make a grade lower" in chart.sentence


def test_of_a_sum_that_one_score_can_limit_no_edge_is_told(monkeypatch):
    monkeypatch.setattr(edges, "counted_scores", lambda scheme: FIVES)
    assert edges.edges(schemes.get("uk-fhrs")) == []


def test_the_three_scores_of_each_current_grade_are_added_up(world):
    edges.all_scores.forget()
    found = edges.counted_scores(schemes.get("uk-fhrs"))
    assert found and all(score % 5 == 0 and 0 <= score <= 80 for score in found)


def test_a_mean_is_not_taken_for_a_number_that_is_written_down():
    assert edges.deciding(schemes.get("cn-catering-annual")) is None
