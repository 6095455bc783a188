"""What must hold for a value of a row to be taken; each refusal says which field, which value, what to do.

Pure Python, run by worker processes.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext as _

from records.businesses import identifiers
from records.intake import clean

LIMITS = {
    "decision_number": 120, "source_id": 120, "respondent": 300, "premises": 300, "document_title": 300,
    "document_url": 600, "language": 10, "establishment_id": 100, "inspection_id": 100, "licence": 300,
    "amount_text": 300, "event_note": 300, "article": 300, "violation": 300,
}  # fmt: skip
"""Characters that the columns hold."""

PLACES, MOST = Decimal("0.001"), Decimal(10) ** 17
"""Amounts have three decimals at most, and are smaller than this."""


class Refused(Exception):
    """A row that cannot be taken: which field, which value, and what to do."""

    def __init__(self, field: str, value: object, message: str):
        super().__init__(message)
        self.field, self.value, self.message = field, str(value), message


def line(field: str, text: str) -> str:
    """A text of one line, repaired, if its column can hold it."""
    shown = clean.display_name(text) if text else ""
    if len(shown) > LIMITS[field]:
        raise Refused(
            field, shown, _("This is longer than %(most)d characters. Shorten it.") % {"most": LIMITS[field]}
        )
    return shown


@lru_cache(maxsize=16384)
def day(field: str, text: str) -> date | None:
    """The date of an ISO text; None for none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            field, text, _("This is not a date. Write it as year-month-day, for example 2026-05-12.")
        ) from None


@lru_cache(maxsize=16384)
def amount(field: str, text: str) -> Decimal | None:
    """The amount that a text is, exact to the thousandth; None for none."""
    if not text:
        return None
    try:
        value = Decimal(text)
        exact = value == value.quantize(PLACES) and 0 <= value < MOST
    except InvalidOperation:
        exact = False
    if not exact:
        raise Refused(
            field,
            text,
            _("This is not an amount with at most three decimals. Correct it, or leave it empty."),
        )
    return value


def one_of(field: str, text: str, known) -> str:
    """A word of a list."""
    if text not in known:
        raise Refused(field, text, _("Write one of these: %(words)s.") % {"words": ", ".join(known)})
    return text


@lru_cache(maxsize=65536)
def identifier(scheme: str, number: str) -> tuple[str, str, bool]:
    """Numbering system, normalised number, and whether its holder trades under a person's name.

    A refused number is not repeated: it may be that of a person.
    """
    system = identifiers.BY_KEY.get(scheme)
    if system is None:
        raise Refused(
            "identifier_scheme", scheme, _("Use one of: %(keys)s.") % {"keys": ", ".join(identifiers.BY_KEY)}
        )
    try:
        value = system.check(number, strict=False).value
    except identifiers.IdentifierError as error:
        raise Refused("identifier", "", _(error.message)) from None
    return scheme, value, system.names_a_person(value)
