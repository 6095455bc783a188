"""OSHA's tables: a citation and what became of its penalty, with the events joined where they are there."""

import zipfile
from collections import Counter

import pytest

from records.intake.decisions import faults
from records.intake.formats.osha import FORMAT
from records.intake.formats.osha_citation import UNNAMED
from records.intake.formats.osha_standards import citation
from records.intake.rows import CitationRow, EventRow, SanctionRow, ViolationRow
from tests.intake.reading import SAMPLES, read, read_bytes

FOLDER = SAMPLES / "osha"
VIOLATIONS = FOLDER / "osha_violation.csv"
EXTRACT = "activity_nr,standard,standard_clean,category,issuance_date,initial_penalty,current_penalty\n"


@pytest.fixture(scope="module")
def sample():
    return read(FORMAT, FOLDER)


@pytest.fixture(scope="module")
def alone():
    return read(FORMAT, VIOLATIONS)


@pytest.fixture(scope="module")
def real(shared_folder):
    return read(FORMAT, shared_folder / "data" / "us_osha_illumination_citations_no_names.csv.gz")


def test_a_citation_item_is_a_decision(sample):
    row = sample.decision("900000001/01001A")
    assert (row.decided_on, row.final_on, row.inspection_id) == ("2024-03-01", "2024-06-01", "900000001")
    assert (row.authority, row.domain, row.seriousness) == ("osha", "workplace-safety", "serious")
    assert row.violations == (ViolationRow("1910.36(b)(6)", "29 CFR 1910.36(b)(6)"),)
    assert row.violated == (CitationRow("us-29-cfr", "1910.36(b)(6)"),)
    assert row.applied == (CitationRow("us-osh-act", "9(a)"), CitationRow("us-osh-act", "17"))
    assert row.legal_basis == "29 CFR 1910.36(b)(6) (cited as 19100036 B06)"
    assert row.sanctions == (
        SanctionRow("fine", "2500.00", "USD"),
        SanctionRow("improvement_order", text="Abatement by 2024-03-15."),
    )
    assert row.extracted_on == "2026-11-01"


def test_a_citation_without_a_penalty_orders_abatement_and_has_no_life_of_a_fine(sample):
    row = sample.decision("900000001/02001")
    assert row.sanctions == (SanctionRow("improvement_order", text="Citation without a penalty."),)
    assert (row.events, row.seriousness) == ((), "ordinary")


def test_events_of_the_other_table_are_the_life_of_the_penalty(sample):
    assert sample.decision("900000001/01001A").events == (
        EventRow("imposed", "2024-03-01", "2500.00", "USD"),
        EventRow("contested", "2024-03-10"),
        EventRow("varied", "2024-06-01", "1000.00", "USD", "Formal settlement"),
        EventRow("settled", "2024-06-01", note="Formal settlement"),
    )
    assert sample.decision("900000002/01001").events == (
        EventRow("imposed", "2024-04-05", "70000.00", "USD"),
        EventRow("contested", "2024-04-12"),
        EventRow("upheld", "2024-10-01", note="Decision of an administrative law judge"),
    )


def test_without_events_a_penalty_that_differs_was_changed_on_an_unknown_day(alone):
    events = alone.decision("900000003/01001").events
    assert [(one.kind, one.on, one.amount) for one in events] == [
        ("imposed", "2024-05-06", "600.00"),
        ("varied", "", "300.00"),
    ]
    assert "without the day" in events[-1].note
    assert [one.kind for one in alone.decision("900000001/01001A").events] == [
        "imposed",
        "contested",
        "varied",
    ]


def test_a_failure_to_abate_is_a_decision_of_its_own(sample):
    row = sample.decision("900000002/01001/FTA")
    assert (row.decided_on, row.inspection_id) == ("2024-09-01", "900000009")
    assert row.sanctions == (SanctionRow("daily_fine", "500.00", "USD", text="Failure to abate."),)
    assert [one.kind for one in row.events] == ["imposed", "contested", "varied", "settled", "varied"]
    assert row.facts.startswith("Failure to abate what was cited under 900000002/01001.")


def test_names_and_places_come_from_the_table_of_inspections(sample, alone):
    row = sample.decision("900000001/01001A")
    assert (row.respondent, row.respondent_kind) == ("SAMPLE MILLS INC", "organisation")
    assert row.premises == "1 EXAMPLE AVENUE, EXAMPLETON ZZ 00000"
    assert sample.decision("900000002/01001").respondent_kind == "public_body"
    assert {row.respondent for row in alone.decisions} == {UNNAMED}


def test_what_is_not_taken_is_told(sample):
    told = [(problem.file, problem.field, problem.value) for problem in sample.problems]
    assert told == [
        ("osha_violation_event.csv", "hist_event", "P"),
        ("osha_violation.csv", "delete_flag", "X"),
        ("osha", "citation_id", "900000008/01001"),
    ]
    assert len(sample.decisions) == 6


def test_a_zip_reads_like_the_folder_whatever_its_files_are_called(sample, tmp_path):
    with zipfile.ZipFile(tmp_path / "osha", "w") as archive:
        for number, file in enumerate(sorted(FOLDER.iterdir())):
            archive.write(file, f"x/{number}.csv")
    found = read(FORMAT, tmp_path / "osha")
    assert found.decisions == sample.decisions
    assert len(found.problems) == len(sample.problems)


def test_a_zip_without_violations_says_what_is_missing(tmp_path):
    with zipfile.ZipFile(tmp_path / "osha.zip", "w") as archive:
        archive.write(FOLDER / "osha_inspection.csv", "a.csv")
        archive.writestr("b.csv", "summary_nr,age\n1,2\n")
    found = read(FORMAT, tmp_path / "osha.zip")
    assert [problem.file for problem in found.problems] == ["b.csv", "osha.zip"]


def test_citations_without_numbers_are_told_apart():
    line = "1,19100036 B06,19100036B06,exit route lighting,1984-02-14,10.0,10.0\n"
    found = read_bytes(FORMAT, (EXTRACT + line * 3).encode())
    assert [row.decision_number for row in found.decisions] == [
        "1/19100036B06",
        "1/19100036B06/2",
        "1/19100036B06/3",
    ]
    assert found.decisions[0].violations[0].title == "29 CFR 1910.36(b)(6): exit route lighting"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("900000003,", ",", "activity_nr"),
        ("900000003,01001", "900000003,", "citation_id"),
        ("19260501 B01", "", "standard"),
        ("2024-05-06", "2024-13-06", "issuance_date"),
        ("2024-05-06", "", "issuance_date"),
        ("600.00", "six", "initial_penalty"),
        ("300.00", "-300", "current_penalty"),
    ],
)
def test_a_line_that_cannot_be_taken_says_what_to_do(old, new, field):
    found = read_bytes(FORMAT, VIOLATIONS.read_text().replace(old, new, 1).encode())
    assert [problem.field for problem in found.problems] == ["delete_flag", field]
    assert len(found.decisions) == 5


def test_an_event_that_nobody_knows_refuses_its_citation(tmp_path):
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_text(file.read_text().replace(",P,F,2024", ",P,Q,2024"))
    found = read(FORMAT, tmp_path)
    assert ("hist_event", "Q") in {(problem.field, problem.value) for problem in found.problems}
    assert "900000001/01001A" not in {row.decision_number for row in found.decisions}


@pytest.mark.parametrize(
    ("standard", "article"),
    [
        ("19260056", "1926.56"),
        ("19260056 A", "1926.56(a)"),
        ("19260056 A0", "1926.56(a)"),
        ("19150082 C02   II", "1915.82(c)(2)(ii)"),
        ("19100134 D01 III A", "1910.134(d)(1)(iii)(A)"),
        ("19101200 E01", "1910.1200(e)(1)"),
        ("5A0001", "5(a)(1)"),
    ],
)
def test_a_standard_is_found_in_the_law(standard, article):
    assert citation(standard).article == article


def test_a_standard_written_otherwise_stays_as_printed(sample):
    assert citation("CAL 3203 A") is None
    row = sample.decision("900000004/01001")
    assert (row.legal_basis, row.violated) == ("CAL 3203 A", ())


def test_every_line_of_the_real_extract_becomes_a_decision(real):
    """Nothing is refused: each of the 17,622 lines has an inspection, a standard, a date and both sums."""
    assert (len(real.decisions), real.problems) == (17622, [])
    assert len({row.decision_number for row in real.decisions}) == 17622
    assert {row.respondent for row in real.decisions} == {UNNAMED}
    assert all(row.violated for row in real.decisions)
    assert not any(fault for row in real.decisions for fault in faults(row))


def test_sums_that_differ_in_the_real_extract_are_changes(real):
    kinds = Counter(event.kind for row in real.decisions for event in row.events)
    assert kinds == {"imposed": 4009, "varied": 2359}
