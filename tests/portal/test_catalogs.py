"""The catalogs of the languages: complete, with the places and tags of their sources, and up to the code."""

import re
import shutil
import subprocess
import sys
from string import Formatter

import pytest
from django.conf import settings
from django.utils import translation

from portal import catalogs, checks
from records.search.pages import Count

COMPLETE = ("zh_Hans",)
"""Catalogs that hold the words of the back office as well."""
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAGS = re.compile(r"</?\w+")
CATALOGS = [path.parts[-3] for path in catalogs.sources()]


def entries(name):
    """The entries of a catalog that have words."""
    catalog = catalogs.read(catalogs.FOLDER / name / "LC_MESSAGES/django.po")
    return [message for message in catalog if message.id]


def forms(words) -> tuple[str, ...]:
    """The words of an entry, all plural forms."""
    return words if isinstance(words, tuple) else (words,)


def fields(words: str) -> set[str]:
    """What stands in braces."""
    return {field for _text, field, _spec, _how in Formatter().parse(words) if field is not None}


def told(words: str) -> set[str]:
    """What the code puts into the words."""
    return {place for place in PLACES.findall(words) if place != "%%"}


def test_each_language_that_is_offered_has_a_catalog():
    offered = {translation.to_locale(code) for code, _name in settings.LANGUAGES}
    assert offered == {"en", *CATALOGS}


@pytest.mark.parametrize("name", CATALOGS)
def test_no_public_word_is_untranslated_and_in_complete_languages_none_at_all(name):
    missing = [
        message.id
        for message in entries(name)
        if (name in COMPLETE or catalogs.is_public(message)) and not all(forms(message.string))
    ]
    assert missing == []


@pytest.mark.parametrize("name", CATALOGS)
def test_translations_have_the_places_and_tags_of_the_source_and_none_is_guessed(name):
    for message in entries(name):
        assert not message.fuzzy, message.id
        source = set().union(*(told(words) for words in forms(message.id)))
        for words in filter(None, forms(message.string)):
            extra = told(words) - source
            assert not extra, (message.id, words)
            # A form for one, two or none may leave the number out; everything else is told in all of them.
            left_out = source - told(words)
            assert not left_out or isinstance(message.id, tuple), (message.id, words)
            assert sorted(TAGS.findall(words)) == sorted(TAGS.findall(forms(message.id)[-1])), message.id


@pytest.mark.parametrize("name", CATALOGS)
def test_braces_in_translations_can_be_filled(name):
    for message in entries(name):
        for source in forms(message.id):
            if "{" in source and "%(" not in source:
                assert all(fields(words) == fields(source) for words in forms(message.string) if words), (
                    source
                )


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_the_catalogs_hold_all_words_of_the_code_and_no_others(tmp_path):
    for folder in ("portal", "records", "templates", "static"):
        source = catalogs.FOLDER.parent / folder
        shutil.copytree(source, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "cy", "--add-location", "file"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    fresh = catalogs.read(tmp_path / "locale/cy/LC_MESSAGES/django.po")
    wanted = {(message.context, message.id) for message in fresh if message.id}
    for name in CATALOGS:
        held = {(message.context, message.id) for message in entries(name)}
        assert held == wanted, f"locale/{name}: run `make messages`, then translate what is new"


LARGE = {"en": "1.2 million", "zh-hans": "120万", "es": "1,2 millones", "cy": "1.2 miliwn"}


@pytest.mark.parametrize(("code", "said"), LARGE.items())
def test_large_numbers_are_said_in_the_units_of_the_language(code, said):
    with translation.override(code):
        assert Count(1_234_567, about=True).figure.startswith(said)


def test_an_installation_is_told_of_a_language_that_was_not_compiled(tmp_path, monkeypatch):
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(catalogs.FOLDER / "cy/LC_MESSAGES/django.po", folder)
    monkeypatch.setattr(catalogs, "FOLDER", tmp_path)
    (warning,) = checks.languages_are_compiled(None)
    assert warning.id == "portal.W006" and "cy" in warning.msg
    assert [path.parts[-3] for path in catalogs.compile_all()] == ["cy"]
    assert checks.languages_are_compiled(None) == []
