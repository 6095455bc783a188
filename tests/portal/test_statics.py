"""Collected static files: the stylesheets of every page are one file, in order, with a hash in its name."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command

from portal import statics
from records.templatetags.frame import site_stylesheets


def test_the_stylesheets_of_every_page_are_collected_into_one(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.statics.Storage"}}
    for _turn in range(2):  # a second time it is made again, and no second one beside it
        call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    joined = (tmp_path / statics.JOINED).read_text()
    places = [joined.index(Path(finders.find(name)).read_text()) for name in settings.SITE_STYLESHEETS]
    assert places == sorted(places)
    assert [path.name for path in (tmp_path / "css").glob("site_*")] == []
    hashed = statics.Storage().url(statics.JOINED)
    assert hashed.startswith("/static/css/site.") and (tmp_path / hashed.removeprefix("/static/")).exists()
    assert (tmp_path / f"{hashed.removeprefix('/static/')}.gz").exists()
    assert list(site_stylesheets()) == [statics.JOINED]


def test_without_collecting_each_stylesheet_is_linked_by_itself():
    assert not hasattr(StaticFilesStorage, "stylesheets")
    assert site_stylesheets() == settings.SITE_STYLESHEETS
