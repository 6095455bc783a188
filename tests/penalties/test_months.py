"""How many public decisions each month has: counted once, shown with table and sentence where they belong."""

from datetime import date

import pytest
from django.utils import timezone

from records.penalties import months
from records.ratings import statistics
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    """Two decisions of one month that is over, one of another."""
    made = make.authority(name="Almond Court")
    last = timezone.localdate().replace(day=1)
    for back in (1, 1, 3):
        month = (last.year * 12 + last.month - 1) - back
        make.published_penalty(authority=made, decided_on=date(month // 12, month % 12 + 1, 2))
    statistics.forget()
    return made


def test_the_months_that_are_over_have_a_column_each_and_the_table_says_the_same(authority):
    chart = months.chart(authority)
    assert [column.value for column in chart.columns][-4:] == [0, 1, 0, 2] and len(chart.columns) == 24
    assert [row[1] for row in chart.rows] == [str(column.value) for column in reversed(chart.columns)]
    assert "3 that are public now" in chart.sentence and "(2)" in chart.sentence


def test_who_has_no_decision_has_no_chart(authority):
    assert months.chart(make.authority()) is None


def test_the_page_of_the_authority_and_the_months_of_all_show_it(client, authority):
    question = "How many decisions are there of each month?"
    assert question in client.get(authority.get_absolute_url()).content.decode()
    assert question in client.get("/figures/months/").content.decode()
