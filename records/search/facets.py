"""Facets: the ways to narrow a list, each saying itself what it is called, what it offers and how it reads.

A room lists its facets; one line adds one:

    Facet("authority", _("Authority"), "authority__slug", choices=authorities, sentence=_("in %(values)s"))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import django_filters
from django.db import connections

from records.publication import joining

# Beyond this many rows options stand without counts: counting would take longer than the search.
COUNTED = 25_000


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list.

    `parameter` in the URL; `label` for people; `field` the path by which rows are filtered and counted;
    `choices()` the pairs (value, label) in their order; `sentence` with %(values)s the part of the sentence
    that says what is shown. Several values of one facet widen: rows with any of them.
    """

    parameter: str
    label: str
    field: str
    choices: Callable[[], Iterable[tuple[str, str]]]
    sentence: str = "%(values)s"
    # Options offered that no row has: useful for short closed lists such as grades, not for authorities.
    shows_empty: bool = False

    def filter(self):
        """The django-filter filter that checks and applies the parameter."""
        return django_filters.MultipleChoiceFilter(
            field_name=self.field, label=self.label, choices=self.choices, distinct=False
        )

    def words(self, values):
        """The part of the sentence for the chosen `values`, or ''."""
        labels = dict(self.choices())
        chosen = [str(labels.get(value, value)) for value in values]
        return self.sentence % {"values": joining.one_of(chosen)} if chosen else ""


@dataclass(frozen=True)
class Option:
    """A value that a facet offers; `count` is None where unknown; `link` chooses it, or takes it back."""

    value: str
    label: str
    count: int | None
    selected: bool
    link: str


@dataclass(frozen=True)
class Panel:
    """A facet as a page shows it."""

    facet: Facet
    options: list[Option]

    @property
    def chosen(self):
        """The options in force."""
        return [option for option in self.options if option.selected]


def panels(facets, parameters, narrowed, counted=COUNTED):
    """A `Panel` per facet. `narrowed(facet)` is the queryset under all filters but that facet's own.

    The facets without a choice of their own share one grouped query, each of the others takes one more.
    """
    open_facets = [facet for facet in facets if not parameters.getlist(facet.parameter)]
    counts = {}
    if open_facets:
        fields = [facet.field for facet in open_facets]
        counts = grouped_counts(narrowed(None), fields, counted)
    for facet in facets:
        if facet not in open_facets:
            counts |= grouped_counts(narrowed(facet), [facet.field], counted)
    return [Panel(facet, _options(facet, parameters, counts.get(facet.field))) for facet in facets]


def _options(facet, parameters, counts):
    chosen = parameters.getlist(facet.parameter)
    return [
        Option(
            value,
            str(label),
            None if counts is None else counts.get(value, 0),
            value in chosen,
            parameters.toggled(facet.parameter, value),
        )
        for value, label in facet.choices()
        if counts is None or value in counts or value in chosen or facet.shows_empty
    ]


def grouped_counts(queryset, fields, counted=COUNTED):
    """How many rows of `queryset` have each value of each of `fields`: {field: {value as text: count}}.

    One query with grouping sets. Where there are more than `counted` rows the answer is empty.
    """
    fields = list(dict.fromkeys(fields))
    inner, params = queryset.order_by().values_list(*fields)[: counted + 1].query.sql_with_params()
    columns = [f"c{at}" for at in range(len(fields))]
    sets = ", ".join(f"({column})" for column in columns)
    # The empty set gives the total, by which too many rows are recognised.
    sql = (
        f"SELECT GROUPING({', '.join(columns)}), count(*), {', '.join(f'{c}::text' for c in columns)}"
        f" FROM ({inner}) AS found({', '.join(columns)}) GROUP BY GROUPING SETS ({sets}, ())"
    )
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    everything = 2 ** len(fields) - 1
    if any(mask == everything and total > counted for mask, total, *_values in rows):
        return {}
    counts = {field: {} for field in fields}
    for mask, total, *values in rows:
        for at, field in enumerate(fields):
            if mask == everything - 2 ** (len(fields) - 1 - at) and values[at] is not None:
                counts[field][values[at]] = total
    return counts
