"""A small set of decisions, counted and begun in one statement: the text index is asked for it once."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db import connections

from records.search.keyset import Keyset
from records.search.planning import without

COLUMNS = ("penalty_id", "decided_on", "currency", "imposed", "owed")


@dataclass
class Card:
    """As much of an index card as a place in a list needs."""

    number: int
    decided_on: object
    currency: str
    imposed: object
    owed: object
    tier: int = 0

    @property
    def pk(self) -> int:
        """The key of the decision."""
        return self.number


class Begun(NamedTuple):
    """How many there are, the first of them, and how many of those were wanted."""

    number: int
    rows: list[Card]
    wanted: int


def begin(cards, keyset: Keyset, most: int, wanted: int) -> Begun:
    """Count the cards up to `most`, and read the first of these in the order of the keyset."""
    inner, params = cards.order_by().values_list(*COLUMNS)[:most].query.sql_with_params()
    sql = (
        f"SELECT few.*, count(*) OVER () FROM ({inner}) few ({', '.join(COLUMNS)}) "
        f"ORDER BY {', '.join(_order(keyset))} LIMIT {wanted}"
    )
    with without(cards.db, "seqscan"), connections[cards.db].cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return Begun(rows[0][-1] if rows else 0, [Card(*row[:-1]) for row in rows], wanted)


def _order(keyset: Keyset) -> list[str]:
    """What `Keyset.ordering` says, in SQL."""
    columns, way = list(keyset.columns), "DESC" if keyset.descending else "ASC"
    if not keyset.unknown:
        return [f"{column} {way}" for column in (*columns, "penalty_id")]
    known = f"{columns[-1]} IS NOT NULL"
    values = [f"CASE WHEN {known} THEN {column} END {way}" for column in columns]
    return [f"({known}) DESC", *values, f"penalty_id {way}"]
