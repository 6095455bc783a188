"""What decisions tell the search: words of name, number, law and facts, narrowed and sorted, with sums.

Sums are given per currency and never added across currencies; a range of amounts belongs to one currency.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Case, Count, F, Func, Q, Sum, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses.models import Business, Establishment
from records.penalties import bands, words
from records.penalties.facets import SANCTION, WAYS, YEAR
from records.penalties.models import Penalty
from records.penalties.panels import Panels
from records.penalties.years import Chart, chart
from records.search.facets import COUNTED
from records.search.keyset import Keyset
from records.search.listing import Listing
from records.search.pages import capped_count, cut
from records.search.parameters import BadParameter
from records.search.ranking import CANDIDATES, ranked


def _by_amount(column: str) -> Keyset:
    """The largest first, one currency after the other, then those whose amount is not known."""

    def said(penalty) -> str:
        return words.money(getattr(penalty, column), penalty.currency) or _("amount not known")

    return Keyset({"currency": str, column: Decimal}, said, descending=True, unknown=True)


# Whatever is public has a date (penalty_says_what_it_rests_on), so that none needs to come last.
NEWEST = Keyset({"decided_on": date}, lambda penalty: date_format(penalty.decided_on), descending=True)


def decisions():
    """All public decisions as a list shows them."""
    return Penalty.objects.public().select_related("authority", "law").defer("search")


@dataclass(frozen=True)
class Total:
    """The sums of one currency: over `known` decisions with an amount of `number` with this currency."""

    currency: str
    number: int
    known: int
    imposed: Decimal | None
    owed: Decimal | None

    @property
    def imposed_words(self) -> str:
        """What was imposed in all: 1,204,500 GBP."""
        return words.money(self.imposed, self.currency)

    @property
    def owed_words(self) -> str:
        """What is owed of it now."""
        return words.money(self.owed, self.currency)


class PenaltySearch(Listing):
    """The list of decisions that a URL asks for."""

    facets = WAYS
    others = ("currency", "imposed", "owed", "establishment", "business")
    orders = {
        "relevance": (gettext_lazy("best match"), None),
        "date": (gettext_lazy("newest"), NEWEST),
        "imposed": (gettext_lazy("amount imposed"), _by_amount("imposed")),
        "owed": (gettext_lazy("amount owed"), _by_amount("owed")),
    }
    default_order = "date"
    name_path = "respondent"

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

    # -- what is asked for

    def _check_facets(self):
        for way in self.facets:
            way.check(self.parameters.getlist(way.parameter))

    @staticmethod
    def _currency(value: str) -> str:
        if value and not (value.isascii() and value.isalpha() and value.isupper() and len(value) == 3):
            raise BadParameter("currency", value, _("Write three capital letters, such as GBP."))
        return value

    def _place(self, name: str, model):
        reference = self.parameters.get(name)
        if not reference:
            return None
        found = model.objects.public().filter(reference=reference.replace("\0", "")).first()
        if found is None:
            raise BadParameter(name, reference, _("Nothing with this reference is shown here."))
        return found

    def conditions(self, left_out: str | None = None) -> Q:
        """The condition of all filters but the one of the parameter that is left out; not of the text."""
        found = Q()
        for way in self.facets:
            values = self.parameters.getlist(way.parameter)
            if values and way.parameter != left_out:
                found &= Q(way.condition(values))
        if self.currency and left_out != "currency":
            found &= Q(currency=self.currency)
        for name in ("imposed", "owed"):
            asked = getattr(self, name)
            if asked and left_out not in (name, "currency"):
                found &= asked.condition(name)
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                found &= Q(**{name: place.pk})
        return found

    def _faceted(self, left_out=None):
        return self.queryset.filter(self.conditions(left_out))

    def under(self, left_out: str | None = None):
        """The rows under the text and all filters but one, without what a list needs beside."""
        return self._texted(Penalty.objects.public().filter(self.conditions(left_out)), self.step)

    # -- counts and rows

    @cached_property
    def count(self):
        """How many decisions there are: exact as far as sums are given too."""
        found = self._found[1]
        return capped_count(self.under(), COUNTED) if found.more else found

    @cached_property
    def page(self):
        """The page asked for. A decision with just the number that was typed comes first."""
        if self.order != "relevance":
            return super().page
        few = self.count.number <= CANDIDATES
        best = ranked(self._faceted(), self.step, self.text.words, self.text_path, self.name_path, few)
        typed = Func(Value(self.text.text), function="disclosed.decision_key")
        exact = Case(When(number_key=typed, then=Value(1)), default=Value(0))
        best = best.order_by(exact.desc(), "-rank", F("decided_on").desc(nulls_last=True), "-pk")
        return cut(self.number, self.count, lambda a, b: best[a:b], self.size, reach=CANDIDATES)

    @property
    def adds_up(self) -> bool:
        """Whether anything is added up: not where there is too much of it.

        Nor for one business or place: its decisions lie in several domains, and nothing of it adds up.
        """
        return not (self.count.more or self.business or self.establishment)

    @cached_property
    def totals(self) -> list[Total]:
        """Number and sums per currency, the most frequent first."""
        if not self.adds_up:
            return []
        grouped = self.under().exclude(currency="").order_by().values("currency")
        summed = grouped.annotate(
            number=Count("pk"), known=Count("imposed"), sum=Sum("imposed"), rest=Sum("owed")
        ).order_by("-number", "currency")
        return [Total(t["currency"], t["number"], t["known"], t["sum"], t["rest"]) for t in summed]

    @cached_property
    def years(self) -> Chart | None:
        """The same for each year, as a chart in which each year leads to its decisions."""
        if not self.adds_up:
            return None
        return chart(self.under(), lambda year: self.parameters.having(YEAR.parameter, year))

    @cached_property
    def panels(self):
        """The ways to narrow, with options, counts and links."""
        return Panels(self).all()

    # -- words and links

    @property
    def narrowed_by_filters(self) -> bool:
        """Whether more than the text narrows the list, so that single parts can be taken back."""
        names = [*(way.parameter for way in self.facets), *self.others]
        return any(self.parameters.getlist(name) for name in names)

    @property
    def subject(self) -> str:
        """What is listed: “Fines” where only fines are asked for, else “Decisions”."""
        kinds = self.parameters.getlist(SANCTION.parameter)
        fines = kinds == ["fine"] or (not kinds and (self.imposed or self.owed))
        return _("Fines") if fines else _("Decisions")

    def sentence(self) -> str:
        """What is shown: “Fines over 10,000 GBP under the Food Act, 2019 to 2021, largest first”."""
        said = {way.parameter: way.words(self.parameters.getlist(way.parameter)) for way in self.facets}
        if self.parameters.getlist(SANCTION.parameter) == ["fine"]:
            said["sanction"] = ""
        amount = self.imposed.words(self.currency) if self.imposed else ""
        if self.currency and not (self.imposed or self.owed):
            amount = _("in %(currency)s") % {"currency": self.currency}
        text = self.text.sentence()
        close = [self.subject, amount, said["sanction"], said["article"] or said["law"], text]
        owed = _("%(amount)s still owed") % {"amount": self.owed.words(self.currency)} if self.owed else ""
        place = self.establishment or self.business
        about = _("about %(name)s") % {"name": place.name} if place else ""
        order = {"date": _("newest first"), "imposed": _("largest first"), "owed": _("most owed first")}
        loose = [said["violation"], about, said["authority"], owed, said["state"], said["year"]]
        parts = [" ".join(filter(None, close)), *loose, order.get(self.order, "")]
        return ", ".join(filter(None, parts))

    def chips(self):
        """(label, link that takes it back) of everything chosen: text and filters."""
        found = [(f"“{self.text.text}”", self.parameters.without("q"))] if self.text else []
        for way in self.facets:
            values = self.parameters.getlist(way.parameter)
            for value, label in way.labels(values).items():
                found.append((label, self.parameters.toggled(way.parameter, value)))
        for name, label in (("imposed", _("imposed: %(amount)s")), ("owed", _("owed: %(amount)s"))):
            if asked := getattr(self, name):
                said = label % {"amount": asked.words(self.currency)}
                found.append((said, self.parameters.without(name)))
        if self.currency:
            found.append((self.currency, self.parameters.without("currency", "imposed", "owed")))
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                found.append((place.name, self.parameters.without(name)))
        return found

    def kept(self):
        """Pairs of name and value that stay when another text is typed."""
        names = (*(way.parameter for way in self.facets), *self.others)
        return [(name, value) for name in names for value in self.parameters.getlist(name)]
