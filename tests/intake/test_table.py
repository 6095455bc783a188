"""Delimited text: every line becomes values or a problem that names it."""

import io

import pytest

from records.intake import table
from records.intake.rows import Problem


def read(data: bytes, **options):
    """(line number, values) of lines, (where, first words) of problems."""
    found = table.lines(io.BytesIO(data), "x.csv", ("a", "b"), **options)
    return [
        (item.where, item.message) if isinstance(item, Problem) else (item.number, list(item.values.values()))
        for item in found
    ]


def test_lines_come_with_their_numbers_and_blank_ones_are_skipped():
    assert read(b"a,b\n1,2\n\n,\n3,4\n") == [(2, ["1", "2"]), (5, ["3", "4"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read(end):
    assert read(end.join(["a,b", "1,2", "3,4", ""]).encode()) == [(2, ["1", "2"]), (3, ["3", "4"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_text(encoding):
    assert read("a,b\né,好\n".encode(encoding)) == [(2, ["é", "好"])]


def test_headings_are_compared_without_case_and_blanks():
    found = list(table.lines(io.BytesIO(b' Critical  FLAG ,"B_b"\n1,2\n'), "x", ("critical_flag", "b_b")))
    assert found[0].values == {"critical_flag": "1", "b_b": "2"}


def test_text_in_quotes_keeps_commas_and_line_ends():
    assert read(b'a,b\n"1,5","x\ny"\n3,4\n') == [(2, ["1,5", "x\ny"]), (4, ["3", "4"])]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"1,2,3", "It has 3 fields, the header has 2."),
        (b"1", "It has 1 fields, the header has 2."),
        (b"\xe9,2", "not UTF-8"),
        (b"1,\x00", "NUL"),
        (b'"1,2', "quotation mark"),
        (b'"1"x,2', "quotation mark"),
        (b"1," + b"x" * 2_000_000, "longer than a line"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_lines_after_it_are_read(line, words):
    found = read(b"a,b\n" + line + b'\n3,"4"\n5,6\n')
    assert found[0][0] == "line 2" and words in found[0][1]
    assert found[1:] == [(3, ["3", "4"]), (4, ["5", "6"])]


def test_a_quotation_mark_that_is_never_closed_costs_one_line_only():
    body = b"".join(b"%d,x\n" % number for number in range(50_000))
    found = read(b'a,b\n"oops,1\n' + body)
    assert found[0][0] == "line 2"
    assert len(found) == 50_001


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (b"", "empty"),
        (b"a,c\n1,2\n", "lacks columns: b"),
        (b"a;b\n1;2\n", "not divided by commas"),
        (b"a,b,A\n1,2,3\n", "stands twice"),
        (b"a,b\xff\n", "not UTF-8"),
        (b'"a,b\n1,2\n', "header"),
    ],
)
def test_a_bad_header_is_the_only_problem(header, words):
    (problem,) = read(header)
    assert words in problem[1]


def test_columns_that_nobody_knows_are_named():
    found = read(b"a,b,score_x,d\n1,2,3,4\n", known=("a", "b", "score_*"))
    assert found[0] == (
        "line 1",
        "This column is not known, so it was not read. Correct its name, or remove it.",
    )
    assert found[1] == (2, ["1", "2", "3", "4"])


def test_bytes_outside_a_code_page_are_a_problem():
    assert "cp1252" in read(b"a,b\n\x81,2\n", encoding="cp1252")[0][1]
