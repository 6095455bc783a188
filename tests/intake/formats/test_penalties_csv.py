"""The project's own table of decisions: what its columns mean, and what happens to lines that do not fit."""

import csv
import io
import re
from pathlib import Path

import pytest

from records.intake.formats import penalties_columns as columns
from records.intake.formats.penalties_csv import FORMAT
from records.intake.rows import CitationRow, EventRow, SanctionRow, ViolationRow
from tests.intake.reading import SAMPLES, read, read_bytes

SAMPLE = SAMPLES / "penalties.csv"
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "penalties-csv.md"
HEADER = (
    "decision_number,respondent,respondent_kind,decided_on,legal_basis,facts,sanction,amount,currency,event,"
    "event_on,law,article,under_18,document_url,duration,identifier,identifier_scheme,seriousness,event_amount"
)


@pytest.fixture(scope="module")
def sample():
    return read(FORMAT, SAMPLE)


def line(**values):
    """One line below HEADER: a decision that can be read, with these values instead."""
    usual = {
        "decision_number": "1", "respondent": "X", "respondent_kind": "organisation", "facts": "F",
        "decided_on": "2026-01-02", "legal_basis": "L", "sanction": "warning",
    }  # fmt: skip
    return ",".join((usual | values).get(name, "") for name in HEADER.split(","))


def table(*lines):
    """A table of these lines in the format's encoding."""
    return "\n".join([HEADER, *lines, ""]).encode()


def test_the_lines_of_a_decision_become_one_row(sample):
    assert not sample.problems
    row = sample.decision("EX 2026/17")
    assert (row.where, row.authority, row.respondent_kind) == ("line 2", "EX1", "organisation")
    assert (row.respondent, row.premises) == ("Example Bakery Ltd", "The Example Bakery, 1 Sample Street")
    assert (row.establishment_id, row.inspection_id, row.domain) == ("1001", "2026-17", "food-safety")
    assert (row.decided_on, row.served_on, row.notice_served_on) == ("2026-03-02", "2026-03-05", "2026-02-10")
    assert (row.conduct_ended_on, row.found_on, row.final_on) == ("2026-02-03", "2026-02-03", "")
    assert (row.procedure, row.seriousness, row.under_18) == ("ordinary", "serious", False)
    assert row.facts == "Flour with insects was used on 3 February 2026, again."
    assert (row.remedy_until, row.publicity_end, row.language) == ("2026-04-02", "2027-03-02", "en")
    assert (row.document_title, row.document_sha256) == ("Decision EX 2026/17", "a" * 64)
    assert row.identifiers == (("gb-coh", "99999999"), ("lei", "0" * 20))


def test_each_line_adds_a_sanction_a_violation_a_provision_and_an_event_and_repeats_none(sample):
    row = sample.decision("EX 2026/17")
    assert row.sanctions == (
        SanctionRow("fine", "1500.00", "EUR", "EUR 1 500"),
        SanctionRow("improvement_order", duration="P10D", text="Clean the mill."),
    )
    assert row.violations == (
        ViolationRow("F12", "Use of unfit food"),
        ViolationRow("F13", "No pest control"),
    )
    assert row.violated == (CitationRow("Example Food Act", "s. 12"),)
    assert row.applied == (CitationRow("Example Food Act", "s. 40"),)
    assert row.events == (
        EventRow("contested", "2026-03-09"),
        EventRow(
            "varied", "2026-05-04", "900.00", "EUR", "Tribunal", "https://example.org/decisions/17/appeal"
        ),
        EventRow("paid", "", "900.00", "EUR"),
    )


def test_a_respondent_under_18_is_marked(sample):
    assert [row.under_18 for row in sample.decisions] == [False, False, True]
    assert sample.decision("EX 2026/19").sanctions == (
        SanctionRow("licence_suspension", duration="P6M", licence="Stall licence 12"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_spreadsheets_of_several_countries_save_is_read_alike(encoding, mark, sample):
    cells = list(csv.reader(io.StringIO(SAMPLE.read_text())))
    cells[1][columns.KNOWN.index("respondent")] = "样品面包店"
    cells[3][columns.KNOWN.index("facts")] = ""
    if mark != ",":
        for row in cells[1:]:
            for name in ("amount", "event_amount"):
                at = columns.KNOWN.index(name)
                row[at] = row[at].translate(str.maketrans(",.", ".,"))
            at = columns.KNOWN.index("decided_on")
            row[at] = ".".join(reversed(row[at].split("-"))) if mark == ";" else row[at].replace("-", "/")
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(cells)
    found = read_bytes(FORMAT, out.getvalue().encode(encoding))
    assert not found.problems
    assert found.decision("EX 2026/17") == sample.decision("EX 2026/17")._replace(respondent="样品面包店")


def test_an_amount_that_could_be_two_is_refused_in_a_table_with_semicolons():
    data = table(line(sanction="fine", amount="1.234", currency="EUR")).replace(b",", b";")
    (problem,) = read_bytes(FORMAT, data).problems
    assert (problem.where, problem.field, problem.value) == ("line 2", "amount", "1.234")


def test_the_template_is_a_table_that_the_format_reads():
    found = read_bytes(FORMAT, FORMAT.template().encode("utf-8-sig"))
    assert not found.problems
    (row,) = found.decisions
    assert [sanction.kind for sanction in row.sanctions] == ["fine", "improvement_order"]
    assert next(csv.reader(io.StringIO(FORMAT.template()))) == list(columns.KNOWN)


def test_the_documentation_lists_the_columns_of_the_reader():
    cells = re.findall(
        r"^\| `([^`]+)` \| ([^|]+) \| (yes|no) \| (.+) \|$", DOCUMENT.read_text(), re.MULTILINE
    )
    assert cells == [
        (column.name, column.about, "yes" if column.required else "no", column.explanation)
        for column in columns.COLUMNS
    ]


def test_the_documentation_shows_an_example_that_reads():
    example = re.search(r"```csv\n(.+?)```", DOCUMENT.read_text(), re.DOTALL)[1]
    found = read_bytes(FORMAT, example.encode())
    assert [row.decision_number for row in found.decisions] == ["EX 2026/17", "EX 2026/18"]
    assert not found.problems


def test_missing_columns_are_named_and_nothing_is_read():
    found = read_bytes(FORMAT, b"decision_number,respondent\n1,X\n")
    assert not found.decisions
    assert "decided_on" in found.problems[0].message and "sanction" in found.problems[0].message


def test_an_unknown_column_is_reported_and_the_others_are_read():
    found = read_bytes(FORMAT, table(line()).replace(b"under_18", b"under_81"))
    assert len(found.decisions) == 1
    assert [(problem.field, problem.where) for problem in found.problems] == [("under_81", "line 1")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"decision_number": ""}, "decision_number"),
        ({"respondent": " "}, "respondent"),
        ({"respondent_kind": "firm"}, "respondent_kind"),
        ({"decided_on": "2026-02-30"}, "decided_on"),
        ({"decided_on": "01/02/2026"}, "decided_on"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"facts": ""}, "facts"),
        ({"sanction": ""}, "sanction"),
        ({"sanction": "ticket"}, "sanction"),
        ({"amount": "5"}, "currency"),
        ({"amount": "five", "currency": "EUR"}, "amount"),
        ({"amount": "5", "currency": "euro"}, "currency"),
        ({"duration": "6 months"}, "duration"),
        ({"duration": "P"}, "duration"),
        ({"event": "pay"}, "event"),
        ({"event_on": "2026-01-02"}, "event_on"),
        ({"event": "paid", "event_amount": "5"}, "event_currency"),
        ({"article": "1"}, "article"),
        ({"under_18": "perhaps"}, "under_18"),
        ({"document_url": "example.org"}, "document_url"),
        ({"document_url": "javascript:alert(1)"}, "document_url"),
        ({"identifier": "1"}, "identifier"),
        ({"seriousness": "severe"}, "seriousness"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(values, field):
    found = read_bytes(FORMAT, table(line(**values), line(decision_number="2")))
    assert [row.decision_number for row in found.decisions] == ["2"]
    assert {(problem.where, problem.field) for problem in found.problems} == {("line 2", field)}


def test_one_wrong_line_refuses_its_decision_and_says_so():
    found = read_bytes(FORMAT, table(line(), line(sanction="ticket"), line(decision_number="2")))
    assert [row.decision_number for row in found.decisions] == ["2"]
    (problem,) = found.problems
    assert problem.where == "line 3" and problem.message.endswith(
        "The 2 lines of this decision were not imported."
    )


@pytest.mark.parametrize("torn", ["A-7,X,too short", line(decision_number="A-7") + ",spare", "A-7,ri\0ce"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_decision_of_which_a_line_cannot_be_read_is_refused_as_a_whole(torn, place):
    mine = [line(decision_number="A-7"), line(decision_number="A-7", event="paid", event_on="2026-02-01")]
    mine.insert(place, torn)
    found = read_bytes(FORMAT, table(line(decision_number="B"), *mine, line(decision_number="C")))
    assert [row.decision_number for row in found.decisions] == ["B", "C"]
    unread, refused = sorted(found.problems, key=lambda problem: problem.field)
    assert unread.where == f"line {3 + place}" and (refused.field, refused.value) == (
        "decision_number",
        "A-7",
    )
    assert f"line {3 + place} seems to belong to it" in refused.message


def test_lines_of_one_decision_say_the_same_about_it():
    found = read_bytes(FORMAT, table(line(), line(respondent="Y")))
    assert [(problem.where, problem.field, problem.value) for problem in found.problems] == [
        ("line 3", "respondent", "Y")
    ]


def test_lines_of_one_decision_stand_together():
    found = read_bytes(FORMAT, table(line(), line(decision_number="2"), line()))
    assert len(found.decisions) == 2
    assert (found.problems[0].where, found.problems[0].field) == ("line 4", "decision_number")
    assert "line 2" in found.problems[0].message


def test_the_number_of_a_person_is_refused_and_not_repeated():
    number = "11010519491231002X"
    found = read_bytes(FORMAT, table(line(identifier=number, identifier_scheme="cn-uscc")))
    assert [problem.field for problem in found.problems] == ["identifier"]
    assert number not in repr(found)
