"""What decisions tell the search: words of name, number, law and facts, narrowed and sorted, with sums.

Sums are given per currency and never added across currencies; a range of amounts belongs to one currency.
"""

from functools import cached_property

from django.db import OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses.models import Business, Establishment
from records.penalties import bands, columns
from records.penalties.asking import Asking, ladder
from records.penalties.facets import WAYS, YEAR
from records.penalties.index import SIGNS
from records.penalties.leads import leads
from records.penalties.models import Penalty
from records.penalties.paging import BEST, NEWEST, Paging, by_amount
from records.penalties.panels import Panels
from records.penalties.reading import readings
from records.penalties.saying import Saying
from records.penalties.tally import NOT_COUNTED, Counted, Tally, about, counted, number, tally
from records.penalties.totals import Total, totals
from records.penalties.years import Chart, chart
from records.publication.overtime import is_cancelled
from records.search.listing import Listing
from records.search.pages import Count
from records.search.parameters import BadParameter
from records.search.text import parse


def decisions():
    """All public decisions as a list shows them."""
    return Penalty.objects.public().select_related("authority", "law")


class PenaltySearch(Asking, Paging, Saying, Listing):
    """The list of decisions that a URL asks for."""

    facets = WAYS
    others = ("currency", "imposed", "owed", "establishment", "business", columns.PARAMETER)
    orders = {
        "relevance": (gettext_lazy("best match"), BEST),
        "date": (gettext_lazy("newest"), NEWEST),
        "imposed": (gettext_lazy("amount imposed"), by_amount("imposed")),
        "owed": (gettext_lazy("amount owed"), by_amount("owed")),
    }
    default_order = "date"
    name_path = "respondent"
    is_incomplete = False
    """Whether counts were left out because they took too long; the rows are all there."""

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

    @cached_property
    def count(self) -> Count:
        return self._found[1].count

    @property
    def is_small(self):
        return self._found[1].sample == 1

    def _finds(self, text):
        return any(number(self.cards(step), 1) for step in ladder(parse(text)))

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

    def tally_without(self, parameter: str, group: str) -> Tally:
        """The same without the filter of one parameter, counted by what that filter chooses from."""
        cards, asked = self._condition(self.step, parameter), self.question(self.step, parameter)[0]

        def work() -> Tally:
            beginnings = self.step and self.step.prefixes
            return tally(cards, [group], known=None if beginnings else about(cards, asked))

        return self._in_time(work, Tally(NOT_COUNTED.count, {group: {}}))

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
