"""How a large list of decisions is cut, so that a page of it looks at a small part: by tokens of the cards.

Sorting a million rows to show twenty takes a second, and walking an index of dates until twenty rows fit
takes for ever where words seldom stand together. Cards bear the token of their month and the step of their
amount, and the text index intersects it with the words before a row is looked at.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from django.db import connections
from django.db.models import Q

from records.penalties.bands import Range
from records.penalties.index import BLOCK, SIGNS, month, step
from records.penalties.models import Penalty
from records.search.keyset import Place
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


def undivided(asked: str):
    """One piece: all that a tsquery asks for, '' for everything; see `records.search.keyset.Cut`."""

    def cut(place: Place):
        yield Q(words=TsQuery(asked)) & place.follows if asked else place.follows

    return cut


def _bearing(asked: str, *tokens: str) -> Q:
    """What is asked for, as far as it bears one of the tokens; a single one is part of the tsquery."""
    either = " | ".join(f"'{token}'" for token in tokens)
    if asked and len(tokens) > 1:
        return Q(words=TsQuery(asked)) & Q(words=TsQuery(either))
    return Q(words=TsQuery(f"{asked} & {either}" if asked else either))


def _grown(asked: str, tokens: list[str], rare: int = 0) -> Iterator[Q]:
    """The condition of one token, then of the next two, four and so on: twenty rows are found soon.

    The first so many tokens are taken at once before that, because there is little of them.
    """
    if rare:
        yield _bearing(asked, *tokens[:rare])
    begin, size = rare, 1
    while begin < len(tokens):
        yield _bearing(asked, *tokens[begin : begin + size])
        begin, size = begin + size, 2 * size


def by_date(asked: str, years: list[str]):
    """Cuts what is asked for by month, within these years if there are any."""

    def cut(place: Place):
        ends = _ends("decided_on")
        if not ends:
            return
        first, last = ends
        if place.values:
            day = place.values[0]
            first, last = (max(first, day), last) if place.back else (first, min(last, day))
        months = [month(day) for day in _months(first, last) if not years or str(day.year) in years]
        yield from _following(place, _grown(asked, months if place.back else months[::-1]))

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
    asked: str,
    column: str,
    currency: str,
    within: Range | None,
    likely: dict[str, Decimal],
    held: Callable[[list[str]], Collection[str]],
):
    """Cuts it by steps of `imposed` or `owed`, of one currency or of all, within a range if there is one.

    First come the currencies that are `likely` in what is searched, because a sample of it has them: with the
    largest amount in the sample, above which there is little. Of the others `held` tells once which there are
    at all, lest all their steps be looked through in vain.
    """

    sign = SIGNS[column]

    def cut(place: Place):
        if len(place.columns) == 1:
            yield from _following(place, _unknown(asked, sign, place))
            return
        largest = dict(_largest(column, currency))
        for name in _currencies(largest, place, likely, held):
            steps, at_it = _steps(name, largest[name], within, place)
            pieces = _of_currency(asked, f"{sign}{name}", steps, place, likely.get(name))
            yield from _following(place, pieces) if at_it else pieces

    return cut


def _following(place: Place, pieces: Iterable[Q]) -> Iterator[Q]:
    """As much of the pieces as follows the place."""
    return (piece & place.follows for piece in pieces)


def _currencies(largest: dict[str, Decimal], place: Place, likely, held) -> Iterator[str]:
    """The currencies from a place on, the likely ones before others, or back."""
    found = likely if len(largest) > 1 else largest
    names = sorted(largest, key=lambda name: name not in found)
    names = names[::-1] if place.back else names
    at = place.values and place.values[0]
    if at in largest:
        names = names[names.index(at) :]
    elif at:
        names = [name for name in names if (name > at) == place.back]
    there = None
    for name in names:
        if name not in found:
            there = held([name for name in names if name not in found]) if there is None else there
            if name not in there:
                continue
        yield name


def _of_currency(asked: str, sign: str, steps: range, place: Place, most: Decimal | None) -> Iterator[Q]:
    """The steps of a currency, and those of nothing: they are many, and only their numbers order them."""
    above = 0 if most is None or place.back else sum(at > step(most) for at in steps)
    if most == 0 and not place.values:
        # Most likely there is nothing above it, which nine bands tell sooner than all steps.
        some = iter([_bearing(asked, *Range(most, None).tokens(sign.upper(), ""))])
    else:
        some = _grown(asked, [f"{sign}{at:03}" for at in steps if at], above)
    if 0 not in steps:
        yield from some
        return
    values = place.values
    at_nothing = values and step(values[1]) == 0 and sign.endswith(values[0])
    nothing = _by_number(asked, f"{sign}000", values[2] if at_nothing else None, place.back)
    yield from chain(nothing, some) if place.back else chain(some, nothing)


def _steps(name: str, most: Decimal, within: Range | None, place: Place) -> tuple[range, bool]:
    """The steps of a currency to look through, in their order or back; whether the place is there."""
    top, bottom, at_it = step(most), 0, bool(place.values) and place.values[0] == name
    if within:
        top = top if within.high is None else min(top, step(within.high))
        bottom = 0 if within.low is None else step(within.low)
    if at_it:
        here = step(place.values[1])
        top, bottom = (top, max(bottom, here)) if place.back else (min(top, here), bottom)
    return range(bottom, top + 1) if place.back else range(top, bottom - 1, -1), at_it


def _largest(column: str, currency: str) -> list[tuple]:
    """Each currency with its largest amount, in the order of the list."""
    with connections["public"].cursor() as cursor:
        cursor.execute(_LARGEST.format(column))
        return [row for row in cursor.fetchall() if not currency or row[0] == currency]


def currencies(column: str) -> set[str]:
    """Those in which there are amounts."""
    return {name for name, _largest_amount in _largest(column, "")}


def _unknown(asked: str, sign: str, place: Place) -> Iterator[Q]:
    """Those without an amount."""
    yield from _by_number(asked, f"{sign}-", place.values[0] if place.values else None, place.back)


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
