"""The counts behind the pages: who is counted where, once each, and when they are counted again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from records.ratings import statistics, versions
from records.ratings.tallies import Tally
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    """An authority of this test's own, so that whatever else stands in the register does not count."""
    return make.authority()


def place(authority, scheme="uk-fhrs", key="5", kind="restaurant", **facts):
    made = make.establishment(authority=authority, kind=kind, **facts)
    make.rating(made, scheme, key)
    return made


def test_establishments_are_counted_by_authority_kind_and_standing(one):
    other = make.authority()
    place(one)
    place(one, key="3")
    place(other, kind="pub")
    counts = statistics.count()
    assert counts.total(authorities={one.pk, other.pk}) == 3
    assert counts.total(authorities={one.pk}) == 2
    assert counts.total(authorities={one.pk, other.pk}, kinds={"pub"}) == 1
    assert counts.by(statistics.of_standing, authorities={one.pk})[versions.number_of("uk-fhrs"), "5"] == 1


def test_an_establishment_with_two_schemes_is_counted_once_without_a_scheme_and_in_each_with_one(one):
    make.rating(place(one), "us-nyc", "A")
    counts = statistics.count()
    assert counts.total(authorities={one.pk}) == 1
    assert counts.total(authorities={one.pk}, schemes={versions.number_of("uk-fhrs")}) == 1
    assert counts.total(authorities={one.pk}, schemes={versions.number_of("us-nyc")}) == 1


def test_an_establishment_without_a_rating_is_counted_too(one):
    make.establishment(authority=one)
    counts = statistics.count()
    assert counts.total(authorities={one.pk}) == 1
    assert counts.by(statistics.of_scheme, authorities={one.pk})[None] == 1


def test_what_is_not_public_is_not_counted(one):
    make.establishment(authority=one, publish_at=None)
    assert statistics.count().total(authorities={one.pk}) == 0


def test_only_the_current_rating_counts(one):
    establishment = place(one, key="2")
    then = timezone.now() - timedelta(seconds=30)
    establishment.ratings.update(state="superseded", ended_at=then, end_reason="A new one.")
    make.rating(establishment, "uk-fhrs", "4", publish_at=then)
    found = statistics.count().by(statistics.of_standing, authorities={one.pk})
    number = versions.number_of("uk-fhrs")
    assert found[number, "4"] == 1
    assert found[number, "2"] == 0


def test_a_branch_holds_an_authority_and_everything_below_it(one):
    borough = make.authority(parent=one)
    parish = make.authority(parent=borough)
    make.authority()
    statistics.forget()
    assert statistics.branch(one.pk) == {one.pk, borough.pk, parish.pk}
    assert statistics.branch(parish.pk) == {parish.pk}


def test_a_kept_value_is_not_computed_twice_within_a_minute():
    asked = []
    kept = statistics.Kept(lambda: asked.append(1) or len(asked))
    assert (kept(), kept()) == (1, 1)
    kept.forget()
    assert kept() == 2


def test_what_takes_long_to_count_the_clock_counts_for_every_process(one, monkeypatch):
    place(one)
    assert not statistics.keep_tally() and not Tally.objects.exists()
    monkeypatch.setattr(statistics, "LONG", 0)
    assert statistics.keep_tally()
    place(one)
    statistics.forget()
    assert statistics.overview().total(authorities={one.pk}) == 1
    assert statistics.overview().at == Tally.objects.get().at
    Tally.objects.update(at=timezone.now() - statistics.FORGOTTEN)
    statistics.forget()
    assert statistics.overview().total(authorities={one.pk}) == 2


def test_the_clock_counts_again_when_the_register_has_changed_but_not_all_the_time(one, monkeypatch):
    monkeypatch.setattr(statistics, "LONG", 0)
    assert statistics.keep_tally() and not statistics.keep_tally()
    Tally.objects.update(seconds=5, at=timezone.now() - timedelta(seconds=50))
    place(one)
    assert not statistics.keep_tally()
    Tally.objects.update(at=timezone.now() - timedelta(seconds=200))
    assert statistics.keep_tally()
    assert [statistics.Cell(*cell) for cell in Tally.objects.get().cells] == statistics.count().cells
