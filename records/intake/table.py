"""Reads delimited text so that every line ends as values or as a problem that says what to do."""

import csv
import io
import re
from collections import deque
from collections.abc import Collection, Iterator
from typing import IO, NamedTuple

from records.intake.parts import READ_ERRORS, explained
from records.intake.rows import Problem

LONGEST_LINE = 1_000_000
"""Characters of one line; anything longer is no table."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FAULTS = {
    "encoding": "It has characters that are not {encoding}. Save the file as {encoding} and import it again.",
    "nul": "It has a NUL character, which is no text. Export the file again.",
    "long": "It is longer than a line of a table can be. Check that the file is what it should be.",
}
_QUOTES = "A quotation mark is opened and not closed, or not doubled inside the text. Correct it there."


class Line(NamedTuple):
    """One line of a table: the number of its first line in the file, and its values by column."""

    number: int
    values: dict[str, str]

    @property
    def where(self) -> str:
        return f"line {self.number}"


def lines(
    stream: IO[bytes],
    file: str,
    required: Collection[str],
    known: Collection[str] = (),
    encoding: str = "utf-8",
) -> Iterator[Line | Problem]:
    """The lines below the header, by lower-case column names with _ for blanks.

    A header without the `required` columns is one problem and ends the reading. With `known` given, every
    other column becomes a problem, so that a misspelt one is not lost; names ending in _* stand for a family.
    """
    text = _Text(stream, encoding)
    reader = csv.reader(text, strict=True)
    try:
        header = next(reader, None)
        problem = _header_problem(header, text, file, required)
        if problem:
            yield problem
            return
        columns = [_column(name) for name in header]
        unknown = [name for name in columns if known and not _is_known(name, known)]
        if unknown:
            message = "This column is not known, so it was not read. Correct its name, or remove it."
            yield from (Problem.at(file, "line 1", message, name, name) for name in unknown)
        yield from _body(reader, text, file, columns)
    except csv.Error as error:
        yield Problem.at(file, "line 1", f"The header cannot be read ({error}).")
    except READ_ERRORS as error:
        yield Problem.at(file, f"after line {text.number}", explained(error))


def _body(reader, text: "_Text", file: str, columns: list[str]) -> Iterator[Line | Problem]:
    width = len(columns)
    while True:
        number = text.begin()
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Problem.at(file, f"line {number}", _QUOTES, value=_shown([text.rewind()]))
            continue
        if text.fault:
            yield Problem.at(file, f"line {number}", text.explain_fault(), value=_shown(values))
        elif len(values) == width:
            if any(values):
                yield Line(number, dict(zip(columns, values, strict=True)))
        elif values:
            message = (
                f"It has {len(values)} fields, the header has {width}. Look for a missing or spare comma."
            )
            yield Problem.at(file, f"line {number}", message, value=_shown(values))


def _header_problem(
    header: list[str] | None, text: "_Text", file: str, required: Collection[str]
) -> Problem | None:
    if header is None:
        return Problem.at(file, "line 1", "The file is empty.")
    if text.fault:
        return Problem.at(file, "line 1", text.explain_fault())
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        return Problem.at(
            file, "line 1", "The columns are not divided by commas. Save it as CSV with commas."
        )
    columns = [_column(name) for name in header]
    missing = [name for name in required if name not in columns]
    if missing:
        message = (
            f"The header lacks columns: {', '.join(missing)}. Nothing was read. Add them to the first line."
        )
        return Problem.at(file, "line 1", message, missing[0], _shown(header))
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        return Problem.at(
            file, "line 1", "This column stands twice in the header. Nothing was read.", twice[0]
        )
    return None


def _column(name: str) -> str:
    return re.sub(r"[\s_]+", "_", name.strip().lower())


def _is_known(name: str, known: Collection[str]) -> bool:
    return name in known or any(family.endswith("_*") and name.startswith(family[:-1]) for family in known)


def _shown(values: list[str]) -> str:
    return _SURROGATE.sub("\ufffd", ",".join(values)).replace("\0", "\ufffd")


class _Text:
    """The decoded lines of a stream, counted; remembers what was wrong with those of the current record."""

    def __init__(self, stream: IO[bytes], encoding: str):
        stream = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)
        self.encoding, self.number, self.fault = encoding, 0, ""
        start = stream.peek(3)[:3]
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.encoding = "utf-16"
        elif start == b"\xef\xbb\xbf":
            self.encoding = "utf-8-sig"
        self._text = io.TextIOWrapper(stream, encoding=self.encoding, errors="surrogateescape", newline="")
        self._record: list[str] = []
        self._again: deque[str] = deque()

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.number += 1
        self._record.append(line)
        if not line.isascii() and _SURROGATE.search(line):
            self.fault = "encoding"
        if "\0" in line:
            self.fault = "nul"
        return line

    def begin(self) -> int:
        """A new record starts; the number of its first line."""
        self._record.clear()
        self.fault = ""
        return self.number + 1

    def rewind(self) -> str:
        """Read the lines behind the first one of this record again; the first one.

        A quotation mark that is never closed swallows what follows, up to the csv module's longest field.
        """
        first, *rest = self._record
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        return first.rstrip()

    def explain_fault(self) -> str:
        name = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8"}.get(self.encoding, self.encoding)
        return _FAULTS[self.fault].format(encoding=name)

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            self.fault = "long"
            while (rest := self._text.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
                pass
            return line[:200] + "\n"
        return line
