"""Whether two files say the same, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from records.bench.compare.wanted import rows

KEY = "reference"


@dataclass(frozen=True)
class Difference:
    """How many rows both have, those that only one has, and (reference, column) of what differs."""

    both: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]

    def words(self) -> str:
        """In a line."""
        if not (self.only_first or self.only_second or self.cells):
            return f"the same {self.both} rows"
        return (
            f"{self.both} rows in both, {len(self.only_first)} only in the first, "
            f"{len(self.only_second)} only in the second, {len(self.cells)} cells differ"
        )


def compared(first: bytes, second: bytes) -> Difference:
    """The columns that both have; numbers are equal however they are written."""
    one, two = ({row[KEY]: row for row in rows(table)} for table in (first, second))
    both = sorted(one.keys() & two.keys())
    cells = [(key, column) for key in both for column in _differing(one[key], two[key])]
    only = [tuple(sorted(names)) for names in (one.keys() - two.keys(), two.keys() - one.keys())]
    return Difference(len(both), *only, tuple(cells))


def _differing(first: dict, second: dict) -> Iterable[str]:
    return [
        column for column in first if column in second and _plain(first[column]) != _plain(second[column])
    ]


def _plain(text: str):
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
