"""The browser of this machine, for measurements and pictures. Playwright drives it, as in the tests."""

import os
import shutil
from contextlib import contextmanager

QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
)  # fmt: skip


class NoBrowser(Exception):
    """There is none, or nothing that drives it; the message says what to install."""


@contextmanager
def chromium():
    """Chromium without a window."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowser("Playwright is missing: .venv/bin/pip install -r requirements.txt") from None
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        raise NoBrowser("There is no Chromium: install it (apt-get install chromium) or name it in CHROMIUM.")
    # Playwright's event loop lives in this thread, and Django takes it for an asynchronous program.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
