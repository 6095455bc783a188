"""Two authorities and the people who work for them, for tests of the desk."""

from datetime import date

from django.contrib.auth import get_user_model

from records.authorities.models import Authority, Membership
from records.businesses.models import Establishment
from records.ratings.models import Inspection
from records.ratings.rulebook import SchemeVersion

PASSWORD = "a long enough word"
FIVE = {"hygiene": 0, "structural": 5, "confidence": 5}
THREE = {"hygiene": 10, "structural": 10, "confidence": 10}


def authority(code="almond", name="Almond Borough", country="GB-WLS", **more):
    """A borough that acts in food safety."""
    values = {"domains": ["food-safety"], "time_zone": "Europe/London"} | more
    return Authority.objects.create(code=code, slug=code, name=name, country=country, **values)


def person(username, *memberships, **more):
    """A person with memberships given as (authority, role)."""
    user = get_user_model().objects.create_user(username, password=PASSWORD, **more)
    for where, role in memberships:
        Membership.objects.create(user=user, authority=where, role=role)
    return user


def registrar(username="registrar"):
    """A superuser."""
    return get_user_model().objects.create_superuser(username, password=PASSWORD)


def establishment(where, name="The Copper Kettle", **more):
    """A cafe in Mill Lane."""
    values = {"address": "12 Mill Lane\nAlmond", "postcode": "AB1 2CD", "kind": "restaurant"} | more
    return Establishment.objects.create(authority=where, name=name, **values)


def version(key="uk-fhrs"):
    """The newest version of a scheme in the database."""
    return SchemeVersion.objects.filter(scheme__key=key).latest("effective_from")


def draft(place, by, scores=FIVE, on=date(2026, 11, 2), key="uk-fhrs", **more):
    """An inspection that `by` has entered and not submitted."""
    made = Inspection.objects.create(
        establishment=place, version=version(key), inspected_on=on, scores=scores, entered_by=by, **more
    )
    made.refresh_from_db()
    return made


def published(place, maker, checker, scores=FIVE, on=date(2026, 11, 2), **more):
    """An inspection that two people have brought to the public, whatever the appeal rule."""
    made = draft(place, maker, scores, on, **more)
    made.submit(by=maker)
    made.approve(by=checker)
    if made.state == "approved":
        Inspection.objects.filter(pk=made.pk).update(publish_at=made.recorded_at)
        made.refresh_from_db()
        made.publish()
    made.refresh_from_db()
    return made
