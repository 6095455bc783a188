"""Scales: round numbers beside a chart, labels that leave each other room, places as shares."""

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

FEW, MANY = 5, 13
"""So many labels stand below each other's side on a phone, and on a wide page."""
LINES = 4


def at(part: float, whole: float) -> str:
    """A share as SVG writes it: “12.5%”, with a point in every language."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"


def ticks(most: float) -> list[tuple[float, str]]:
    """Round numbers from 0 to the first that is not below `most`, with their words."""
    if most <= 0:
        return [(0, said(0)), (1, said(1))]
    rough = most / LINES
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough)
    step = max(1, step)
    return [(step * n, said(step * n)) for n in range(math.ceil(most / step) + 1)]


def said(number: float) -> str:
    """A number of a scale: whole, with its thousands apart, millions shortened."""
    if number >= 1_000_000:
        digits = 0 if number % 1_000_000 == 0 else 1
        return _("%(n)s M") % {"n": number_format(number / 1_000_000, decimal_pos=digits)}
    return whole(number)


def whole(number: float) -> str:
    """A number as sentences and tables say it: whole, with its thousands apart."""
    return number_format(round(number), decimal_pos=0, use_l10n=True, force_grouping=True)


def labels(texts: list[str]) -> list[dict]:
    """Each text with its place; `text` is '' where there is no room, `wide` where a phone has none."""
    number = len(texts)
    many = max(1, math.ceil(number / MANY))
    few = many * max(1, math.ceil(number / FEW / many))
    return [
        {
            "x": at(place + 0.5, number),
            "text": text if place % many == 0 else "",
            "wide": place % few != 0,
        }
        for place, text in enumerate(texts)
    ]
