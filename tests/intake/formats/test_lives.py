"""What a LIVES feed teaches: two encodings, two date styles, half points, and lines that repeat."""

import zipfile
from dataclasses import replace

import pytest

from records.intake.formats.lives import FORMAT
from tests.intake.reading import SAMPLES, read

TABLES = {path.name: path.read_bytes() for path in (SAMPLES / "lives").iterdir()}
EXAMPLE = replace(FORMAT, scheme="us-la-county")


def packed(path, tables, folder=""):
    """A zip of tables by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tables.items():
            archive.writestr(folder + name, data)
    return path


@pytest.fixture
def sample(tmp_path):
    return read(EXAMPLE, packed(tmp_path / "feed.zip", TABLES))


@pytest.fixture(scope="module")
def real(shared_folder):
    return read(FORMAT, shared_folder / "data" / "us_wake_county_lives_2016-05-18.zip")


def test_a_business_is_read_with_its_authority_and_scheme(sample):
    row = sample.row("6D1F0A2B-0000-0000-000000000001")
    assert row.name == "SAMPLE CAFÉ #1"
    assert row.address == ("1 EXAMPLE  RD", "SAMPLEVILLE NC")
    assert (row.authority, row.authority_name) == ("example-county", "Example County")
    assert row.authority_website == "http://county.example/"
    assert row.scheme == "us-la-county"


def test_an_email_in_the_contacts_name_is_found(sample):
    assert sample.rows[0].authority_email == "inspections@county.example"


def test_a_half_point_between_two_bands_gets_no_word_from_the_legend(sample):
    values = {visit.scores.get("score"): visit.value for row in sample.rows for visit in row.visits}
    assert values == {"97": "A", "89.5": "", None: "", "85": "B"}


def test_an_inspection_without_a_score_has_no_scores(sample):
    row = sample.row("6D1F0A2B-0000-0000-000000000001")
    assert [visit.scores for visit in row.visits] == [{"score": "97"}, {"score": "89.5"}, {}]


def test_findings_go_with_the_scored_inspection_of_their_day(sample):
    row = sample.row("6D1F0A2B-0000-0000-000000000001")
    assert [len(visit.findings) for visit in row.visits] == [0, 2, 0]
    assert row.visits[1].findings[0].code == "6-501.12"


def test_both_date_styles_are_read_and_a_repeated_inspection_is_a_problem(sample):
    (visit,) = sample.row("500100").visits
    assert (visit.inspected_on, visit.kind, visit.outcome) == ("2026-02-03", "followup", "closed for a day")
    problem = next(problem for problem in sample.problems if "word for word" in problem.message)
    assert (problem.file, problem.where) == ("feed.zip/inspections.csv", "line 6")


def test_a_business_without_inspections_is_read_too(sample):
    assert sample.row("77").visits == ()


def test_every_line_that_fits_nowhere_is_a_problem(sample):
    assert {(problem.file, problem.where, problem.field, problem.value) for problem in sample.problems} == {
        ("feed.zip/businesses.csv", "line 5", "business_id", "500100"),
        ("feed.zip/inspections.csv", "line 6", "date", "20260203"),
        ("feed.zip/inspections.csv", "line 7", "score", "101"),
        ("feed.zip/inspections.csv", "line 8", "business_id", "nobody"),
        ("feed.zip/violations.csv", "line 5", "date", "20260301"),
    }


def test_a_feed_in_utf_8_reads_like_one_in_the_windows_code_page(sample, tmp_path):
    recoded = {name: data.decode("cp1252").encode("utf-8-sig") for name, data in TABLES.items()}
    assert read(EXAMPLE, packed(tmp_path / "feed.zip", recoded)) == sample


def test_a_score_is_never_given_to_a_scheme_that_nobody_named(tmp_path):
    found = read(FORMAT, packed(tmp_path / "feed.zip", TABLES))
    assert not found.rows
    assert found.problems[-1].value == "Example County"
    assert "Name the scheme" in found.problems[-1].message


def test_names_that_climb_out_of_the_zip_are_only_names(sample, tmp_path):
    path = packed(tmp_path / "feed.zip", TABLES, "../../../")
    before = sorted(tmp_path.rglob("*"))
    assert read(EXAMPLE, path) == sample
    assert sorted(tmp_path.rglob("*")) == before


def test_a_missing_table_is_named(tmp_path):
    tables = {name: data for name, data in TABLES.items() if name != "inspections.csv"}
    found = read(EXAMPLE, packed(tmp_path / "feed.zip", tables))
    assert not found.rows
    assert [problem.where for problem in found.problems] == ["inspections.csv"]


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_zip_that_is_cut_off_is_a_problem(share, tmp_path):
    path = packed(tmp_path / "feed.zip", TABLES)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    found = read(EXAMPLE, path)
    assert not found.rows
    assert "cut off" in found.problems[0].message


def test_a_zip_with_damaged_content_is_a_problem(tmp_path):
    path = packed(tmp_path / "feed.zip", TABLES)
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    assert read(EXAMPLE, path).problems


def test_every_line_of_the_real_feed_is_accounted_for(real):
    visits = [visit for row in real.rows for visit in row.visits]
    # 4,573 lines of businesses, of which 1,770 repeat another one word for word
    assert len(real.rows) == 2803
    assert len(visits) + len(real.problems) == 13_499
    assert sum(len(visit.findings) for visit in visits) == 122_732
    assert [problem.where for problem in real.problems] == ["line 1971"]


def test_the_real_feed_has_half_points_and_blank_scores(real):
    scores = [visit.scores.get("score", "") for row in real.rows for visit in row.visits]
    assert scores.count("") == 64
    assert "89.5" in scores


def test_the_real_feed_names_its_scheme_and_its_words(real):
    assert {row.scheme for row in real.rows} == {"us-wake-county"}
    between = [v for row in real.rows for v in row.visits if v.scores.get("score") == "89.5"]
    assert between and all(visit.value == "" for visit in between)
    assert {visit.value for row in real.rows for visit in row.visits} == {"", "A", "B", "C"}
