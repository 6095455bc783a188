"""Pages of decisions: they follow each other in every order, forward and back, few as many."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from records.penalties import tally
from records.penalties.opendata import rows
from records.penalties.search import PenaltySearch
from tests.penalties.test_search import TODAY, decided, decided_in, found, search
from tests.penalties.test_shown import happened

pytestmark = pytest.mark.django_db
ORDERS = ("date", "imposed", "owed")


def walked(query):
    """All respondents, page by page, as the links lead on; then the same on the way back from the last."""
    forward, address = [], query
    while address is not None:
        listed = search(address)
        forward.append([penalty.respondent for penalty in listed.page.rows])
        address = listed.page.next and listed.page_link(listed.page.next)[1:]
    back = [forward[-1]]
    while listed.page.previous:
        listed = search(listed.page_link(listed.page.previous)[1:])
        back.insert(0, [penalty.respondent for penalty in listed.page.rows])
    return forward, back


@pytest.fixture
def several(monkeypatch):
    """Decisions of two currencies, with ties and without an amount, three on a page."""
    monkeypatch.setattr(PenaltySearch, "size", 3)
    for at, amount in enumerate((500, 9000, 9000, 70, None, 9000, None)):
        kind = "closure_order" if amount is None else "fine"
        decided(f"Pound {at} Ltd", days=30 + at % 2, sanctions=((kind, amount),))
    decided_in("EUR", "Euro Ltd", 20000, 30)


@pytest.fixture(params=["few", "many"])
def however_many(request, monkeypatch):
    """Once as few decisions, which are sorted, and once as more than are counted, which are cut by tokens."""
    if request.param == "many":
        monkeypatch.setattr(tally, "COUNTED", 0)


def test_pages_lead_to_every_decision_once_and_back(several, however_many):
    year = (TODAY - timedelta(days=30)).year
    filters = ("", "&q=ltd", f"&q=pound&year={year}", "&currency=GBP&imposed=60-9000")
    for query in (f"sort={order}{some}" for order in (*ORDERS, "relevance") for some in filters):
        forward, back = walked(query)
        names = [name for page in forward for name in page]
        assert len(names) == len(set(names)) >= 3, query
        assert back == forward, query


def test_pages_have_the_rows_and_the_order_of_the_file(several, however_many):
    filters = ("", "&q=ltd", "&q=pound", "&currency=GBP&imposed=60-9000", "&sanction=fine")
    for query in (f"sort={order}{some}" for order in ORDERS for some in filters):
        names = [name for page in walked(query)[0] for name in page]
        assert names == [row.respondent for row in rows(search(query))], query


def test_the_largest_come_first_in_each_currency_and_unknown_amounts_last(several):
    names = [name for page in walked("sort=imposed")[0] for name in page]
    assert names[:5] == ["Pound 5 Ltd", "Pound 2 Ltd", "Pound 1 Ltd", "Pound 0 Ltd", "Pound 3 Ltd"]
    assert names[5:] == ["Euro Ltd", "Pound 6 Ltd", "Pound 4 Ltd"]
    assert search("sort=imposed").page.said == "9,000\xa0GBP"


def test_a_currency_that_a_search_has_not_is_passed_by(monkeypatch):
    monkeypatch.setattr(tally, "COUNTED", 0)
    decided("Pound Ltd", 9_000_000)
    decided_in("EUR", "Euro Ltd", 5, 30)
    with CaptureQueriesContext(connections["public"]) as taken:
        assert found("q=euro&sort=imposed") == ["Euro Ltd"]
    assert sum("=iGBP" in query["sql"] for query in taken.captured_queries) == 0


def test_a_currency_that_is_rare_in_a_long_list_is_still_in_it(several, monkeypatch):
    monkeypatch.setattr(tally, "COUNTED", 0)
    monkeypatch.setattr(tally, "TELLING", 1)
    monkeypatch.setattr(tally, "_sample", lambda size: "'=cEUR'")  # a sample that happens to have no pounds
    forward, back = walked("q=ltd&sort=imposed")
    names = [name for page in forward for name in page]
    assert names[:4] == ["Euro Ltd", "Pound 5 Ltd", "Pound 2 Ltd", "Pound 1 Ltd"] and len(names) == 8
    assert back == forward


def test_what_is_owed_is_found_though_a_sample_has_nothing_but_what_is_paid(monkeypatch):
    monkeypatch.setattr(PenaltySearch, "size", 2)
    monkeypatch.setattr(tally, "COUNTED", 0)
    monkeypatch.setattr(tally, "TELLING", 1)
    monkeypatch.setattr(tally, "_sample", lambda size: "'=fpaid'")
    for at in range(3):
        happened(decided(f"Paid {at} Ltd", 800 + at), "paid", 1)
    decided("Owing Ltd", 300)
    decided("Owing More Ltd", 3000)
    forward, back = walked("q=ltd&sort=owed")
    assert forward == [["Owing More Ltd", "Owing Ltd"], ["Paid 2 Ltd", "Paid 1 Ltd"], ["Paid 0 Ltd"]]
    assert back == forward


def test_a_page_of_an_order_says_where_it_is_and_the_first_has_no_parameter(several, client):
    first = search("sort=date")
    second = client.get(f"/penalties/{first.page_link(first.page.next)}").content.decode()
    assert "<title>Decisions, " in second and '<a href="?sort=date">First page</a>' in second
    assert " of 3" not in second
    assert "First page" not in client.get("/penalties/?sort=date").content.decode()


# -- what it says, and what it refuses


def test_what_is_paid_is_walked_by_its_numbers_and_back(several, however_many):
    paid = [f"Pound paid {at} Ltd" for at in range(5)]
    for at, name in enumerate(paid):
        happened(decided(name, 800 + at), "paid", 1)
    for filters in ("", "&q=pound", "&currency=GBP&owed=-0", "&currency=GBP&owed=-100"):
        forward, back = walked(f"sort=owed{filters}")
        names = [name for page in forward for name in page]
        assert back == forward
        assert [name for name in names if name in paid] == paid[::-1]
        assert names == [row.respondent for row in rows(search(f"sort=owed{filters}"))]
