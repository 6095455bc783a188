"""The scheme files and the permitted steps in the database: added, kept, never changed once they are used."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from records.publication.models import AllowedTransition
from records.ratings import registry, schemes
from records.ratings.models import Inspection
from records.ratings.rulebook import SchemeValue, SchemeVersion
from tests import make

pytestmark = pytest.mark.django_db


def with_schemes(monkeypatch, *changed):
    """The files on disk, as if some had been changed or added."""
    others = [
        s for s in schemes.all_versions() if (s.key, s.version) not in {(c.key, c.version) for c in changed}
    ]
    monkeypatch.setattr(schemes, "all_versions", lambda: (*others, *changed))


def grade(version: SchemeVersion, scores: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT disclosed.grade(%s, %s)", [version.pk, scores])
        return cursor.fetchone()[0]


def test_every_version_has_its_row_values_statuses_and_rule():
    assert registry.sync() == []
    for scheme in schemes.all_versions():
        version = registry.version_of(scheme)
        assert list(version.values.values_list("key", flat=True)) == [value.key for value in scheme.values]
        assert set(version.statuses.values_list("key", flat=True)) == {s.key for s in scheme.statuses}
        assert version.sha256 == scheme.fingerprint and version.scheme.domain == scheme.domain


def test_the_rule_in_the_database_is_that_of_the_version():
    version = registry.version_of(schemes.get("uk-fhrs"))
    assert grade(version, '{"hygiene": 5, "structural": 5, "confidence": 10}') == "4"
    assert grade(version, None) == ""


def test_a_new_version_is_added_beside_the_old_one(monkeypatch):
    held = schemes.get("uk-fhrs")
    newer = replace(held, effective_from=date(2030, 1, 1))
    with_schemes(monkeypatch, replace(held, effective_until=date(2029, 12, 31)), newer)
    assert registry.sync() == ["uk-fhrs 2030-01-01"]
    assert SchemeVersion.objects.filter(scheme__key="uk-fhrs").count() >= 2
    version = SchemeVersion.objects.get(scheme__key="uk-fhrs", effective_from=date(2030, 1, 1))
    assert grade(version, '{"hygiene": 5, "structural": 5, "confidence": 10}') == "4"
    assert registry.sync() == []


def test_the_rule_of_a_version_that_graded_something_is_not_changed(monkeypatch):
    used = make.inspection().version
    held = schemes.get("uk-fhrs", used.effective_from)
    changed = replace(held, values=tuple(reversed(held.values)))
    assert changed.fingerprint != held.fingerprint
    with_schemes(monkeypatch, changed)
    with pytest.raises(registry.SchemeInUseError, match=r"uk-fhrs .* a file of its own"):
        registry.sync()
    used.refresh_from_db()
    assert used.sha256 == held.fingerprint


def test_the_rule_of_a_version_that_nobody_used_may_still_be_corrected(monkeypatch):
    held = schemes.get("sg-safe")
    version = registry.version_of(held)
    assert not Inspection.objects.filter(version=version).exists()
    changed = replace(held, values=tuple(reversed(held.values)))
    with_schemes(monkeypatch, changed)
    assert registry.sync() == [f"sg-safe {held.version}"]
    keys = SchemeValue.objects.filter(version=version).order_by("position").values_list("key", flat=True)
    assert list(keys) == [value.key for value in changed.values]


def test_the_end_of_a_version_may_be_set_later(monkeypatch):
    used = make.inspection().version
    ended = replace(schemes.get("uk-fhrs", used.effective_from), effective_until=date(2031, 12, 31))
    with_schemes(monkeypatch, ended)
    assert registry.sync() == []
    used.refresh_from_db()
    assert used.effective_until == date(2031, 12, 31)


def test_a_step_that_the_program_no_longer_knows_is_taken_out():
    AllowedTransition.objects.create(kind="rating", source="ended", target="published")
    registry.sync()
    assert not AllowedTransition.objects.filter(source="ended", target="published").exists()


def test_scores_of_a_version_without_a_rule_say_what_to_do():
    from django.db import DatabaseError, transaction

    advice = pytest.raises(DatabaseError, match=r"run manage\.py sync_schemes")
    with advice, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT disclosed.grade(-1, '{}')")
