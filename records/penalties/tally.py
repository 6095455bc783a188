"""How many decisions a search finds, and how they divide: exact where there are few, else from a sample.

One decision in four, in sixteen and so on bears the token of a sample (`index.py`); the same question asked
of a sample costs a fraction, and its answer times that number is about right. Sums are never estimated: a
single large fine would decide them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from django.db import connections, models

from records.penalties.index import SAMPLES, IndexCard
from records.search.facets import COUNTED
from records.search.pages import Count
from records.search.planning import without
from records.search.text import TsQuery

TOLD = 4_000
"""A sample of a thousand to so many decisions tells two figures of their number, and more are not said."""

ENOUGH = 16_000
"""To divide them, a sample of more than these tells little that one of a quarter would not tell."""

_READ = ("penalty_id", "imposed", "owed")

LIKELY = 4
"""Where no part of a question is rarer than so many times what is counted, a sample is asked at first."""

DOUBTFUL = 10
"""So is it where the planner takes them for more than this part of what is counted."""

TELLING = 100
"""A sample of fewer tells nothing of which currencies there are."""

SURE = 1.3
"""Where the smallest sample says so many times more than are counted, they are more."""

GROUPS = {
    "authority_id": ("authority_id", ("authority_id",)), "area": ("area", ("area",)),
    "kinds": ("terms", ("kinds",)), "fine_state": ("terms", ("fine_state",)),
    "seriousness": ("terms", ("seriousness",)), "place": ("terms", ("place",)),
    "year": ("money", ("year",)), "currency": ("money", ("currency",)),
    "imposed": ("money", ("currency", "imposed_band")), "owed": ("money", ("currency", "owed_band")),
    "laws": ("cited", ("laws",)), "provisions": ("cited", ("provisions",)),
    "violations": ("cited", ("violations",)),
}  # fmt: skip
"""What can be counted: the fingerprint of the index card that it is part of, and its columns.

The cards are divided by the few fingerprints, because dividing by each column costs more than reading them
all; what a fingerprint stands for is read from one card of it. Lists are taken apart afterwards.
"""


@dataclass(frozen=True)
class Sum:
    """What the decisions of one year in one currency come to: `known` of them have an amount."""

    currency: str
    year: int
    number: int
    known: int
    imposed: Decimal | None
    owed: Decimal | None

    def __add__(self, other):
        """Both of the same year and currency."""
        return Sum(
            self.currency, self.year, self.number + other.number, self.known + other.known,
            _added(self.imposed, other.imposed), _added(self.owed, other.owed),
        )  # fmt: skip


def _added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else other if one is None else one + other


class Counted(NamedTuple):
    """How many there are, and the sample by which they are divided: 1 is all, 0 is none.

    `largest` has for `imposed` and `owed` the currencies of a sample with the largest amounts in it; of a
    currency that it has not nothing is known.
    """

    count: Count
    sample: int
    largest: dict[str, dict[str, Decimal]] = MappingProxyType({})


NOT_COUNTED = Counted(Count(0, unknown=True), 0)
"""Neither how many, nor a sample: whatever is large is taken for it."""


@dataclass
class Tally:
    """The count, the counts by group and value, and the sums by currency and year where they are exact."""

    count: Count
    groups: dict[str, dict]
    sums: list[Sum] = field(default_factory=list)


def number(cards, most: int | None = None) -> int:
    """How many there are, or `most` where there are more; the text index is asked, however many they seem."""
    cards = cards.order_by()
    if most is None:
        return cards.count()
    with without(cards.db, "seqscan"):
        return cards[:most].count()


def counted(
    cards: Callable[..., object],
    asked: str = "",
    beginnings: bool = False,
    few: Callable[[object, int], int] = number,
) -> Counted:
    """How many cards there are: exactly up to `COUNTED`, about where there are more.

    `cards(*parts)` are those of the search that fulfil more parts of a tsquery: of one, because the text
    index intersects the lists of one from the shortest on, and of two each for itself. `asked` is that of the
    search. `few` does what `number` does, for who wants more of what are few.

    At first the planner is asked. Where it takes them for not so few, or all parts of the question alone are
    frequent, it may be wrong, and the smallest sample decides. It knows nothing of `beginnings` of words, of
    which a sample is no cheaper than all.
    """
    sample, rough, found = 0, 0, {}
    if not beginnings and (guess := guessed(cards())) > COUNTED:
        sample, rough, found = _sampled(cards, _fit(guess, TOLD))
    elif not beginnings and _may_be_many(guess, asked):
        sample, rough, found = _sampled(cards, SAMPLES[-1])
    if rough <= COUNTED * SURE:
        held = few(cards(), COUNTED + 1)
        if held <= COUNTED:
            return Counted(Count(held), 1)
        if not sample:
            sample, rough, found = _sampled(cards, SAMPLES[-1])
        rough = max(held, rough)
    if (finer := _fit(rough, TOLD)) < sample:
        _finer, rough, found = _sampled(cards, finer)
    return Counted(Count(max(COUNTED + 1, rough), about=True), _fit(rough, ENOUGH), found)


def about(cards: Callable[..., object], asked: str) -> Counted:
    """`counted` for who divides them and does not say how many they are: a rough number, one look."""
    rough = 0
    if _may_be_many(guessed(cards()), asked):
        _size, rough, _found = _sampled(cards, SAMPLES[-1])
    sample = 1 if rough <= COUNTED * SURE else _fit(rough, ENOUGH)
    return Counted(Count(rough, about=sample > 1), sample)


def _may_be_many(guess: int, asked: str) -> bool:
    """Whether a sample should be asked before all are gone through; `guess` is the planner's number."""
    return guess > COUNTED // DOUBTFUL or _rarest(asked) > COUNTED * LIKELY


def guessed(cards) -> int:
    """How many the planner takes them for."""
    return json.loads(cards.explain(format="json"))[0]["Plan"]["Plan Rows"]


def bearing(asked: str):
    """The index cards that a tsquery asks for, '' for all."""
    cards = IndexCard.objects.public()
    return cards.filter(words=TsQuery(asked)) if asked else cards


def _rarest(asked: str) -> int:
    """For how many the planner takes the rarest part of a tsquery that stands in `&`, 0 where it is whole."""
    parts, begin, depth = [], 0, 0
    for at, sign in enumerate(asked):
        depth += (sign == "(") - (sign == ")")
        if sign == "&" and not depth:
            parts.append(asked[begin:at])
            begin = at + 1
    return min(map(guessed, map(bearing, [*parts, asked[begin:]]))) if parts else 0


def _sampled(cards: Callable[..., object], size: int) -> tuple[int, int, dict]:
    """The size of the sample, how many there are by it, and `Counted.largest` where it tells of that."""
    rows = cards(_sample(size)).order_by().values("currency")
    rows = list(
        rows.annotate(count=models.Count("*"), imposed=models.Max("imposed"), owed=models.Max("owed"))
    )
    held, found = sum(row["count"] for row in rows), {}
    if held >= TELLING:
        for name in ("imposed", "owed"):
            found[name] = {row["currency"]: row[name] for row in rows if row[name] is not None}
    return size, held * size, found


def _fit(rough: int, rows: int) -> int:
    """The largest sample that has no more than so many rows of this number."""
    return next((size for size in SAMPLES if rough <= size * rows), SAMPLES[-1])


def tally(
    cards: Callable[..., object], groups: Iterable[str], sums: bool = False, known: Counted | None = None
) -> Tally:
    """Count the cards by the groups, and add their amounts up where `sums` are asked for and they are few.

    `known` is what `counted` has said of them already.
    """
    count, sample, _largest = known or counted(cards)
    sums, groups = sums and sample == 1, list(dict.fromkeys(groups))
    marks = list(dict.fromkeys([*(GROUPS[group][0] for group in groups), *(["money"] if sums else ())]))
    if not marks:
        return Tally(count, {})
    wanted = dict.fromkeys(column for group in groups for column in GROUPS[group][1])
    at, rows = _divided(cards(*([_sample(sample)] if sample > 1 else [])), marks, list(wanted), sums)
    of = {mark: [row for row in rows if row[at[mark]] is not None] for mark in marks}
    found = {group: _by_value(of[GROUPS[group][0]], at, GROUPS[group][1], sample) for group in groups}
    return Tally(count, found, _summed(of["money"], at) if sums else [])


def _by_value(rows: list[tuple], at: dict[str, int], columns: tuple[str, ...], sample: int) -> dict:
    """How many have each value: currency and band together, each of a list, or one as text."""
    *first, last = (at[column] for column in columns)
    number, found = at["number"], defaultdict(int)
    for row in rows:
        held = row[last]
        if isinstance(held, list):
            for one in held:
                found[one] += row[number]
        elif held is not None and held != "":
            found[(*(row[place] for place in first), held) if first else held] += row[number]
    return {value if first else str(value): count * sample for value, count in found.items()}


def _summed(rows: list[tuple], at: dict[str, int]) -> list[Sum]:
    found = {}
    for row in rows:
        one = Sum(*(row[at[column.name]] for column in fields(Sum)))
        key = one.currency, one.year
        found[key] = found[key] + one if key in found else one
    return list(found.values())


def _sample(size: int) -> str:
    return f"'=s{size}'"


def _divided(cards, marks: list[str], wanted: list[str], sums: bool) -> tuple[dict[str, int], list[tuple]]:
    """Each fingerprint with how many cards have it, their sums, and the wanted columns of one of them.

    Where each column stands, and the rows; a row has one of the fingerprints.

    The cards are read once. That one is looked up by its key, row by row: the planner cannot know how few
    fingerprints there are, and would read the table.
    """
    inner, params = cards.order_by().values_list(*_READ, *marks).query.sql_with_params()
    kept = list(dict.fromkeys([*wanted, *(("year", "currency") if sums else ())]))
    columns = [column for column in kept if column not in marks]
    amounts = ", count(imposed) AS known, sum(imposed) AS imposed, sum(owed) AS owed" if sums else ""
    sql = (
        f"WITH found AS MATERIALIZED (SELECT {', '.join(marks)}, count(*) AS number, "
        f"any_value(penalty_id) AS one{amounts} FROM ({inner}) AS c ({', '.join([*_READ, *marks])}) "
        f"GROUP BY GROUPING SETS ({', '.join(f'({mark})' for mark in marks)})) "
        f"SELECT found.*{''.join(f', one.{column}' for column in columns)} FROM found LEFT JOIN LATERAL ("
        f"SELECT {', '.join(columns) or 'penalty_id'} FROM {IndexCard._meta.db_table} card "
        "WHERE card.penalty_id = found.one LIMIT 1) one ON true"
    )
    with connections[cards.db].cursor() as cursor:
        cursor.execute(sql, params)
        return {column.name: place for place, column in enumerate(cursor.description)}, cursor.fetchall()
