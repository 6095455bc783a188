"""Imports made-up rows through the real pipeline, several files in one test.

    def test_a_renamed_place_keeps_its_reference(register):
        register.take(place("1", "The Copper Kettle"))
        preview = register.take(place("1", "The Tin Kettle"))
        assert preview.changed == 1

`register` belongs to the authority EX1; a file is a ratings-csv table unless the test gives another.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from records.businesses.models import Establishment
from records.catalogue import accepted
from records.demo import table
from records.intake.pipeline import run
from records.intake.preview import Preview
from records.intake.rows import Part, Row, Visit
from records.ratings.models import Inspection, Rating
from tests import make
from tests.world_places import fhrs

DAY = date(2026, 3, 2)
SCRATCH = "keys, repeated, diff, stage, visits, standings"
SUMMARY = ("new", "changed", "unchanged", "vanished", "refused")


def day(number: int) -> date:
    """So many days after the second of March 2026."""
    return DAY + timedelta(days=number)


def place(number: str, name: str = "", grade: int = 5, **more) -> Row:
    """A place of EX1 with one visit under uk-fhrs, or with the given `visits`."""
    facts = {"authority": "EX1", "kind": "Restaurant/Cafe/Canteen", "visits": (fhrs(DAY, grade),)}
    scheme = more.pop("scheme", "uk-fhrs")
    return table.row(number, name or f"Sample Place {number}", scheme, **facts | more)


def visited(on: date, value: str = "", kind: str = "Routine", number: str = "", **scores) -> Visit:
    """A visit with these scores, without a number of its own unless one is given."""
    return Visit(number, kind, on.isoformat(), {key: str(score) for key, score in scores.items()}, value)


class Told:
    """A format that tells rows as they are, also what no table could hold."""

    def __init__(self, *parts, like: str = "ratings-csv", **facts):
        self.told, self.like, self.facts = parts, accepted(like).format, facts

    def __getattr__(self, name):
        return self.facts.get(name) if name in self.facts else getattr(self.like, name)

    def parts(self, path):
        return (Part(f"part {number}", data=str(number).encode()) for number in range(len(self.told)))

    def rows(self, part):
        return iter(self.told[int(part.data)])


def counts(preview: Preview) -> tuple[int, ...]:
    """New, changed, unchanged, vanished, refused."""
    return tuple(getattr(preview, name) for name in SUMMARY)


def write(path: Path, rows) -> Path:
    """The rows as a ratings-csv file."""
    table.write(path, rows)
    return path


class Register:
    """The register as the authority EX1 fills it."""

    def __init__(self, folder: Path):
        self.folder, self.files = folder, 0
        self.authority = make.authority(code="EX1", slug="example-one")

    def file(self, *rows: Row) -> Path:
        """The rows as a file of the next number."""
        self.files += 1
        return write(self.folder / f"week-{self.files}.csv", rows)

    def take(self, *rows: Row, path: Path | None = None, format: str = "ratings-csv", **options) -> Preview:
        """Import rows, or a file; more changes than expected are agreed to unless the test says otherwise."""
        entry = accepted(format)
        try:
            self.batch, preview = run(
                entry.room, entry.format, path or self.file(*rows), **{"confirmed": True} | options
            )
        finally:
            settle()
        return preview

    def take_told(self, *rows, **options) -> Preview:
        """Import rows that need not fit into a table."""
        path = self.folder / "told"
        path.write_text("")
        try:
            self.batch, preview = run(
                accepted("ratings-csv").room, Told(rows), path, **{"confirmed": True} | options
            )
        finally:
            settle()
        return preview

    def held(self, number: str, code: str = "EX1") -> Establishment:
        """The establishment of that number."""
        return Establishment.objects.get(authority__code=code, source_id=number)

    def standing(self, number: str) -> Rating:
        """The current rating of that establishment."""
        return Rating.objects.current().get(establishment=self.held(number))

    def visits(self, number: str, state: str = "published") -> list[Inspection]:
        """Its inspections in that state, oldest first."""
        return list(self.held(number).inspections.filter(state=state).order_by("inspected_on", "id"))


def settle() -> None:
    """Check what a commit would check, and drop what it would drop: tests stay in one transaction."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; DROP TABLE IF EXISTS {SCRATCH}")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def register(tmp_path, db) -> Register:
    """An authority whose files can be imported."""
    return Register(tmp_path)
