"""The ways to narrow a list of decisions; each checks its values, says them in words and filters by them.

A way filters by tokens of the index cards (`index.py`) and counts by a column of theirs, so that each
decision is found and counted once.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.authorities.models import Authority
from records.businesses import kinds as places
from records.laws.models import Law, Provision, ViolationType
from records.penalties import kinds, ledger
from records.publication import joining
from records.search.parameters import BadParameter

MOST_OPTIONS = 12
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
_AREA = re.compile(r"[0-9A-Z]{1,20}")


class Offer(NamedTuple):
    """A value that can be chosen, in words, and how many decisions have it."""

    value: str
    label: str
    number: int


@dataclass(frozen=True)
class Way:
    """One way to narrow the list: the parameter in the URL, its label, and its part of the sentence.

    `column` is that of the index card by which decisions are counted, `sign` begins its tokens. Where the
    column is a list (`several`), a decision counts for each of its values.
    """

    parameter: str
    label: str
    column: str
    sign: str
    sentence: str = "%(values)s"
    several: bool = False

    def labels(self, values: Iterable[str]) -> dict[str, str]:
        """The words for those of the values that exist."""
        raise NotImplementedError

    def stored(self, values: Iterable[str]) -> dict[str, Iterable[str]]:
        """What index cards hold for each of the values."""
        return {value: [value] for value in values}

    def tokens(self, values: list[str]) -> list[str]:
        """The tokens of which a card bears one, if it is of one of the values."""
        found = self.stored(values)
        return [f"{self.sign}{held}" for value in values for held in found.get(value, ())]

    def offered(self, counts: dict[str, int], chosen: list[str]) -> list[Offer]:
        """What can be chosen, in the order of the page, from the counts by what cards hold.

        The most frequent, and what is chosen already, whatever its count.
        """
        return self._labelled({value: counts.get(value, 0) for value in (*self.most(counts), *chosen)})

    def _labelled(self, counts: dict[str, int]) -> list[Offer]:
        labels = self.labels(counts)
        return [
            Offer(value, labels[value], counts[value]) for value in self.ordered(counts) if value in labels
        ]

    def most(self, counts: dict[str, int]) -> list[str]:
        """The most frequent of what is counted."""
        return self.ordered(counts)[:MOST_OPTIONS]

    def ordered(self, counts: dict[str, int]) -> list[str]:
        """The values in the order in which they are offered: the most frequent first."""
        return sorted(counts, key=lambda value: (-counts[value], value))

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
        return self.sentence % {"values": joining.one_of(chosen)} if chosen else ""


@dataclass(frozen=True)
class Closed(Way):
    """A short list of values, offered in the order of the list."""

    choices: Callable[[], Iterable[tuple[str, str]]] = tuple

    def labels(self, values):
        known = dict(self.choices())
        return {value: str(known[value]) for value in values if value in known}

    def most(self, counts):
        return list(counts)

    def ordered(self, counts):
        return [value for value, _label in self.choices() if value in counts]


@dataclass(frozen=True)
class Years(Way):
    """The year of the decision."""

    def labels(self, values):
        return {value: value for value in values if _YEAR.fullmatch(value)}

    def most(self, counts):
        return self.ordered(counts)

    def ordered(self, counts):
        return sorted(counts, reverse=True)

    def words(self, values):
        """“2019 to 2021” where the years follow each other, else “2019 or 2021”."""
        years = sorted(values)
        if len(years) > 1 and int(years[-1]) - int(years[0]) == len(years) - 1:
            return _("%(first)s to %(last)s") % {"first": years[0], "last": years[-1]}
        return joining.one_of(years)


@dataclass(frozen=True)
class Areas(Way):
    """The first part of the postcode of the place: QA1, 10001. Of a home no more than may be shown."""

    def labels(self, values):
        return {value: value for value in values if _AREA.fullmatch(value)}


@dataclass(frozen=True)
class Authorities(Way):
    """An authority stands for all below it."""

    def labels(self, values):
        found = Authority.objects.public().filter(slug__in=values)
        return dict(found.values_list("slug", "name"))

    def stored(self, values):
        held = _authorities()
        return {value: sorted(_branch(held, value)) for value in values}

    def offered(self, counts, chosen):
        held, whole = _authorities(), Counter()
        parents = {pk: (slug, parent) for pk, slug, parent in held}
        for number, count in counts.items():
            at, seen = int(number), set()
            while at in parents and at not in seen:
                seen.add(at)
                slug, above = parents[at]
                whole[slug] += count
                at = above
        return super().offered(dict(whole), chosen)


def _authorities() -> list[tuple]:
    return list(Authority.objects.public().values_list("pk", "slug", "parent_id"))


def _branch(held: list[tuple], slug: str) -> set[int]:
    """The numbers of an authority and of all below it."""
    found = {pk for pk, name, _parent in held if name == slug}
    while grown := {pk for pk, _slug, parent in held if parent in found} - found:
        found |= grown
    return found


@dataclass(frozen=True)
class Named(Way):
    """Rows of a table, of which cards hold the keys and the URL has names."""

    model: type = Law
    path: tuple[str, ...] = ("key",)
    between: str = ""

    def _rows(self, condition: Q):
        return self.model.objects.public().filter(condition)

    def _name(self, row) -> str:
        parts = []
        for path in self.path:
            value = row
            for step in path.split("__"):
                value = getattr(value, step)
            parts.append(value)
        return self.between.join(parts)

    def _named(self, values: Iterable[str]):
        return self._rows(self._by_name(values))

    def _by_name(self, values: Iterable[str]) -> Q:
        """The condition of these names."""
        condition = Q(pk__in=())
        for value in values:
            parts = value.split(self.between, 1) if self.between else [value]
            if len(parts) == len(self.path):
                condition |= Q(**dict(zip(self.path, parts, strict=True)))
        return condition

    def labels(self, values):
        return {self._name(row): self._label(row) for row in self._named(values)}

    def _label(self, row) -> str:
        return str(row)

    def stored(self, values):
        return {self._name(row): [row.pk] for row in self._named(values)}

    def offered(self, counts, chosen):
        """One statement: the most frequent by their keys, and what is chosen by its name."""
        rows = self._rows(Q(pk__in=self.most(counts)) | self._by_name(chosen))
        found = {self._name(row): (row, counts.get(str(row.pk), 0)) for row in rows}
        order = self.ordered({name: number for name, (_row, number) in found.items()})
        return [Offer(name, self._label(found[name][0]), found[name][1]) for name in order]


@dataclass(frozen=True)
class Articles(Named):
    """An article that the decision cites; the value is the law's key, a slash, the article's key."""

    def _rows(self, condition):
        return super()._rows(condition).select_related("law")


@dataclass(frozen=True)
class Violations(Named):
    """A type of violation; the value is the catalogue, a colon, the code."""

    def _label(self, row):
        return row.title


SANCTION = Closed(
    "sanction", gettext_lazy("Sanction"), "kinds", "=k", gettext_lazy("with %(values)s"), several=True,
    choices=kinds.choices,
)  # fmt: skip
STATE = Closed(
    "state", gettext_lazy("State of the fine"), "fine_state", "=f", gettext_lazy("now %(values)s"),
    choices=ledger.fine_states,
)  # fmt: skip
CLASS = Closed(
    "class", gettext_lazy("Class"), "seriousness", "=g", gettext_lazy("of class %(values)s"),
    choices=kinds.seriousness_classes,
)  # fmt: skip
PLACE = Closed(
    "place", gettext_lazy("Kind of establishment"), "place", "=t", gettext_lazy("about: %(values)s"),
    choices=places.choices,
)  # fmt: skip
YEAR = Years("year", gettext_lazy("Year"), "year", "=y")
AUTHORITY = Authorities(
    "authority", gettext_lazy("Authority"), "authority_id", "=a", gettext_lazy("decided by %(values)s")
)
AREA = Areas("area", gettext_lazy("Postcode area"), "area", "=d", gettext_lazy("in postcode area %(values)s"))
LAW = Named("law", gettext_lazy("Law"), "laws", "=l", gettext_lazy("under %(values)s"), several=True)
ARTICLE = Articles(
    "article", gettext_lazy("Article"), "provisions", "=p", gettext_lazy("under %(values)s"), several=True,
    model=Provision, path=("law__key", "key"), between="/",
)  # fmt: skip
VIOLATION = Violations(
    "violation", gettext_lazy("Violation"), "violations", "=v", gettext_lazy("for “%(values)s”"),
    several=True, model=ViolationType, path=("catalogue", "code"), between=":",
)  # fmt: skip
WAYS = (YEAR, SANCTION, LAW, ARTICLE, VIOLATION, CLASS, STATE, AUTHORITY, AREA, PLACE)
"""The filters of the list of decisions, in the order in which a page shows them."""
