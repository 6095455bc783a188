"""How the scores of a scheme are spread, with the edges of its grades, where one number decides."""

import math
from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext as _

from records.chart import Column, Columns
from records.chart.scale import whole
from records.publication import joining
from records.ratings.edges import Deciding, counted_scores, deciding
from records.ratings.schemes import Scheme
from records.ratings.schemes.rule import Band

MOST = 60
"""So many columns at most; what lies beyond is counted into the last one."""


def chart(scheme: Scheme) -> Columns | None:
    """A column for each score there may be; None where no single number decides or nothing is counted."""
    by, scores = deciding(scheme), counted_scores(scheme)
    if by is None or not scores:
        return None
    wholes = Counter()
    for score, number in scores.items():
        wholes[math.floor(score / by.unit) * by.unit] += number
    first, last = _ends(wholes, scheme.direction == "low", by.unit)
    numbers = {place: wholes[place] for place in range(first, last + 1, by.unit)}
    numbers[first] += sum(n for place, n in wholes.items() if place < first)
    numbers[last] += sum(n for place, n in wholes.items() if place > last)
    bands = [_band(by.ladder.bands, place) for place in numbers]
    columns = [
        Column(
            _said(place, wholes, first, last), number,
            joining.labelled(_said(place, wholes, first, last), whole(number)),
            scheme.entry(band.result.value).tone if band and band.result.value else "",
        )
        for (place, number), band in zip(numbers.items(), bands, strict=True)
    ]  # fmt: skip
    rows = [
        (column.label, whole(column.value), _name(scheme, band))
        for column, band in zip(columns, bands, strict=True)
        if column.value
    ]
    commonest = max(numbers, key=numbers.get)
    said = {
        "n": whole(sum(numbers.values())), "score": _said(commonest, wholes, first, last),
        "first": min(wholes), "last": max(wholes),
    }  # fmt: skip
    sentence = _sentence(by)
    head = (_("Sum of the scores") if by.is_sum else _("Score"), _("Establishments"), _("Gives"))
    return Columns(
        f"scores-{scheme.key}", "", sentence % said, columns, head, rows, zones=_zones(scheme, bands)
    )


def _sentence(by: Deciding) -> str:
    if not by.is_sum:
        return _(
            "The scores behind %(n)s current grades lie between %(first)s and %(last)s, most often at "
            "%(score)s. Dashed lines are the edges of grades."
        )
    if not by.capped:
        return _(
            "The scores behind %(n)s current grades add up to between %(first)s and %(last)s, most often to "
            "%(score)s. Dashed lines are the edges of grades."
        )
    return _(
        "The scores behind %(n)s current grades add up to between %(first)s and %(last)s, most often to "
        "%(score)s. Dashed lines are where the sum alone would give another grade; one bad score can make a "
        "grade lower than that."
    )


def _ends(wholes: Counter, low_is_good: bool, unit: int) -> tuple[int, int]:
    first, last, room = min(wholes), max(wholes), (MOST - 1) * unit
    if last - first <= room:
        return first, last
    return (first, first + room) if low_is_good else (last - room, last)


def _band(bands: tuple[Band, ...], place: int) -> Band | None:
    return next((band for band in bands if band.holds(Decimal(place))), None)


def _zones(scheme: Scheme, bands: list[Band | None]) -> list[tuple[int, int, str]]:
    """Neighbouring columns of one band, with the grade that it gives."""
    found = []
    for place, band in enumerate(bands):
        if found and bands[place - 1] is band:
            found[-1] = (found[-1][0], place, found[-1][2])
        else:
            found.append((place, place, _name(scheme, band, short=True)))
    return found


def _name(scheme: Scheme, band: Band | None, short: bool = False) -> str:
    key = band and (band.result.value or band.result.status)
    if not key:
        return ""
    if short:
        return key if len(key) <= 2 else ""
    return scheme.entry(key).label()


def _said(place: int, wholes: Counter, first: int, last: int) -> str:
    if place == last and max(wholes) > last:
        return _("%(n)s and more") % {"n": place}
    if place == first and min(wholes) < first:
        return _("%(n)s and less") % {"n": place}
    return str(place)
