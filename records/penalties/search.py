"""What decisions tell the search: words of name, number, law and facts, narrowed and sorted, with sums.

Sums are given per currency and never added across currencies; a range of amounts belongs to one currency.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import md5

from django.db import OperationalError, connections
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses.models import Business, Establishment
from records.penalties import bands, cuts, words
from records.penalties.facets import AUTHORITY, SANCTION, WAYS, YEAR
from records.penalties.index import IndexCard
from records.penalties.leads import leads
from records.penalties.models import Penalty
from records.penalties.panels import Panels
from records.penalties.tally import Tally, counted, tally
from records.penalties.years import Chart, chart
from records.publication.overtime import is_cancelled
from records.search.keyset import Keyset, whole
from records.search.listing import Listing
from records.search.pages import Count
from records.search.parameters import BadParameter
from records.search.text import TsQuery, parse
from records.search.tiers import Tier, Tiers

SIGNS = {"imposed": "=i", "owed": "=o"}
"""What begins the tokens of the steps of an amount; in capitals of its bands."""

MOST_TOKENS = 40
"""Of so many authorities at most the tokens are looked up."""

# Neither how many, nor a sample: whatever is large is taken for it.
_NOT_COUNTED = (Count(0, unknown=True), 0)
_STEMS = "SELECT word, (ts_lexize('pg_catalog.english_stem', word))[1] FROM unnest(%s::text[]) AS word"


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


def ladder(text) -> list:
    """The rungs of a text; the database says the stems of its words, as when it made the index cards."""
    if not text:
        return []
    with connections["public"].cursor() as cursor:
        cursor.execute(_STEMS, [[word for word in text.words if word.isascii() and word.isalpha()]])
        return text.ladder_of_texts(dict(cursor.fetchall()))


def _any(tokens: list[str]) -> str:
    """The part of a tsquery that one of the tokens fulfils; where there is none, nothing does."""
    return f"({' | '.join(f"'{token}'" for token in tokens)})" if tokens else "'=none'"


def _total(currency: str, sums: list) -> Total:
    imposed = [one.imposed for one in sums if one.imposed is not None]
    owed = [one.owed for one in sums if one.owed is not None]
    return Total(
        currency, sum(one.number for one in sums), sum(one.known for one in sums),
        sum(imposed) if imposed else None, sum(owed) if owed else None,
    )  # fmt: skip


class PenaltySearch(Listing):
    """The list of decisions that a URL asks for."""

    facets = WAYS
    others = ("currency", "imposed", "owed", "establishment", "business")
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

    # -- the index cards that answer

    def _asked(self, left_out: str | None = None) -> tuple[list[str], Q]:
        """All filters but that of the parameter which is left out: as parts of a tsquery, and beside it."""
        parts, beside = [], Q()
        for way in self.facets:
            values = self.parameters.getlist(way.parameter)
            if values and way.parameter != left_out:
                tokens = self._tokens(way.parameter)
                if way is AUTHORITY and len(tokens) > MOST_TOKENS:
                    beside &= self._many_authorities
                else:
                    parts.append(_any(tokens))
        if self.currency and left_out != "currency":
            parts.append(f"'=c{self.currency}'")
        for name in SIGNS:
            asked = getattr(self, name)
            if asked and left_out not in (name, "currency"):
                parts.append(_any(asked.tokens(SIGNS[name].upper(), self.currency)))
                beside &= Q() if asked.is_band else asked.condition(name)
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                beside &= Q(**{f"penalty__{name}": place.pk})
        return parts, beside

    @property
    def _many_authorities(self) -> Q:
        """A large branch is told apart row by row, because the index would merge all its lists."""
        tokens = self._tokens(AUTHORITY.parameter)
        return Q(authority__in=[int(token.removeprefix(AUTHORITY.sign)) for token in tokens])

    def _tokens(self, parameter: str) -> list[str]:
        if parameter not in self._known_tokens:
            way = next(way for way in self.facets if way.parameter == parameter)
            self._known_tokens[parameter] = way.tokens(self.parameters.getlist(parameter))
        return self._known_tokens[parameter]

    @cached_property
    def _known_tokens(self) -> dict[str, list[str]]:
        return {}

    def cards(self, step, left_out: str | None = None, also: tuple[str, ...] = ()):
        """The index cards under a rung of the text and all filters but one, and more parts of a tsquery."""
        parts, beside = self._asked(left_out)
        parts += [*([step.tsquery] if step else ()), *also]
        rows = IndexCard.objects.public().filter(beside)
        return rows.filter(words=TsQuery(" & ".join(parts))) if parts else rows

    def under(self):
        """The decisions themselves under the text and all filters, without what a list needs beside."""
        parts, _beside = self._asked()
        parts += [self.step.tsquery] if self.step else []
        rows = Penalty.objects.public().annotate(number=F("pk"))
        if parts:
            rows = rows.filter(card__words=TsQuery(" & ".join(parts)))
        if len(self._tokens(AUTHORITY.parameter)) > MOST_TOKENS:
            rows = rows.filter(self._many_authorities)
        for name in SIGNS:
            if asked := getattr(self, name):
                rows = rows.filter(asked.condition(name))
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                rows = rows.filter(**{name: place.pk})
        return rows

    # -- counts and rows

    @cached_property
    def _found(self):
        """The rung that finds something, or the last; its count, and the sample that it comes from."""
        steps = ladder(self.text) or [None]
        for step in steps:
            count, sample = self._in_time(
                lambda step=step: counted(self._condition(step, None)), _NOT_COUNTED
            )
            if count or step is steps[-1]:
                return step, count, sample

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
    def is_small(self):
        return self._found[2] == 1

    def _finds(self, text):
        return any(self.cards(step)[:1] for step in ladder(parse(text)))

    @cached_property
    def page(self):
        """The page asked for; those of the best matches begin with what has just this name or number."""
        if self.order == "relevance":
            return BEST.page(self._tiers(), self.mark, self.count, self.size, self._load)
        if not any(map(bool, self._asked())) and not self.step:
            rows = self.queryset.annotate(number=F("pk"))
            return self.keyset.page(*self.keyset.parted(rows), self.mark, self.count, self.size)
        rows = self._rows()
        cut = self._cut()
        return self.keyset.page(*self.keyset.parted(rows), self.mark, self.count, self.size, self._load, cut)

    def _rows(self, *also: str):
        """The cards of a page: an expression keeps the planner from walking through their keys in order."""
        rows = self.cards(self.step, also=also).annotate(number=F("pk") + 0)
        return rows.only("penalty", "decided_on", "currency", "imposed", "owed")

    def _cut(self):
        if self.is_small or self.establishment or self.business:
            return whole
        if self.order in SIGNS:
            asked = getattr(self, self.order)
            return cuts.by_amount(self.order, SIGNS[self.order], self.currency, asked)
        return cuts.by_date(self.parameters.getlist(YEAR.parameter))

    def _tiers(self) -> list[Tier]:
        """What has just this name or number; what has all words in its name; whatever else matches."""
        typed = list(self.text.words)
        name = md5(" ".join(typed).encode(), usedforsecurity=False).hexdigest()
        exact = f"('@@{name}' | '#{''.join(typed)[:100]}')"
        named, cut = self.step.name_tsquery, self._cut()
        return [
            Tier(self._rows(exact)), Tier(self._rows(named, f"!{exact}"), cut),
            Tier(self._rows(f"!({named})", f"!{exact}"), cut),
        ]  # fmt: skip

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
        step, *known = self._found
        groups = [way.column for way in self.facets if not self.parameters.getlist(way.parameter)]
        groups += ["currency"] * (not self.currency)
        groups += [name for name in SIGNS if not getattr(self, name)]
        without = Tally(known[0], {group: {} for group in groups})
        if self.count.unknown:
            return without
        cards = self._condition(step, None)
        return self._in_time(lambda: tally(cards, groups, sums=self.adds_up, known=known), without)

    def tally_without(self, parameter: str, group: str) -> dict:
        """The same without the filter of one parameter, counted by what that filter chooses from."""
        cards = self._condition(self.step, parameter)
        return self._in_time(lambda: tally(cards, [group]).groups[group], {})

    def _condition(self, step, left_out):
        return lambda condition: self.cards(step, left_out).filter(condition)

    @cached_property
    def totals(self) -> list[Total]:
        """Number and sums per currency, the most frequent first."""
        found = defaultdict(list)
        for one in self.tally.sums:
            if one.currency:
                found[one.currency].append(one)
        return sorted((_total(*pair) for pair in found.items()), key=lambda t: (-t.number, t.currency))

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
    def leads(self):
        """The filters that the text may mean."""
        return leads(self)

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
        loose = [said["violation"], about, said["place"], said["authority"], said["class"], owed]
        loose += [said["state"], said["year"]]
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
