"""The years above a list of decisions: the same numbers as its rows, as columns, as a table and as links."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from records.penalties import tally
from records.penalties.models import Penalty
from records.penalties.search import PenaltySearch
from records.penalties.years import Chart, Year
from tests import make
from tests.penalties.test_search import decided, decided_in

pytestmark = pytest.mark.django_db
FIGURES = ((10, 5000), (20, 250), (400, 9000), (410, None))


@pytest.fixture
def several():
    """Decisions of this year or the last, and of the one before that; one without an amount."""
    for at, (days, amount) in enumerate(FIGURES):
        kind = "closure_order" if amount is None else "fine"
        decided(f"Company {at} Ltd", days=days, sanctions=((kind, amount),))


def years(query=""):
    return PenaltySearch(QueryDict(query)).years


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ")


def test_the_years_say_what_the_rows_say(several):
    rows = list(Penalty.objects.public())
    numbers, sums = Counter(row.decided_on.year for row in rows), Counter()
    for row in rows:
        sums[row.decided_on.year] += row.imposed or 0
    shown = years()
    assert {y.year: y.number for y in shown.years if y.number} == numbers
    assert {y.year: y.imposed for y in shown.years if y.number} == sums
    assert sum(y.known for y in shown.years) == 3 and shown.currency == "GBP"


def test_a_filter_holds_for_the_years_too(several):
    assert sum(y.number for y in years("sanction=fine").years) == 3
    assert years("sanction=closure_order") is None


def test_each_year_leads_to_its_decisions_and_keeps_the_other_filters(several):
    for year in years("q=company&sort=date").years:
        if year.number:
            assert year.link == f"?q=company&year={year.year}&sort=date"
            assert PenaltySearch(QueryDict(year.link[1:])).count.number == year.number


def test_sums_of_two_currencies_are_not_added_and_one_can_be_chosen(several, client):
    decided_in("EUR", "Euro Ltd", 20000, 10)
    assert years().currency == "" and sum(y.number for y in years().years) == 5
    html = client.get("/penalties/").content.decode()
    assert "Imposed per year" not in html and "Sums per year are given for one currency" in html
    chosen = years("currency=GBP")
    assert chosen.currency == "GBP" and sum(y.imposed for y in chosen.years) == 14250


def test_nothing_is_added_up_for_one_business_or_place(several):
    business = make.business("Company Ltd")
    place = make.establishment(business=business)
    for days in (10, 400):
        decided("Company Ltd", days=days, business=business, establishment=place, authority=place.authority)
    assert years() is not None
    assert years(f"business={business.reference}") is None
    assert years(f"establishment={place.reference}") is None


def test_where_there_are_too_many_words_say_that_a_filter_is_needed(several, client, monkeypatch):
    monkeypatch.setattr(tally, "COUNTED", 0)
    html = client.get("/penalties/").content.decode()
    assert "year-chart" not in html.partition("<body>")[2]
    assert "then sums are given, per currency and per year" in html


def test_one_year_alone_has_no_chart(client):
    decided("Company Ltd", days=0)
    assert years() is None
    assert client.get("/penalties/").status_code == 200


def test_a_year_between_is_shown_empty_unless_the_years_are_very_far_apart(monkeypatch):
    decided("Old Ltd", days=800)
    decided("New Ltd", days=1)
    middle = years().years[1]
    assert (middle.number, middle.imposed, middle.known) == (0, 0, 0)
    monkeypatch.setattr("records.penalties.years.MOST_SHOWN", 2)
    assert [year.number for year in years().years] == [1, 1]


def test_the_highest_column_fills_the_picture_and_the_others_in_proportion():
    chart = Chart(
        [
            Year(2024, 4, 4, Decimal(1000), ""),
            Year(2025, 0, 0, Decimal(0), ""),
            Year(2026, 1, 1, Decimal(500), ""),
        ],
        "GBP",
    )
    numbers, sums = chart.measures
    assert [bar.height for bar in numbers.bars] == ["100.00", "0.00", "25.00"]
    assert [(bar.x, bar.y) for bar in sums.bars] == [("0.20", "0.00"), ("1.20", "100.00"), ("2.20", "50.00")]
    assert sums.label == "Chart: Imposed per year, 2024 to 2026, at most 1,000\xa0GBP in 2024."
    assert numbers.title == "Decisions per year, at most 4"


def test_the_table_says_the_same_as_the_columns(several, client):
    html = client.get("/penalties/").content.decode()
    figure = re.search(r'<figure class="year-chart">.*?</figure>', html, re.S)[0]
    assert figure.count('role="img"') == 2
    pictures = [dict(re.findall(r"<title>(\d+): ([^<]+)</title>", svg)) for svg in figure.split("</svg>")[:2]]
    rows = re.findall(r"<tr>(.*?)</tr>", figure.partition("<tbody>")[2], re.S)
    cells = [[text(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]
    assert len(cells) == len(pictures[0]) == len(pictures[1]) >= 2
    for year, number, imposed, _known in cells:
        assert pictures[0][year] == number
        assert pictures[1][year].replace("\xa0", " ") == imposed


def test_the_list_page_takes_as_many_queries_for_many_decisions_as_for_few(client):
    def queries():
        with CaptureQueriesContext(connections["public"]) as captured:
            assert "year-chart" in client.get("/penalties/").content.decode().partition("<body>")[2]
        return len(captured)

    for days in (10, 400):
        decided("Few Ltd", days=days)
    few = queries()
    for days in (20, 30, 420, 800, 810):
        decided("Many Ltd", days=days)
    assert queries() == few
    listed = PenaltySearch(QueryDict(""))
    assert listed.count
    with CaptureQueriesContext(connections["public"]) as captured:
        assert listed.years
    assert len(captured) == 1
