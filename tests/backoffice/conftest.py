"""A clerk and a checker at Almond, a clerk at Birch, and a place of each."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.backoffice import office, penalty_form


def build():
    """The small world: two authorities, their people, one establishment each."""
    almond, birch = office.authority(), office.authority("birch", "Birch District", "GB-ENG")
    return SimpleNamespace(
        almond=almond,
        birch=birch,
        clerk=office.person("amal", (almond, "clerk"), first_name="Amal", last_name="Clerk"),
        checker=office.person("chidi", (almond, "checker"), first_name="Chidi", last_name="Checker"),
        both=office.person("bo", (almond, "clerk"), (almond, "checker")),
        auditor=office.person("aud", (almond, "auditor")),
        stranger=office.person("sten", (birch, "clerk"), (birch, "checker")),
        registrar=office.registrar(),
        kettle=office.establishment(almond),
        theirs=office.establishment(
            birch, "The Birch Bark", postcode="BR1 1AA", address="1 High Street\nBirch"
        ),
    )


@pytest.fixture
def desk(db):
    """Rolled back after the test."""
    return build()


@pytest.fixture
def as_user():
    """A client that is signed in: `as_user(desk.clerk)`."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def clerk(desk, as_user):
    """The clerk at Almond, signed in."""
    return as_user(desk.clerk)


@pytest.fixture
def held(desk):
    """What a decision of the desk refers to: law, articles, violations."""
    return penalty_form.register(desk)


@pytest.fixture
def web_role(db, monkeypatch):
    """The test's statements run as the role of the web process, between those of the public as well."""
    from django.db import connection

    from tests import public_connection

    back = "SET LOCAL ROLE placard_office; SET LOCAL search_path TO DEFAULT"
    monkeypatch.setattr(public_connection, "BE_ONESELF", back)
    with connection.cursor() as cursor:
        yield lambda: cursor.execute("SET LOCAL ROLE placard_office")
        cursor.execute("SET LOCAL ROLE NONE")
