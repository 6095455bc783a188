"""Makes small XLSX workbooks by hand, so that tests need no program that writes them."""

import io
import zipfile
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


class Day(int):
    """The number of a day, in a cell that is shown as a date."""


class Shared(str):
    """A text that stands in the table of shared texts, as spreadsheets write it."""


def letters(index: int) -> str:
    """The name of a column, from 0: A, B, … Z, AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def cell(value, place: str, shared: list[str]) -> str:
    """One cell of any of the kinds above, a text or a number."""
    if isinstance(value, Shared):
        shared.append(value)
        return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""
    style = ' s="1"' if isinstance(value, Day) else ""
    return f'<c r="{place}"{style}><v>{value!r}</v></c>'


def sheet(rows, shared: list[str]) -> str:
    """The XML of a sheet: rows that are empty are left out, as spreadsheets do."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(cell(value, f"{letters(at)}{number}", shared) for at, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>' if cells else "")
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def workbook(rows=(), *, raw: str = "", hidden=None, packing=zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook whose first visible sheet has these rows, or this XML; `hidden` ones stand before it."""
    shared: list[str] = []
    names = [("hidden", ' state="hidden"', sheet(hidden, shared))] if hidden is not None else []
    names.append(("list", "", raw or sheet(rows, shared)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        entries = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"{state}/>'
            for at, (name, state, _) in enumerate(names, 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{entries}</sheets></workbook>',
        )
        links = "".join(
            f'<Relationship Id="rId{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(names) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'
        )
        for at, (_, _, xml) in enumerate(names, 1):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", xml)
        archive.writestr(
            "xl/styles.xml",
            f'{_HEAD}<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        archive.writestr("xl/sharedStrings.xml", f'{_HEAD}<sst xmlns="{_MAIN}">{texts}</sst>')
    return out.getvalue()
