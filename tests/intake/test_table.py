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


def test_headings_decide_what_divides_the_columns():
    for mark in ",;\t":
        data = "\n".join(["a{0}b", "1{0}2", ""]).format(mark).encode()
        (line,) = table.lines(io.BytesIO(data), "x", ("a", "b"), delimiters=",;\t")
        assert (line.values, line.delimiter) == ({"a": "1", "b": "2"}, mark)


def test_a_comma_inside_a_heading_does_not_divide_a_table_with_semicolons():
    columns = table.Columns(("a", "b,_c"))
    (line,) = table.lines(io.BytesIO(b"a;b, c\n1;2,5\n"), "x", (), delimiters=",;", columns=columns)
    assert line.values == {"a": "1", "b,_c": "2,5"}


def test_a_missing_field_names_the_mark_that_divides():
    assert "spare semicolon" in read(b"a;b\n1\n", delimiters=",;")[0][1]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_gb18030_is_read_where_it_is_expected_and_only_there(end):
    data = end.join(["a,b", "好,警告", "x,罚款", ""]).encode("gb18030")
    assert read(data, others=["gb18030"]) == [(2, ["好", "警告"]), (3, ["x", "罚款"])]
    assert "not UTF-8" in read(data)[0][1]


def test_one_damaged_character_does_not_turn_a_table_of_utf_8_into_gb18030():
    data = "a,b\n好,警告\n好,罚款\n".encode() + b"\xb0\xa1,x\n" + "好,c\n".encode()
    found = read(data, others=["gb18030"])
    assert found[0] == (2, ["好", "警告"])
    assert found[2][0] == "line 4" and "not UTF-8" in found[2][1]
    assert found[3] == (5, ["好", "c"])


def test_the_header_may_stand_below_a_title():
    columns = table.Columns(("a", "b"), within=5)
    data = b"A list of things,\n,\na,b\n1,2\n"
    (line,) = table.lines(io.BytesIO(data), "x", (), columns=columns)
    assert (line.number, line.values) == (4, {"a": "1", "b": "2"})


def test_a_header_that_is_nowhere_is_one_problem_about_the_likeliest_row():
    columns = table.Columns(("a", "b", "c"), within=5)
    (problem,) = table.lines(io.BytesIO(b"title\na,b\n1,2\n3,4\n"), "x", (), columns=columns)
    assert (problem.where, problem.field) == ("line 2", "c")


def test_private_columns_are_neither_read_nor_repeated():
    columns = table.Columns(("a", "b"), private=("secret",))
    data = b'a,b,Secret\n1,2,s3\n1,2,s3,4\n1,"x"y,s3\n1,\xff,s3\n'
    first, *problems = table.lines(io.BytesIO(data), "x", (), columns=columns)
    assert first.values == {"a": "1", "b": "2"}
    assert [problem.where for problem in problems] == ["line 3", "line 4", "line 5"]
    assert "s3" not in repr((first, problems))


def test_empty_headings_at_the_end_are_no_columns_unless_something_stands_below_them():
    found = read(b"a,b,,\n1,2,,\n3,4,,x\n")
    assert found[0] == (2, ["1", "2"])
    assert "without a heading" in found[1][1]
