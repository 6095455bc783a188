"""Reads the double publicity form (双公示) for penalties, which Chinese authorities fill in: CSV or XLSX.

Columns of identity documents, of the legal representative and of internal notes are not read at all. Amounts
are in 万元 (ten thousand yuan) and are converted exactly.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from records.intake.formats import shuanggongshi_words as words
from records.intake.formats.shuanggongshi_columns import COLUMNS, name
from records.intake.formats.shuanggongshi_row import Refused, row_of
from records.intake.parts import opened, parts, reading
from records.intake.rows import Part, PenaltyRow, Problem
from records.intake.sources import NO_AUTHORITY, AuthorityFacts, CatalogueFacts, LawFacts
from records.intake.table import Line, lines
from records.intake.workbook import is_workbook, sheet_lines

_CATALOGUE = CatalogueFacts("cn-violations")


@dataclass(frozen=True)
class Shuanggongshi:
    """The form in its list of 2018 or the earlier one, with field codes or Chinese headings."""

    key: str = "cn-shuanggongshi"
    label: str = "双公示 penalties, China (CSV, XLSX)"
    explanation: str = (
        "The national form for publishing administrative penalties (行政处罚), in its list of 2018 or the"
        " earlier one. Columns of identity documents are not read."
    )
    suffixes: tuple[str, ...] = (".xlsx", ".csv", ".csv.gz", ".csv.xz", ".txt")
    licence: str = ""
    authority_prefix: str = "cn-"
    whole_authorities: bool = False
    country: str = "CN"
    time_zone: str = "Asia/Shanghai"
    laws: tuple[LawFacts, ...] = words.LAWS
    catalogue: CatalogueFacts = _CATALOGUE
    rule_set: str = "cn.ndrc36"
    authority: AuthorityFacts = NO_AUTHORITY

    def parts(self, path: Path) -> Iterator[Part]:
        """A workbook, a table, or each of those in a folder or tar."""
        return parts(path, lambda file: file.lower().endswith(self.suffixes) and not file.startswith("~$"))

    def rows(self, part: Part) -> Iterator[PenaltyRow | Problem]:
        """The decisions in the order of the table; a wrong line is a problem and the others are read."""
        return reading(part, _rows(_lines(part), part.name))


FORMAT = Shuanggongshi()


def _lines(part: Part) -> Iterator[Line | Problem]:
    with io.BytesIO(part.data) if part.data is not None else part.path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(0)
        if is_workbook(head):
            yield from sheet_lines(stream, part.name, COLUMNS)
            return
    with opened(part) as stream:
        others, marks = ("gb18030",), ",;\t"
        yield from lines(stream, part.name, (), others=others, delimiters=marks, columns=COLUMNS)


def _rows(found: Iterator[Line | Problem], file: str) -> Iterator[PenaltyRow | Problem]:
    seen: dict[int, str] = {}
    for line in found:
        if isinstance(line, Problem):
            yield line
            continue
        if name(line.values["cf_wsh"]) == "cf_wsh":  # codes and headings in two rows
            continue
        try:
            row = row_of(line)
        except Refused as refused:
            yield Problem.at(file, line.where, refused.message, refused.column.upper(), refused.value)
            continue
        key = hash((row.authority, row.authority_name, row.decision_number))
        if key in seen:
            message = f"This decision stood in {seen[key]} already. A decision has one line in this form."
            yield Problem.at(file, line.where, message, "CF_WSH", row.decision_number)
            continue
        seen[key] = line.where
        yield row
