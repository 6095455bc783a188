"""The ways to narrow a list of ratings, and what each offers: scheme, grade, authority, type."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses import kinds
from records.publication import joining
from records.ratings import schemes, statistics, versions
from records.ratings.statistics import Counts
from records.search.facets import Facet, Option, Panel
from records.search.parameters import Parameters

SHOWN_AUTHORITIES = 12


def scheme_choices() -> list[tuple[str, str]]:
    """Pairs of key and title of every scheme."""
    return [(key, versions.latest(key).title()) for key in sorted({s.key for s in schemes.all_versions()})]


def grade_choices() -> list[tuple[str, str]]:
    """Pairs of key and words of the grades and statuses of all schemes."""
    entries = (entry for s in schemes.all_versions() for entry in (*s.values, *s.statuses))
    return list({entry.key: words(entry) for entry in entries}.items())


def authority_choices() -> list[tuple[str, str]]:
    """Pairs of slug and name of every authority, by name."""
    pairs = ((a.slug, a.name) for a in statistics.authorities().values())
    return sorted(pairs, key=lambda pair: pair[1])


def words(entry) -> str:
    """A grade in a filter: “5, Very good”, “A”, “Awaiting inspection”."""
    label = str(entry.label())
    short = len(entry.key) <= 2 and label.casefold() != entry.key.casefold()
    return joining.listed((entry.key, label)) if short else label


SCHEME = Facet("scheme", gettext_lazy("Scheme"), "scheme", scheme_choices)
GRADE = Facet(
    "grade", gettext_lazy("Grade"), "grade", grade_choices, gettext_lazy("with the grade %(values)s")
)
AUTHORITY = Facet(
    "authority",
    gettext_lazy("Authority"),
    "authority",
    authority_choices,
    gettext_lazy("inspected by %(values)s"),
)
KIND = Facet("type", gettext_lazy("Type"), "kind", kinds.choices, gettext_lazy("listed as %(values)s"))
FACETS = (SCHEME, GRADE, AUTHORITY, KIND)


class Panels:
    """Builds the panels of a page. `chosen` are the filters in force as sets, as `Counts` takes them.

    `counts` is None where too much matches to be counted: then options stand without numbers.
    """

    def __init__(self, parameters: Parameters, chosen: Mapping[str, set | None], counts: Counts | None):
        self.parameters, self.chosen, self.counts = parameters, chosen, counts

    def all(self) -> list[Panel]:
        """The panels that offer something."""
        grades = [panel for panel in self._grades() if panel.options]
        if len(grades) == 1:
            grades = [Panel(GRADE, grades[0].options)]
        panels = [*grades, self._authorities(), self._kinds()]
        schemes_offered = self._schemes()
        if len(schemes_offered.options) > 1 or schemes_offered.chosen:
            panels.insert(0, schemes_offered)
        return [panel for panel in panels if panel.options]

    def _numbers(self, value, *without):
        """Counts by a value of the cells, under all filters but those named."""
        if self.counts is None:
            return None
        return self.counts.by(value, **{**self.chosen, **dict.fromkeys(without)})

    def _schemes(self) -> Panel:
        counts = self._numbers(statistics.of_scheme, "schemes", "keys")
        choices = scheme_choices()
        if counts is not None:
            choices.sort(key=lambda pair: -counts.get(versions.number_of(pair[0]), 0))
        return self._panel(SCHEME, choices, counts, versions.number_of)

    def _grades(self) -> Iterable[Panel]:
        """One panel for each scheme: two are never mixed, and a 5 means nothing without its scheme."""
        counts = self._numbers(statistics.of_standing, "keys")
        offered = statistics.overview().by(statistics.of_standing) if counts is None else counts
        sizes = Counter()
        for (number, _key), size in offered.items():
            sizes[number] += size
        for number, _size in sizes.most_common():
            if number is None or (self.chosen["schemes"] and number not in self.chosen["schemes"]):
                continue
            scheme = versions.latest(versions.key_of(number))
            entries = [(entry.key, words(entry)) for entry in (*scheme.values, *scheme.statuses)]
            numbers = None if counts is None else {key: counts[number, key] for key, _words in entries}
            panel = self._panel(
                Facet("grade", _("Grade: %(scheme)s") % {"scheme": scheme.title()}, "grade", list),
                entries,
                numbers,
                str,
            )
            if not self.chosen["schemes"]:
                panel = Panel(
                    panel.facet, [self._with_scheme(option, scheme.key) for option in panel.options]
                )
            yield panel

    def _with_scheme(self, option: Option, key: str) -> Option:
        link = Parameters(option.link[1:], self.parameters.known).having("scheme", key)
        return Option(option.value, option.label, option.count, option.selected, link)

    def _authorities(self) -> Panel:
        """The largest ones and the chosen ones; the numbers hold everything below an authority."""
        counts = self._numbers(statistics.of_authority, "authorities")
        held = statistics.authorities()
        numbers = {a.slug: a.pk for a in held.values()}
        shown = {numbers[slug] for slug in self.parameters.getlist(AUTHORITY.parameter)}
        if counts is not None:
            shown |= {number for number, _count in counts.most_common(SHOWN_AUTHORITIES) if number in held}
            counts = {number: sum(counts[part] for part in statistics.branch(number)) for number in shown}
        choices = sorted(((held[n].slug, held[n].name) for n in shown), key=lambda pair: pair[1])
        return self._panel(AUTHORITY, choices, counts, numbers.get)

    def _kinds(self) -> Panel:
        return self._panel(KIND, kinds.choices(), self._numbers(statistics.of_kind, "kinds"), str)

    def _panel(self, facet: Facet, choices, counts, number: Callable) -> Panel:
        """Options with a count, those without any left out; `number` turns a value into a key of `counts`."""
        chosen = self.parameters.getlist(facet.parameter)
        options = []
        for value, label in choices:
            count = None if counts is None else counts.get(number(value), 0)
            if count != 0 or value in chosen:
                link = self.parameters.toggled(facet.parameter, value)
                options.append(Option(value, str(label), count, value in chosen, link))
        return Panel(facet, options)
