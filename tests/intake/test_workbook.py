"""Workbooks: rows below a header become lines; what is damaged, locked or hostile ends as a problem."""

import io
import tracemalloc
import zipfile

import pytest

from records.intake import workbook as reader
from records.intake.rows import Problem
from records.intake.table import Columns
from tests.intake.xlsx import Day, Shared, letters, workbook

COLUMNS = Columns(("a", "b"), ("a", "b", "c"), within=5)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def read(data: bytes, columns: Columns = COLUMNS):
    """(number, values) of lines, and problems as they are."""
    found = reader.sheet_lines(io.BytesIO(data), "x.xlsx", columns)
    return [item if isinstance(item, Problem) else (item.number, item.values) for item in found]


def test_rows_below_the_header_become_lines_with_their_numbers():
    data = workbook([["a", "b"], ["1", "2"], [], [Shared("三"), "4"]])
    assert read(data) == [(2, {"a": "1", "b": "2"}), (4, {"a": "三", "b": "4"})]


def test_the_header_may_stand_below_titles_and_blank_rows():
    data = workbook([["A list"], [], ["made by", "us"], ["a", "b"], ["1", "2"]])
    assert read(data) == [(5, {"a": "1", "b": "2"})]


def test_numbers_are_exact_and_days_are_dates():
    data = workbook([["a", "b"], [0.2, Day(46024)], [20260102, 49.370242], [1e16, "0012"]])
    assert [values for _, values in read(data)] == [
        {"a": "0.2", "b": "2026-01-02"},
        {"a": "20260102", "b": "49.370242"},
        {"a": "1.000000E+16", "b": "0012"},
    ]


def test_a_row_that_ends_early_has_empty_cells():
    assert read(workbook([["a", "b", "c"], ["", "2"]])) == [(2, {"a": "", "b": "2", "c": ""})]


def test_a_value_without_a_heading_is_a_problem():
    (problem,) = read(workbook([["a", "b"], ["1", "2", "", "x"]]))
    assert problem.where == "line 2" and "without a heading" in problem.message


def test_a_hidden_sheet_is_not_read():
    assert read(workbook([["a", "b"], ["1", "2"]], hidden=[["a", "b"], ["3", "4"]])) == [
        (2, {"a": "1", "b": "2"})
    ]


def test_phonetic_readings_are_no_text_and_runs_of_letters_are_one():
    raw = (
        f"<worksheet {_MAIN}><sheetData><row><c t='inlineStr'><is><t>a</t></is></c>"
        "<c t='inlineStr'><is><t>b</t></is></c></row>"
        "<row><c t='inlineStr'><is><r><t>东</t></r><r><t>京</t></r>"
        "<rPh><t>とう</t></rPh></is></c><c t='str'><f>1+1</f><v>2</v></c></row></sheetData></worksheet>"
    )
    assert read(workbook(raw=raw)) == [(2, {"a": "东京", "b": "2"})]


@pytest.mark.parametrize(
    ("rows", "words"),
    [([], "empty"), ([["x", "y"]], "lacks columns: a, b"), ([["a", "b", "a"]], "stands twice")],
)
def test_a_bad_header_is_the_only_problem(rows, words):
    (problem,) = read(workbook(rows))
    assert words in problem.message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04" * 50,
        workbook([["a", "b"]])[:-30],
        workbook(raw="<worksheet"),
        workbook(raw=f"<worksheet {_MAIN}><sheetData><row r='x'/></sheetData></worksheet>"),
        workbook(
            raw=f"<worksheet {_MAIN}><sheetData><row><c t='s'><v>9</v></c></row></sheetData></worksheet>"
        ),
    ],
    ids=["empty", "no zip", "cut off", "no XML", "no number", "no text"],
)
def test_what_is_damaged_is_a_problem(data):
    assert all(isinstance(item, Problem) for item in read(data)) and read(data)


def test_a_zip_of_something_else_is_a_problem():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a,b\n")
    (problem,) = read(out.getvalue())
    assert "damaged" in problem.message


def test_an_old_or_locked_workbook_says_what_to_do():
    (problem,) = read(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "save it as XLSX without a password" in problem.message


def test_two_cells_in_opposite_corners_take_no_memory():
    raw = (
        f"<worksheet {_MAIN}><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>a</t></is></c>"
        "<c r='B1' t='inlineStr'><is><t>b</t></is></c></row>"
        "<row r='1048576'><c r='A1048576'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>"
        "</sheetData></worksheet>"
    )
    tracemalloc.start()
    assert read(workbook(raw=raw)) == [(1048576, {"a": "1", "b": ""})]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reader, "LARGEST_MEMBER", 1000)
    (problem,) = read(workbook([["a", "b"]] + [["x" * 100, ""]] * 100))
    assert "unpacks to more" in problem.message


def test_entities_of_a_document_type_are_not_followed():
    raw = (
        f"<!DOCTYPE worksheet [<!ENTITY b SYSTEM 'file:///etc/hostname'><!ENTITY x 'a'>]><worksheet {_MAIN}>"
        "<sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData></worksheet>"
    )
    assert all(isinstance(item, Problem) for item in read(workbook(raw=raw)))


def test_a_large_sheet_is_read_in_little_memory():
    names = [letters(at).lower() for at in range(20)]
    data = workbook([names, *([str(n)] * 20 for n in range(5000))])
    tracemalloc.start()
    count = sum(1 for _ in reader.sheet_lines(io.BytesIO(data), "x", Columns(tuple(names))))
    assert count == 5000 and tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
