"""A few inspections entered by hand, so that each queue of the desk has something in it."""

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from records.authorities.models import Authority
from records.demo import people
from records.ratings import registry, schemes
from records.ratings.models import Finding, Inspection, Rating

# What each of the two registers has waiting: scores of its own scheme, and findings.
ENTRIES = {
    "demo-aberwyrn": (
        "uk-fhrs",
        {"hygiene": 10, "structural": 5, "confidence": 10},
        ("Opened packets in the fridge carried no date.", "The cleaning schedule was not signed."),
    ),
    "demo-harrowmere": (
        "us-nyc",
        {"inspection": "initial", "score": 9},
        ("Cold food stood at 11 °C.", "The ceiling light had no cover."),
    ),
}
RETURNED = "The second finding does not say where. Name the room, please."


def enter(authority: Authority, today: date) -> list[Inspection]:
    """A draft, one returned with a reason, one in review, and one approved (in Wales it waits its time)."""
    users = get_user_model().objects
    clerk = users.get(username=people.account("clerk", authority))
    checker = users.get(username=people.account("checker", authority))
    key, scores, texts = ENTRIES[authority.code]
    places = _places(authority, key)
    with transaction.atomic():
        made = [
            _draft(place, clerk, key, scores, texts, today - timedelta(days=days))
            for days, place in enumerate(places, 1)
        ]
        _stays, returned, reviewed, approved = made
        for inspection in (returned, reviewed, approved):
            inspection.submit(clerk)
        returned.give_back(checker, RETURNED)
        approved.approve(checker)
    return made


def _places(authority: Authority, key: str):
    """Four open places whose current rating is of that scheme, the same each time."""
    rated = Rating.objects.current().graded().filter(
        scheme__key=key, establishment__authority=authority, establishment__closed_on__isnull=True,
        establishment__left_source_at__isnull=True, pending=False,
    )  # fmt: skip
    return [rating.establishment for rating in rated.order_by("rated_on", "establishment__source_id")[:4]]


def _draft(place, clerk, key: str, scores: dict, texts: tuple[str, ...], day: date) -> Inspection:
    version = registry.version_of(schemes.get(key, day))
    made = Inspection.objects.create(
        establishment=place,
        version=version,
        kind="Routine",
        inspected_on=day,
        scores=scores,
        entered_by=clerk,
    )
    Finding.objects.bulk_create(
        Finding(inspection=made, position=position, text=text) for position, text in enumerate(texts, 1)
    )
    return made
