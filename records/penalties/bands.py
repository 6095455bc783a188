"""Ranges of amounts in one currency: how they are written in the URL, and the bands that a list offers.

`1000-5000` is over 1,000 and up to 5,000, `5000-` over 5,000, `-1000` up to 1,000, `-0` nothing: a border
belongs to the band below it, because fines are round sums and "over 10,000" means more than that.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from records.penalties import words
from records.search.parameters import BadParameter

_RANGE = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)?-(\d{1,15}(?:\.\d{1,3})?)?", re.ASCII)
CENT = Decimal("0.001")
"""The least by which two amounts differ: a range of just that holds one amount."""

BORDERS = (0, *(10**power for power in range(2, 10)))


@dataclass(frozen=True)
class Range:
    """Over `low` and up to `high`; None where that side is open."""

    low: Decimal | None
    high: Decimal | None

    @property
    def text(self) -> str:
        """As the URL has it."""
        return "-".join(
            "" if side is None else format(side.normalize(), "f") for side in (self.low, self.high)
        )

    def condition(self, column: str) -> Q:
        """What the amount in a column must fulfil."""
        found = Q(**{f"{column}__isnull": False})
        if self.low is not None:
            found &= Q(**{f"{column}__gt": self.low})
        return found & Q(**{f"{column}__lte": self.high}) if self.high is not None else found

    def tokens(self, sign: str, currency: str) -> list[str]:
        """Those of the index cards whose amount lies in a band that this range touches."""
        return [f"{sign}{currency}{at}" for at, band in enumerate(bands()) if self._touches(band)]

    def _touches(self, band: "Range") -> bool:
        above = self.low is None or band.high is None or band.high > self.low
        return above and (self.high is None or band.low is None or band.low < self.high)

    @property
    def is_band(self) -> bool:
        """Whether it is one of those that are offered, or some in a row, so that tokens say it exactly."""
        return {side for side in (self.low, self.high) if side is not None} <= set(map(Decimal, BORDERS))

    def words(self, currency: str) -> str:
        """“over 1,000 GBP”, “over 1,000, up to 5,000 GBP”, “up to 1,000 GBP”, “nothing”."""
        if self.low and self.high is not None and self.high - self.low == CENT:
            return words.money(self.high, currency)
        if not self.low:
            high = words.money(self.high, currency)
            return (
                _("up to %(high)s") % {"high": high} if self.high else pgettext("a sum of money", "nothing")
            )
        if self.high is None:
            return _("over %(low)s") % {"low": words.money(self.low, currency)}
        sides = {"low": words.number(self.low), "high": words.money(self.high, currency)}
        return _("over %(low)s, up to %(high)s") % sides


def read(parameter: str, text: str) -> Range | None:
    """The range that a parameter says, None where it is empty; BadParameter where it is none."""
    if not text:
        return None
    found = _RANGE.fullmatch(text)
    low, high = (Decimal(side) if side else None for side in found.groups()) if found else (None, None)
    if (low is None and high is None) or (low is not None and high is not None and low >= high):
        message = _("Write 1000-5000, 1000- or -5000: over the first amount and up to the second.")
        raise BadParameter(parameter, text, message)
    return Range(low, high)


def offered(counts: dict[int, int]) -> list[tuple[Range, int]]:
    """(range, how many) of what a list offers: the bands that hold anything, of which the last is open, and
    behind each in the middle all from there on, because people ask for fines over an amount."""
    every, held = bands(), sorted(counts)
    found = []
    for at in held:
        whole = Range(every[at].low, None)
        above = sum(counts[other] for other in held if other >= at)
        if at == held[-1]:
            found.append((whole if every[at].low else every[at], above))
            continue
        found.append((every[at], counts[at]))
        if at != held[0] and every[at].low:
            found.append((whole, above))
    return found


def bands() -> list[Range]:
    """The bands by which cards are marked: nothing, up to 100, then a power of ten each."""
    borders = [None, *(Decimal(border) for border in BORDERS), None]
    return [Range(low, high) for low, high in pairwise(borders)]
