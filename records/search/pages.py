"""Counts that are honest about their limit, and the pages of a list."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.search.parameters import BadParameter

# Beyond this many nobody counts, and nobody turns pages.
CAP = 10_000
SIZE = 20


@dataclass(frozen=True)
class Count:
    """A number of rows; or that there are `more` than it; or that there are `about` so many."""

    number: int
    more: bool = False
    about: bool = False

    def __str__(self):
        if self.about:
            return about(self.number)
        number = formats.number_format(self.number, use_l10n=True, force_grouping=True)
        return _("more than %(number)s") % {"number": number} if self.more else number

    def __bool__(self):
        return self.number > 0


def about(number):
    """A number as far as it is known: "about 1.2 million", "about 36,000"."""
    digits = len(str(number)) - 2
    rounded = round(number, -digits) if digits > 0 else number
    if rounded >= 1_000_000:
        decimals = 1 if rounded < 10_000_000 else 0
        millions = formats.number_format(rounded / 1_000_000, decimals, use_l10n=True, force_grouping=True)
        return _("about %(number)s million") % {"number": millions}
    number = formats.number_format(rounded, use_l10n=True, force_grouping=True)
    return _("about %(number)s") % {"number": number}


@dataclass(frozen=True)
class Page:
    """One page of rows: its number from 1, the pages that there are, and the count of all rows."""

    rows: list
    number: int
    last: int
    count: Count

    @property
    def previous(self):
        """The number of the page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self):
        """The number of the page after, or None."""
        return self.number + 1 if self.number < self.last else None


def capped_count(queryset, cap=CAP):
    """How many rows there are, as a `Count`; no more than `cap` are looked at."""
    number = queryset.order_by()[: cap + 1].count()
    return Count(min(number, cap), number > cap)


def cut(number, count, fetch, size=SIZE, reach=CAP):
    """The `Page` of that number; `fetch(start, stop)` gives rows. BadParameter beyond the last page.

    `reach` is the number of rows that can be reached at all by turning pages.
    """
    last = max(1, -(-min(count.number, reach) // size))
    if number > last:
        message = ngettext("There is only %(last)s page.", "There are only %(last)s pages.", last)
        raise BadParameter("page", str(number), message % {"last": last})
    start = (number - 1) * size
    return Page(list(fetch(start, min(start + size, reach))), number, last, count)
