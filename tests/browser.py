"""Fixtures that drive the system's Chromium: `phone`, `desktop`, and `open_page` for anything else."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The shell is the same Chromium without what stands around a page: opening a window costs an eighth."""
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
QUIET += ["--no-first-run", "--disable-quic"]
HERE = ("127.0.0.1", "localhost")
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND" + "".join(f", EXCLUDE {host}" for host in HERE)
"""No name but this machine's is found. Unlike a route through the test it lets the browser keep files."""
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser():
    """One Chromium per test process."""
    if not CHROMIUM:
        pytest.skip("no Chromium: install it (apt-get install chromium) or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    # Playwright's event loop lives in this thread, and Django takes it for an asynchronous program.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, ALONE])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """A function that opens an empty page: `open_page(viewport=PHONE, java_script_enabled=False)`.

    The page reaches this machine alone; a test fails if a page asked for something from elsewhere.
    """
    contexts, strangers = [], []

    def look(failed):
        address = urlsplit(failed.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in HERE:
            strangers.append(failed.url)

    def open_one(viewport=PHONE, java_script_enabled=True, **options):
        context = browser.new_context(viewport=viewport, java_script_enabled=java_script_enabled, **options)
        context.set_default_timeout(10_000)
        context.on("requestfailed", look)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert strangers == [], "pages asked for files from other sites"


def sign_in(page, person, site: str) -> None:
    """Let somebody into the back office in this window, without the form."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    address = site + settings.OFFICE_PATH
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


@pytest.fixture
def phone(open_page):
    """A page on a screen of 360 by 740."""
    return open_page(PHONE)


@pytest.fixture
def desktop(open_page):
    """A page on a screen of 1280 by 800."""
    return open_page(DESKTOP)


def take(page, typed: str) -> None:
    """Type in the field that has the focus and suggests, and take the first answer to all that was typed."""
    page.keyboard.type(typed)
    page.locator("[role=listbox]:not([aria-busy]) [role=option]:visible").first.wait_for()
    page.keyboard.press("Enter")
