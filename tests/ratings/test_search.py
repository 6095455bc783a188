"""The list of establishments by date: in one order, whether few are sorted or a whole register is walked."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate

from records.ratings import statistics
from records.ratings.search import RatingSearch
from records.search import keyset
from tests import make
from tests.search.plans import indexes

pytestmark = pytest.mark.django_db
QUERIES = (
    "", "sort=name", "scheme=uk-fhrs", "scheme=uk-fhrs&sort=name", "scheme=us-nyc", "scheme=uk-fhrs&grade=3",
    "q=kitchen&sort=date", "grade=5&type=restaurant", "grade=5&grade=3&type=restaurant&sort=name",
    "type=restaurant",
)  # fmt: skip


@pytest.fixture(autouse=True)
def places(monkeypatch):
    """Kitchens with ties, without a date, and with two ratings, of which either may be the newer one."""
    monkeypatch.setattr(RatingSearch, "size", 3)
    today = localdate()
    for at, days in enumerate((5, 5, None, 40, 5, None, 90, 7)):
        place = make.establishment(name=f"Kitchen {at}", kind="pub" if at == 1 else "restaurant")
        on = days and today - timedelta(days=days)
        make.rating(place, key="3" if at % 2 else "5", rated_on=on)
        if at in (0, 3, 6):
            make.rating(place, scheme="us-nyc", key="A", rated_on=today - timedelta(days=20 + at))
    statistics.forget()


def walked(query):
    """Names page by page, forward, and then back from the last page."""
    forward, link = [], query
    while link is not None:
        search = RatingSearch(QueryDict(link))
        forward.append([place.name for place in search.page.rows])
        link = search.page.next and search.page_link(search.page.next)[1:]
    back = [forward[-1]]
    while search.page.previous:
        search = RatingSearch(QueryDict(search.page_link(search.page.previous)[1:]))
        back.insert(0, [place.name for place in search.page.rows])
    return forward, back


@pytest.mark.parametrize("query", QUERIES)
def test_few_and_many_come_in_one_order_each_once_and_back(query, monkeypatch):
    few, back = walked(query)
    assert back == few
    names = [name for page in few for name in page]
    assert len(names) == len(set(names)) == RatingSearch(QueryDict(query)).count.number >= 3
    monkeypatch.setattr(RatingSearch, "is_small", False)
    for reach in (1000, 2):
        monkeypatch.setattr(keyset, "LOOKED_AT", reach)
        assert walked(query) == (few, few)


def test_under_a_scheme_the_date_is_that_of_its_rating():
    assert walked("scheme=us-nyc")[0] == [["Kitchen 0", "Kitchen 3", "Kitchen 6"]]
    assert walked("scheme=uk-fhrs")[0][-1] == ["Kitchen 5", "Kitchen 2"]
    five_days_ago = date_format(localdate() - timedelta(days=5))
    assert RatingSearch(QueryDict("scheme=uk-fhrs")).page.said == five_days_ago


def test_every_order_has_an_index_for_its_pages_and_for_what_has_no_date(monkeypatch):
    monkeypatch.setattr(RatingSearch, "is_small", False)

    def visit(query):
        return indexes(lambda: RatingSearch(QueryDict(query)).page, without=("seqscan", "bitmapscan", "sort"))

    assert "rating_by_date" in visit("after=2026-01-01~5")
    assert "establishment_by_name" in visit("sort=name")
    undated = make.establishment(name="Kitchen without")
    # Of few spots the whole index of keys is as small as that of the undated ones.
    assert {"spot_undated", "records_spot_pkey"} & visit(f"before=~{undated.pk - 3}")
    graded = indexes(
        lambda: RatingSearch(QueryDict("grade=5&type=restaurant")).page, ("seqscan", "bitmapscan", "sort")
    )
    assert "rating_of_grade_by_date" in graded
    make.rating(undated, key="exempt", rated_on=None)
    for _ in range(20):
        make.rating(make.establishment(authority=undated.authority), rated_on=localdate())
    assert "rating_undated" in visit(f"grade=exempt&before=~{undated.pk - 1}")


def test_a_place_is_listed_under_a_grade_by_the_date_of_that_grade_and_not_of_another():
    nyc = RatingSearch(QueryDict("grade=A&type=restaurant")).page
    assert [place.name for place in nyc.rows] == ["Kitchen 0", "Kitchen 3", "Kitchen 6"]
    assert RatingSearch(QueryDict("grade=A&type=pub")).page.rows == []


def test_a_hidden_date_is_no_date():
    place = make.establishment(name="Kitchen hidden")
    make.rating(place, key="5", publish_at=timezone.now() + timedelta(days=1))
    names = [name for page in walked("")[0] for name in page]
    assert "Kitchen hidden" in names[-4:]
