"""Best matches first, without a figure for each row: one set after the other, each in an order of its own.

What matches best is found by a query of its own, and so is each set that follows; within a set the order is
the same. So the best of ten million rows cost no more than those of a thousand, and pages go on for ever:
`after=1~2024-05-01~123` is what follows row 123 in the second set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from django.utils.translation import gettext as _

from records.search.keyset import BEFORE, BETWEEN, Cut, Keyset, Mark, Stretch, stretch, whole
from records.search.pages import Count
from records.search.parameters import BadParameter


@dataclass(frozen=True)
class Tier:
    """One of the sets: its rows, and how they are cut into pieces.

    `begun` are the first of all sets together, where they are known: those of a page, and a page more. What
    is in no set before is of this one.
    """

    rows: object
    cut: Cut = whole
    begun: Sequence | None = None


@dataclass(frozen=True)
class Tiers:
    """An order of several sets, of which each is in the order of the `keyset`, where no value is unknown."""

    keyset: Keyset
    most: int

    def read(self, side: str, text: str) -> Mark:
        """The mark that a parameter is; BadParameter where it is not written as links write it."""
        tier, _between, rest = text.partition(BETWEEN)
        if not (len(tier) == 1 and tier in "0123456789"[: self.most]):
            message = _("This is no place in this list. Go to its first page, and on from there.")
            raise BadParameter(side, text, message)
        return Mark(side, text, (int(tier), *self.keyset.read(side, rest).values))

    @property
    def said(self) -> Callable[[object], str]:
        """Puts the value of a row into words."""
        return self.keyset.said

    def mark(self, side: str, row) -> Mark:
        """The mark beside a row, which knows its `tier`."""
        found = self.keyset.mark(side, row)
        return Mark(side, f"{row.tier}{BETWEEN}{found.text}", (row.tier, *found.values))

    def page(
        self, tiers: Sequence[Tier], mark: Mark | None, count: Count, size: int, load: Callable = list
    ) -> Stretch:
        """The page at a mark, the first without one."""
        back = mark is not None and mark.side == BEFORE
        places = list(enumerate(tiers))
        if back:
            places.reverse()
        if mark:
            places = dropwhile(lambda place: place[0] != mark.values[0], places)
        found = []
        for place, tier in places:
            at = mark.values[1:] if mark and mark.values[0] == place else None
            wanted = size + 1 - len(found)
            if tier.begun is not None and not mark:
                before = {row.pk for row in found}
                rows = [row for row in tier.begun if row.pk not in before][:wanted]
            else:
                rows = self.keyset.fetch(tier.rows, None, at, back, wanted, tier.cut)
            for row in rows:
                row.tier = place
            found += rows
            if len(found) > size:
                break
        return stretch(self, found, mark, back, count, size, load)
