"""How the scores of a scheme are spread, with the edges of its grades, where one number decides."""

import math
from collections import Counter
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from records.chart import Column, Columns
from records.ratings.edges import counted_scores, deciding
from records.ratings.schemes import Scheme
from records.ratings.schemes.rule import Band

MOST = 60
"""So many columns at most; what lies beyond is counted into the last one."""


def chart(scheme: Scheme) -> Columns | None:
    """A column for each whole number; None where no single number decides or nothing is counted."""
    ladder, scores = deciding(scheme)[0], counted_scores(scheme)
    if ladder is None or not scores:
        return None
    wholes = Counter()
    for score, number in scores.items():
        wholes[math.floor(score)] += number
    first, last = _ends(wholes, scheme.direction == "low")
    numbers = {place: wholes[place] for place in range(first, last + 1)}
    numbers[first] += sum(n for place, n in wholes.items() if place < first)
    numbers[last] += sum(n for place, n in wholes.items() if place > last)
    bands = [_band(ladder.bands, place) for place in numbers]
    columns = [
        Column(
            _said(place, wholes, first, last), number,
            f"{_said(place, wholes, first, last)}: {_count(number)}",
            scheme.entry(band.result.value).tone if band and band.result.value else "",
        )
        for (place, number), band in zip(numbers.items(), bands, strict=True)
    ]  # fmt: skip
    rows = [
        (column.label, _count(column.value), _name(scheme, band))
        for column, band in zip(columns, bands, strict=True)
        if column.value
    ]
    commonest = max(numbers, key=numbers.get)
    said = {
        "n": _count(sum(numbers.values())), "score": _said(commonest, wholes, first, last),
        "first": min(wholes), "last": max(wholes),
    }  # fmt: skip
    sentence = _(
        "The scores behind %(n)s current grades lie between %(first)s and %(last)s, most often at %(score)s. "
        "Dashed lines are the edges of grades."
    )
    head = (_("Score"), _("Establishments"), _("Gives"))
    return Columns(
        f"scores-{scheme.key}", "", sentence % said, columns, head, rows, zones=_zones(scheme, bands)
    )


def _ends(wholes: Counter, low_is_good: bool) -> tuple[int, int]:
    first, last = min(wholes), max(wholes)
    if last - first < MOST:
        return first, last
    return (first, first + MOST - 1) if low_is_good else (last - MOST + 1, last)


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


def _count(number: float) -> str:
    return number_format(int(number), decimal_pos=0, use_l10n=True, force_grouping=True)
