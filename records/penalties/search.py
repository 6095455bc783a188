"""What decisions tell the search: words of name, number, law and facts, narrowed and sorted, with sums.

Sums are given per currency and never added across currencies; a range of amounts belongs to one currency.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import md5

from django.db import OperationalError
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses.models import Business, Establishment
from records.penalties import bands, columns, cuts, words
from records.penalties.asking import SIGNS, Asking, ladder
from records.penalties.beginning import Begun, begin
from records.penalties.facets import WAYS, YEAR
from records.penalties.index import IndexCard
from records.penalties.leads import leads
from records.penalties.models import Penalty
from records.penalties.panels import Panels
from records.penalties.reading import readings
from records.penalties.saying import Saying
from records.penalties.tally import NOT_COUNTED, Counted, Tally, counted, number, tally
from records.penalties.totals import Total, totals
from records.penalties.years import Chart, chart
from records.publication.overtime import is_cancelled
from records.search.keyset import Keyset, stretch
from records.search.listing import Listing
from records.search.pages import Count
from records.search.parameters import BadParameter
from records.search.text import parse
from records.search.tiers import Tier, Tiers


def _by_amount(column: str) -> Keyset:
    """The largest first, one currency after the other, then those whose amount is not known."""

    def said(penalty) -> str:
        return words.money(getattr(penalty, column), penalty.currency) or _("amount not known")

    return Keyset({"currency": str, column: Decimal}, said, descending=True, unknown=True, key="number")


# Whatever is public has a date (penalty_says_what_it_rests_on), so that none needs to come last.
NEWEST = Keyset({"decided_on": date}, lambda row: date_format(row.decided_on), descending=True, key="number")
BEST = Tiers(NEWEST, most=3)


def decisions():
    """All public decisions as a list shows them."""
    return Penalty.objects.public().select_related("authority", "law")


class PenaltySearch(Asking, Saying, Listing):
    """The list of decisions that a URL asks for."""

    facets = WAYS
    others = ("currency", "imposed", "owed", "establishment", "business", columns.PARAMETER)
    orders = {
        "relevance": (gettext_lazy("best match"), BEST),
        "date": (gettext_lazy("newest"), NEWEST),
        "imposed": (gettext_lazy("amount imposed"), _by_amount("imposed")),
        "owed": (gettext_lazy("amount owed"), _by_amount("owed")),
    }
    default_order = "date"
    name_path = "respondent"
    is_incomplete = False
    """Whether counts were left out because they took too long; the rows are all there."""
    _begun: Begun | None = None
    """What counting few of them has brought of the first page."""

    def __init__(self, data):
        super().__init__(data, decisions())
        self.currency = self._currency(self.parameters.get("currency"))
        self.imposed = bands.read("imposed", self.parameters.get("imposed"))
        self.owed = bands.read("owed", self.parameters.get("owed"))
        for name in ("imposed", "owed"):
            if getattr(self, name) and not self.currency:
                message = _("An amount needs its currency, because amounts of two are not compared.")
                raise BadParameter(name, self.parameters.get(name), message)
        self.establishment = self._place("establishment", Establishment)
        self.business = self._place("business", Business)
        self.columns = self._columns()

    # -- what is asked for

    def _check_facets(self):
        for way in self.facets:
            way.check(self.parameters.getlist(way.parameter))

    @staticmethod
    def _currency(value: str) -> str:
        if value and not (value.isascii() and value.isalpha() and value.isupper() and len(value) == 3):
            raise BadParameter("currency", value, _("Write three capital letters, such as GBP."))
        return value

    def _columns(self) -> list[columns.Shown]:
        """The columns of the table that is asked for; none where the list is one of cards."""
        names = self.parameters.getlist(columns.PARAMETER)
        for name in names:
            if name not in columns.BY_NAME:
                message = _("“columns” must be of: %(names)s.") % {"names": ", ".join(columns.BY_NAME)}
                raise BadParameter(columns.PARAMETER, name, message)
        return columns.chosen(names)

    @property
    def choices(self) -> list[tuple[columns.Shown, bool]]:
        """Every column that there is, and whether it is chosen."""
        return [(column, column in self.columns) for column in columns.COLUMNS]

    def _place(self, name: str, model):
        reference = self.parameters.get(name)
        if not reference:
            return None
        found = model.objects.public().filter(reference=reference.replace("\0", "")).first()
        if found is None:
            raise BadParameter(name, reference, _("Nothing with this reference is shown here."))
        return found

    # -- counts and rows

    @cached_property
    def _found(self) -> tuple[object, Counted]:
        """The rung that finds something, or the last, and how many that finds."""
        found = None
        for step in ladder(self.text) if self.text else [None]:
            found = step, self._in_time(lambda step=step: self._counted(step), NOT_COUNTED)
            if found[1].count:
                break
        return found

    def _counted(self, step) -> Counted:
        if self.is_vain(step):
            return Counted(Count(0), 1)
        asked, beginnings = self.question(step)[0], bool(step and step.prefixes)
        return counted(self._condition(step, None), asked, beginnings, self._count_few)

    def _in_time(self, work, otherwise):
        """What the work comes to, or otherwise where it took too long: then the list says so."""
        try:
            return work()
        except OperationalError as error:
            if not is_cancelled(error):
                raise
            self.is_incomplete = True
            return otherwise

    @property
    def count(self) -> Count:
        return self._found[1].count

    @property
    def is_small(self):
        return self._found[1].sample == 1

    def _finds(self, text):
        return any(self.cards(step)[:1] for step in ladder(parse(text)))

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
        """Whether the count has brought so many of the rows, or all."""
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
        within, likely = getattr(self, self.order), self._found[1].currencies
        sign = SIGNS[self.order]
        return cuts.by_amount(asked, self.order, sign, self.currency, within, likely, self.held)

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

    # -- what they come to

    @property
    def adds_up(self) -> bool:
        """Whether anything is added up: not where there is too much of it.

        Nor for one business or place: its decisions lie in several domains, and nothing of it adds up.
        """
        return self.is_small and not (self.business or self.establishment)

    @cached_property
    def tally(self) -> Tally:
        """The decisions under all filters, counted in every way by which the list is not narrowed yet."""
        step, known = self._found
        groups = [way.column for way in self.facets if not self.parameters.getlist(way.parameter)]
        groups += ["currency"] * (not self.currency)
        groups += [name for name in SIGNS if not getattr(self, name)]
        without = Tally(known.count, {group: {} for group in groups})
        if self.count.unknown or not self.count:
            return without
        cards = self._condition(step, None)
        return self._in_time(lambda: tally(cards, groups, sums=self.adds_up, known=known), without)

    def tally_without(self, parameter: str, group: str) -> dict:
        """The same without the filter of one parameter, counted by what that filter chooses from."""
        cards = self._condition(self.step, parameter)
        return self._in_time(lambda: tally(cards, [group]).groups[group], {})

    def _condition(self, step, left_out):
        return lambda *also: self.cards(step, left_out, also)

    @cached_property
    def totals(self) -> list[Total]:
        """Number and sums per currency, the most frequent first."""
        return totals(self.tally.sums)

    @cached_property
    def years(self) -> Chart | None:
        """The same for each year, as a chart in which each year leads to its decisions."""
        if not self.adds_up:
            return None
        return chart(self.tally.sums, lambda year: self.parameters.having(YEAR.parameter, year))

    @cached_property
    def panels(self):
        """The ways to narrow, with options, counts and links."""
        return Panels(self).all()

    @cached_property
    def read(self) -> list["PenaltySearch"]:
        """What the text means where it is read as a sentence."""
        return readings(self)

    @cached_property
    def leads(self):
        """The filters that the text may mean."""
        return leads(self)
