"""What a worker process knows of the register, as plain shapes that can be sent to it."""

import unicodedata
from datetime import date, datetime
from typing import NamedTuple

from records.intake.sources import CatalogueFacts
from records.publication.calendars import Calendar


class Office(NamedTuple):
    """An authority as the gates ask about it; `website` stands in where a decision names no document."""

    id: int
    code: str
    domains: tuple[str, ...]
    rule_sets: tuple[str, ...]
    time_zone: str
    calendar: Calendar
    website: str
    today: date


class Statute(NamedTuple):
    """A law of the register, or one that the format declares."""

    key: str
    title: str
    rank: str
    public_security: bool


class Offence(NamedTuple):
    """A type of violation of a catalogue; `id` is None where the file introduces it, `law` may be ''."""

    id: int | None
    code: str
    title: str
    domain: str
    seriousness: str
    in_force_from: date | None
    in_force_until: date | None
    law: str = ""


class Context(NamedTuple):
    """What a worker must know.

    `statutes` is by folded key and title. `offences` maps (catalogue, folded code or title) to the types that
    it can mean; where the format declares no catalogue, those of every catalogue stand under ''. `versions`
    maps key and first day of a rule set to a row number. `authority` is the code to use where the file names
    none; `only` refuses rows of any other. `now` is when the import began, `language` that of the messages.
    """

    offices: dict[str, Office]
    statutes: dict[str, Statute]
    offences: dict[tuple[str, str], tuple[Offence, ...]]
    versions: dict[tuple[str, str], int]
    catalogue: CatalogueFacts
    domain: str
    website: str
    prefix: str
    authority: str
    only: str
    now: datetime
    language: str


def folded(text: str) -> str:
    """A key, code or title as it is looked up: in any width, case and spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
