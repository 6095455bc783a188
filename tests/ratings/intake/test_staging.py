"""A row of a file becomes staging lines, or a refusal that says which field, which value and what to do."""

from datetime import timedelta

import pytest

from records.intake.reading import EVERYTHING, Incomplete, Staged
from records.intake.rows import Finding, Problem
from records.ratings import schemes
from records.ratings.intake import checks, staging
from tests.importing import DAY, place, visited
from tests.world_places import fhrs, visit

VERSIONS = {(s.key, s.version): number for number, s in enumerate(schemes.all_versions(), 1)}
CONTEXT = staging.Context(VERSIONS, today="2026-11-23")
NAMES = [name for name, _type in staging.COLUMNS]


def stage(*rows, **facts):
    """What becomes of rows: staged, incomplete and problems."""
    return list(staging.stage_all(iter(rows), "file.csv", 100, CONTEXT._replace(**facts)))


def lines(row, **facts) -> list[dict[str, str]]:
    """The staging lines of a row that is taken, by column."""
    _key, text = staging.staged(row, 1, "file.csv, line 2", CONTEXT._replace(**facts))
    return [dict(zip(NAMES, line.split("\t"), strict=True)) for line in text.splitlines()]


def refused(row, **facts) -> checks.Refused:
    """The refusal of a row."""
    with pytest.raises(checks.Refused) as found:
        staging.staged(row, 1, "file.csv, line 2", CONTEXT._replace(**facts))
    return found.value


def with_visit(**facts):
    """A place whose only visit has these facts."""
    return place("1", visits=(fhrs(DAY, 5)._replace(**facts),))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (place("", "Nobody"), "establishment_id"),
        (place("1")._replace(name=" "), "name"),
        (place("1")._replace(name="\u200b\u200e "), "name"),
        (place("1", "x" * 301), "name"),
        (place("1", "‘" * 301), "name"),
        (place("x" * 101), "source_id"),
        (place("1", local_id="x" * 101), "local_id"),
        (place("1", kind="x" * 201), "kind"),
        (place("1", postcode="ß" * 11), "postcode"),
        (place("1", phone="0" * 61), "phone"),
        (place("1", company="x" * 301), "company"),
        (place("1", authority="x" * 61), "authority"),
        (place("1", authority_name="x" * 201), "authority_name"),
        (place("1", opened_on="2026-02-30"), "opened_on"),
        (place("1", closed_on="soon"), "closed_on"),
        (place("1", opened_on="2026-02-02", closed_on="2026-02-01"), "closed_on"),
        (place("1", rated_on="2026-13-01"), "rated_on"),
        (place("1", scheme="uk-nothing"), "scheme"),
        (place("1", standing="Splendid"), "rating"),
        (with_visit(inspected_on=""), "inspected_on"),
        (with_visit(inspected_on="last week"), "inspected_on"),
        (with_visit(source_id="x" * 101), "inspection_id"),
        (with_visit(value="Splendid"), "rating"),
        (with_visit(scores={"hygiene": "7", "structural": "5", "confidence": "5"}), "hygiene"),
        (with_visit(findings=(Finding("H1", "Dirt", "", "many"),)), "finding_points"),
        (with_visit(findings=(Finding("H1", "Dirt", "", "1e9"),)), "finding_points"),
        (with_visit(findings=(Finding("H1", "Dirt", "", "nan"),)), "finding_points"),
    ],
)
def test_what_no_column_can_hold_or_no_reader_understand_is_refused_by_field(row, field):
    refusal = refused(row)
    assert refusal.field == field
    assert len(refusal.message) > 15


PERSONAL = "110000189001010006"


@pytest.mark.parametrize(
    "row",
    [
        place("1", f"Owner {PERSONAL}"),
        place("1", f"{'x' * 190} {PERSONAL} {'x' * 300}"),
        place(PERSONAL),
        place("1", local_id=PERSONAL),
        place("1", phone=PERSONAL),
        place("1", kind=PERSONAL),
        place("1", address=("1 Mill Lane", PERSONAL)),
        place("1", reply=f"Call {PERSONAL}."),
        place("1", company=PERSONAL),
        place("1", company="Example", company_scheme=PERSONAL, company_id="1"),
        place("1", company="Example", company_scheme="cn-uscc", company_id=PERSONAL),
        place("1", standing=f"Rated by {PERSONAL}"),
        place("1", authority=f"EX{'x' * 60} {PERSONAL}"),
        with_visit(outcome=f"Talked to {PERSONAL}"),
        with_visit(source_id=PERSONAL),
        with_visit(kind=PERSONAL),
        with_visit(value=PERSONAL),
        with_visit(findings=(Finding("H1", f"The cook, {PERSONAL}, smoked."),)),
        with_visit(findings=(Finding(PERSONAL, "Smoke"),)),
        with_visit(scores={"hygiene": PERSONAL, "structural": "5", "confidence": "5"}),
        place("1", "SSN 123-45-6789"),
    ],
)
def test_a_number_of_a_person_is_refused_and_not_repeated(row):
    problems = [item for item in stage(row) if isinstance(item, Problem)]
    assert len(problems) == 1
    assert not any(text in " ".join(problems[0]) for text in (PERSONAL[:12], "123-45"))


def test_a_problem_of_a_format_does_not_repeat_a_persons_number_either():
    assert Problem.at("file", "line 2", "A quotation mark is open.", "", f'1,"{PERSONAL}').value == ""
    assert len(Problem.at("file", "line 2", "Too long.", "", "x" * 500).value) == 200


def test_each_visit_is_a_line_and_only_the_first_counts_for_the_place():
    found = lines(place("1", visits=(fhrs(DAY, 3), fhrs(DAY + timedelta(9), 5))))
    assert [(line["first"][0].lower(), line["visit"], line["visit_on"]) for line in found] == [
        ("t", "1", "2026-03-02"), ("f", "2", "2026-03-11"),
    ]  # fmt: skip
    assert {line["carrier"] for line in found} == {"2"} and {line["value"] for line in found} == {"5"}


def test_a_place_without_visits_is_one_line():
    (line,) = lines(place("1", visits=(), standing="Exempt"))
    assert (line["visit"], line["status"], line["carrier"]) == ("0", "exempt", "\\N")


def test_the_standing_is_that_of_the_newest_visit_with_a_grade():
    later = visited(DAY + timedelta(9))
    found = lines(place("1", visits=(fhrs(DAY, 3), later)))
    assert found[0]["value"] == "3" and found[0]["rated_on"] == "2026-03-02" and found[0]["carrier"] == "1"


def test_a_status_that_a_scheme_makes_has_the_date_of_its_own_visit():
    pending = visit(DAY, inspection="re", score=30, hearing="pending")
    (line, _second) = lines(place("1", scheme="us-nyc", visits=(pending, visited(DAY + timedelta(9)))))
    assert (line["status"], line["rated_on"]) == ("grade_pending", "2026-03-02")


def test_tabs_line_breaks_and_backslashes_stay_inside_their_column():
    (line,) = lines(place("1", "Back\\slash", reply="One\ttwo\n\nthree\\N", visits=()))
    assert line["name"] == "Back\\\\slash"
    assert "\\n\\n" in line["reply"] and "\\\\N" in line["reply"]


def test_a_fingerprint_changes_with_what_is_published_and_with_nothing_else():
    def of(row):
        return lines(row)[0]["fingerprint"]

    row = place("1")
    assert of(row) == of(row._replace(where="line 99", authority_email="new@example.org"))
    for change in ({"name": "Other"}, {"pending": True}, {"reply": "Thanks."}, {"visits": (fhrs(DAY, 4),)}):
        assert of(row) != of(row._replace(**change))


def test_a_visit_before_a_scheme_began_is_judged_by_its_first_version():
    for key in {key for key, _version in VERSIONS}:
        first = min(version for k, version in VERSIONS if k == key)
        assert checks.scheme_on(key, "1980-01-01").version == first


def test_a_visit_after_a_scheme_ended_is_judged_by_its_last_version():
    for key in {key for key, _version in VERSIONS}:
        last = max(version for k, version in VERSIONS if k == key)
        assert checks.scheme_on(key, "2199-01-01").version == last


def test_a_grade_is_looked_up_in_the_version_that_the_rating_gets():
    row = place("1", scheme="dk-smiley", visits=(visit(DAY - timedelta(6000), results="1 1 1 1"),))
    (line,) = lines(row._replace(standing="happy"))
    assert line["version_id"] == line["visit_version_id"]


def test_the_scheme_versions_of_a_waiting_place_are_those_of_today():
    (line,) = lines(place("1", scheme="dk-smiley", visits=(), standing="happy"))
    assert int(line["version_id"]) == VERSIONS["dk-smiley", schemes.get("dk-smiley", DAY).version]


@pytest.mark.parametrize("website", ["", "x"])
def test_who_is_rated_does_not_depend_on_how_the_authority_is_reached(website):
    assert lines(place("1", authority_website=website))[0]["authority_website"] == website


def test_a_refused_row_leaves_the_key_of_its_place():
    key, problem = stage(place("7", standing="Splendid"))
    assert isinstance(key, Staged) and key.data == ""
    assert key.key.split("\t")[:4] == ["100", "EX1", "7", "\\N"]
    assert problem.where == "" and problem.file == "file.csv"


def test_a_row_of_another_authority_leaves_no_key():
    (problem,) = stage(place("7"), only="EX9")
    assert isinstance(problem, Problem) and problem.value == "EX1"


def test_the_authority_codes_of_a_file_get_the_prefix_of_their_format():
    assert lines(place("1", authority="075"), prefix="uk-")[0]["authority_code"] == "uk-075"
    assert lines(place("1", authority=""), prefix="uk-", authority="EX1")[0]["authority_code"] == "EX1"
    assert refused(place("1", authority="")).field == "authority"


def test_what_could_not_be_read_makes_its_authorities_incomplete():
    broken = Problem("file.csv", "line 3", "", "", "The file is cut off.")
    assert stage(place("1"), broken)[-1] == Incomplete(EVERYTHING)
    assert stage(place("1"), place("2", authority="EX2"), broken, whole=True)[-2:] == [
        Incomplete("EX1"), Incomplete("EX2"),
    ]  # fmt: skip
    assert stage(broken, whole=True) == [broken]
    assert not any(isinstance(item, Incomplete) for item in stage(place("1"), place("2")))
