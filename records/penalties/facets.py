"""The ways to narrow a list of decisions; each checks its values, says them in words and filters by them.

A way filters by a column of the decision or by `Exists` on its parts, so that each row is found once. Where
`counts` are asked for, the rows are those under all other filters, and never more than are counted.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.authorities.models import Authority
from records.laws.models import Law, Provision, ViolationType
from records.penalties import kinds, ledger
from records.penalties.parts import PenaltyCitation, PenaltyViolation
from records.search.parameters import BadParameter

MOST_OPTIONS = 12
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)


@dataclass(frozen=True)
class Way:
    """One way to narrow the list: the parameter in the URL, its label, and its part of the sentence.

    `column` is the path of the row whose values are grouped to count; '' where `counted` does it.
    """

    parameter: str
    label: str
    sentence: str = "%(values)s"
    column: str = ""

    def labels(self, values: Iterable[str]) -> dict[str, str]:
        """The words for those of the values that exist."""
        raise NotImplementedError

    def condition(self, values: list[str]) -> Q | Exists:
        """What a decision must fulfil to have any of the values."""
        return Q(**{f"{self.column}__in": values})

    def counted(self, rows) -> dict[str, int]:
        """How many of the rows have each value."""
        raise NotImplementedError

    def grouped(self, counts: dict[str, int]) -> dict[str, int]:
        """Counts by value, from counts by the text of the column."""
        return counts

    def ordered(self, counts: dict[str, int]) -> list[str]:
        """The values to offer: the most frequent."""
        return sorted(counts, key=lambda value: (-counts[value], value))[:MOST_OPTIONS]

    def check(self, values: list[str]) -> None:
        """Raise BadParameter for a value that does not exist."""
        known = self.labels([value for value in values if "\0" not in value])
        for value in values:
            if value not in known:
                message = _("There is nothing of this name. Choose from the filters of the list.")
                raise BadParameter(self.parameter, value, message)

    def words(self, values: list[str]) -> str:
        """The part of the sentence for the values, or ''."""
        chosen = list(self.labels(values).values())
        return self.sentence % {"values": get_text_list(chosen, _("or"))} if chosen else ""


@dataclass(frozen=True)
class Closed(Way):
    """A column with a short list of values, offered in the order of the list."""

    choices: Callable[[], Iterable[tuple[str, str]]] = tuple

    def labels(self, values):
        known = dict(self.choices())
        return {value: str(known[value]) for value in values if value in known}

    def ordered(self, counts):
        return [value for value, _label in self.choices() if value in counts]


@dataclass(frozen=True)
class Kinds(Closed):
    """The kinds of sanction, of which one decision may have several."""

    def condition(self, values):
        return Q(sanction_kinds__overlap=values)

    def counted(self, rows):
        every = Func(F("sanction_kinds"), function="unnest", output_field=CharField())
        return dict(rows.order_by().annotate(one=every).values_list("one").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Years(Way):
    """The year of the decision."""

    def labels(self, values):
        return {value: value for value in values if _YEAR.fullmatch(value)}

    def condition(self, values):
        return Q(decided_on__year__in=[int(value) for value in values])

    def ordered(self, counts):
        return sorted(counts, reverse=True)

    def words(self, values):
        """“2019 to 2021” where the years follow each other, else “2019 or 2021”."""
        years = sorted(values)
        if len(years) > 1 and int(years[-1]) - int(years[0]) == len(years) - 1:
            return _("%(first)s to %(last)s") % {"first": years[0], "last": years[-1]}
        return get_text_list(years, _("or"))


@dataclass(frozen=True)
class Authorities(Way):
    """An authority stands for all below it."""

    @staticmethod
    def _all() -> list[tuple]:
        return list(Authority.objects.public().values_list("pk", "slug", "name", "parent_id"))

    def labels(self, values):
        found = Authority.objects.public().filter(slug__in=values)
        return dict(found.values_list("slug", "name"))

    def condition(self, values):
        held = self._all()
        return Q(authority__in=set().union(*(_branch(held, slug) for slug in values)))

    def grouped(self, counts):
        held, whole = self._all(), Counter()
        parents = {pk: (slug, parent) for pk, slug, _name, parent in held}
        for number, count in counts.items():
            at, seen = int(number), set()
            while at in parents and at not in seen:
                seen.add(at)
                slug, above = parents[at]
                whole[slug] += count
                at = above
        return dict(whole)


def _branch(held: list[tuple], slug: str) -> set[int]:
    """The numbers of an authority and of all below it."""
    found = {pk for pk, name, *_rest in held if name == slug}
    while grown := {pk for pk, *_rest, parent in held if parent in found} - found:
        found |= grown
    return found


@dataclass(frozen=True)
class Laws(Way):
    """A law that the decision rests on or cites."""

    def labels(self, values):
        return {law.key: str(law) for law in Law.objects.public().filter(key__in=values)}

    def condition(self, values):
        return Q(law__key__in=values) | Q(Exists(_parts(PenaltyCitation).filter(law__key__in=values)))

    def counted(self, rows):
        main = dict(rows.order_by().exclude(law=None).values_list("law__key").annotate(n=Count("pk")))
        others = _of(PenaltyCitation, rows).exclude(law=F("penalty__law"))
        return dict(Counter(main) + Counter(_distinct(others, "law__key")))


@dataclass(frozen=True)
class Articles(Way):
    """An article that the decision cites; the value is the law's key, a slash, the article's key."""

    def labels(self, values):
        found = (
            Provision.objects.public().select_related("law").filter(_either(values, "/", "law__key", "key"))
        )
        return {f"{provision.law.key}/{provision.key}": str(provision) for provision in found}

    def condition(self, values):
        pairs = _either(values, "/", "provision__law__key", "provision__key")
        return Q(Exists(_parts(PenaltyCitation).filter(pairs)))

    def counted(self, rows):
        cited = _of(PenaltyCitation, rows).exclude(provision=None)
        return _distinct(cited, "provision__law__key", "provision__key", joined="/")


@dataclass(frozen=True)
class Violations(Way):
    """A type of violation; the value is the catalogue, a colon, the code."""

    def labels(self, values):
        found = ViolationType.objects.public().filter(_either(values, ":", "catalogue", "code"))
        return {f"{violation.catalogue}:{violation.code}": violation.title for violation in found}

    def condition(self, values):
        pairs = _either(values, ":", "violation__catalogue", "violation__code")
        return Q(Exists(_parts(PenaltyViolation).filter(pairs)))

    def counted(self, rows):
        found = _of(PenaltyViolation, rows)
        return _distinct(found, "violation__catalogue", "violation__code", joined=":")


def _either(values: Iterable[str], mark: str, first: str, second: str) -> Q:
    """The condition that two columns are one of the pairs written with a mark between them."""
    condition = Q(pk__in=())
    for value in values:
        before, _mark, after = value.partition(mark)
        condition |= Q(**{first: before, second: after})
    return condition


def _parts(model):
    """The parts of the version that stands, of the decision of an outer query."""
    return model.objects.public().filter(penalty=OuterRef("pk"), version=OuterRef("version"))


def _of(model, rows):
    """The parts of the versions that stand, of all the rows."""
    return model.objects.public().current().filter(penalty__in=rows.order_by().values("pk"))


def _distinct(parts, *columns: str, joined: str = "") -> dict[str, int]:
    """How many decisions have each value of the columns."""
    counted = parts.order_by().values_list(*columns).annotate(n=Count("penalty", distinct=True))
    return {joined.join(key): count for *key, count in counted}


SANCTION = Kinds("sanction", gettext_lazy("Sanction"), gettext_lazy("with %(values)s"), choices=kinds.choices)
STATE = Closed(
    "state", gettext_lazy("State of the fine"), gettext_lazy("now %(values)s"), "fine_state",
    choices=ledger.fine_states,
)  # fmt: skip
YEAR = Years("year", gettext_lazy("Year"), column="decided_on__year")
AUTHORITY = Authorities(
    "authority", gettext_lazy("Authority"), gettext_lazy("decided by %(values)s"), "authority_id"
)
LAW = Laws("law", gettext_lazy("Law"), gettext_lazy("under %(values)s"))
ARTICLE = Articles("article", gettext_lazy("Article"), gettext_lazy("under %(values)s"))
VIOLATION = Violations("violation", gettext_lazy("Violation"), gettext_lazy("for “%(values)s”"))
WAYS = (YEAR, SANCTION, LAW, ARTICLE, VIOLATION, STATE, AUTHORITY)
