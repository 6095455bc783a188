"""Grades over time: in the scheme's own order and words, one step for each date with a grade."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from records.businesses.models import Establishment
from records.ratings import past
from records.ratings.dossier import Dossier
from tests import make

pytestmark = pytest.mark.django_db


def of(*graded, scheme="uk-fhrs"):
    place = make.establishment()
    now = timezone.now()
    for at, (key, on) in enumerate(graded, 1):
        begun = now - timedelta(minutes=len(graded) + 1 - at)
        ended = {"state": "superseded", "ended_at": begun + timedelta(minutes=1), "end_reason": "A new one."}
        facts = {} if at == len(graded) else ended
        make.rating(place, scheme, key, rated_on=on, publish_at=begun, **facts)
    return past.charts(Dossier(Establishment.objects.public().get(pk=place.pk)))


@pytest.mark.parametrize(
    ("scheme", "first", "last", "levels"),
    [
        ("uk-fhrs", "2", "5", ["5", "4", "3", "2", "1", "0"]),
        ("us-nyc", "C", "A", ["A", "B", "C"]),
        ("ca-toronto", "closed", "pass", ["Pass", "Conditional Pass", "Closed"]),
    ],
)
def test_levels_are_the_grades_of_the_scheme_best_first(scheme, first, last, levels):
    (chart,) = of((first, date(2023, 5, 1)), (last, date(2025, 5, 1)), scheme=scheme)
    assert list(chart.levels) == levels
    assert chart.stands[-1].level == 0 and chart.stands[0].level > 0 and chart.goes_on


def test_the_sentence_and_the_table_say_what_the_line_says():
    (chart,) = of(("2", date(2023, 5, 1)), ("4", date(2024, 5, 1)), ("5", date(2025, 5, 1)))
    assert "3 grades, from 2, " in chart.sentence
    assert "on 1 May 2023 to 5, Very good on 1 May 2025" in chart.sentence
    assert [row[0] for row in chart.rows] == ["1 May 2025", "1 May 2024", "1 May 2023"]
    assert [stand.words for stand in chart.stands] == [
        f"{day}: {grade}" for day, grade in reversed(chart.rows)
    ]


def test_one_grade_is_no_history():
    assert of(("5", date(2025, 5, 1))) == []


def test_the_page_of_a_place_draws_it(client, world):
    html = client.get(world.copper_kettle.get_absolute_url()).content.decode()
    assert "How did the grade change?" in html and "chart-steps" in html
