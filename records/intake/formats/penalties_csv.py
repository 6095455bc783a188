"""Reads penalties-csv, the project's own table of decisions, which any authority can fill in or export.

A decision has as many lines as it needs: each may add a sanction, a violation, a provision and an event. What
the decision itself says is repeated or left empty. docs/penalties-csv.md describes it.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from records.intake.formats import penalties_columns as columns
from records.intake.formats.penalties_lines import Group, decision
from records.intake.parts import parts, reading, streamed
from records.intake.rows import Part, PenaltyRow, Problem
from records.intake.sources import NO_AUTHORITY, NO_CATALOGUE, AuthorityFacts, CatalogueFacts, LawFacts
from records.intake.table import Line, lines, together


@dataclass(frozen=True)
class PenaltiesCsv:
    """A table with a header, as spreadsheets of several countries save it."""

    key: str = "penalties-csv"
    label: str = "Penalties (CSV)"
    explanation: str = (
        "A table of this project's own: one or more lines per decision. Download the template, fill it in,"
        " and save it as CSV. UTF-8, UTF-16 and GB18030 are recognised, and commas, semicolons and tabs."
    )
    suffixes: tuple[str, ...] = (".csv", ".csv.gz", ".csv.xz", ".txt")
    licence: str = ""
    authority_prefix: str = ""
    whole_authorities: bool = False
    country: str = ""
    time_zone: str = "UTC"
    laws: tuple[LawFacts, ...] = ()
    catalogue: CatalogueFacts = NO_CATALOGUE
    rule_set: str = ""
    authority: AuthorityFacts = NO_AUTHORITY

    def parts(self, path: Path) -> Iterator[Part]:
        """One part: the lines of a decision may not be divided between files."""
        return parts(path, lambda name: name.lower().endswith(self.suffixes))

    def rows(self, part: Part) -> Iterator[PenaltyRow | Problem]:
        """The decisions in the order of the table. One wrong line refuses its whole decision."""
        return reading(part, streamed(part, _rows))

    def template(self) -> str:
        """A table to fill in: the header, and two lines of a made-up decision."""
        out = io.StringIO()
        writer = csv.DictWriter(out, columns.KNOWN, restval="")
        writer.writeheader()
        writer.writerows(columns.EXAMPLES)
        return out.getvalue()


FORMAT = PenaltiesCsv()


def _rows(stream, file: str) -> Iterator[PenaltyRow | Problem]:
    seen: dict[int, int] = {}
    found = lines(stream, file, columns.REQUIRED, columns.KNOWN, others=("gb18030",), delimiters=",;\t")
    for run in together(map(_filled, found), _key):
        if isinstance(run, Problem):
            yield run
            continue
        group, before = Group(file, run.lines), seen.setdefault(hash(run.key), run.lines[0].number)
        message = run.fault
        if before != run.lines[0].number:
            message = (
                f"This decision stood in line {before} already. Lines of one decision must stand together."
            )
        if message:
            yield group.problem(group.lines[0], "decision_number", message)
        else:
            yield from decision(group)


def _filled(line: Line | Problem) -> Line | Problem:
    """A line with the cells that hold something."""
    if isinstance(line, Problem):
        return line
    stripped = ((name, cell.strip()) for name, cell in line.values.items() if cell)
    return line._replace(values={name: cell for name, cell in stripped if cell})


def _key(line: Line) -> tuple[str, str]:
    return line.values.get("authority", ""), line.values.get("decision_number", "")
