"""Reads the first visible sheet of an XLSX workbook as rows of text, in bounded memory.

Read here and not by a library: those that are fast lay out every cell between the first and the last one, so
that two cells in opposite corners end the whole process, and the others take minutes for a large file.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import IO

from lxml import etree

from records.intake.parts import LARGEST_MEMBER, READ_ERRORS, TooLarge, explained
from records.intake.rows import Problem
from records.intake.table import UNKNOWN, Columns, Line, record

MOST_COLUMNS = 500
"""Cells to the right of these are not read; no form is so wide."""

_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATE_IDS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_DAMAGED = "The workbook is damaged or is none ({error}). Open it in a spreadsheet and save it as XLSX again."
_OLD = "This is an old or locked workbook. Open it in a spreadsheet, and save it as XLSX without a password."


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so is a workbook, of whatever age."""
    return head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def sheet_lines(stream: IO[bytes], file: str, columns: Columns) -> Iterator[Line | Problem]:
    """The rows below the header as in `table.lines`; `stream` can be sought in. Dates come as ISO text."""
    try:
        if stream.read(4).startswith(b"\xd0\xcf\x11\xe0"):
            yield Problem.at(file, "", _OLD)
            return
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_MEMBER:
                raise TooLarge
            yield from _lines(_Workbook(archive).rows(), file, columns)
    except (etree.XMLSyntaxError, KeyError, IndexError, ValueError) as error:
        yield Problem.at(file, "", _DAMAGED.format(error=error))
    except READ_ERRORS as error:
        yield Problem.at(file, "", explained(error))


def _lines(rows: Iterator[tuple[int, list[str]]], file: str, columns: Columns) -> Iterator[Line | Problem]:
    names, width, problem, looked = [], 0, None, 0
    for number, cells in rows:
        if names:
            cells = (cells + [""] * (width - len(cells)))[: max(width, len(cells))]
            yield from record(number, cells, file, columns, names)
            continue
        fault = columns.fault(cells)
        if fault is None:
            names = columns.names(cells)
            width = len(names)
            for name in columns.unknown(names):
                yield Problem.at(file, f"line {number}", UNKNOWN, name, name)
        else:
            name, value, message = fault
            if problem is None or columns.fit(cells) > 1:
                problem = Problem.at(file, f"line {number}", message, name, value)
            looked += 1
            if looked == columns.within:
                break
    if not names:
        yield problem or Problem.at(file, "line 1", "The file is empty.")


class _Workbook:
    """The pieces of an XLSX archive that its first visible sheet needs."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        book = self._tree("xl/workbook.xml")
        properties = next(book.iter("{*}workbookPr"), None)
        self._start = datetime(1904, 1, 1) if _is_on(properties, "date1904") else datetime(1899, 12, 30)
        sheets = [sheet for sheet in book.iter("{*}sheet") if sheet.get("state", "visible") == "visible"]
        wanted = next(value for key, value in sheets[0].items() if key.endswith("}id"))
        targets = {
            entry.get("Id"): entry.get("Target")
            for entry in self._tree("xl/_rels/workbook.xml.rels").iter("{*}Relationship")
        }
        target = targets[wanted]
        self._sheet = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        self._dates = self._date_styles()
        self._texts = self._shared_texts()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The number of each row that is not empty, from 1, and its cells as text."""
        number = 0
        for row in self._elements(self._sheet, "{*}row"):
            number = int(row.get("r") or number + 1)
            cells: dict[int, str] = {}
            column = -1
            for cell in row:
                found = _CELL.fullmatch(cell.get("r") or "")
                column = _index(found[1]) if found else column + 1
                if column < MOST_COLUMNS and (text := self._text(cell)):
                    cells[column] = text
            if cells:
                yield number, [cells.get(index, "") for index in range(max(cells) + 1)]

    def _text(self, cell) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _words(cell)
        value = next((child.text for child in cell if child.tag.endswith("}v")), None) or ""
        if kind == "s":
            return self._texts[int(value)] if value else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind != "n" or not value:
            return value
        number = float(value)
        if cell.get("s") in self._dates:
            return self._date(number)
        if abs(number) >= _EXACT:
            return f"{number:.6E}"
        return str(int(number)) if number.is_integer() else repr(number)

    def _date(self, serial: float) -> str:
        try:
            moment = self._start + timedelta(days=serial)
        except OverflowError:
            return repr(serial)
        return moment.isoformat()[:10] if serial.is_integer() else moment.isoformat(timespec="seconds")

    def _date_styles(self) -> set[str]:
        """The numbers of the cell styles that show a number as a date."""
        if "xl/styles.xml" not in self._archive.namelist():
            return set()
        tree = self._tree("xl/styles.xml")
        codes = {item.get("numFmtId"): item.get("formatCode", "") for item in tree.iter("{*}numFmt")}
        styles = next(tree.iter("{*}cellXfs"), ())
        return {str(at) for at, style in enumerate(styles) if _is_date(style.get("numFmtId", "0"), codes)}

    def _shared_texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        return [_words(item) for item in self._elements("xl/sharedStrings.xml", "{*}si")]

    def _tree(self, name: str):
        with self._archive.open(name) as stream:
            return etree.parse(stream, etree.XMLParser(**_SAFE)).getroot()

    def _elements(self, name: str, tag: str) -> Iterator:
        with self._archive.open(name) as stream:
            for _, element in etree.iterparse(stream, tag=tag, **_SAFE):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _words(element) -> str:
    """The text of a cell without its phonetic reading."""
    if len(element) == 1 and (first := element[0]).tag.endswith("}t"):
        return first.text or ""
    pieces = []
    for child in element:
        if child.tag.endswith("}t"):
            pieces.append(child.text or "")
        elif child.tag.endswith(("}is", "}r")):
            pieces.append(_words(child))
    return "".join(pieces)


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _is_date(style: str, codes: dict[str, str]) -> bool:
    if style in codes:
        return any(mark in _LITERAL.sub("", codes[style]).lower() for mark in "ymd")
    return style.isdecimal() and int(style) in _DATE_IDS


def _is_on(element, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")
