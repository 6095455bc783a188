"""What every test shares: the database, its roles and schemes, both connections, a browser, real data."""

import os
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from portal import embedded
from tests.browser import browser, desktop, open_page, phone  # noqa: F401  (fixtures)
from tests.dealing import pytest_xdist_make_scheduler  # noqa: F401  (hook)
from tests.deciding import decisions  # noqa: F401  (fixture)
from tests.face.town import town  # noqa: F401  (fixture)
from tests.importing import register  # noqa: F401  (fixture)
from tests.public_connection import reading_through
from tests.publication.attack import published  # noqa: F401  (fixture)
from tests.world import _world, empty_register, turn, world  # noqa: F401  (fixtures)

CHECKOUT = Path(__file__).resolve().parent.parent
ALIASES = ["default", "public"]
ROLES_LOCK = 7_145_001  # any number: workers create the same roles of the same server one after the other
_embedded = ExitStack()


def pytest_configure(config):
    """Start the embedded server, and take what only a served site needs out of the settings."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise asks for it
    if settings.EMBEDDED:
        _embedded.enter_context(embedded.server(embedded.place(settings.VAR)))
    # Without `collectstatic` there are no hashed names to look up.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # A transaction leaves one mark, and a test that is one transaction would see its own first page again.
    settings.CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config):
    connections.close_all()
    _embedded.close()


def pytest_collection_modifyitems(items):
    """Let every test that uses the database use both connections, and mark those that drive a browser."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker("browser")
        marker = item.get_closest_marker("django_db")
        if marker or fixtures & {"db", "transactional_db", "live_server"}:
            given = marker.kwargs if marker else {}
            wanted = {
                "transaction": bool(fixtures & {"transactional_db", "live_server"}),
                "databases": ALIASES,
            }
            item.add_marker(pytest.mark.django_db(**wanted | given), append=False)
    items.sort(key=turn)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Create the roles before the test database: system checks connect to every alias before migrating."""
    from records.publication.roles import OFFICE, PUBLIC, create_configured_roles

    owner = connections["default"]
    with django_db_blocker.unblock(), owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ROLES_LOCK])
        try:
            create_configured_roles()
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:  # the right to become the public, and the web process
                cursor.execute(f"GRANT {PUBLIC}, {OFFICE} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ROLES_LOCK])
    owner.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The schemes are part of the database, as after the first deployment."""
    with django_db_blocker.unblock():
        call_command("sync_schemes", stdout=StringIO())
    yield
    with django_db_blocker.unblock():
        connections["public"].close()  # else the database it looks at cannot be dropped


@pytest.fixture(autouse=True)
def _public_sees_the_test(request):
    """Within a test's transaction, `public` reads what the test wrote, as the role and through the views.

    Transactional tests commit what they write and use the real connection. They begin without what other
    transactional tests emptied, so the schemes go in again. What the process had counted of the register of
    another test, whose schemes and authorities had other numbers, no test finds, and no file that another
    test left unread takes the turn of its own.
    """
    marker = request.node.get_closest_marker("django_db")
    if not marker:
        yield
        return
    from records.opendata import handing
    from records.ratings import statistics

    request.getfixturevalue("_django_db_helper")
    statistics.forget()
    handing._turns = BoundedSemaphore(handing.AT_ONCE)
    if marker.kwargs.get("transaction"):
        call_command("sync_schemes", stdout=StringIO())
        yield
        return
    with reading_through(connections["default"], connections["public"]):
        yield


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder with the real files of authorities: PLACARD_SHARED, or `shared` beside the checkout."""
    folder = Path(os.environ.get("PLACARD_SHARED") or CHECKOUT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip(f"no real data: {folder} is absent (PLACARD_SHARED names another folder)")
    return folder
