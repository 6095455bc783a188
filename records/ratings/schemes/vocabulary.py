"""The words a scheme is described in: its components, values, statuses, cards and time limits."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from records.publication.strict import Words

FAMILIES = ("bar", "letter", "face", "plate")
TONES = ("good", "fair", "poor", "none")
KINDS = ("integer", "decimal", "choice", "flag", "list")
FACES = ("big_smile", "smile", "flat", "sour")
# no number of any component is larger; keeps sums and remainders exact
LIMIT = Decimal(10**9)
MARKS = ("read", "secondary", "to_check")
DURATION = re.compile(r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(\d+)H)?")


@dataclass(frozen=True)
class Component:
    """One input of a scheme: what an inspector writes down."""

    key: str
    kind: str
    label: Words
    explain: Words
    required: bool = True
    direction: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    allowed: tuple = ()
    words: Mapping[str, Words] = field(default_factory=dict)
    max_items: int | None = None
    derive: Mapping[str, object] | None = None

    def word(self, value: object, language: str | None = None) -> str:
        """The scheme's own word for a value of this component ("Good" for 5), or ''."""
        words = self.words.get(plain(value))
        return words(language) if words else ""


@dataclass(frozen=True)
class Value:
    """A grade. `order` 0 is the best; `position` is its place in a bar; `shows` names a component whose
    number stands in the badge instead of the key."""

    key: str
    label: Words
    explain: Words
    tone: str
    order: int
    position: int
    face: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Status:
    """Why there is no grade."""

    key: str
    label: Words
    explain: Words
    tone: str = "none"


@dataclass(frozen=True)
class Card:
    """What may hang at the door."""

    key: str
    label: Words
    explain: Words


@dataclass(frozen=True)
class Source:
    """Where the rule is written; `mark` says whether its text was read, reported by others, or to be
    checked."""

    citation: str
    mark: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class Scope:
    """Who may be rated, in words and as kinds of business."""

    words: Words
    kinds: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Validity:
    """When a rating ends."""

    words: Words
    ends: tuple[str, ...]
    lasts: str = ""

    def until(self, rated_on: date) -> date | None:
        """The day a rating runs out by age alone, or None when the rule states none."""
        return add(rated_on, self.lasts) if self.lasts else None


@dataclass(frozen=True)
class Revisit:
    """The interval in which a rule wants the next inspection after a result (`after`: values or statuses;
    none = all)."""

    latest: str
    words: Words
    after: tuple[str, ...] = ()
    earliest: str = ""
    mark: str = "read"


@dataclass(frozen=True)
class Appeal:
    """How long a business may contest a rating, and what is shown meanwhile.

    `counts` is "inclusive" where the law counts the day of notice as the first day, else "exclusive".
    `embargo` says until when the new rating waits: "none", "days" (`embargo_days`) or "appeal" (the appeal
    window).
    """

    words: Words
    days: int
    counts: str
    decide_days: int | None = None
    embargo: str = "none"
    embargo_days: int | None = None
    at_once: tuple[str, ...] = ()
    waivable: bool = False
    publish_within_days: int | None = None

    def last_day(self, notified_on: date) -> date:
        """The last day to appeal, counted in calendar days, weekends included."""
        return notified_on + timedelta(days=self.days - (self.counts == "inclusive"))

    def publish_from(self, value: str, notified_on: date) -> date:
        """The first day a rating may be shown, without an appeal or a wish for early publication."""
        if self.embargo == "none" or value in self.at_once:
            return notified_on
        if self.embargo == "days":
            return notified_on + timedelta(days=self.embargo_days or 0)
        return self.last_day(notified_on) + timedelta(days=1)


@dataclass(frozen=True)
class Display:
    """Whether the card must hang at the door, and where."""

    duty: str
    words: Words


@dataclass(frozen=True)
class Variant:
    """A jurisdiction in which the same scheme has other limits or languages."""

    key: str
    label: Words
    languages: tuple[str, ...]
    appeal: Appeal | None = None
    notify_days: int | None = None
    display: Display | None = None
    source: tuple[Source, ...] = ()


def add(start: date, duration: str) -> date:
    """`start` plus an ISO 8601 duration of years, months, days and hours (hours count as started days)."""
    years, months, days, hours = (int(part or 0) for part in DURATION.fullmatch(duration).groups())
    return add_months(start, 12 * years + months) + timedelta(days=days - (-hours // 24))


def add_months(start: date, months: int) -> date:
    """The same day `months` later (or earlier, when negative), or the last day of that month."""
    count = 12 * start.year + start.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def plain(value: object) -> str:
    """A value as it is written in a file or a sentence: numbers without idle zeros, flags as yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(item) for item in value)
    if isinstance(value, (Decimal, float)):
        number = Decimal(str(value))
        return f"{number:f}" if number % 1 else f"{number:.0f}"
    return "" if value is None else str(value)
