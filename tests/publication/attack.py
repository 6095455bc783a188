"""What tests of the database's own rules share: plain SQL as owner and as office, on imported records."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from records.businesses.models import Establishment
from records.ratings.models import Inspection, Rating

OWNER, OFFICE = "owner", "placard_office"
BOTH = pytest.mark.parametrize("role", [OWNER, OFFICE])


@contextmanager
def acting_as(role: str):
    """Statements inside run with the rights of the role; an error takes them back with the savepoint."""
    with connection.cursor() as cursor:
        if role != OWNER:
            cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor
        if role != OWNER:
            cursor.execute("SET LOCAL ROLE NONE")


def execute(sql: str, *parameters, role: str = OWNER) -> int:
    """Run a statement and all checks that wait for the commit; how many rows it touched."""
    with transaction.atomic(), acting_as(role) as cursor:
        cursor.execute(sql, parameters or None)
        touched = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return touched


def refuse(sql: str, *parameters, role: str = OWNER, match: str | None = None) -> None:
    """The database refuses the statement, whoever runs it."""
    with pytest.raises(DatabaseError, match=match):
        execute(sql, *parameters, role=role)


class Published:
    """The records of a place of the test world: establishment, its published visit and its current rating."""

    def __init__(self, place: Establishment):
        self.place = place
        self.visit = Inspection.objects.filter(establishment=place, state="published").latest(
            "inspected_on", "id"
        )
        self.rating = Rating.objects.current().get(establishment=place)


@pytest.fixture
def published(world, db) -> Published:
    """The Copper Kettle: three visits, the newest with findings, rating 4 and two earlier visits."""
    return Published(world.copper_kettle)
