"""How a large list of decisions is cut, so that a page of it looks at a small part: by tokens of the cards.

Sorting a million rows to show twenty takes a second, and walking an index of dates until twenty rows fit
takes for ever where words seldom stand together. Cards bear the token of their month and the step of their
amount, and the text index intersects it with the words before a row is looked at.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from django.db import connections
from django.db.models import Q

from records.penalties.bands import Range
from records.penalties.index import BLOCK, month, step
from records.penalties.models import Penalty
from records.search.text import TsQuery

# The largest amount of each currency, one look into the index for each.
_LARGEST = """
WITH RECURSIVE largest AS (
    (SELECT currency, {0} FROM records_penalty WHERE {0} IS NOT NULL
        ORDER BY currency DESC, {0} DESC, id DESC LIMIT 1)
    UNION ALL
    SELECT n.* FROM largest l CROSS JOIN LATERAL (
        SELECT currency, {0} FROM records_penalty WHERE {0} IS NOT NULL AND currency < l.currency
        ORDER BY currency DESC, {0} DESC, id DESC LIMIT 1) n
) SELECT * FROM largest
"""


SOON = 3
"""After so many pieces of a currency it is asked whether there is anything of it."""


def undivided(asked: str):
    """One piece: all that a tsquery asks for, '' for everything; see `records.search.keyset.Cut`."""

    def cut(columns, values, back):
        yield Q(words=TsQuery(asked)) if asked else Q()

    return cut


def _bearing(asked: str, *tokens: str) -> Q:
    """What is asked for, as far as it bears one of the tokens; a single one is part of the tsquery."""
    either = " | ".join(f"'{token}'" for token in tokens)
    if asked and len(tokens) > 1:
        return Q(words=TsQuery(asked)) & Q(words=TsQuery(either))
    return Q(words=TsQuery(f"{asked} & {either}" if asked else either))


def _grown(asked: str, tokens: list[str]) -> Iterator[Q]:
    """The condition of one token, then of the next two, four and so on: twenty rows are found soon."""
    begin, size = 0, 1
    while begin < len(tokens):
        yield _bearing(asked, *tokens[begin : begin + size])
        begin, size = begin + size, 2 * size


def by_date(asked: str, years: list[str]):
    """Cuts what is asked for by month, within these years if there are any."""

    def cut(columns, values, back):
        ends = _ends("decided_on")
        if not ends:
            return
        first, last = ends
        if values:
            first, last = (max(first, values[0]), last) if back else (first, min(last, values[0]))
        months = [month(day) for day in _months(first, last) if not years or str(day.year) in years]
        yield from _grown(asked, months if back else months[::-1])

    return cut


def _ends(column: str) -> list:
    """The first and the last value among all decisions, by one look into an index each; or nothing."""
    rows = Penalty.objects.public().values_list(column, flat=True)
    return [value for order in (column, f"-{column}") for value in rows.order_by(order)[:1]]


def _months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one day to another."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)


def by_amount(
    asked: str, column: str, sign: str, currency: str, within: Range | None, held: Callable[[str], bool]
):
    """Cuts it by steps of `imposed` or `owed`, of one currency or of all, within a range if there is one.

    `held` tells whether what is searched has a currency at all: it is asked where its largest steps have
    nothing, lest the others be looked through in vain.
    """

    def cut(columns, values, back):
        if len(columns) == 1:
            yield from _unknown(asked, sign, values, back)
            return
        for name, steps in _steps(_largest(column, currency), within, values, back):
            for number, piece in enumerate(_of_currency(asked, f"{sign}{name}", steps, values, back)):
                if number == SOON and not currency and not held(name):
                    break
                yield piece

    return cut


def _of_currency(asked: str, sign: str, steps: range, values: tuple | None, back: bool) -> Iterator[Q]:
    """The steps of a currency, and those of nothing: they are many, and only their numbers order them."""
    some = _grown(asked, [f"{sign}{at:03}" for at in steps if at])
    if 0 not in steps:
        yield from some
        return
    at_nothing = values and step(values[1]) == 0 and sign.endswith(values[0])
    nothing = _by_number(asked, f"{sign}000", values[2] if at_nothing else None, back)
    yield from chain(nothing, some) if back else chain(some, nothing)


def _steps(largest: list[tuple], within: Range | None, values: tuple | None, back: bool) -> Iterator[tuple]:
    """Of each currency the steps to look through, in the order of the list or back, from a row on."""
    for name, most in reversed(largest) if back else largest:
        top, bottom = step(most), 0
        if within:
            top = top if within.high is None else min(top, step(within.high))
            bottom = 0 if within.low is None else step(within.low)
        if values and name == values[0]:
            here = step(values[1])
            top, bottom = (top, max(bottom, here)) if back else (min(top, here), bottom)
        elif values and (name < values[0] if back else name > values[0]):
            continue
        yield name, range(bottom, top + 1) if back else range(top, bottom - 1, -1)


def _largest(column: str, currency: str) -> list[tuple]:
    """Each currency with its largest amount, in the order of the list."""
    with connections["public"].cursor() as cursor:
        cursor.execute(_LARGEST.format(column))
        return [row for row in cursor.fetchall() if not currency or row[0] == currency]


def currencies(column: str) -> set[str]:
    """Those in which there are amounts."""
    return {name for name, _largest_amount in _largest(column, "")}


def _unknown(asked: str, sign: str, values: tuple | None, back: bool) -> Iterator[Q]:
    """Those without an amount."""
    yield from _by_number(asked, f"{sign}-", values[0] if values else None, back)


def _by_number(asked: str, token: str, at: int | None, back: bool) -> Iterator[Q]:
    """What bears a token, by blocks of their numbers, from one on."""
    ends = _ends("pk")
    if not ends:
        return
    first, last = ends
    if at is not None:
        first, last = (max(first, at), last) if back else (first, min(last, at))
    blocks = [f"=n{block}" for block in range(first // BLOCK, last // BLOCK + 1)]
    yield from _grown(f"{asked} & '{token}'" if asked else f"'{token}'", blocks if back else blocks[::-1])
