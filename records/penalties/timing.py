"""From when and until when a decision is shown: all rule sets of its authority together."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.penalties.case import Case
from records.publication import rules
from records.publication.rules import Anchors, MissingAnchor, Periods, Release

WHY = {"embargo": _("The time to appeal is not over."), "finality": _("The decision is not final yet.")}
"""Why a decision waits to be shown."""


def periods(case: Case, publish_on: date) -> Periods:
    """The periods of the rule set that hides first. Raises MissingAnchor, NotShown."""
    found = case.counted.get(publish_on)  # several gates ask the same
    if found is None:
        anchors = Anchors(
            case.decided_on, publish_on, case.conduct_ended_on, case.found_on, case.restricted_until
        )
        found = rules.combined(rules.periods(rule, case.level_in(rule), anchors) for rule in case.rules)
        case.counted[publish_on] = found
    return found


def safe_periods(case: Case, publish_on: date) -> Periods | None:
    """The same, or None where they cannot be known or nothing is shown."""
    try:
        return periods(case, publish_on) if case.decided_on and case.rules else None
    except (MissingAnchor, rules.NotShown):
        return None


def publish_at(case: Case, now: datetime | None = None) -> tuple[datetime, str]:
    """The first instant at which no embargo and no open time for review stands against it, and why then."""
    latest, why = now or timezone.now(), ""
    for wait in waits(case):
        if wait.until is not None and wait.until > latest:
            latest, why = wait.until, str(WHY[wait.kind])
    return latest, why


def waits(case: Case) -> list:
    """All that it waits for under its rule sets. Raises MissingAnchor where a day is unknown."""
    release = Release(
        case.decided_on, case.served_on, case.notice_served_on,
        contested=case.contested and case.final_on is None, upheld_on=case.final_on,
    )  # fmt: skip
    zone, calendar = case.authority.time_zone, case.authority.calendar
    return [wait for rule in case.rules for wait in rules.waits(rule, release, zone, calendar)]
