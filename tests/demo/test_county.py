"""The made-up county: nothing real in it, and the same whatever the day, the machine and the hash seed."""

import gzip
import html
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from records.demo import county, places, table
from records.intake.formats import get
from records.intake.rows import Part
from records.ratings import schemes

TODAY = date(2026, 11, 23)
PRINT_DIGEST = (
    "import hashlib; from tests.demo.test_county import TODAY, county;"
    "print(hashlib.sha256(repr([r.everything(TODAY) for r in county.REGISTERS]).encode()).hexdigest())"
)


@cache
def everything(register, today):
    """All places of a register."""
    return register.everything(today)


def rows_of(register, days, today=TODAY):
    """The rows of one file."""
    day = today - timedelta(days=days)
    return [row for place in everything(register, today) if (row := place.as_of(day))]


@pytest.fixture(scope="module")
def newest():
    """Every row of both newest files."""
    return [row for register in county.REGISTERS for row in rows_of(register, 3)]


def test_the_county_is_the_same_under_every_hash_seed():
    here = Path(__file__).resolve().parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST],
            env=os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "portal.settings"},
            cwd=here,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert len(digests) == 1 and len(digests.pop()) == 64


def test_another_day_moves_the_dates_and_keeps_the_places(newest):
    later = [
        row for register in county.REGISTERS for row in rows_of(register, 3, TODAY + timedelta(days=400))
    ]
    names = {row.source_id: (row.name, row.address, row.postcode) for row in newest}
    others = {row.source_id: (row.name, row.address, row.postcode) for row in later}
    shared = names.keys() & others.keys()
    assert len(shared) > 1_990 and all(names[key] == others[key] for key in shared)


def test_there_are_some_two_thousand_places_with_every_grade_and_special_case(newest):
    assert 1_990 < len(newest) < 2_060
    assert Counter(row.scheme for row in newest).keys() == {"uk-fhrs", "us-nyc", "dk-smiley"}
    grades = {row.scheme: set() for row in newest}
    for row in newest:
        scheme = schemes.get(row.scheme)
        for visit in row.visits:
            grades[row.scheme].add(scheme.grade(scheme.read(visit.scores)).value)
    for key, found in grades.items():
        assert found >= {value.key for value in schemes.get(key).values}
    standings = {row.standing for row in newest}
    assert standings >= {"AwaitingInspection", "Exempt", "Sensitive", "Grade Pending", "not_yet_inspected"}
    assert {row.address_visibility for row in newest} == {"shown", "area", "withheld"}
    for special in ("closed_on", "reply", "pending", "company_id"):
        assert 5 < sum(bool(getattr(row, special)) for row in newest) < 300, special


def test_nobody_is_inspected_on_a_weekend_or_tomorrow(newest):
    days = [date.fromisoformat(visit.inspected_on) for row in newest for visit in row.visits]
    assert max(day.weekday() for day in days) == 4
    assert max(days) < TODAY


def test_the_points_of_a_letter_are_those_of_its_findings(newest):
    visits = [visit for row in newest if row.scheme == "us-nyc" for visit in row.visits]
    assert len(visits) > 1_000
    assert all(int(v.scores["score"]) == sum(int(f.points) for f in v.findings) for v in visits)


def test_postcodes_phones_and_companies_are_of_ranges_that_no_one_has(newest):
    for row in newest:
        assert re.fullmatch(r"Q[AH]\d \d[A-Z]{2}", row.postcode)
        assert re.fullmatch(r"(01632 960\d{3})?", row.phone)
        assert re.fullmatch(r"(99[12]000\d\d|991000\d\d|992000\d\d)?", row.company_id)


def test_every_place_lies_in_the_sea_and_near_its_neighbours(newest):
    for row in newest:
        # a box in the Celtic Sea, 50 km from the nearest rock
        assert 51.0 < float(row.latitude) < 51.35 and -6.6 < float(row.longitude) < -6.0
    streets = {}
    for row in newest:
        street = (re.sub(r"^\d+ ", "", row.address[0]), row.address[1])
        streets.setdefault(street, []).append((float(row.latitude), float(row.longitude)))
    for points in streets.values():
        north = max(lat for lat, _ in points) - min(lat for lat, _ in points)
        assert north * places.METRES_PER_DEGREE < 140 * places.HOUSE + 20


def test_two_files_of_an_authority_differ_by_a_few_places():
    returned = set()
    for register in county.REGISTERS:
        one, two, three = ({row.source_id: row for row in rows_of(register, days)} for days in (66, 33, 3))
        assert one.keys() - two.keys() and two.keys() - one.keys()
        assert sum(one[key].name != three[key].name for key in one.keys() & three.keys()) > 1
        changed = sum(one[key] != two[key] for key in one.keys() & two.keys())
        assert 20 < changed < 0.25 * len(one)
        returned |= (one.keys() - two.keys()) & three.keys()
    assert returned


def test_what_is_written_as_a_table_is_read_back_the_same(newest, tmp_path):
    table.write(tmp_path / "all.csv", newest)
    part = Part("all.csv", path=tmp_path / "all.csv")
    read = list(get("ratings-csv").rows(part))
    assert [row._replace(where="", visits=()) for row in read] == [row._replace(visits=()) for row in newest]
    for row, original in zip(read, newest, strict=True):
        assert sorted(row.visits) == sorted(original.visits)


def test_no_name_or_town_of_the_county_is_in_a_real_register(newest, shared_folder):
    made = {row.name.casefold() for row in newest} | {row.address[1].casefold() for row in newest}
    for path in sorted((shared_folder / "data").glob("FHRS*.xml.gz")):
        with gzip.open(path) as file:
            texts = re.findall(rb"<(?:BusinessName|AddressLine\d)>([^<]*)", file.read())
        real = {html.unescape(text.decode()).strip().casefold() for text in texts}
        assert len(real) > 500 and not real & made
