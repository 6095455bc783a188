"""Finds establishments that a new one may already be: the same postcode or place, and a name much like it."""

from rapidfuzz import fuzz

from records.businesses.models import Establishment
from records.search import folding, text

ALIKE = 80
"""Of 100; names whose words agree at least so much may be the same place."""

LOOKED_AT = 300


def likeness(one: str, other: str) -> float:
    """0 to 100: how much of two names agrees, whatever the order and case of their words."""
    words = (" ".join(folding.tokens(name)) for name in (one, other))
    return fuzz.token_set_ratio(*words)


def similar(authority, name: str, postcode: str, most: int = 5) -> list[Establishment]:
    """Establishments of the authority with the same postcode and a similar name, likeliest first.

    Without a postcode, those whose name has all the words of the new one.
    """
    rows = Establishment.objects.filter(authority=authority, hide_at__isnull=True)
    code = "".join(postcode.split()).lower()
    query = text.parse(postcode if code else name)
    steps = query.ladder()
    if not steps:
        return []
    rows = rows.filter(search=steps[0].expression)[:LOOKED_AT]
    same = [row for row in rows if not code or "".join(row.postcode.split()).lower() == code]
    rated = [(likeness(name, row.name), row) for row in same]
    rated.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [row for score, row in rated if score >= ALIKE][:most]
