"""What the gates say of a decision: what stands against showing it, or under which rule and how long."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from records.penalties import timing
from records.penalties.case import Case
from records.penalties.gates import GATES
from records.publication import rules
from records.publication.rules import Periods


@dataclass(frozen=True)
class Refusal:
    """Why it is not shown: the gate, the words, and what follows: refuse, hold, archive or withdraw."""

    code: str
    words: str
    outcome: str = "refuse"
    source: str = ""

    def __str__(self):
        return self.words


@dataclass(frozen=True)
class Verdict:
    """What the gates say. `periods` are those that decide, `masked` whether premises stand for the name.

    Instants are aware; all are None where something refuses. `held` says why it waits until `publish_at`.
    """

    refusals: tuple[Refusal, ...] = ()
    level: str = ""
    periods: Periods | None = None
    publish_at: datetime | None = None
    hide_at: datetime | None = None
    masked: bool = False
    held: str = ""
    passed: tuple[str, ...] = field(default=())

    @property
    def words(self) -> list[str]:
        """What stands against it, in words."""
        return [refusal.words for refusal in self.refusals]


def judge(case: Case, now: datetime | None = None) -> Verdict:
    """What stands against showing it now; where nothing does, its class, rule, times and what is masked.

    A file is judged as of one instant, `now`, however long that takes.
    """
    found = tuple(
        Refusal(function.code, words, function.outcome, function.source)
        for function in GATES
        if (words := function(case))
    )
    failed = {refusal.code for refusal in found}
    passed = tuple(f.code for f in GATES if f.code not in failed)
    if found:
        return Verdict(found, case.level, passed=passed)
    publish_at, held = timing.publish_at(case, now)
    zone = ZoneInfo(case.authority.time_zone)
    periods = timing.periods(case, publish_at.astimezone(zone).date())
    hide_at = rules.hide_at(periods, case.authority.time_zone)
    if publish_at >= hide_at:
        told = _("The time for showing it ends before it may be shown. It is not shown.")
        return Verdict((Refusal("over", told, "archive"),), case.level, passed=passed)
    return Verdict(
        (), case.level, periods, publish_at, hide_at, not case.names_the_person, held, passed,
    )  # fmt: skip
