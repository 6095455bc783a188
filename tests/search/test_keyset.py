"""Pages by value: every row once, forward and backward, with ties, unknown values and changes in between."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F, Q

from records.businesses.models import Establishment
from records.search import keyset as keysets
from records.search.keyset import AFTER, BEFORE, Keyset, Mark, Sought
from records.search.pages import Count
from records.search.parameters import BadParameter
from tests import make

SIZE = 3
DAYS = (None, date(2024, 5, 1), date(2024, 5, 1), date(2024, 5, 1), date(2024, 5, 1), None, date(2023, 1, 31))
OPENED = Keyset({"opened_on": date}, lambda row: str(row.opened_on or "never"), True, unknown=True)
BY_KIND = Keyset({"kind": str, "opened_on": date}, lambda row: row.kind, unknown=True)


@pytest.fixture
def places(db):
    authority = make.authority()
    return [
        make.establishment(
            authority=authority, name=f"Place {at}", opened_on=day, kind="pub" if at % 2 else "shop"
        )
        for at, day in enumerate(DAYS * 2)
    ]


def page(keyset, mark=None, rows=None):
    rows = Establishment.objects.public() if rows is None else rows
    return keyset.page(*keyset.parted(rows), mark, Count(0), SIZE)


def walk(keyset, side=AFTER, mark=None):
    """The pages from a mark to the end, each as the keys of its rows, with what the address says between."""
    pages = []
    while not pages or mark:
        found = page(keyset, mark)
        pages.append([row.pk for row in found.rows])
        follows = found.next if side == AFTER else found.previous
        mark = keyset.read(side, follows.text) if follows else None
    return pages


def flat(pages):
    return [key for page in pages for key in page]


def wanted(places):
    """All keys, the latest first and those without a date last, ties from the highest key."""
    return [p.pk for p in sorted(places, key=lambda p: (p.opened_on or date.min, p.pk), reverse=True)]


def test_forward_every_row_comes_once_and_the_unknown_last(places):
    assert flat(walk(OPENED)) == wanted(places)


def test_the_order_as_a_whole_is_that_of_the_pages(places):
    for keyset in (OPENED, BY_KIND, Keyset({"name": str}, str)):
        rows = Establishment.objects.public().order_by(*keyset.ordering)
        assert [row.pk for row in rows] == flat(walk(keyset))


def test_backward_the_same_pages_come_in_the_same_order(places):
    forward = walk(OPENED)
    last = OPENED.mark(BEFORE, Establishment.objects.get(pk=forward[-1][0]))
    backward = walk(OPENED, BEFORE, last)
    assert backward[::-1] == forward[:-1]


def test_two_columns_and_the_key_run_in_one_direction(places):
    dated = sorted((p for p in places if p.opened_on), key=lambda p: (p.kind, p.opened_on, p.pk))
    undated = sorted(p.pk for p in places if not p.opened_on)
    assert flat(walk(BY_KIND)) == [p.pk for p in dated] + undated
    assert walk(BY_KIND, BEFORE, BY_KIND.mark(BEFORE, page(BY_KIND).rows[-1]))[-1] == walk(BY_KIND)[0][:2]


def test_what_comes_or_goes_before_a_page_moves_nothing_on_it(places):
    first = page(OPENED)
    before = page(OPENED, first.next)
    make.establishment(name="Newest", opened_on=date(2025, 1, 1))
    Establishment.objects.filter(pk__in=[row.pk for row in first.rows]).update(publish_at=None)
    assert page(OPENED, first.next).rows == before.rows
    assert [row.name for row in page(OPENED, before.previous).rows] == ["Newest"]


def test_only_the_first_page_is_the_first_and_the_ends_have_no_further_page(places):
    first = page(OPENED)
    second = page(OPENED, first.next)
    assert first.is_first and first.previous is None
    assert not second.is_first and second.previous
    assert not page(OPENED, second.previous).is_first
    assert page(OPENED, second.previous).previous is None
    assert page(OPENED, second.previous).next == first.next


def test_a_page_says_from_where_to_where_it_goes(places):
    assert page(OPENED).said == "2024-05-01"
    last = page(OPENED, OPENED.read(AFTER, f"2024-05-01~{places[1].pk}"))
    assert last.said == "2023-01-31 to never"
    assert page(OPENED, rows=Establishment.objects.none()).said == ""


def test_behind_the_last_row_there_is_no_page(places):
    with pytest.raises(BadParameter, match="Nothing comes here any more") as raised:
        page(OPENED, OPENED.read(AFTER, "~1"))
    assert raised.value.name == "after"


def test_marks_are_written_and_read_the_same():
    row = Establishment(pk=12, name="Tilde ~ & Co", opened_on=date(2024, 5, 1), kind="")
    for keyset in (OPENED, BY_KIND, Keyset({"name": str}, str)):
        mark = keyset.mark(AFTER, row)
        assert keyset.read(AFTER, mark.text) == mark
    row.opened_on = None
    assert BY_KIND.mark(AFTER, row) == Mark(AFTER, "~12", (12,))
    amounts = Keyset({"currency": str, "sum": Decimal}, str)
    assert amounts.read(BEFORE, "GBP~5000.5~7").values == ("GBP", Decimal("5000.5"), 7)


@pytest.mark.parametrize(
    "text",
    [
        "", "~", "12", "2024-05-01", "2024-05-01~", "2024-05-01~x", "2024-05-01~0", "2024-05-01~-1",
        "2024-05-01~٣", "20240501~1", "2024-13-01~1", "2024-05-01T00:00~1", "2024-05-01~1~1", "~~1", "None~1",
        f"2024-05-01~{10**18}", "x\0~1",
    ],
)  # fmt: skip
def test_a_mark_without_sense_is_refused_by_name(text):
    with pytest.raises(BadParameter) as raised:
        OPENED.read(BEFORE, text)
    assert raised.value.name == "before" and raised.value.message


@pytest.mark.parametrize(
    "text", ["GBP~NaN~1", "GBP~1e9~1", "GBP~1.2345~1", "GBP~~1", "5~1", "G\0~5~1", f"GBP~{10**17}~1"]
)
def test_an_amount_without_sense_is_refused(text):
    with pytest.raises(BadParameter):
        Keyset({"currency": str, "sum": Decimal}, str, unknown=True).read(AFTER, text)


@pytest.mark.parametrize("reach", [1, 4, 100])
def test_what_is_sought_is_the_same_however_far_is_looked(places, monkeypatch, reach):
    monkeypatch.setattr(keysets, "LOOKED_AT", reach)
    named = Establishment.objects.public().annotate(place=F("pk")).values_list("name", "place", named=True)
    pubs, by_name = named.filter(kind="pub"), Keyset({"name": str}, str, key="place")
    sought = Sought(named, Q(kind="pub"), pubs)
    mark, pages = None, []
    while not pages or mark:
        found = by_name.page(sought, None, mark, Count(0), SIZE)
        pages.append([row.place for row in found.rows])
        mark = found.next
    assert flat(pages) == [row.place for row in pubs.order_by("name", "place")]
    back = by_name.page(sought, None, by_name.mark(BEFORE, found.rows[0]), Count(0), SIZE)
    assert [row.place for row in back.rows] == pages[-2]
