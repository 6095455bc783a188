"""The list page of a room without its looks: parameters checked, rows found, facets counted."""

from functools import cached_property

import django_filters
from django.utils.translation import gettext as _

from records.publication import joining
from records.search.facets import panels
from records.search.keyset import AFTER, BEFORE, Mark
from records.search.near import nearest, parse_near
from records.search.pages import CAP, SIZE, Count, capped_count, cut
from records.search.parameters import BadParameter, Parameters, page_number
from records.search.ranking import CANDIDATES, best, holds_beginnings, ranked, worth_ranking
from records.search.suggest import did_you_mean
from records.search.text import parse


class Listing:
    """A search of a room as its URL asks for it; a room subclasses it and declares.

    `facets` are those of the room, in the order shown; `orders` its sort keys, {key: (label, keyset)}, where
    the keyset is None for the two whose pages are numbered, "relevance" and "distance";
    `default_order` is the key used where neither text nor place is given; `others` names parameters that
    links keep and the room reads itself. The paths lead from the model to the tsvector, the name and the
    point column. Creating one raises BadParameter for what it cannot read.
    """

    facets = ()
    orders = {}
    default_order = "name"
    others = ()
    text_path = "search"
    name_path = "name"
    point_path = "location"
    size = SIZE

    def __init__(self, data, queryset):
        """`data`: the request's QueryDict or a string; `queryset`: all rows there are, read as the public."""
        self.queryset = queryset
        facets = (facet.parameter for facet in self.facets)
        near = ("near",) if "distance" in self.orders else ()
        known = ("q", *near, *facets, *self.others, "sort", "page", AFTER, BEFORE)
        self.parameters = Parameters(data, known)
        self.number = page_number(self.parameters.get("page"))
        self.text = parse(self.parameters.get("q"))
        self.near = self._near(self.parameters.get("near"))
        self.order = self._order(self.parameters.get("sort"))
        self.mark = self._mark()
        self._check_facets()

    def place(self, row):
        """Latitude and longitude of a row in degrees; override where the row is not the place itself."""
        return row.latitude, row.longitude

    @cached_property
    def step(self):
        """The rung of the text's ladder that finds something under the filters; None without text."""
        return self._found[0]

    @cached_property
    def count(self):
        """How many rows there are, as a `Count` honest about its limit."""
        return self._found[1]

    @cached_property
    def rows(self):
        """The queryset of all rows shown, unsorted."""
        return self._matching(self.step)

    @property
    def keyset(self):
        """How pages follow each other in the order in force; None where they are numbered."""
        return self.orders[self.order][1]

    @property
    def is_small(self):
        """Whether there are no more rows than are counted in any case."""
        return self.count.number <= CAP and not self.count.more

    @property
    def narrowed(self):
        """Whether a text or a filter leaves something out."""
        return bool(self.text)

    @cached_property
    def page(self):
        """The `Page` or `Stretch` asked for; BadParameter where there is none."""
        if self.order != "relevance" and self.narrowed and self.is_small:
            self.rows = self.queryset.filter(pk__in=self._few)
        if self.order == "distance":
            return cut(self.number, self.count, self._nearest, self.size, reach=CANDIDATES)
        if self.order == "relevance":
            found = self._best()
            return cut(self.number, self.count, lambda a, b: found[a:b], self.size, reach=CANDIDATES)
        return self.keyset.page(*self.keyset.parted(self.rows), self.mark, self.count, self.size)

    @cached_property
    def panels(self):
        """The facets with their options, counts and links."""
        return panels(
            self.facets, self.parameters, lambda facet: self._texted(self._faceted(facet), self.step)
        )

    @cached_property
    def suggestion(self):
        """(text, link) of a better spelling where nothing is found, or None."""
        if self.count or not self.text:
            return None
        text = did_you_mean(self.text, self.queryset.db, self._finds)
        return (text, self.parameters.having("q", text)) if text else None

    @property
    def sorts(self):
        """(key, label, link, whether in force) of the orders that make sense here."""
        usable = {"relevance": bool(self.text), "distance": self.near is not None}
        return [
            (key, label, self.parameters.having("sort", key), key == self.order)
            for key, (label, _fields) in self.orders.items()
            if usable.get(key, True)
        ]

    def page_link(self, to):
        """The link to another page of the same list: to its number, or to its `Mark`."""
        if isinstance(to, Mark):
            return self.parameters.having(to.side, to.text)
        return self.parameters.having("page", *([] if to == 1 else [to]))

    def said(self):
        """The parts of the sentence that says what is shown: text, facets, order; translated."""
        chosen = [facet.words(self.parameters.getlist(facet.parameter)) for facet in self.facets]
        near = _("nearest first") if self.order == "distance" else ""
        return [part for part in (self.text.sentence(), *chosen, near) if part]

    def said_behind(self):
        """The same as it follows the number of what was found, with its full stop."""
        return joining.ended(joining.behind(self.said(), close=bool(self.text)))

    @cached_property
    def _found(self):
        """The rung that finds something, or the last, and its count.

        By counting up to the limit: with the limit of 1 that exists() sets, the planner walks the whole table
        where words that are frequent apart never stand together.
        """
        if self._by_beginnings:
            step, keys, more = self._candidates
            return step, Count(len(keys), more)
        steps = self.text.ladder() or [None]
        for step in steps:
            count = capped_count(self._matching(step))
            if count or step is steps[-1]:
                return step, count

    def _best(self):
        """The best matches, the best first."""
        paths = self.text_path, self.name_path
        if self._by_beginnings:
            _step, keys, _more = self._candidates
            return best(self.queryset, keys, self.step, self.text.words, *paths)
        few = self.count.number <= CANDIDATES
        return ranked(self._faceted(), self.step, self.text.words, *paths, few)

    @property
    def _by_beginnings(self):
        """Whether the best matches are those that an index of beginnings has first."""
        return self.order == "relevance" and holds_beginnings(self.queryset.model)

    @cached_property
    def _candidates(self):
        """(rung, keys, whether more match): the rung that finds something, or the last, and what to rank."""
        return self._looked_for(self.text)

    def _looked_for(self, text):
        found = None, [], False
        for step in text.ladder():
            found = step, *self._worth_ranking(step, text)
            if found[1]:
                break
        return found

    def _worth_ranking(self, step, text):
        return worth_ranking(self._faceted(), step, text.words, self.text_path, self.name_path)

    @property
    def _few(self):
        """The keys of few rows as a set fixed before sorting, so that no order tempts the planner to walk
        the register."""
        return self.rows.order_by().values("pk")[:CAP]

    def _matching(self, step):
        rows = self._texted(self._faceted(), step)
        return rows.filter(**{f"{self.point_path}__isnull": False}) if self.order == "distance" else rows

    def _near(self, value):
        try:
            return parse_near(value) if value else None
        except ValueError as error:
            raise BadParameter("near", value, str(error)) from None

    def _order(self, value):
        """The order in force: the one asked for where it is possible here, else the most useful."""
        if value and value not in self.orders:
            message = _("“sort” must be one of: %(keys)s.") % {"keys": ", ".join(self.orders)}
            raise BadParameter("sort", value, message)
        # A link that takes the text or the place away may keep the order that needed it.
        possible = {"relevance": bool(self.text), "distance": self.near is not None}
        if value and possible.get(value, True):
            return value
        return next(
            (key for key in ("distance", "relevance") if possible[key] and key in self.orders),
            self.default_order,
        )

    def _mark(self):
        """Where the page begins, None at the first; only the orders without a keyset have numbers."""
        sides = [side for side in (AFTER, BEFORE) if self.parameters.get(side)]
        if self.keyset and self.number > 1:
            message = _("This order has no numbered pages. Go to its first page, and on from there.")
            raise BadParameter("page", str(self.number), message)
        if sides and not self.keyset:
            message = _("Pages of this order are numbered: write page=2.")
            raise BadParameter(sides[0], self.parameters.get(sides[0]), message)
        if len(sides) > 1:
            message = _("Give “after” or “before”, not both.")
            raise BadParameter(BEFORE, self.parameters.get(BEFORE), message)
        return self.keyset.read(sides[0], self.parameters.get(sides[0])) if sides else None

    @cached_property
    def _filterset_class(self):
        filters = {facet.parameter: facet.filter() for facet in self.facets}
        return type("Filters", (django_filters.FilterSet,), filters)

    def _check_facets(self):
        form = self._filterset(None).form
        for name, errors in form.errors.items():
            raise BadParameter(name, ", ".join(self.parameters.getlist(name)), " ".join(errors))

    def _filterset(self, left_out):
        values = {
            facet.parameter: self.parameters.getlist(facet.parameter)
            for facet in self.facets
            if facet is not left_out
        }
        return self._filterset_class(_ManyValues(values), self.queryset)

    def _faceted(self, left_out=None):
        """The rows under all facets in force but one."""
        return self._filterset(left_out).qs

    def _texted(self, rows, step):
        return rows.filter(**{self.text_path: step.expression}) if step else rows

    def _finds(self, text):
        if self._by_beginnings:
            return bool(self._looked_for(parse(text))[1])
        return any(capped_count(self._matching(step)) for step in parse(text).ladder())

    def _nearest(self, start, stop):
        return nearest(self.rows, self.near, start, stop, self.point_path, self.place)


class _ManyValues(dict):
    """The little of a QueryDict that forms read: several values under one name."""

    def getlist(self, name):
        return self.get(name, [])
