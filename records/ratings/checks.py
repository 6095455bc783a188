"""What must hold for a row of a file to be taken; each refusal says which field, which value and what to do.

Pure Python, run by worker processes, and remembered where a country repeats itself half a million times.
"""

import json
from datetime import date
from functools import lru_cache

from records.businesses import identifiers
from records.intake import personal
from records.intake.rows import Row
from records.ratings import schemes

LIMITS = {"name": 300, "kind": 200, "postcode": 20, "phone": 60, "source_id": 100, "local_id": 100}


class Refused(Exception):
    """A row that cannot be taken: which field, which value, and what to do."""

    def __init__(self, field: str, value: object, message: str):
        super().__init__(message)
        self.field, self.value, self.message = field, str(value), message


@lru_cache(maxsize=4096)
def scheme_on(key: str, on: str):
    """The scheme version in force on an ISO date, or the earliest one for dates before it began."""
    versions = [scheme for scheme in schemes.all_versions() if scheme.key == key]
    if not versions:
        known = ", ".join(sorted({scheme.key for scheme in schemes.all_versions()}))
        raise Refused("scheme", key, f"There is no rating scheme with this key. Use one of: {known}.")
    if not on:
        return versions[-1]
    day = date.fromisoformat(on)
    return next((scheme for scheme in versions if scheme.in_force(day)), versions[0])


@lru_cache(maxsize=4096)
def standing(key: str, on: str, word: str):
    """("value" | "status", key) for a published word."""
    scheme = scheme_on(key, on)
    try:
        return scheme.from_source(word)
    except LookupError:
        known = ", ".join([*(v.key for v in scheme.values), *(s.key for s in scheme.statuses)])
        raise Refused(
            "rating", word, f"The scheme {key} does not know this word. It knows: {known}."
        ) from None


@lru_cache(maxsize=65536)
def graded(key: str, on: str, scores: tuple[tuple[str, str], ...]):
    """(scores as JSON, Outcome) of raw score texts; raises Refused naming the component."""
    scheme = scheme_on(key, on)
    try:
        inputs = scheme.read(dict(scores))
        return json.dumps(inputs, ensure_ascii=False, sort_keys=True), scheme.grade(inputs)
    except schemes.InputError as error:
        raise Refused(error.component, error.value, error.message) from None


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


def check_lengths(row: Row) -> None:
    for field, most in LIMITS.items():
        if len(getattr(row, field)) > most:
            raise Refused(field, getattr(row, field), f"This is longer than {most} characters. Shorten it.")
    if not row.source_id:
        raise Refused(
            "establishment_id",
            "",
            "The establishment needs its number at the source, so that it can be found again.",
        )
    if not row.name.strip():
        raise Refused("name", "", "The establishment needs a name.")


def check_no_personal_number(row: Row) -> None:
    """Refuse a row with a person's number in any text: it must not be kept, shown or logged."""
    texts = [("name", row.name), ("reply", row.reply), ("company", row.company), ("local_id", row.local_id)]
    texts += [("address", text) for text in row.address]
    for visit in row.visits:
        texts += [("inspection_outcome", visit.outcome), *(("finding_text", f.text) for f in visit.findings)]
    for field, text in texts:
        if text and (kind := personal.number_in(text)):
            raise Refused(
                field, "", f"The text holds what looks like a {kind}. Remove it and import the row again."
            )
