"""The pages of a search of decisions: in which orders they are, and how each is found in few pieces."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import md5

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.penalties import cuts, words
from records.penalties.beginning import Begun, begin
from records.penalties.facets import YEAR
from records.penalties.index import SIGNS, IndexCard
from records.penalties.models import Penalty
from records.penalties.tally import number
from records.search.keyset import Keyset, stretch
from records.search.tiers import Tier, Tiers


def by_amount(column: str) -> Keyset:
    """The largest first, one currency after the other, then those whose amount is not known."""

    def said(penalty) -> str:
        return words.money(getattr(penalty, column), penalty.currency) or _("amount not known")

    return Keyset({"currency": str, column: Decimal}, said, descending=True, unknown=True, key="number")


# Whatever is public has a date (penalty_says_what_it_rests_on), so that none needs to come last.
NEWEST = Keyset({"decided_on": date}, lambda row: date_format(row.decided_on), descending=True, key="number")
BEST = Tiers(NEWEST, most=3)


class Paging:
    """The page that `PenaltySearch` asks for; it has what is asked, and how many there are."""

    _begun: Begun | None = None
    """What counting few of them has brought of the first page."""

    def _count_few(self, cards, most: int) -> int:
        """Count the cards up to so many; where that is for the first page, one statement begins the list."""
        if self.mark or self._asks_nothing:
            return number(cards, most)
        # Of the newest up to a page are among the best, and told before the others.
        keyset, times = (NEWEST, 2) if self.order == "relevance" else (self.keyset, 1)
        self._begun = begun = begin(cards, keyset, most, times * (self.size + 1))
        return begun.number

    @cached_property
    def page(self):
        """The page asked for; those of the best matches begin with what has just this name or number."""
        count = self.count
        if self.order == "relevance":
            return BEST.page(self._tiers(), self.mark, count, self.size, self._load)
        if self._begins(self.size + 1):
            return stretch(self.keyset, self._begun.rows, None, False, count, self.size, self._load)
        if self._asks_nothing:
            rows = self.queryset.annotate(number=F("pk"))
            return self.keyset.page(*self.keyset.parted(rows), self.mark, count, self.size)
        rows, cut = self._rows(left_out=self._cut_by)
        return self.keyset.page(*self.keyset.parted(rows), self.mark, count, self.size, self._load, cut)

    def _begins(self, wanted: int) -> bool:
        """Whether the count was asked for so many of the rows."""
        return self.is_small and self._begun is not None and self._begun.wanted == wanted

    @property
    def _asks_nothing(self) -> bool:
        return not self.text and not any(map(bool, self._asked()))

    def _rows(self, *also: str, left_out: str | None = None, cut: Callable | None = None) -> tuple:
        """The cards of a page, and how they are cut, which asks of the text index what they are.

        An expression keeps the planner from walking through their keys in order.
        """
        asked, beside = self.question(self.step, left_out, also)
        found = IndexCard.objects.public().filter(beside) if self.count else IndexCard.objects.none()
        rows = found.annotate(number=F("pk") + 0)
        return rows.only("penalty", "decided_on", "currency", "imposed", "owed"), (cut or self._cut)(asked)

    @property
    def _is_whole(self) -> bool:
        return self.is_small or bool(self.establishment or self.business)

    @property
    def _is_by_month(self) -> bool:
        return not self._is_whole and self.order not in SIGNS

    @property
    def _cut_by(self) -> str | None:
        """The filter that cuts stand for: months of the years asked for say as much, in shorter lists."""
        return YEAR.parameter if self._is_by_month else None

    def _cut(self, asked: str):
        if self._is_whole:
            return cuts.undivided(asked)
        if self._is_by_month:
            return cuts.by_date(asked, self.parameters.getlist(YEAR.parameter))
        within, likely = getattr(self, self.order), self._found[1].largest.get(self.order, {})
        return cuts.by_amount(asked, self.order, self.currency, within, likely, self.held)

    def _tiers(self) -> list[Tier]:
        """What has just this name or number; what has all words in its name; whatever else matches."""
        typed = list(self.text.words)
        name = md5(" ".join(typed).encode(), usedforsecurity=False).hexdigest()
        exact = f"('@@{name}' | '#{''.join(typed)[:100]}')"
        named, left_out = self.step.name_tsquery, self._cut_by
        begun = self._begun.rows if self._begins(2 * (self.size + 1)) else None
        return [
            Tier(*self._rows(exact, cut=cuts.undivided)),
            Tier(*self._rows(named, f"!{exact}", left_out=left_out)),
            Tier(*self._rows(f"!({named})", f"!{exact}", left_out=left_out), begun),
        ]

    def _load(self, cards) -> list[Penalty]:
        """The decisions of some cards, in their order."""
        rows = self.queryset.annotate(number=F("pk")).filter(pk__in=[card.pk for card in cards])
        held = {penalty.pk: penalty for penalty in rows}
        return [held[card.pk] for card in cards if card.pk in held]
