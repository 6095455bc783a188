"""Figures about grades: what is overdue by the scheme's own rule, what is old, what lies at the edge."""

from datetime import date

import pytest

from records.ratings import edges, figures, schemes, versions
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
    found = edges._scores("us-nyc", "score")
    assert found[11] >= 1
    assert edges._deciding(schemes.get("us-nyc"))[1] == "score"
    assert edges._deciding(schemes.get("uk-fhrs")) == (None, "")


def test_an_edge_counts_who_has_it_exactly_and_who_misses_it(monkeypatch):
    from collections import Counter
    from decimal import Decimal

    scores = Counter({Decimal("90"): 7, Decimal("89.5"): 1, Decimal("88"): 2, Decimal("95"): 10})
    monkeypatch.setattr(edges, "_scores", lambda key, component: scores)
    monkeypatch.setattr(edges, "_kept", {})
    (edge,) = edges.edges(schemes.get("us-wake-county"))
    assert (edge.grade, edge.number, edge.at, edge.missed, edge.whole) == ("A", "90", 7, 1, 20)
