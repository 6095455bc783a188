"""`manage.py grade` prints rows with a grade, and names what it cannot grade."""

import csv
import io
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.ratings.schemes.tables import TABLES


@pytest.fixture
def grade(tmp_path):
    """Run the command on a text or bytes: the printed rows, the lines of standard error, the error if any."""

    def run(scheme, content, *more):
        path = tmp_path / "rows.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out, err, error = io.StringIO(), io.StringIO(), None
        try:
            call_command("grade", scheme, "--csv", str(path), *more, stdout=out, stderr=err)
        except CommandError as caught:
            error = caught
        return list(csv.reader(io.StringIO(out.getvalue()))), err.getvalue().splitlines(), error

    return run


def test_rows_are_printed_with_a_grade_and_their_other_columns_as_they_were(grade):
    printed, errors, error = grade(
        "uk-fhrs", 'id,hygiene,structural,confidence,note\n7,15,0,0,"a, ""b"""\n8,0,5,10,\n'
    )
    assert printed == [
        ["id", "hygiene", "structural", "confidence", "note", "grade"],
        ["7", "15", "0", "0", 'a, "b"', "2"],
        ["8", "0", "5", "10", "", "4"],
    ]
    assert (errors, error) == ([], None)


def test_a_value_that_is_not_allowed_is_named_with_its_line_and_the_rest_is_printed(grade):
    printed, errors, error = grade(
        "uk-fhrs", "hygiene,structural,confidence\n5,5,5\n7,0,0\n0,0,x\n,0,0\n5,5,10\n"
    )
    assert [row[-1] for row in printed] == ["grade", "5", "", "", "", "4"]
    assert [line.split(": ")[:2] for line in errors] == [
        ["line 3", "hygiene"],
        ["line 4", "confidence"],
        ["line 5", "hygiene"],
    ]
    assert error and error.returncode == 1 and "3 problems" in str(error)


def test_the_lines_are_those_of_the_file_even_when_a_cell_spans_several(grade):
    _, errors, _ = grade("us-wake-county", 'note,score\n"a\nb",90\n\nx,90.2\n')
    assert errors[0].startswith("line 5: score:")


def test_a_missing_column_is_named_and_the_rows_come_out_without_grades(grade):
    printed, errors, error = grade("uk-fhrs", "hygiene,structural\n0,0\n")
    assert printed == [["hygiene", "structural", "grade"], ["0", "0", ""]]
    assert errors == [
        "line 1: confidence: the column is missing; the scheme needs hygiene, structural, confidence"
    ]
    assert error


def test_a_status_is_printed_where_there_is_no_grade(grade):
    printed, _, error = grade(
        "us-nyc",
        "Inspection,Score,Score after hearing,hearing\nre,20,,pending\nre,20,13,decided\ninitial,,,-\n",
    )
    assert [row[-1] for row in printed[1:]] == ["grade_pending", "A", "not_yet_inspected"]
    assert error is None


def test_a_byte_order_mark_and_windows_line_ends_are_read(grade):
    printed, _, error = grade("us-la-county", b"\xef\xbb\xbfscore\r\n69\r\n")
    assert printed == [["score", "grade"], ["69", "score_only"]]
    assert error is None


def test_rows_that_cannot_be_read_are_named(grade):
    content = b'score,note\n90,ok\n80\n70,a,b\n60,caf\xe9\n95,"x"y\n85,fine\n'
    printed, errors, error = grade("us-la-county", content)
    assert [line.split(":")[0] for line in errors] == ["line 3", "line 4", "line 5", "line 6"]
    assert [row[:3] for row in printed[1:]] == [
        ["90", "ok", "A"],
        ["80", "", ""],
        ["70", "a", ""],
        ["60", "caf\ufffd", ""],
        ["85", "fine", "B"],
    ]
    assert "4 problems" in str(error)


def test_the_version_in_force_on_a_day_is_used(grade):
    content = "results,last_reports\n1 2,\n1,1 1 1 1\n"
    printed, _, _ = grade("dk-smiley", content, "--on", "2021-06-01")
    assert [row[-1] for row in printed[1:]] == ["content", "elite"]
    printed, _, _ = grade("dk-smiley", content)
    assert [row[-1] for row in printed[1:]] == ["middle", "happy"]


def test_with_a_language_words_card_and_reason_are_printed_too(grade):
    printed, _, _ = grade("uk-fhrs", "hygiene,structural,confidence\n0,0,0\n", "--language", "cy")
    assert printed[0][3:] == ["grade", "grade_words", "grade_card", "grade_reason"]
    assert printed[1][3:6] == ["5", "Da iawn", "Da iawn"]
    printed, _, _ = grade("us-la-county", "score\n69\n", "--language", "en")
    assert printed[1][2] == "No letter, the score is shown (69)"


@pytest.mark.parametrize(
    ("scheme", "content", "more", "said"),
    [
        ("uk-fhsr", "hygiene\n1\n", (), "known are ca-toronto"),
        ("cn-food-risk", "x\n", (), "not a rating"),
        ("sg-safe", "x\n", ("--on", "2020-01-01"), "2026-01-19"),
        ("uk-fhis", "outcome\npass\n", ("--language", "fr"), "it has en"),
        ("uk-fhis", "outcome,grade\npass,1\n", (), "already has a column named grade"),
        ("us-la-county", "score,Score\n90,90\n", (), "Two columns"),
        ("us-la-county", "", (), "is empty"),
    ],
)
def test_what_stops_the_whole_command_is_said_in_one_sentence(grade, scheme, content, more, said):
    printed, _, error = grade(scheme, content, *more)
    assert said in str(error)
    assert printed == []


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("grade", "uk-fhrs", "--csv", str(tmp_path / "absent.csv"))


def test_standard_input_is_read_for_a_dash(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfscore\n89.5\n")))
    out = io.StringIO()
    call_command("grade", "us-wake-county", "--csv", "-", stdout=out)
    assert out.getvalue() == "score,grade\n89.5,B\n"


@pytest.mark.parametrize(
    ("table", "scheme", "column", "refused"),
    [("fhrs.csv", "uk-fhrs", "rating", 5), ("nyc.csv", "us-nyc", "grade on record", 3)],
)
def test_a_decision_table_can_be_graded_as_it_is(grade, table, scheme, column, refused):
    if not (TABLES / table).is_file():
        pytest.skip(f"no decision tables: {TABLES / table} is absent")
    [header, *printed], errors, _ = grade(scheme, (TABLES / table).read_bytes())
    assert len(errors) == refused
    for row in printed:
        record = dict(zip(header, row, strict=True))
        if record[column] == "INVALID":
            assert record["grade"] == ""
        elif len(record[column]) == 1:
            assert record["grade"] == record[column]
        else:
            assert len(record["grade"]) > 1
