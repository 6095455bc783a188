"""Counts that are honest about their limit, and the pages of a list."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from records.search.parameters import BadParameter

# Beyond this many nobody counts, and nobody turns pages.
CAP = 10_000
SIZE = 20


@dataclass(frozen=True)
class Count:
    """A number of rows; or that there are `more` than it, or `about` so many, or that nobody knows."""

    number: int
    more: bool = False
    about: bool = False
    unknown: bool = False

    @property
    def figure(self):
        """The number as people say it: one that is about right in two figures, 1.2 million."""
        if not self.about:
            return _grouped(self.number)
        size = 10 ** max(0, len(str(self.number)) - 2)
        number = round(self.number / size) * size
        if number < 1_000_000:
            return _grouped(number)
        units = number / int(pgettext("how many one of the word after a large number is", "1000000"))
        said = formats.number_format(units, decimal_pos=0 if units >= 10 else 1, use_l10n=True)
        return _("%(number)s million") % {"number": said}

    def __str__(self):
        if self.unknown:
            return _("not counted")
        if self.more:
            return _("more than %(number)s") % {"number": self.figure}
        return _("about %(number)s") % {"number": self.figure} if self.about else self.figure

    @property
    def is_exact(self):
        """Whether there are just so many."""
        return not (self.more or self.about or self.unknown)

    def __bool__(self):
        return self.number > 0 or self.unknown


def _grouped(number):
    return formats.number_format(number, use_l10n=True, force_grouping=True)


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
