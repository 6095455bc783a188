"""From when a decision may be shown: after the time to appeal, or once it is final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from records.publication.calendars import Calendar
from records.publication.rules.counting import MissingAnchor, midnight
from records.publication.rules.ruleset import RuleSet

DAY = timedelta(days=1)


class Contested(ValueError):
    """The decision is contested, and the rule set shows it only once that is decided."""


@dataclass(frozen=True)
class Release:
    """What decides from when a decision may be shown; dates in the zone of the authority.

    `contested`: a review or suit is open. `upheld_on`: the day on which the decision was upheld; `waived_on`:
    the day on which the respondent gave up contesting it, or asked for earlier publication.
    """

    decided_on: date
    served_on: date | None = None
    notified_on: date | None = None
    contested: bool = False
    upheld_on: date | None = None
    waived_on: date | None = None


class Wait(NamedTuple):
    """One thing that publication waits for: "embargo", "finality" or "contest".

    `until` is the instant from which it no longer stands in the way; None while nobody can tell.
    """

    kind: str
    until: datetime | None


def embargo_until(
    rule: RuleSet,
    decided_on: date,
    served_on: date | None,
    zone: str,
    calendar: Calendar | None = None,
    notified_on: date | None = None,
) -> datetime | None:
    """The instant at which the embargo ends, or None when the rule set has none.

    That is 00:00 of the day `plus_days` after the last day to appeal. The day of notice is that of service
    unless it is given. Raises MissingAnchor ("served", "notified") when the day to count from is unknown.
    """
    embargo = rule.embargo
    if embargo is None:
        return None
    days = {"decided": decided_on, "served": served_on, "notified": notified_on or served_on}
    if (start := days[embargo.after]) is None:
        raise MissingAnchor(embargo.after)
    return midnight(embargo.last_day(start, calendar) + embargo.plus_days * DAY, rule, zone)


def final_from(
    rule: RuleSet,
    served_on: date | None,
    upheld_on: date | None = None,
    waived_on: date | None = None,
    calendar: Calendar | None = None,
) -> date | None:
    """The first day on which an uncontested decision is final, or None when the rule set does not ask.

    That is the day after the longest time to contest it, or the day on which it was upheld or the respondent
    gave up contesting it, where the rule set releases it then. With a calendar, a time that ends on a holiday
    ends on the next working day where the rule set says so. Raises MissingAnchor ("served").
    """
    finality = rule.finality
    if finality is None:
        return None
    events = {"upheld": upheld_on, "waived": waived_on}
    days = [day for name, day in events.items() if day and name in finality.released_by]
    if served_on is not None:
        ends = [period.last_day(served_on) for period in finality.times]
        if calendar and finality.holiday_extension:
            ends = [calendar.working_from(day) for day in ends]
        days.append(max(ends) + DAY)
    if not days:
        raise MissingAnchor("served")
    return min(days)


def waits(rule: RuleSet, release: Release, zone: str, calendar: Calendar | None = None) -> tuple[Wait, ...]:
    """All that publication waits for under a rule set, over or not; empty when it waits for nothing.

    Raises MissingAnchor when a day to count from is unknown.
    """
    found = []
    waived = rule.embargo and rule.embargo.waivable and release.waived_on
    if rule.embargo and not waived:
        until = embargo_until(
            rule, release.decided_on, release.served_on, zone, calendar, release.notified_on
        )
        found.append(Wait("embargo", until))
    if rule.finality and release.contested:
        found.append(Wait("contest", None))
    elif rule.finality:
        day = final_from(rule, release.served_on, release.upheld_on, release.waived_on, calendar)
        found.append(Wait("finality", midnight(day, rule, zone)))
    return tuple(found)


def publish_from(
    rule: RuleSet, release: Release, zone: str, calendar: Calendar | None = None
) -> datetime | None:
    """The instant from which the decision may be shown, or None when the rule set makes it wait for nothing.

    Raises Contested while it is contested under a rule set that asks for finality, and MissingAnchor.
    """
    found = waits(rule, release, zone, calendar)
    if any(wait.until is None for wait in found):
        raise Contested(f"{rule.key} shows the decision once the contest is decided")
    return max((wait.until for wait in found), default=None)
