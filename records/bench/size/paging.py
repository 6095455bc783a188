"""Page 500 beside page 2, forward and backward: depth should cost nothing."""

from itertools import chain

from django.db import OperationalError
from django.db.models import F

from records.bench.size import lines, plain
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.queries import Query
from records.bench.size.timing import database, whole
from records.penalties.models import Penalty
from records.penalties.search import PenaltySearch
from records.search.keyset import AFTER, BEFORE
from records.search.pages import SIZE

GROUP = "Decisions, pages far down: time in the database"
DEEP = 500
ENOUGH = 20
"""So many queries are tried at least, in whatever time, until one reaches down there."""

ORDERS = ("date", "imposed")
_SHARE = 25
"""A register too small for page 500 is turned as deep as a search that finds one in so many of it."""


def measure(ground: Ground) -> list[Line]:
    """For each order: page 2 and the deep one, each reached forward and backward."""
    deep = max(3, min(DEEP, ground.plan.penalties // SIZE // _SHARE))
    found = []
    for order in ORDERS:
        ground.phases.say(f"  page {deep}, by {order}")
        asked, sql = _deep_enough(ground, order, deep)
        yardstick = {
            number: lines.beside(f"OFFSET {(number - 1) * SIZE:,} by plain SQL", sql[number])
            for number in (2, deep)
        }
        for number in (2, deep):
            for side in (AFTER, BEFORE):
                spread = ground.over(
                    lambda item, number=number, side=side, order=order: _page(item, order, number, side),
                    asked, 0.5,
                )  # fmt: skip
                way = "forward" if side == AFTER else "backward"
                what = f"by {order}, page {number}, {way}"
                found.append(lines.spread(GROUP, what, spread, yardstick[number]))
    return found


def _deep_enough(ground: Ground, order: str, deep: int):
    """Queries that reach so far, with the rows between pages; and how long OFFSET takes to each page."""
    asked, rows = [], {}
    candidates = chain.from_iterable(
        zip(ground.queries(0, True), ground.queries(1), ground.queries(1, True), strict=True)
    )
    candidates = [Query((), "english"), *candidates]

    def look(query):
        if PenaltySearch(query.data()).count.number < deep * SIZE / 2:
            return 0.0  # plain SQL would look through all of the register for them
        wanted = ((deep - 1) * SIZE - 1, deep * SIZE)
        keys = plain.page(query, order, wanted[0], SIZE + 2)
        if len(keys) == SIZE + 2:
            near = plain.page(query, order, SIZE - 1, SIZE + 2)
            rows[query] = {2: (near[0], near[-1]), deep: (keys[0], keys[-1])}
        return 0.0

    spent = []
    for query in candidates:
        tired = sum(spent) > 1000 * ground.seconds and (asked or len(spent) > ENOUGH)
        if len(asked) >= ground.count or tired:
            break
        try:
            spent.append(whole(lambda query=query: look(query)))
        except OperationalError:
            spent.append(5000.0)
        if query in rows:
            asked.append((query, rows[query]))
    return asked, {
        number: ground.over(
            lambda item, number=number: whole(lambda: plain.page(item[0], order, (number - 1) * SIZE)),
            ground.some(asked), 0.3,
        )
        for number in (2, deep)
    }  # fmt: skip


def _page(item, order: str, number: int, side: str) -> float:
    """Milliseconds of the page between the row before it and the row behind it."""
    query, rows = item
    keyset = PenaltySearch.orders[order][1]
    row = Penalty.objects.public().annotate(number=F("pk")).get(pk=rows[number][0 if side == AFTER else 1])
    mark = keyset.mark(side, row)
    search = PenaltySearch(query.data(sort=order, **{side: mark.text}))
    return database(lambda: search.page)
