"""Reads a whole file with a format, as the tests need it: rows and problems apart."""

from pathlib import Path
from typing import NamedTuple

from records.intake.rows import Part, PenaltyRow, Problem, Row

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


class Read(NamedTuple):
    """What a format made of a file."""

    rows: list[Row]
    problems: list[Problem]

    decisions: list[PenaltyRow]

    def row(self, source_id: str) -> Row:
        return next(row for row in self.rows if row.source_id == source_id)

    def decision(self, number: str) -> PenaltyRow:
        return next(row for row in self.decisions if row.decision_number == number)


def read(format, path: Path) -> Read:
    """Everything in a file, a folder or an archive."""
    return _sorted(item for part in format.parts(path) for item in format.rows(part))


def read_bytes(format, data: bytes, name: str = "file") -> Read:
    """Everything in one part that is already in memory."""
    return _sorted(format.rows(Part(name, data=data)))


def _sorted(items) -> Read:
    items = list(items)
    kinds = (Row, Problem, PenaltyRow)
    return Read(*([item for item in items if isinstance(item, kind)] for kind in kinds))
