"""Employer identification numbers of the United States, as the Internal Revenue Service gives them."""

import re
import unicodedata
from collections.abc import Iterator

from records.businesses.identifiers.system import System, gettext_noop
from records.publication.personal import US_PERSON, number_in

UNASSIGNED = frozenset(f"{n:02}" for n in (0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97))
"""Prefixes that no campus used when python-stdnum 2.2 appeared; the IRS adds some from time to time."""


class EmployerNumber(System):
    """Nine digits, written 12-3456789; a social security number is refused."""

    lenient = frozenset(["prefix"])

    def normalise(self, raw: str) -> str:
        value = super().normalise(raw)
        if len(value) == 9 and value.isascii() and value.isdigit():
            return f"{value[:2]}-{value[2:]}"
        return value

    def faults(self, value: str, fictional: bool) -> Iterator[tuple[str, str]]:
        if not re.fullmatch(r"[0-9]{2}-[0-9]{7}", value):
            yield "format", gettext_noop("An EIN has nine digits, written 12-3456789.")
        elif value[:2] in UNASSIGNED:
            yield "prefix", gettext_noop("No EIN is known to begin with these two digits. Compare it.")

    def is_personal(self, raw: str) -> bool:
        """Grouped as 3, 2 and 4 digits it is a social security or taxpayer number, whatever was meant."""
        return number_in(unicodedata.normalize("NFKC", raw).strip()) == US_PERSON
