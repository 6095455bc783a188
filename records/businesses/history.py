"""What an establishment was called and where it stood before: the differences between its kept versions."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.businesses import kinds
from records.businesses.facts import AddressVisibility
from records.businesses.models import Establishment, EstablishmentVersion


class Change(NamedTuple):
    """One thing that was different: the words before it, what it was, and the day until which."""

    label: str
    was: str
    until: date


def changes(establishment: Establishment, versions: Iterable[EstablishmentVersion]) -> list[Change]:
    """The differences, newest first; `versions` newest first. A hidden address is no difference."""
    found, newer = [], establishment
    for version in versions:
        until = localdate(version.replaced_at)
        if version.name != newer.name:
            found.append(Change(_("Called"), version.name, until))
        if _place(version) and _place(newer) and _place(version) != _place(newer):
            found.append(Change(_("Address"), _place(version), until))
        if _kind(version) != _kind(newer):
            found.append(Change(_("Listed as"), _kind(version), until))
        newer = version
    return found


def _place(facts) -> str:
    """The address in one line; '' where it is not shown."""
    if facts.address_visibility != AddressVisibility.SHOWN:
        return ""
    return ", ".join(filter(None, [*facts.address.split("\n"), facts.postcode]))


def _kind(facts) -> str:
    return facts.kind_published or str(kinds.BY_SLUG[facts.kind].label if facts.kind in kinds.BY_SLUG else "")
