"""Businesses and places as a clerk types them: by name, number, address, postcode or reference."""

from django.db.models import prefetch_related_objects

from records.businesses.facts import AddressVisibility
from records.businesses.identifiers import SYSTEMS
from records.businesses.models import Business, BusinessIdentifier, Establishment
from records.penalties.desk.scope import Scope
from records.ratings.desk.picking import FOUND, matching
from records.search import ranking, text
from records.search.reference import normalise_reference


def businesses(typed: str, scope: Scope) -> list[Business]:
    """At most ten that the person may see: by a number or reference alone, else by the words of the name."""
    typed = text.clean(typed)
    rows = _by_number(typed, scope) or _by_name(typed, scope)
    prefetch_related_objects(rows, "identifiers")
    return rows


def _by_number(typed: str, scope: Scope) -> list[Business]:
    if not any(letter.isdigit() for letter in typed):
        return []
    values = {system.normalise(typed)[:80] for system in SYSTEMS} - {""}
    held = BusinessIdentifier.objects.filter(scheme__in=[s.key for s in SYSTEMS], value__in=values)
    rows = list(scope.businesses.filter(pk__in=held.values("business"))[:FOUND])
    return rows or list(scope.businesses.filter(reference=normalise_reference(typed)[:12])[:1])


def _by_name(typed: str, scope: Scope) -> list[Business]:
    query = text.parse(typed)
    for step in query.ladder():
        found = list(ranking.ranked(scope.businesses.searchable(), step, query.words)[:FOUND])
        if found:
            return found
    return []


def establishments(typed: str, scope: Scope) -> list[Establishment]:
    """At most ten places of the authority, closed ones last."""
    return matching(scope.establishments.prefetch_related("business__identifiers"), typed)


def numbers(row: Business) -> list[str]:
    """Its numbers in registers."""
    return [identifier.value for identifier in row.identifiers.all()]


def address(row: Establishment) -> str:
    """Address and postcode in one line; the desk sees them whole."""
    return ", ".join(filter(None, [*row.address.split("\n"), row.postcode]))


def premises(row: Establishment) -> str:
    """What may be shown in place of a person's name: the trading name, and the address where it is public."""
    shown = row.address_visibility == AddressVisibility.SHOWN
    return ", ".join(filter(None, [row.name, address(row) if shown else ""]))[:300]
