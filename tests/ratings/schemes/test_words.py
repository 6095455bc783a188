"""Published words, labels, statuses and time limits of the shipped schemes."""

import csv
import gzip
import io
import re
import zipfile
from datetime import date

import pytest

from records.ratings import schemes
from tests.ratings.schemes.tables import SHARED

VERSIONS = schemes.all_versions()


@pytest.mark.parametrize(
    ("key", "raw", "expected"),
    [
        ("uk-fhrs", "5", ("value", "5")),
        ("uk-fhrs", "0", ("value", "0")),
        ("uk-fhrs", "AwaitingInspection", ("status", "awaiting_inspection")),
        ("uk-fhrs", "AwaitingPublication", ("status", "awaiting_publication")),
        ("uk-fhrs", " exempt ", ("status", "exempt")),
        ("uk-fhis", "Pass and Eat Safe", ("value", "pass_and_eat_safe")),
        ("uk-fhis", "Improvement Required", ("value", "improvement_required")),
        ("uk-fhis", "Awaiting  Inspection", ("status", "awaiting_inspection")),
        ("uk-fhis", "improvement_required", ("value", "improvement_required")),
        ("us-nyc", "Z", ("status", "grade_pending")),
        ("us-nyc", "N", ("status", "not_yet_graded")),
        ("us-nyc", "P", ("status", "grade_pending_reopened")),
        ("sg-safe", "new", ("value", "NEW")),
        ("cn-catering-dynamic", "良好", ("value", "good")),
    ],
)
def test_a_published_word_is_understood(key, raw, expected):
    assert schemes.get(key).from_source(raw) == expected


@pytest.mark.parametrize("raw", ["", "6", "Pass", "None"])
def test_another_word_is_refused_and_the_known_ones_are_named(raw):
    with pytest.raises(LookupError, match="AwaitingInspection"):
        schemes.get("uk-fhrs").from_source(raw)


@pytest.mark.parametrize("scheme", VERSIONS, ids=str)
def test_every_key_of_a_scheme_is_understood_as_a_published_word(scheme):
    for value in scheme.values:
        assert scheme.from_source(value.key) == ("value", value.key)
    for status in scheme.statuses:
        assert scheme.from_source(status.key) == ("status", status.key)
        assert status.tone == "none"


@pytest.mark.parametrize("scheme", VERSIONS, ids=str)
def test_a_face_scheme_names_its_faces_and_a_bar_has_a_place_for_every_value(scheme):
    assert all(bool(value.face) == (scheme.family == "face") for value in scheme.values)
    assert sorted(value.position for value in scheme.values) == list(range(len(scheme.values)))
    assert [value.order for value in scheme.values] == list(range(len(scheme.values)))


def test_a_uk_rating_stands_in_the_place_of_its_number():
    assert {value.key: value.position for value in schemes.get("uk-fhrs").values} == {
        str(n): n for n in range(6)
    }


@pytest.mark.parametrize(
    ("jurisdiction", "last_day", "four_from", "five_from"),
    [
        ("northern-ireland", date(2026, 3, 22), date(2026, 3, 23), date(2026, 3, 23)),
        ("wales", date(2026, 3, 23), date(2026, 3, 24), date(2026, 3, 24)),
        ("england", date(2026, 3, 23), date(2026, 3, 30), date(2026, 3, 2)),
    ],
)
def test_the_uk_countries_count_the_appeal_window_each_in_their_own_way(
    jurisdiction, last_day, four_from, five_from
):
    scheme, told_on = schemes.get("uk-fhrs"), date(2026, 3, 2)
    appeal = scheme.appeal(jurisdiction)
    assert appeal.last_day(told_on) == last_day
    assert appeal.publish_from("4", told_on) == four_from
    assert appeal.publish_from("5", told_on) == five_from
    assert scheme.notify_days(jurisdiction) == 14


def test_only_wales_has_the_uk_scheme_in_welsh_and_only_england_leaves_the_sticker_to_the_business():
    scheme = schemes.get("uk-fhrs")
    assert {v.key: v.languages for v in scheme.variants}["wales"] == ("en", "cy")
    assert {v.key: v.languages for v in scheme.variants}["england"] == ("en",)
    duties = {v.key: scheme.display(v.key).duty for v in scheme.variants}
    assert duties == {"england": "voluntary", "wales": "compulsory", "northern-ireland": "compulsory"}
    assert scheme.appeal("scotland") is None


def test_an_inspection_is_overdue_only_where_a_rule_states_an_interval():
    nyc, inspected_on = schemes.get("us-nyc"), date(2026, 1, 31)
    assert nyc.due_on("A", inspected_on) == date(2027, 2, 28)
    assert nyc.due_on("C", inspected_on) == date(2026, 6, 30)
    assert nyc.due_on("grade_pending", inspected_on) == date(2027, 1, 31)
    assert schemes.get("ca-toronto").due_on("conditional_pass", inspected_on) == date(2026, 2, 2)
    assert schemes.get("uk-fhrs").due_on("5", inspected_on) is None


def test_an_annual_grade_runs_out_after_twelve_months_and_others_do_not_by_age():
    assert schemes.get("cn-catering-annual").validity.until(date(2024, 2, 29)) == date(2025, 2, 28)
    assert schemes.get("uk-fhrs").validity.until(date(2024, 2, 29)) is None


def test_a_card_of_its_own_has_words_and_a_value_is_its_own_card():
    nyc = schemes.get("us-nyc")
    assert nyc.card("b_or_grade_pending").label("en") == "B or Grade Pending"
    assert nyc.card("A").label("en") == "A"


def test_every_rating_word_of_the_uk_files_is_understood(shared_folder):
    fhrs, seen = schemes.get("uk-fhrs"), set()
    for path in sorted(shared_folder.glob("data/FHRS*.xml.gz")):
        seen |= set(re.findall(r"<RatingValue>([^<]*)<", gzip.decompress(path.read_bytes()).decode()))
    assert {"5", "AwaitingInspection", "Exempt"} <= seen
    assert {fhrs.from_source(word)[0] for word in seen} == {"value", "status"}


def test_the_letters_of_new_york_follow_from_its_points_but_for_three_that_the_city_published_otherwise(
    shared_folder,
):
    nyc, kinds, same = schemes.get("us-nyc"), {"Initial Inspection": "initial", "Re-inspection": "re"}, []
    with gzip.open(shared_folder / "data/us_nyc_dohmh_sample_5000.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["GRADE"]:
                nyc.from_source(row["GRADE"])
            kind = kinds.get(row["INSPECTION TYPE"].rpartition(" / ")[2])
            if kind and row["GRADE"] in ("A", "B", "C") and row["SCORE"]:
                found = nyc.grade({"inspection": kind, "score": int(row["SCORE"])})
                same.append(found.value == row["GRADE"])
    assert (len(same), same.count(False)) == (1850, 3)


def test_every_score_of_wake_county_is_graded_and_whole_ones_as_its_legend_says():
    path = SHARED / "data/us_wake_county_lives_2016-05-18.zip"
    if not path.is_file():
        pytest.skip(f"no real data: {path} is absent")
    wake = schemes.get("us-wake-county")
    with zipfile.ZipFile(path) as archive:
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("cp1252"))))
            for name in ("legend.csv", "inspections.csv")
        }
    for row in tables["legend.csv"]:
        for score in range(int(row["minimum_score"]), int(row["maximum_score"]) + 1):
            assert wake.grade({"score": score}).value == row["description"]
    scores = {row["score"] for row in tables["inspections.csv"]} - {""}
    assert "89.5" in scores
    assert {wake.grade(wake.read({"score": score})).value for score in scores} == {"A", "B", "C"}
