"""How many decisions a search finds, and how they divide: exact where there are few, else from a sample.

One decision in four, in sixteen and so on bears the token of a sample (`index.py`); the same question asked
of a sample costs a fraction, and its answer times that number is about right. Sums are never estimated: a
single large fine would decide them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connections
from django.db.models import Q

from records.penalties.index import SAMPLES
from records.search.facets import COUNTED
from records.search.pages import Count
from records.search.text import TsQuery

ENOUGH = 16_000
"""A sample of more decisions than these tells little that one of a quarter would not tell."""

SURE = 1.3
"""Where the smallest sample says so many times more than are counted, they are more."""

GROUPS = {
    "year": ("year",), "authority_id": ("authority_id",), "fine_state": ("fine_state",),
    "seriousness": ("seriousness",), "place": ("place",), "kinds": ("kinds",), "laws": ("laws",),
    "provisions": ("provisions",), "violations": ("violations",), "currency": ("currency",),
    "imposed": ("currency", "imposed_band"), "owed": ("currency", "owed_band"),
}  # fmt: skip
"""What can be counted, by the columns of the index card; lists are taken apart afterwards."""


@dataclass(frozen=True)
class Sum:
    """What the decisions of one year in one currency come to: `known` of them have an amount."""

    currency: str
    year: int
    number: int
    known: int
    imposed: Decimal | None
    owed: Decimal | None


@dataclass
class Tally:
    """The count, the counts by group and value, and the sums by currency and year where they are exact."""

    count: Count
    groups: dict[str, dict]
    sums: list[Sum] = field(default_factory=list)


def counted(cards: Callable[[Q], object]) -> tuple[Count, int]:
    """How many cards there are, and the sample by which larger counts are made: 1 where they are exact.

    `cards(condition)` are those of the search that meet one more condition.
    """
    sparse = SAMPLES[-1]
    rough = _number(cards(_sample(sparse)), COUNTED) * sparse
    if rough <= COUNTED * SURE:
        number = _number(cards(Q()), COUNTED + 1)
        if number <= COUNTED:
            return Count(number), 1
        rough = max(rough, number)
    sample = next((size for size in SAMPLES if rough <= size * ENOUGH), sparse)
    number = max(COUNTED + 1, _number(cards(_sample(sample))) * sample)
    return Count(number, about=True), sample


def tally(
    cards: Callable[[Q], object], groups: Iterable[str], sums: bool = False, known: tuple | None = None
) -> Tally:
    """Count the cards by the groups, and add their amounts up where `sums` are asked for and they are few.

    `known` is what `counted` has said of them already.
    """
    count, sample = known or counted(cards)
    sums = sums and sample == 1
    groups = list(dict.fromkeys([*groups, *(("currency", "year") if sums else ())]))
    found = Tally(count, {group: defaultdict(int) for group in groups})
    rows = _grouped(cards(_sample(sample) if sample > 1 else Q()), groups, sums) if groups else ()
    for group, values, number, *amounts in rows:
        if group == _SUMS:
            found.sums.append(Sum(*values, number, *amounts))
        else:
            for value in _apart(group, values):
                found.groups[group][value] += number * sample
    return found


_SUMS = "sums"


def _sample(size: int) -> Q:
    return Q(words=TsQuery(f"'=s{size}'"))


def _number(cards, most: int | None = None) -> int:
    cards = cards.order_by()
    return (cards if most is None else cards[:most]).count()


def _apart(group: str, values: tuple) -> list:
    """What a group counts: of an amount currency and band, of a list each of it, else the one as text."""
    *_first, last = values
    if last is None or last == "":
        return []
    if len(GROUPS[group]) > 1:
        return [values]
    return [str(one) for one in last] if isinstance(last, list) else [str(last)]


def _grouped(cards, groups: list[str], sums: bool):
    """Rows of group, values, number and sums: the cards are read once and divided in every way at once."""
    columns = list(dict.fromkeys(column for group in groups for column in GROUPS[group]))
    read = [*columns, *(("imposed", "owed") if sums else ())]
    inner, params = cards.order_by().values_list(*read).query.sql_with_params()
    sets = ", ".join(f"({', '.join(GROUPS[group])})" for group in groups)
    sql = (
        f"WITH found ({', '.join(read)}) AS MATERIALIZED ({inner}) "
        f"SELECT GROUPING({', '.join(columns)}), {', '.join(columns)}, count(*), 0, "
        f"NULL::numeric, NULL::numeric FROM found GROUP BY GROUPING SETS ({sets})"
    )
    if sums:
        kept = ", ".join(column if column in ("currency", "year") else "NULL" for column in columns)
        sql += (
            f" UNION ALL SELECT -1, {kept}, count(*), count(imposed), sum(imposed), sum(owed) "
            "FROM found GROUP BY currency, year"
        )
    with connections[cards.db].cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    masks = {_mask(columns, GROUPS[group]): group for group in groups} | {-1: _SUMS}
    for mask, *values, number, known, imposed, owed in rows:
        held, group = dict(zip(columns, values, strict=True)), masks[mask]
        kept = ("currency", "year") if group == _SUMS else GROUPS[group]
        yield group, tuple(held[column] for column in kept), number, known, imposed, owed


def _mask(columns: list[str], kept: Iterable[str]) -> int:
    """What GROUPING answers where a row is grouped by the kept columns: a bit for each of the others."""
    return sum(1 << (len(columns) - 1 - at) for at, column in enumerate(columns) if column not in kept)
