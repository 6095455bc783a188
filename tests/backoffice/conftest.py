"""A clerk and a checker at Almond, a clerk at Birch, and a place of each."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.backoffice import office


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
