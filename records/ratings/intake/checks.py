"""What must hold for a row of a file to be taken; each refusal says which field, which value and what to do.

Pure Python, run by worker processes, and remembered where a country repeats itself half a million times.
"""

import json
import math
from datetime import date
from functools import lru_cache

from records.businesses import identifiers
from records.intake import clean
from records.intake.rows import Row
from records.publication import personal
from records.ratings import schemes

LIMITS = {
    "authority": 60, "authority_name": 200, "authority_website": 300, "authority_email": 200,
    "source_id": 100, "local_id": 100, "name": 300, "kind": 200, "postcode": 20, "phone": 60, "company": 300,
}  # fmt: skip
MOST_POINTS = 99_999
TEXTS = ("source_id", "local_id", "name", "kind", "postcode", "phone", "reply", "company", "company_scheme")


class Refused(Exception):
    """A row that cannot be taken: which field, which value, and what to do."""

    def __init__(self, field: str, value: object, message: str):
        super().__init__(message)
        self.field, self.value, self.message = field, str(value), message


@lru_cache(maxsize=16384)
def scheme_on(key: str, on: str):
    """The scheme version in force on an ISO date, or the last before it; for dates before all the first."""
    versions = [scheme for scheme in schemes.all_versions() if scheme.key == key]
    if not versions:
        known = ", ".join(sorted({scheme.key for scheme in schemes.all_versions()}))
        raise Refused("scheme", key, f"There is no rating scheme with this key. Use one of: {known}.")
    day = date.fromisoformat(on)
    begun = [scheme for scheme in versions if scheme.effective_from <= day]
    return next((scheme for scheme in versions if scheme.in_force(day)), (begun or versions[:1])[-1])


def standing(key: str, on: str, word: str):
    """("value" | "status", key) for a published word."""
    return _standing(key, scheme_on(key, on).effective_from, word)


def graded(key: str, on: str, scores: tuple[tuple[str, str], ...]):
    """(scores as JSON, Outcome) of raw score texts; raises Refused naming the component."""
    return _graded(key, scheme_on(key, on).effective_from, scores)


# Remembered for each version and not for each day: a country has few grades and many days.
@lru_cache(maxsize=4096)
def _standing(key: str, since: date, word: str):
    scheme = schemes.get(key, since)
    try:
        return scheme.from_source(word)
    except LookupError:
        known = ", ".join([*(v.key for v in scheme.values), *(s.key for s in scheme.statuses)])
        raise Refused(
            "rating", word, f"The scheme {key} does not know this word. It knows: {known}."
        ) from None


@lru_cache(maxsize=8192)
def _graded(key: str, since: date, scores: tuple[tuple[str, str], ...]):
    scheme = schemes.get(key, since)
    try:
        inputs = scheme.read(dict(scores))
        return json.dumps(inputs, ensure_ascii=False, sort_keys=True), scheme.grade(inputs)
    except schemes.InputError as error:
        told = "This is not allowed." if personal.number_in(error.message) else error.message
        raise Refused(error.component, error.value, told) from None


@lru_cache(maxsize=16384)
def iso_date(field: str, text: str) -> str | None:
    """The ISO date again, checked; None for none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(
            field, text, "This is not a date. Write it as year-month-day, for example 2026-05-12."
        ) from None


def company_number(row: Row) -> str:
    """The normalised number of the company, or ''. A refused one is not repeated: it may be a person's."""
    if not row.company_id:
        return ""
    system = identifiers.BY_KEY.get(row.company_scheme)
    if system is None:
        raise Refused("company_scheme", row.company_scheme, f"Use one of: {', '.join(identifiers.BY_KEY)}.")
    try:
        return system.check(row.company_id, strict=False).value
    except identifiers.IdentifierError as error:
        raise Refused("company_id", "", str(error.message)) from None


def fitting(field: str, text: str, most: int | None = None) -> str:
    """The text again, if its column can hold it."""
    most = most or LIMITS[field]
    if len(text) > most:
        raise Refused(field, text, f"This is longer than {most} characters. Shorten it.")
    return text


def shown_name(row: Row) -> str:
    """The name fit to be shown; a name of blanks and invisible characters is none."""
    name = fitting("name", clean.display_name(row.name))
    if not name:
        raise Refused("name", "", "The establishment needs a name.")
    return name


def points(text: str) -> str | None:
    """The points of a finding, checked to be a number; None for none."""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.inf
    if not abs(number) <= MOST_POINTS:
        raise Refused("finding_points", text, "This is no number of points. Correct it, or leave it empty.")
    return repr(number)


def check_dates(row: Row) -> None:
    """The days of opening and closing, which must be in this order."""
    opened, closed = iso_date("opened_on", row.opened_on), iso_date("closed_on", row.closed_on)
    if opened and closed and closed < opened:
        raise Refused("closed_on", closed, f"It closed before it opened, {opened}. Correct one of the dates.")


def check_lengths(row: Row) -> None:
    """Texts fit their columns, and what an establishment is known by is there."""
    for field in LIMITS:
        fitting(field, getattr(row, field))
    if not row.source_id:
        raise Refused(
            "establishment_id",
            "",
            "The establishment needs its number at the source, so that it can be found again.",
        )


def _texts_of(finding):
    return ("finding_code", finding.code), ("finding_text", finding.text)


def check_no_personal_number(row: Row) -> None:
    """Refuse a row with a person's number in any text: it must not be kept, shown or logged."""
    texts = [(field, getattr(row, field)) for field in TEXTS]
    texts += [("address", text) for text in row.address]
    for visit in row.visits:
        texts += [("inspection_id", visit.source_id), ("inspection_type", visit.kind)]
        texts += [("inspection_outcome", visit.outcome)]
        texts += [(field, text) for f in visit.findings for field, text in _texts_of(f)]
    for field, text in texts:
        if text and (kind := personal.number_in(text)):
            raise Refused(
                field, "", f"The text holds what looks like a {kind}. Remove it and import the row again."
            )
