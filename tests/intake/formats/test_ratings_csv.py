"""The project's own table: what its columns mean, and what happens to lines that do not fit together."""

import csv
import io
import re
from pathlib import Path

import pytest

from records.businesses import identifiers
from records.intake.formats import ratings_columns as columns
from records.intake.formats.ratings_csv import FORMAT
from records.intake.rows import Finding
from tests.intake.reading import SAMPLES, read, read_bytes

SAMPLE = SAMPLES / "ratings.csv"
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "ratings-csv.md"


@pytest.fixture(scope="module")
def sample():
    return read(FORMAT, SAMPLE)


def table(
    *lines, header="establishment_id,name,scheme,inspected_on,inspection_id,finding_text,finding_critical"
):
    """A table of these lines in the format's encoding."""
    return "\n".join([header, *lines, ""]).encode()


def test_lines_of_one_establishment_become_one_row_with_its_inspections(sample):
    row = sample.row("1001")
    assert not sample.problems
    assert (row.where, row.authority, row.local_id, row.name) == ("line 2", "EX1", "L-7", "The Example Cafe")
    assert row.address == ("1 Sample Street", "Exampleton")
    assert (row.company, row.company_scheme, row.company_id) == ("Example Cafe Ltd", "gb-coh", "99999999")
    assert (row.standing, row.rated_on, row.pending, row.opened_on) == ("4", "2026-03-02", True, "2019-01-01")
    assert row.reply == "We have a new fridge.\n\nCome and see."
    assert [visit.inspected_on for visit in row.visits] == ["2024-05-06", "2026-03-02"]


def test_an_inspection_has_its_scores_outcome_and_findings(sample):
    old, new = sample.row("1001").visits
    assert (new.source_id, new.kind, new.value, new.outcome) == (
        "2026-17",
        "routine",
        "4",
        "Advice was given.",
    )
    assert new.scores == {"hygiene": "10", "structural": "5", "confidence": "5"}
    assert new.findings == (
        Finding("H3", "Cooked rice, kept at 21 degrees", "critical", "5"),
        Finding("S1", "A tile was cracked.", "not_critical", ""),
    )
    assert old.findings == ()


def test_an_establishment_without_inspection_is_one_line(sample):
    row = sample.row("1002")
    assert (row.visits, row.standing, row.address) == ((), "awaiting_inspection", ())
    assert (row.private, row.address_visibility) == (True, "withheld")


def test_the_template_is_a_table_that_the_format_reads():
    found = read_bytes(FORMAT, FORMAT.template().encode("utf-8-sig"))
    assert not found.problems
    assert [(row.source_id, len(row.visits), len(row.visits[0].findings)) for row in found.rows] == [
        ("1001", 1, 2)
    ]


def test_the_template_follows_the_components_of_a_scheme():
    header = next(csv.reader(io.StringIO(FORMAT.template("us-wake-county", ("score",)))))
    assert "score_score" in header and "score_hygiene" not in header


def test_the_documentation_lists_the_columns_of_the_reader():
    cells = re.findall(
        r"^\| `([^`]+)` \| ([^|]+) \| (yes|no) \| (.+) \|$", DOCUMENT.read_text(), re.MULTILINE
    )
    assert cells == [
        (column.name, column.about, "yes" if column.required else "no", column.explanation)
        for column in columns.COLUMNS
    ]


def test_the_documentation_shows_an_example_that_reads_and_numbering_systems_that_exist():
    text = DOCUMENT.read_text()
    example = re.search(r"```csv\n(.+?)```", text, re.DOTALL)[1]
    found = read_bytes(FORMAT, example.encode())
    assert found.rows and not found.problems
    assert set(re.findall(r"^- `([a-z-]+)`", text, re.MULTILINE)) == set(identifiers.BY_KEY)


def test_missing_columns_are_named_and_nothing_is_read():
    found = read_bytes(FORMAT, b"establishment_id,nam\n1,X\n")
    assert not found.rows
    assert "name, scheme" in found.problems[0].message


def test_an_unknown_column_is_reported_and_the_others_are_read():
    found = read_bytes(FORMAT, b"establishment_id,name,scheme,postocde\n1,X,uk-fhrs,ZZ1 1ZZ\n")
    assert len(found.rows) == 1
    assert [(problem.field, problem.where) for problem in found.problems] == [("postocde", "line 1")]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (",X,uk-fhrs,,,,", "establishment_id"),
        ("1,,uk-fhrs,,,,", "name"),
        ("1,X,,,,,", "scheme"),
        ("1,X,uk-fhrs,2026-02-30,,,", "inspected_on"),
        ("1,X,uk-fhrs,03/02/2026,,,", "inspected_on"),
        ("1,X,uk-fhrs,,,Mice.,", "inspected_on"),
        ("1,X,uk-fhrs,2026-02-03,,Mice.,perhaps", "finding_critical"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(line, field):
    found = read_bytes(FORMAT, table(line, "2,Y,uk-fhrs,,,,"))
    assert [row.source_id for row in found.rows] == ["2"]
    assert [(problem.where, problem.field) for problem in found.problems] == [("line 2", field)]


def test_one_wrong_line_refuses_its_establishment_and_says_so():
    found = read_bytes(FORMAT, table("1,X,uk-fhrs,2026-01-01,a,,", "1,X,uk-fhrs,soon,b,,", "2,Y,uk-fhrs,,,,"))
    assert [row.source_id for row in found.rows] == ["2"]
    assert "The 2 lines of this place were not imported." in found.problems[0].message


def test_an_establishment_of_which_a_line_cannot_be_read_is_refused_as_a_whole():
    lines = ("101,X,uk-fhrs,2026-01-01,a,,", "101,X,uk-fhrs,2026-01-01,a,Mice.", "102,Y,uk-fhrs,,,,")
    found = read_bytes(FORMAT, table(*lines))
    assert [row.source_id for row in found.rows] == ["102"]
    assert [problem.where for problem in found.problems] == ["line 3", "line 2"]
    assert "line 3 seems to belong to it" in found.problems[1].message


@pytest.mark.parametrize(
    ("second", "field", "same"),
    [
        ("1,Other,uk-fhrs,2026-01-01,a,,", "name", "establishment"),
        ("1,X,uk-fhrs,2026-01-02,a,,", "inspected_on", "inspection"),
    ],
)
def test_repeated_columns_that_differ_are_a_problem(second, field, same):
    found = read_bytes(FORMAT, table("1,X,uk-fhrs,2026-01-01,a,,", second))
    assert not found.rows
    (problem,) = found.problems
    assert (problem.where, problem.field) == ("line 3", field)
    assert f"differs from line 2, which is about the same {same}" in problem.message


def test_an_establishment_that_comes_back_further_down_is_refused():
    found = read_bytes(FORMAT, table("1,X,uk-fhrs,,,,", "2,Y,uk-fhrs,,,,", "1,X,uk-fhrs,2026-01-01,,,"))
    assert [row.source_id for row in found.rows] == ["1", "2"]
    assert [(problem.where, problem.field) for problem in found.problems] == [("line 4", "establishment_id")]
    assert "must stand together" in found.problems[0].message
