"""Reads delimited text so that every line ends as values or as a problem that says what to do."""

import csv
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import IO, NamedTuple

from records.intake.decoding import SURROGATE, Text
from records.intake.parts import READ_ERRORS, explained
from records.intake.rows import Problem

_QUOTES = "A quotation mark is opened and not closed, or not doubled inside the text. Correct it there."
UNKNOWN = "This column is not known, so it was not read. Correct its name, or remove it."
NO_HEADING = "A value stands in a column without a heading. Name the column, or empty it."
NOT_COMMAS = "The columns are not divided by commas. Save it as CSV with commas."


def shown(values: list[str]) -> str:
    """A row as a problem repeats it: without what cannot be printed."""
    return SURROGATE.sub("\ufffd", ",".join(values)).replace("\0", "\ufffd")


class Line(NamedTuple):
    """One line of a table: the number of its first line in the file, its values by column, the delimiter."""

    number: int
    values: dict[str, str]
    delimiter: str = ","

    @property
    def where(self) -> str:
        return f"line {self.number}"


def column_name(heading: str) -> str:
    """A heading without case, and with one _ for blanks."""
    return re.sub(r"[\s_]+", "_", heading.strip().lower())


class Columns(NamedTuple):
    """What a table may have as columns, and how a heading is one of them.

    A header without the `required` ones is refused. With `known` given, every other column becomes a problem,
    so that a misspelt one is not lost; names ending in _* stand for a family. The values of `private` columns
    are neither handed over nor repeated. The header is looked for in the first `within` rows.
    """

    required: Collection[str]
    known: Collection[str] = ()
    private: Collection[str] = ()
    name: Callable[[str], str] = column_name
    within: int = 1

    def names(self, header: list[str]) -> list[str]:
        """The columns of a header; empty cells at its end are none."""
        names = [self.name(cell) for cell in header]
        while names and not names[-1]:
            names.pop()
        return names

    def fit(self, header: list[str]) -> int:
        """How many of the cells are headings of this table."""
        names = self.names(header)
        return sum(self.is_known(name) or name in self.required for name in names if name)

    def is_known(self, name: str) -> bool:
        """Whether the table may have that column."""
        return _among(name, self.known) or _among(name, self.private)

    def fault(self, header: list[str]) -> tuple[str, str, str] | None:
        """(column, value, message) of what makes a header useless."""
        names = self.names(header)
        missing = [name for name in self.required if name not in names]
        if missing:
            words = f"The header lacks columns: {', '.join(missing)}. Nothing was read."
            value = "" if self.private else shown(header)
            return missing[0], value, f"{words} Add them to the first line."
        several = {name for name in names if name and names.count(name) > 1}
        twice = sorted(name for name in several if not _among(name, self.private))
        if twice:
            return twice[0], "", "This column stands twice in the header. Nothing was read."
        return None

    def unknown(self, names: list[str]) -> list[str]:
        """The columns that will not be read."""
        return [name for name in names if self.known and name and not self.is_known(name)]

    def values(self, names: list[str], cells: list[str]) -> dict[str, str] | None:
        """The cells of a row as wide as the header, by column; None where one stands under no heading."""
        values = dict(zip(names, cells, strict=False))
        if "" in values or len(cells) > len(names):
            headings = [*names, *[""] * (len(cells) - len(names))]
            if any(cell for name, cell in zip(headings, cells, strict=True) if not name):
                return None
            values.pop("", None)
        if self.private:
            return {name: value for name, value in values.items() if not _among(name, self.private)}
        return values


def _among(name: str, columns: Collection[str]) -> bool:
    family = (kind[:-1] for kind in columns if kind.endswith("_*"))
    return name in columns or any(name.startswith(start) for start in family)


def lines(
    stream: IO[bytes],
    file: str,
    required: Collection[str],
    known: Collection[str] = (),
    encoding: str = "utf-8",
    *,
    others: Sequence[str] = (),
    delimiters: str = ",",
    columns: Columns | None = None,
) -> Iterator[Line | Problem]:
    """The lines below the header, by the names of `columns` (of `required` and `known` where it is None).

    `others` are encodings that the file may also have, `delimiters` the marks that may divide it; the header
    tells. A header that is refused is one problem and ends the reading.
    """
    text = Text(stream, encoding, others)
    columns = columns or Columns(required, known)
    try:
        header, delimiter, problem = _header(text, file, columns, delimiters)
        if problem:
            yield problem
            return
        names = columns.names(header)
        for name in columns.unknown(names):
            yield Problem.at(file, f"line {text.number}", UNKNOWN, name, name)
        plain = len(names) == len(header) and "" not in names and not columns.private
        for number, cells in _records(text, file, delimiter, quote=not columns.private):
            if isinstance(cells, Problem):
                yield cells
            elif plain and len(cells) == len(names) and any(cells):
                yield Line(number, dict(zip(names, cells, strict=True)), delimiter)
            else:
                yield from _line(number, cells, file, delimiter, columns, names, len(header))
    except csv.Error as error:
        yield Problem.at(file, "line 1", f"The header cannot be read ({error}).")
    except READ_ERRORS as error:
        yield Problem.at(file, f"after line {text.number}", explained(error))


def _header(
    text: Text, file: str, columns: Columns, delimiters: str
) -> tuple[list[str], str, Problem | None]:
    """Cells and delimiter of the header, and why it cannot be used; the next record is the one below it."""
    problem = None
    for _ in range(columns.within):
        row, mark = _divided(text, columns, delimiters)
        where = f"line {text.number}"
        if row is None:
            return [], "", problem or Problem.at(file, "line 1", "The file is empty.")
        if text.fault:
            return [], "", Problem.at(file, where, text.explain_fault())
        if len(delimiters) == 1 and len(row) == 1 and any(other in row[0] for other in ";\t|"):
            return [], "", Problem.at(file, where, NOT_COMMAS)
        fault = columns.fault(row)
        if fault is None:
            return row, mark, None
        if problem is None or columns.fit(row) > 1:
            name, value, message = fault
            problem = Problem.at(file, where, message, name, value)
    return [], "", problem


def _divided(text: Text, columns: Columns, delimiters: str) -> tuple[list[str] | None, str]:
    """The next row, divided by the mark that gives the most headings."""
    best = delimiters[0]
    if len(delimiters) > 1:
        most = -1
        for mark in delimiters:
            text.begin()
            try:
                fit = columns.fit(next(csv.reader(text, delimiter=mark, strict=True), []))
            except csv.Error:
                fit = -1
            text.rewind(0)
            if fit > most:
                best, most = mark, fit
    text.begin()
    return next(csv.reader(text, delimiter=best, strict=True), None), best


def _records(text: Text, file: str, delimiter: str, quote: bool) -> Iterator[tuple[int, list[str] | Problem]]:
    """Number and cells of each record, or the problem with it, which repeats the record if `quote`."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        number = text.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            first = text.rewind()
            cells = Problem.at(file, f"line {number}", _QUOTES, value=shown([first]) if quote else "")
            reader = csv.reader(text, delimiter=delimiter, strict=True)
        else:
            if text.fault:
                value = shown(cells) if quote else ""
                cells = Problem.at(file, f"line {number}", text.explain_fault(), value=value)
        yield number, cells


def _line(
    number: int, cells: list[str], file: str, delimiter: str, columns: Columns, names: list[str], width: int
) -> Iterator[Line | Problem]:
    if len(cells) == width:
        yield from record(number, cells, file, columns, names, delimiter)
    elif cells:
        mark = {",": "comma", ";": "semicolon", "\t": "tab"}.get(delimiter, delimiter)
        message = f"It has {len(cells)} fields, the header has {width}. Look for a missing or spare {mark}."
        yield Problem.at(file, f"line {number}", message, value="" if columns.private else shown(cells))


def record(
    number: int, cells: list[str], file: str, columns: Columns, names: list[str], delimiter: str = ","
) -> Iterator[Line | Problem]:
    """A row at least as wide as its header as a line; nothing where it is empty."""
    if any(cells):
        values = columns.values(names, cells)
        if values is None:
            yield Problem.at(file, f"line {number}", NO_HEADING)
        else:
            yield Line(number, values, delimiter)


class Together(NamedTuple):
    """The lines of one record under its key; `torn` are lines of it that could not be read."""

    key: tuple[str, ...]
    lines: list[Line]
    torn: list[Problem]

    @property
    def fault(self) -> str:
        """Why the record cannot be taken as it stands; "" where every line of it could be read."""
        if not self.torn:
            return ""
        return f"The {self.torn[0].where} seems to belong to it and cannot be read. Correct that line first."


def together(
    found: Iterator[Line | Problem], key: Callable[[Line], tuple[str, ...]]
) -> Iterator[Together | Problem]:
    """Neighbouring lines with one key as one, and every problem by itself.

    A line that could not be read and names the last part of the key is part of that record, which is then not
    whole; so is one of which nothing may be repeated, as nobody can tell whose it is.
    """
    held, before = None, []
    for line in found:
        if isinstance(line, Problem):
            yield line
            if not line.field:
                (held.torn if held and _is_of(line, held.key) else before).append(line)
            continue
        if held is None or held.key != key(line):
            if held:
                yield held
            held = Together(key(line), [], [torn for torn in before if _is_of(torn, key(line))])
            before = []
        held.lines.append(line)
    if held:
        yield held


def _is_of(torn: Problem, key: tuple[str, ...]) -> bool:
    cells = {cell.strip() for cell in re.split(r'[,;\t"]', torn.value)}
    return not torn.value or (bool(key[-1]) and key[-1] in cells)
