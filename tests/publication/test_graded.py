"""A rating is what its scheme makes of its own visit, or says that its source published another one."""

import pytest

from records.ratings.rulebook import SchemeVersion
from tests import make
from tests.publication.attack import BOTH, execute, refuse

pytestmark = pytest.mark.django_db

A_RATING = (
    "INSERT INTO records_rating (establishment_id, scheme_id, version_id, inspection_id, value, status, "
    "computed, by_source, pending, state, end_reason) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, false, 'published', '')"
)


def _rate(published, role, place=None, scheme=None, version=None, **facts):
    """Arguments of a statement that rates a place, by default a new one with a 4 that nobody computed."""
    held = published.rating
    place = place or make.establishment(authority=published.place.authority)
    facts = {"visit": None, "value": "4", "status": None, "computed": "4", "by_source": False} | facts
    standing = (scheme or held.scheme_id, version or held.version_id, *facts.values())
    return (A_RATING, place.pk, *standing), {"role": role}


@BOTH
@pytest.mark.parametrize(
    "facts",
    [
        {"value": "9", "computed": "", "by_source": True},
        {"value": "pass", "computed": "", "by_source": True},
        {"value": None, "status": "nowhere_to_be_found", "computed": ""},
        {"value": "5", "status": "exempt", "computed": "", "by_source": True},
        {"value": None, "status": None, "computed": ""},
        {"value": "5", "computed": "", "by_source": False},
        {"value": "5", "computed": "5", "by_source": True},
    ],
    ids=["no such grade", "another scheme's grade", "no such status", "grade and status", "neither",
         "nobody's grade", "computed from nothing"],
)  # fmt: skip
def test_a_rating_that_its_scheme_does_not_give_is_refused(published, facts, role):
    arguments, options = _rate(published, role, **facts)
    refuse(*arguments, **options)


@BOTH
def test_a_rating_is_that_of_its_own_visit_under_its_own_scheme(published, role):
    other_version = SchemeVersion.objects.exclude(scheme_id=published.rating.scheme_id).first()
    place = make.establishment(authority=published.place.authority)
    for facts in (
        {"place": place, "visit": published.visit.pk},
        {"place": published.place, "visit": published.visit.pk, "scheme": other_version.scheme_id},
        {"place": published.place, "visit": published.visit.pk, "version": other_version.pk,
         "scheme": other_version.scheme_id},
    ):  # fmt: skip
        arguments, options = _rate(published, role, **facts)
        refuse(*arguments, **options)


@BOTH
def test_the_computed_grade_of_a_rating_is_its_visits_own(published, role):
    end = "UPDATE records_rating SET state = 'ended', ended_at = now(), end_reason = 'x' WHERE id = %s"
    execute(end, published.rating.pk, role=role)
    for value, status, computed, by_source in (
        ("5", None, "5", False),
        ("5", None, "5", True),
        ("5", None, "4", False),
        (None, "exempt", "4", False),
    ):
        facts = {"value": value, "status": status, "computed": computed, "by_source": by_source}
        arguments, options = _rate(published, role, published.place, visit=published.visit.pk, **facts)
        refuse(*arguments, **options)
    facts = {"value": "5", "computed": "4", "by_source": True}
    arguments, options = _rate(published, role, published.place, visit=published.visit.pk, **facts)
    assert execute(*arguments, **options) == 1


@BOTH
def test_there_is_one_current_rating_of_a_place_and_scheme(published, role):
    arguments, options = _rate(published, role, place=published.place, visit=published.visit.pk)
    refuse(*arguments, **options, match="rating_one_current")


@BOTH
def test_an_authority_rates_only_in_its_domains(published, role):
    place = make.establishment(authority=make.authority(domains=["environment"]))
    arguments, options = _rate(published, role, place=place, computed="", by_source=True)
    refuse(*arguments, **options, match="does not act in the domain food-safety")


@BOTH
def test_scores_that_a_scheme_does_not_allow_are_refused(db, role):
    draft = make.inspection()
    wrong = '{"hygiene": 7, "structural": 5, "confidence": 5}'
    refuse("UPDATE records_inspection SET scores = %s WHERE id = %s", wrong, draft.pk, role=role)
    refuse("UPDATE records_inspection SET version_id = -1 WHERE id = %s", draft.pk, role=role)


def test_a_version_of_a_scheme_stays_what_it_is(published):
    version = published.rating.version_id
    refuse("UPDATE records_schemeversion SET effective_from = '1999-01-01' WHERE id = %s", version)
    refuse("DELETE FROM records_schemeversion WHERE id = %s", version)
    refuse("DELETE FROM records_schemevalue WHERE version_id = %s AND key = '4'", version)
    refuse("DELETE FROM records_scheme WHERE id = %s", published.rating.scheme_id)
