"""A small made-up world for tests of pages: six authorities, five schemes, one place for each special case.

    def test_the_page_shows_the_grade(client, world):
        response = client.get(world.copper_kettle.get_absolute_url())

It went in through the import code, in three weekly batches, and is committed: pages that read through the
alias `public` see it, and so does everything else. A test may change it; a test that is not transactional
takes its changes back at the end. `world.copper_kettle` is read afresh from `default` each time; the names
stand in `tests/world_places.py`, with what is special about each. `world.today` is the day that all dates
count from, `world.places` the newest rows by name, `world.batches` the three batches.

Tests that do not ask for it run before those that do (`turn`), so that they find an empty register. A test
that needs both, an order of its own or certainty asks for `empty_register`. Tests with `transaction=True` or
`live_server` empty the database when they end; the next one that asks for `world` gets it loaded again, with
other references.
"""

from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from tests.world_places import AUTHORITIES, place_files

EMPTY = "TRUNCATE records_authority, records_business, records_batch, records_word CASCADE"

TODAY = date.today()


class World:
    """What is in the register; see the module."""

    def __init__(self, today: date = TODAY):
        self.today = today

    def __getattr__(self, name: str):
        from records.businesses.models import Establishment

        if name.startswith("_") or name in ("files", "places"):
            raise AttributeError(name)
        if name not in self.places:
            raise AttributeError(f"The world has no {name!r}. It has: {', '.join(self.places)}")
        place = self.places[name]
        return Establishment.objects.get(authority__code=place.authority, source_id=place.source_id)

    def authority(self, code: str):
        """One of the authorities: ALM, GLW, STR, PIN, LIL or YUN."""
        from records.authorities.models import Authority

        return Authority.objects.get(code=code)

    @cached_property
    def files(self):
        """The rows of the three weekly files, each by name."""
        return place_files(self.today)

    @cached_property
    def places(self):
        """Every place by name, as the newest file that has it says."""
        return {name: row for file in self.files for name, row in file.items()}

    @property
    def batches(self):
        """The three batches, oldest first."""
        from records.intake.models import Batch

        return list(Batch.objects.filter(source="A made-up world").order_by("pk"))

    def days_ago(self, days: int) -> date:
        """The date that many days before the world's today."""
        return self.today - timedelta(days=days)

    def is_there(self) -> bool:
        """Whether the database holds it, or a transactional test has emptied it."""
        from records.authorities.models import Authority

        return Authority.objects.filter(code=AUTHORITIES[0]["code"]).exists()

    def load(self) -> None:
        """Create the authorities and import the three files; each is a transaction of its own."""
        from records.authorities.models import Authority
        from records.businesses.models import Establishment
        from records.ratings import registry

        registry.sync()  # a transactional test may have emptied those as well
        Authority.objects.bulk_create(Authority(**facts) for facts in AUTHORITIES)
        with TemporaryDirectory() as folder:
            for number, places in enumerate(self.files, 1):
                self._load_file(Path(folder) / f"world-week-{number}.csv", places.values())
        hidden = self.places["hidden"]
        Establishment.objects.filter(source_id=hidden.source_id).update(publish_at=None)

    @staticmethod
    def _load_file(path: Path, rows) -> None:
        from records.catalogue import accepted
        from records.demo import table
        from records.intake.models import Batch
        from records.intake.pipeline import run

        table.write(path, rows)
        entry = accepted("ratings-csv")
        batch = Batch(format="ratings-csv", file_name=path.name, source="A made-up world", licence="CC0 1.0")
        _batch, preview = run(entry.room, entry.format, path, confirmed=True, batch=batch)
        assert preview.problems == [], preview.problems


def turn(item) -> int:
    """When a test runs: without the world before those with it, and those that empty the database behind."""
    marker = item.get_closest_marker("django_db")
    if not marker:
        return 4
    with_world = "world" in getattr(item, "fixturenames", ())
    return 2 * with_world + bool(marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def _world(django_db_setup, django_db_blocker):
    world = World()
    with django_db_blocker.unblock():
        if not world.is_there():
            world.load()
        with connection.cursor() as cursor:
            # Imports that other tests took back have left dead rows by the thousand; queries of few rows
            # would walk through them.
            cursor.execute("VACUUM ANALYZE")
    return world


@pytest.fixture
def world(request, _world, django_db_blocker) -> World:
    """The small made-up world, committed; see `tests/world.py`."""
    with django_db_blocker.unblock():
        if not _world.is_there():  # a transactional test has emptied the database
            _world.load()
    return _world


@pytest.fixture
def empty_register(request):
    """No authority, establishment or import, for this test; the next one that asks for the world has it."""
    request.getfixturevalue("_django_db_helper")
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
