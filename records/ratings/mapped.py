"""The search of ratings as a map shows it: text and filters, the part in view, the list of what is there.

Without `bbox` the view holds what the search finds, all but what lies far away from the rest.
"""

from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from records.ratings import statistics
from records.ratings.facets import AUTHORITY
from records.ratings.marks import Mark, Marks, Share, rate_for
from records.ratings.search import RatingSearch
from records.ratings.spots import Spot
from records.search.box import DEEPEST, WORLD, Box, Ordinate, across, parse_box, upward
from records.search.near import MARGIN, Near
from records.search.pages import CAP, Count, cut
from records.search.parameters import BadParameter
from records.search.planning import without
from records.search.ranking import CANDIDATES, estimate

MANY = 2000
"""More than so many in view are not sorted to list the nearest of them."""

AROUND = 12
"""A view of what is near holds so many of the nearest."""


class MapSearch(RatingSearch):
    """The part of the map that a URL asks for; BadParameter for what it cannot read."""

    others = ("bbox", "zoom")

    def __init__(self, data):
        super().__init__(data)
        self._asked = self._box(self.parameters.get("bbox"))
        self.zoom = self._zoom(self.parameters.get("zoom"))

    # -- what is in view

    @cached_property
    def box(self) -> Box:
        """The view: the one asked for, else what holds all that is found."""
        return self._asked or (self._around_place() if self.near else self._around_all())

    @cached_property
    def marks(self) -> Marks:
        """What the map shows."""
        walked = Spot.objects.public() if self.text and self._texts.more else None
        rough = None if self.text else Spot.objects.public().under(self.chosen)
        return Marks(self._narrowed, self._total, self.box, self.zoom, walked, rough)

    @cached_property
    def shown(self) -> list[tuple[Mark, object]]:
        """Each mark with its establishment, where it stands for one, else None."""
        single = [mark.one for mark in self.marks.all if mark.is_single]
        found = self.queryset.in_bulk(single)
        return [
            (mark, found.get(mark.one) if mark.is_single else None)
            for mark in self.marks.all
            if not mark.is_single or mark.one in found
        ]

    @cached_property
    def count(self):
        """How many establishments are in view."""
        return self.marks.count

    @cached_property
    def page(self):
        """The establishments in view: the nearest to the place first, or to the middle of the map."""
        return cut(self.number, self.count, self._in_view, self.size, reach=CANDIDATES)

    def _in_view(self, start, stop):
        place = self.near or Near(*self.box.centre)
        spots = self._narrowed.inside(self.box).nearest(place).values_list("pk", flat=True)[: stop + MARGIN]
        keys = self._walked_to(spots) if self.count.number > MANY else list(spots)
        found = self.queryset.in_bulk(keys)
        for row in found.values():
            row.distance = place.metres_to(row.latitude, row.longitude)
        rows = sorted(found.values(), key=lambda row: (row.distance, row.pk))[start:stop]
        if not self.near:
            for row in rows:
                row.distance = None
        return rows

    @staticmethod
    def _walked_to(spots) -> list[int]:
        """The keys of the nearest of many, from the index in order. The planner takes every box for a small
        one, and would rather sort all that is in it."""
        with without(spots.db, "bitmapscan", "seqscan", "sort"):
            return list(spots)

    @cached_property
    def _narrowed(self):
        """Spots of the establishments under text and filters; their ratings are looked at as well."""
        spots = Spot.objects.public().under(self.chosen)
        if self.chosen["schemes"] or self.chosen["keys"]:
            spots = spots.filter(Exists(self._standings().filter(establishment=OuterRef("establishment"))))
        if not self.text:
            return spots
        if self._texts.more:
            return spots.filter(establishment__search=self.step.expression)
        few = self._matching(self.step).order_by().values_list("pk", flat=True)[:CAP]
        return spots.filter(pk__in=list(few))

    @cached_property
    def _found(self):
        """The rung that finds something, and how many: what the planner knows for frequent nobody counts."""
        for step in self.text.ladder()[:1]:
            if estimate(self._matching(step).order_by()) > max(5 * CAP, self._most // 100):
                return step, Count(CAP, more=True)
        return super()._found

    @property
    def _most(self) -> int:
        return statistics.overview().total(**self.chosen)

    @property
    def _texts(self):
        """How many establishments the text finds under the filters, up to a limit."""
        return self._found[1]

    @property
    def _total(self) -> int:
        """How many there may be at most on the whole map."""
        if self.text and not self._texts.more:
            return self._texts.number
        return self._most

    # -- where that is

    def _around_all(self) -> Box:
        spots = self._narrowed.filter(location__isnull=False).sampled(rate_for(self._total)).order_by()
        x, y = Ordinate("location", 0), Ordinate("location", 1)
        shares = {
            "left": Share(x, share=0.005), "bottom": Share(y, share=0.005),
            "right": Share(x, share=0.995), "top": Share(y, share=0.995),
        }  # fmt: skip
        edges = spots.aggregate(**shares)
        return WORLD if None in edges.values() else Box(**edges).wider(0.08)

    def _around_place(self) -> Box:
        place = across(self.near.longitude), upward(self.near.latitude)
        keys = list(self._narrowed.nearest(self.near).values_list("pk", flat=True)[:AROUND])
        rows = self.queryset.filter(pk__in=keys).values_list("latitude", "longitude")
        points = [(across(longitude), upward(latitude)) for latitude, longitude in rows]
        width = max([abs(x - place[0]) for x, _y in points], default=0)
        height = max([abs(y - place[1]) for _x, y in points], default=0)
        return Box(place[0] - width, place[1] - height, place[0] + width, place[1] + height).wider(0.08)

    def _box(self, value: str) -> Box | None:
        try:
            return parse_box(value) if value else None
        except ValueError as error:
            raise BadParameter("bbox", value, str(error)) from None

    def _zoom(self, value: str) -> int:
        if not value:
            return self.box.zoom()
        if not (value.isascii() and value.isdigit() and len(value) < 3 and int(value) <= DEEPEST):
            message = _("“zoom” must be a whole number from 0 to %(most)s.") % {"most": DEEPEST}
            raise BadParameter("zoom", value, message)
        return int(value)

    def _order(self, _value):
        return "distance"

    # -- links

    def kept(self):
        """Pairs of name and value that stay when another text is typed: not the view."""
        return [(name, value) for name, value in super().kept() if name != "near"]

    def elsewhere(self, **values):
        """The link to the same search with other values, wherever that is on the map."""
        return self.parameters.replaced(bbox="", zoom="", **values)

    @property
    def as_list(self) -> str:
        """The link to the same search as a list of ratings."""
        return self.parameters.without("bbox", "zoom", "sort")

    @cached_property
    def regions(self):
        """(authority, how many under the other filters, link to its part of the map), by name."""
        numbers = statistics.overview().by(
            statistics.of_authority, **{**self.chosen, "authorities": None, "keys": self.chosen["keys"]}
        )
        held = statistics.authorities()
        rows = [
            (held[number], count, self.elsewhere(near="", q="", **{AUTHORITY.parameter: held[number].slug}))
            for number, count in numbers.most_common()
            if number in held
        ]
        return sorted(rows, key=lambda row: row[0].name)
