"""What the three visitors want, chosen by rule from what the register publishes, so that nobody picks it."""

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

AMOUNTS = (10_000, 5_000, 1_000, 500, 100)
SEVERAL = 3
"""So many fines at least, or the amount is too high for this register."""


class Nothing(Exception):
    """The register holds too little to compare anything."""


@dataclass(frozen=True)
class Place:
    """A restaurant, of which somebody wants the grade."""

    reference: str
    name: str
    scheme: str
    grade: str


@dataclass(frozen=True)
class Fines:
    """Every fine over an amount under an article in a year; `column` of the table holds the article."""

    amount: int
    currency: str
    column: str
    law: str
    article: str
    year: str
    references: frozenset[str]


def rows(table: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def place(ratings: list[dict[str, str]]) -> Place:
    """The one in the middle, by reference, of the open ones with a grade whose name nobody else has."""
    names = Counter(row["name"] for row in ratings)
    held = [
        row for row in ratings
        if row["grade"] and not row["closed_on"] and row["address"] and names[row["name"]] == 1
        and row["name"].isascii() and len(row["name"].split()) > 1
    ]  # fmt: skip
    if not held:
        raise Nothing("There is no graded establishment with a name of its own: fill the register first.")
    row = sorted(held, key=lambda row: row["reference"])[len(held) // 2]
    return Place(row["reference"], row["name"], row["scheme"], row["grade"])


def fines(penalties: list[dict[str, str]]) -> Fines:
    """The highest amount over which an article has several fines in a year; of those the most fines."""
    held: dict[tuple, dict[str, Decimal]] = defaultdict(dict)
    for row in penalties:
        for column in ("violated", "applied"):
            for cited in filter(None, row[column].split("; ")) if row["imposed"] else ():
                key = (row["currency"], column, *cited.split(" ", 1), row["decided_on"][:4])
                held[key][row["reference"]] = Decimal(row["imposed"])
    for amount in AMOUNTS:
        over = {
            key: frozenset(name for name, sum_ in sums.items() if sum_ > amount)
            for key, sums in held.items() if len(key) == 5
        }  # fmt: skip
        found = max(over, key=lambda key: (len(over[key]), key), default=None)
        if found and len(over[found]) >= SEVERAL:
            currency, column, law, article, year = found
            return Fines(amount, currency, column, law, article, year, over[found])
    raise Nothing("No article has several fines in a year: fill the register first.")
