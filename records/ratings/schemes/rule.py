"""The pieces a rule is made of: measures, conditions, bands, steps and checks; data without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from records.publication.strict import Words

MEASURES = ("sum", "max", "min", "mean", "count", "first")
TESTS = ("equals", "at_least", "at_most", "over", "under", "present")


@dataclass(frozen=True)
class Measure:
    """A number computed from components: `how` is one of MEASURES, `of` names the components."""

    key: str
    how: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Test:
    """One comparison of a component or measure; `other` means that `against` names another one."""

    name: str
    op: str
    against: object
    other: bool = False


# any of the inner tuples, of which all tests hold; a comparison with something absent does not hold
Condition = tuple[tuple[Test, ...], ...]


@dataclass(frozen=True)
class Result:
    """What a rule gives: a value, or a status; and the card, when it is not the value's own."""

    value: str | None = None
    status: str | None = None
    card: str | None = None


@dataclass(frozen=True)
class Band:
    """An interval of a measure and its result; a bound is None when absent, open when excluded."""

    result: Result
    low: Decimal | None = None
    low_open: bool = False
    high: Decimal | None = None
    high_open: bool = False

    def holds(self, number) -> bool:
        if self.low is not None and (number < self.low or (self.low_open and number == self.low)):
            return False
        return self.high is None or not (number > self.high or (self.high_open and number == self.high))


@dataclass(frozen=True)
class Ladder:
    """Bands on one measure."""

    of: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Step:
    """One step of a rule: when its condition holds it decides, by a fixed result, by bands or by a picked
    outcome.

    With `cap`, a second ladder, the worse of the two values counts. `card_from` names a component that holds
    the card.
    """

    when: Condition | None = None
    result: Result | None = None
    ladder: Ladder | None = None
    cap: Ladder | None = None
    picked: str | None = None
    card_from: str | None = None
    reason: Words | None = None


@dataclass(frozen=True)
class Check:
    """What must hold between components; `component` is blamed when it does not."""

    component: str
    must: Condition
    message: Words
    when: Condition | None = None
