"""For how long a decision is shown: whole days, the same in whatever time zone the server stands.

Counting follows 民法典 201-203: the first day does not count, a period of months or years ends at midnight on
the corresponding day or on the last of the month. It is not extended over a holiday, because that would show
a decision for longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from records.publication.rules.ruleset import RuleSet
from records.publication.rules.vocabulary import SERIOUSNESS, PeriodClass

DAY = timedelta(days=1)


class MissingAnchor(ValueError):
    """The date from which to count is not known; `anchor` names it."""

    def __init__(self, anchor: str):
        super().__init__(f"the date from which to count is not known: {anchor}")
        self.anchor = anchor


class NotShown(ValueError):
    """No rule set shows the decision, so there is no period."""


@dataclass(frozen=True)
class Anchors:
    """The days from which rules count, in the zone of the authority.

    `restricted_until` is the last day of a restriction of activity or occupation, for classes that are shown
    as long as it lasts.
    """

    decided_on: date
    published_on: date | None = None
    conduct_ended_on: date | None = None
    found_on: date | None = None
    restricted_until: date | None = None

    def day(self, anchor: str) -> date:
        """The day of an anchor ("published", "restricted_until"). Raises MissingAnchor."""
        found = getattr(self, anchor if anchor == "restricted_until" else f"{anchor}_on")
        if found is None:
            raise MissingAnchor(anchor)
        return found


@dataclass(frozen=True)
class Periods:
    """The days of one decision under one rule set.

    Counted from `anchor_on`; shown until the end of `last_day`, hidden from 00:00 of `hidden_from`, the day
    after. `repair_from` is the first day on which an early end may be asked for; None when that waits for no
    day, or when the rule set knows no early end (`rule.early_end` is None).
    """

    rule: RuleSet = field(repr=False)
    seriousness: str
    anchor_on: date
    repair_from: date | None
    last_day: date
    hidden_from: date


def periods(rule: RuleSet, seriousness: str, facts: Anchors) -> Periods:
    """The days of a decision of that seriousness (or class).

    Raises MissingAnchor when the day to count from is unknown, UnknownClass for a seriousness that the rule
    set does not have, NotShown for a class that it does not show.
    """
    found = rule.class_of(seriousness)
    if found.publish == "no":
        raise NotShown(f"{rule.key} does not show decisions of the class {found.key}")
    anchor_on = facts.day(rule.anchor)
    last_day = facts.day("restricted_until") if found.until else found.max.last_day(anchor_on)
    return Periods(
        rule=rule,
        seriousness=seriousness,
        anchor_on=anchor_on,
        repair_from=found.min.last_day(anchor_on) + DAY if found.min else None,
        last_day=last_day,
        hidden_from=last_day + DAY,
    )


def combined(found: Iterable[Periods]) -> Periods:
    """Of several rule sets on one record, the one that hides it first (the least harm).

    Where two hide it on the same day, the one that allows an early end sooner. Raises NotShown for none:
    what no rule set governs is not shown.
    """
    found = list(found)
    if not found:
        raise NotShown("no rule set governs the decision, so it is not shown")
    return min(found, key=lambda item: (item.hidden_from, _early_end_from(item)))


def _early_end_from(item: Periods) -> date:
    if item.rule.early_end is None:
        return date.max
    return item.repair_from or date.min


def longest(classes: Iterable[str], rule: RuleSet | None = None) -> str:
    """The class of a decision with several sanctions, each of a class of its own: the one shown longest.

    Without a rule set by rank, serious before ordinary before minor; with one by the periods of its classes,
    so that classes of its own can be compared. Raises ValueError for none, and for a class without a rank.
    """
    if rule is None:
        return max(classes, key=SERIOUSNESS.index)
    return max(classes, key=lambda name: _length(rule.class_of(name), name))


def _length(found: PeriodClass, name: str) -> tuple:
    rank = SERIOUSNESS.index(name) if name in SERIOUSNESS else len(SERIOUSNESS)
    start = date(2000, 1, 1)
    ends = (period.last_day(start) if period else start for period in (found.max, found.min))
    return (bool(found.until), *ends, rank)


def hide_at(found: Periods, zone: str) -> datetime:
    """The instant at which the decision disappears: 00:00 of `hidden_from`.

    Where the rule set names a time zone of its own its days are meant, else those of `zone`, the authority's.
    """
    return midnight(found.hidden_from, found.rule, zone)


def midnight(day: date, rule: RuleSet, zone: str) -> datetime:
    """The instant at which a day begins where the rule set counts its days."""
    return datetime.combine(day, time(), ZoneInfo(rule.zone or zone))
