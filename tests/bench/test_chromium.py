"""What needs a browser says so where there is none; pictures of a page stand side by side."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from records.bench import pictures
from records.bench.chromium import NoBrowser, chromium


@pytest.fixture
def no_browser(monkeypatch):
    """A machine without one."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_it_is_said_what_to_install():
    with pytest.raises(NoBrowser, match="apt-get install chromium"), chromium():
        raise AssertionError("there is none")


@pytest.mark.usefixtures("no_browser")
def test_the_command_says_so_too(monkeypatch):
    monkeypatch.setattr("records.management.commands.bench.create_configured_roles", lambda: None)
    monkeypatch.setattr("records.bench.painting.measure", lambda runs: chromium().__enter__())
    with pytest.raises(CommandError, match="Chromium"):
        call_command("bench", only="pages")


def test_the_pictures_of_a_page_stand_side_by_side():
    shown = pictures._index(
        [("home", "01-home-360-light.png"), ("desk", "d.png"), ("home", "01-home-360-dark.png")]
    )
    assert shown.count("<h2>") == 2
    assert shown.index("01-home-360-dark.png") < shown.index("<h2>desk")
