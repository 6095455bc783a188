"""What every decision must satisfy before any format hands it over, whatever its file looked like."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from records.intake import sources
from records.intake.amounts import NOT_AN_AMOUNT
from records.intake.dates import NOT_A_DATE, iso_date
from records.intake.rows import PenaltyRow
from records.publication.personal import number_in

DATES = (
    "decided_on",
    "served_on",
    "notice_served_on",
    "conduct_ended_on",
    "found_on",
    "final_on",
    "remedy_until",
    "publicity_end",
    "extracted_on",
)
"""The fields of a row that are dates."""

NEEDED = ("decision_number", "respondent", "decided_on")
"""The fields without which nothing can be filed or asked about. The gates of publication ask for more."""

CHOICES = {
    "respondent_kind": sources.RESPONDENTS,
    "procedure": ("", *sources.PROCEDURES),
    "seriousness": ("", *sources.SERIOUSNESS),
}
"""The fields of a row that are words of a list."""

PATTERNS = {
    "document_url": (r"https?://[^\s/]+(/\S*)?", "Write the whole address, beginning with https://."),
    "document_sha256": (r"[0-9a-f]{64}", "Write the 64 digits and letters a to f of the SHA-256."),
    "language": (r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "Write the code of a language, such as en or zh-hans."),
    "duration": (r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?", "Write a period as P6M, P1Y or P10D."),
    "currency": (r"[A-Z]{3}", "Write the three capitals of the currency, such as EUR."),
    "amount": (r"\d{1,19}(\.\d{1,12})?", NOT_AN_AMOUNT),
}
"""What a text must look like where it is not empty, and what to do otherwise."""

EMPTY = "It is empty, and a decision cannot be filed without it."
PERSONAL = "This is the number of a person, which is never kept. Remove it."
NO_SANCTION = "It names no sanction, so there is nothing to publish. Add what was imposed."


class Fault(NamedTuple):
    """What is wrong with a decision: the field, its value, and what to do."""

    field: str
    value: str
    message: str


def misshapen(field: str, value: str) -> str:
    """Why a text cannot be a value of the field; '' where it can."""
    if field in CHOICES and value not in CHOICES[field]:
        return f"Write one of these: {', '.join(word for word in CHOICES[field] if word)}."
    if not value:
        return ""
    if field in DATES or field == "on":
        try:
            iso_date(value)
        except ValueError:
            return NOT_A_DATE.format(style="2020-01-31")
    pattern, message = PATTERNS.get(field, ("", ""))
    return message if pattern and not re.fullmatch(pattern, value) else ""


def faults(row: PenaltyRow) -> Iterator[Fault]:
    """Everything that is wrong with a row. Nothing here judges whether it may be published."""
    for field in NEEDED:
        if not getattr(row, field).strip():
            yield Fault(field, "", EMPTY)
    for field in (*DATES, *CHOICES, "document_url", "document_sha256", "language"):
        value = getattr(row, field)
        if message := misshapen(field, value):
            yield Fault(field, value, message)
    for _scheme, number in row.identifiers:
        if number_in(number):
            yield Fault("identifiers", "", PERSONAL)
    if not row.sanctions:
        yield Fault("sanctions", "", NO_SANCTION)
    for sanction in row.sanctions:
        yield from _entry("sanction", sanction, sources.SANCTIONS)
    for event in row.events:
        yield from _entry("event", event, sources.EVENTS)


def _entry(name: str, entry, kinds: tuple[str, ...]) -> Iterator[Fault]:
    if entry.kind not in kinds:
        yield Fault(name, entry.kind, f"Write one of these: {', '.join(kinds)}.")
    for field, value in zip(entry._fields, entry, strict=True):
        if message := misshapen(field, value):
            yield Fault(f"{name} {field}", value, message)
    if entry.amount and not entry.currency:
        yield Fault(f"{name} currency", "", "An amount needs its currency, such as EUR.")
