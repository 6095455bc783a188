"""The words a rule set is described in: periods, classes, sources, waiting times, reasons to refuse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from records.publication.calendars import Calendar, add_months
from records.publication.strict import NO_WORDS, Words

SERIOUSNESS = ("minor", "ordinary", "serious")
ANCHORS = ("decided", "published", "conduct_ended", "found")
PUBLISH = ("yes", "only_if_necessary", "no")
PERSONS = ("never", "premises_only", "named")
NEEDS = ("notice", "secrecy", "final", "necessity_for_minor")
LABELS = ("not_adjudicated",)
REASONS = ("warning_only", "summary", "harm_removed", "public_security", "under_18", "detention")
# These hold in every rule set, whatever its file says: 治安管理处罚法 136, 预防未成年人犯罪法 59(2).
HARD = ("public_security", "under_18", "detention")
CONDITIONS = (
    "min_reached",
    "corrected",
    "duties_done",
    "harm_removed",
    "public_commitment",
    "no_repeat",
    "on_no_list",
)
COUNTS = ("exclusive", "inclusive")
AFTER = ("decided", "served", "notified")
RELEASES = ("upheld", "waived")
# Read in its own text, as others report it, to be checked against its text, a choice of the portal's own.
MARKS = ("V", "S", "M", "D")
PERIOD = re.compile(r"P([1-9]\d*)([DMY])")
UNITS = {"D": "days", "M": "months", "Y": "years"}
CENTURY = 100


@dataclass(frozen=True)
class Period:
    """A span of time; `unit` is days, months or years. Its text is that of the file: P180D, P3M, P1Y."""

    unit: str
    count: int

    @classmethod
    def of(cls, text: str) -> Period:
        """The period of a text such as P3M. Raises ValueError for another text, and beyond a century."""
        match = PERIOD.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not a period; write P180D, P3M or P1Y")
        period = cls(UNITS[match[2]], int(match[1]))
        if (period.months or 0) > 12 * CENTURY or (period.days or 0) > 365 * CENTURY:
            raise ValueError(f"{text} is longer than {CENTURY} years")
        return period

    @property
    def months(self) -> int | None:
        """Its length in months, or None where it is one of days."""
        return None if self.unit == "days" else self.count * (12 if self.unit == "years" else 1)

    @property
    def days(self) -> int | None:
        """Its length in days, or None where it is one of months or years."""
        return self.count if self.unit == "days" else None

    def last_day(self, start: date) -> date:
        """The last day of the period from `start` on, which itself does not count (民法典 201-203)."""
        if self.days is not None:
            return start + timedelta(days=self.days)
        return add_months(start, self.months)

    def __str__(self):
        return f"P{self.count}{self.unit[0].upper()}"


@dataclass(frozen=True)
class Source:
    """Where a rule is written; `mark` is one of MARKS, `note` says what is known from it."""

    issuer: str
    citation: str
    mark: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class PeriodClass:
    """How decisions of one seriousness are shown.

    `publish` is yes, only_if_necessary or no; `min` what must pass before an early end, `max` the longest
    display; `until` is "restriction" where the display lasts as long as a restriction that was imposed, and
    then there is no `max`. `covers` names the seriousness that is of this class, beside its own key.
    """

    key: str
    label: Words
    publish: str = "yes"
    min: Period | None = None
    max: Period | None = None
    until: str = ""
    covers: tuple[str, ...] = ()
    words: Words = NO_WORDS
    citation: str = ""


@dataclass(frozen=True)
class Embargo:
    """The time to appeal, before which nothing is shown.

    `days` are calendar days, or working days where `working`; `count_from` is inclusive where the law counts
    the day of service as the first one; the display begins `plus_days` calendar days after the last day.
    """

    days: int
    after: str
    working: bool = False
    count_from: str = "exclusive"
    plus_days: int = 1
    waivable: bool = False

    def last_day(self, start: date, calendar: Calendar | None = None) -> date:
        """The last day to appeal, counted from the day of the decision, service or notice."""
        before = start - timedelta(days=self.count_from == "inclusive")
        if self.working:
            return (calendar or Calendar()).add(before, self.days)
        return before + timedelta(days=self.days)


@dataclass(frozen=True)
class Finality:
    """When a decision is final: once the longest of `times`, counted from service, has passed uncontested.

    `released_by` names what makes it final earlier: upheld, waived. `holiday_extension` moves a last day on a
    holiday to the next working day, which favours whoever may contest.
    """

    times: tuple[Period, ...]
    released_by: tuple[str, ...] = ()
    holiday_extension: bool = False


@dataclass(frozen=True)
class Never:
    """A reason for which a decision is kept from the public; `when` is one of REASONS.

    `unless_necessary`: a note on the necessity overcomes it, for a class that is shown only if necessary.
    """

    when: str
    words: Words
    unless_necessary: bool = False

    @property
    def reason(self) -> str:
        """The reason's key, as tables hold it."""
        return self.when


@dataclass(frozen=True)
class EarlyEnd:
    """How the display may end before its time (信用修复, repair).

    All `conditions` must hold; `excluded_kinds` are kinds of sanction for which there is none; the answer is
    due in `reply_days`, the authority's decision in `decide_days`, both working days.
    """

    conditions: tuple[str, ...]
    citation: str
    excluded_kinds: tuple[str, ...] = ()
    reply_days: int | None = None
    decide_days: int | None = None

    def excluded(self, kinds) -> tuple[str, ...]:
        """Those of the kinds of sanction that stand against an early end."""
        return tuple(kind for kind in kinds if kind in self.excluded_kinds)

    def reply_by(self, applied_on: date, calendar: Calendar) -> date | None:
        """The last day for the answer to an application."""
        return None if self.reply_days is None else calendar.add(applied_on, self.reply_days)

    def decide_by(self, applied_on: date, calendar: Calendar) -> date | None:
        """The last day for the authority's decision on an application."""
        return None if self.decide_days is None else calendar.add(applied_on, self.decide_days)
