"""What New York's table teaches: one line per violation, unsorted, with sentinels for what is not known."""

from collections import Counter

import pytest

from records.intake.formats.nyc_csv import FORMAT
from records.intake.rows import Finding
from tests.intake.reading import SAMPLES, read, read_bytes

SAMPLE = SAMPLES / "nyc.csv"


@pytest.fixture(scope="module")
def sample():
    return read(FORMAT, SAMPLE)


@pytest.fixture(scope="module")
def real(shared_folder):
    return read(FORMAT, shared_folder / "data" / "us_nyc_dohmh_sample_5000.csv.gz")


def test_the_lines_of_an_establishment_become_its_inspections_oldest_first(sample):
    row = sample.row("1")
    assert (row.name, row.address, row.postcode) == ("SAMPLE DINER", ("10 EXAMPLE AVENUE", "Queens"), "11111")
    assert [visit.inspected_on for visit in row.visits] == ["2025-02-03", "2025-03-04"]
    assert row.visits[1].value == "B"
    assert row.visits[1].findings == (
        Finding("04L", "Evidence of mice.", "critical"),
        Finding("06D", "Surface not washed.", "critical"),
    )


def test_an_exact_repetition_is_counted_once_and_named(sample):
    (problem,) = sample.problems
    assert (problem.where, problem.field, problem.value) == ("line 8", "CAMIS", "1")
    assert "line 2" in problem.message


def test_the_first_of_january_1900_means_not_inspected(sample):
    row = sample.row("2")
    assert (row.visits, row.standing, row.rated_on) == ((), "not_yet_inspected", "")


def test_borough_0_is_no_borough_and_coordinates_stay_as_published(sample):
    row = sample.row("3")
    assert row.address == ("30",)
    assert (row.latitude, row.longitude) == ("0", "0")


def test_a_restaurant_ordered_closed_keeps_no_letter(sample):
    row = sample.row("3")
    assert [visit.value for visit in row.visits] == ["A", ""]
    assert (row.standing, row.rated_on) == ("closed_by_order", "2025-05-06")
    assert row.visits[1].scores == {"inspection": "re", "score": "60", "closed": "yes"}
    assert row.visits[1].outcome.startswith("Establishment Closed by DOHMH.")


def test_a_flag_that_does_not_apply_says_nothing_about_a_finding(sample):
    assert sample.row("3").visits[0].findings == (Finding("08A", "Harborage.", ""),)


def test_code_z_waits_for_a_hearing_and_other_programmes_are_not_weighed(sample):
    row = sample.row("4")
    assert row.visits[0].scores == {"inspection": "re", "score": "31", "hearing": "pending", "closed": "no"}
    assert row.visits[1].scores == {}
    assert row.visits[1].kind == "Inter-Agency Task Force / Initial Inspection"
    assert row.visits[1].findings == ()
    assert (row.standing, row.rated_on) == ("Z", "2025-07-08")


def test_no_letter_is_worked_out_where_the_city_published_none(sample):
    row = sample.row("5")
    assert row.visits[0].scores["score"] == "12"
    assert (row.standing, row.rated_on) == ("not_yet_graded", "2025-07-08")


def test_headings_of_the_api_and_dates_with_a_time_read_alike(sample):
    header, _, body = SAMPLE.read_text().partition("\n")
    api = header.lower().replace(" ", "_") + "\n" + body.replace("03/04/2025", "2025-03-04T00:00:00.000")
    assert read_bytes(FORMAT, api.encode()).row("1").visits == sample.row("1").visits


@pytest.mark.parametrize(
    ("old", "new", "where", "field"),
    [
        ("05/06/2025", "13/13/2025", "line 5", "INSPECTION DATE"),
        ("Live roaches.,Critical", "Live roaches.,Severe", "line 5", "CRITICAL FLAG"),
        ("3,EXAMPLE GRILL,0,30,,,,Thai,05/06", "3,OTHER GRILL,0,30,,,,Thai,05/06", "line 7", "DBA"),
        ("3,EXAMPLE GRILL,0,30,,,,Thai,05/06", ",EXAMPLE GRILL,0,30,,,,Thai,05/06", "line 5", "CAMIS"),
        ("3,EXAMPLE GRILL,0,30,,,,Thai,05/06", "3,EXAMPLE GRILL,0,30,,,,Thai,spare,05/06", "line 5", ""),
    ],
)
def test_a_line_that_cannot_be_read_is_a_problem_and_the_rest_goes_in(old, new, where, field, sample):
    found = read_bytes(FORMAT, SAMPLE.read_text().replace(old, new, 1).encode())
    assert (where, field) in {(problem.where, problem.field) for problem in found.problems}
    assert len(found.rows) == len(sample.rows)


def test_a_header_without_columns_names_them():
    found = read_bytes(FORMAT, b"CAMIS,DBA,BORO\n1,X,Queens\n")
    assert not found.rows
    assert "building" in found.problems[0].message and "score" in found.problems[0].message


def test_every_line_of_the_real_table_is_accounted_for(real):
    visits = [visit for row in real.rows for visit in row.visits]
    uninspected = sum(row.standing == "not_yet_inspected" for row in real.rows)
    lines = sum(max(1, len(visit.findings)) for visit in visits) + uninspected + len(real.problems)
    assert lines == 4999
    assert (len(real.rows), len(real.problems), uninspected) == (4564, 1, 894)


def test_the_real_table_has_the_citys_six_letters(real):
    grades = Counter(visit.value for row in real.rows for visit in row.visits)
    assert set(grades) == {"", "A", "B", "C", "N", "P", "Z"}


def test_no_real_row_has_borough_0_in_its_address(real):
    assert not any("0" in row.address for row in real.rows)
