"""The rows of a page of establishments, in each order of the list.

By date and by name a page begins behind a row; of the nearest there are numbered pages of a bounded number.
What is narrowed by filters alone is found by `spots`.
"""

from datetime import date
from functools import cached_property
from operator import attrgetter

from django.db.models import DateField, Exists, F, Max, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.businesses.models import Establishment
from records.ratings import statistics
from records.ratings.models import Rating
from records.search.keyset import LOOKED_AT, Keyset, Sought, any_of
from records.search.near import MARGIN, nearest
from records.search.pages import CAP, Count, cut
from records.search.ranking import CANDIDATES

# More rows than any register has: a limit that no list reaches keeps a set of keys from being taken apart.
EVERYTHING = 100_000_000
SORTED = 1500


def _newest(place) -> str:
    return date_format(place.newest) if place.newest else _("no date")


def _newest_and_place(ratings):
    """Of each rating the date and the establishment, as pages by date compare them."""
    rows = ratings.annotate(newest=F("rated_on"), place=F("establishment"))
    return rows.values_list("newest", "place", named=True)


def _newest_of_each(ratings):
    """The same of each establishment, which first takes all the ratings together."""
    newest = ratings.order_by().values("establishment").annotate(newest=Max("rated_on"))
    newest = newest.filter(newest__isnull=False).annotate(place=F("establishment"))
    return newest.values_list("newest", "place", named=True)


def _name_and_place(establishments):
    """Of each establishment name and number; the whole rows follow for one page."""
    rows = establishments.select_related(None).prefetch_related(None).annotate(place=F("pk"))
    return rows.values_list("name", "place", named=True)


NAMED = Keyset({"name": str}, said=attrgetter("name"), key="place")
NEWEST = Keyset({"newest": date}, _newest, descending=True, unknown=True, key="place")


class Rows:
    """What `RatingSearch` lists; it has the text, the filters in force, the order and the place."""

    @cached_property
    def page(self):
        """The page asked for."""
        if self.order == "date":
            found = self._dated(), self._undated()
            return self.keyset.page(*found, self.mark, self.count, self.size, self._in_order)
        if self.order == "name":
            found = self._named()
            return self.keyset.page(found, None, self.mark, self.count, self.size, self._in_order)
        if self.order == "distance" and not self.text:
            return cut(self.number, self.count, self._nearest, self.size, reach=CANDIDATES)
        return super().page

    @property
    def _is_sorted(self) -> bool:
        """Whether there are so few rows that they are sorted. Of filters alone fewer than of words, because
        an order is walked quicker than so many places are looked up."""
        return self.is_small and (bool(self.text) or self.count.number <= SORTED)

    @property
    def _few(self):
        """The keys of few rows as a set fixed before sorting."""
        return self._fixed[:CAP]

    @property
    def _fixed(self):
        """The keys of all rows as a set fixed before sorting, however many they are."""
        rows = self.rows.order_by()
        if not self.text and (self.chosen["kinds"] or self.chosen["schemes"] or self.chosen["keys"]):
            rows = rows.filter(pk__in=self._spots.values("pk"))
        return rows.values("pk")[:EVERYTHING]

    def _named(self):
        """Name and number of each place."""
        if not self.narrowed:
            return _name_and_place(self.queryset)
        if self._is_sorted:
            return _name_and_place(self.queryset.filter(pk__in=self._few))
        fixed = _name_and_place(self.queryset.filter(pk__in=self._fixed))
        condition = self._of_a_row(path="")
        if self.chosen["schemes"] or self.chosen["keys"]:
            condition &= Q(any_of(self._standings().filter(establishment=OuterRef("pk"))))
        return Sought(_name_and_place(self.queryset), condition, fixed)

    def _nearest(self, start, stop):
        if self.text:
            return self._with_distance(self._around_with_text(stop), start, stop)
        rows = self.rows.filter(pk__in=self._around[: stop + MARGIN])
        found = self._with_distance(rows, start, stop)
        if len(found) < min(stop, len(self._around)) - start:  # a rating of one is hidden, or not yet shown
            found = self._with_distance(self.rows, start, stop)
        return found

    @cached_property
    def _reach(self) -> int:
        """So many of the nearest are asked for: what the page needs to sort again, or all where they are few,
        so that there is no further page without any."""
        if self.number > 1 and statistics.overview().total(**self.chosen) <= 2 * CANDIDATES:
            return CANDIDATES + 1
        return min(self.number * self.size, CANDIDATES) + MARGIN

    @cached_property
    def _around(self) -> list[int]:
        """The keys of the nearest places under the filters."""
        return list(self._spots.nearest(self.near).values_list("pk", flat=True)[: self._reach])

    @cached_property
    def _count_around(self):
        """How many places there are: those without a point are not among them, and are not worth counting."""
        held = len(self._around)
        if held < self._reach:
            return Count(held)
        if held > CANDIDATES:
            return Count(CANDIDATES, more=True)
        known = statistics.overview().total(**self.chosen)
        return Count(known, about=True) if known > held else Count(held, more=True)

    def _with_distance(self, rows, start, stop):
        """Those of the rows that are nearest, whole, each with its distance."""
        places = rows.select_related(None).prefetch_related(None).only("latitude", "longitude")
        distances = {place.pk: place.distance for place in nearest(places, self.near, start, stop)}
        found = self.queryset.in_bulk(list(distances))
        for key, row in found.items():
            row.distance = distances[key]
        return [found[key] for key in distances if key in found]

    def _around_with_text(self, stop):
        """Rows that hold the nearest: of the next of all places those that match, else all that match."""
        rows = self.rows
        if not self.is_small:
            every = self._spots.nearest(self.near).values_list("pk", flat=True)[:LOOKED_AT]
            near = list(rows.filter(pk__in=list(every)).values_list("pk", flat=True))
            if len(near) >= stop + MARGIN:
                rows = self.queryset.filter(pk__in=near)
        return rows

    def _dated(self):
        """Newest date and number of each place with a date, of its ratings that the search is about."""
        ratings = self._standings().filter(rated_on__isnull=False)
        if self.narrowed and self._is_sorted:
            return _newest_of_each(self._of_few(ratings))
        other = self._standings().filter(establishment=OuterRef("establishment"))
        newer = Q(rated_on__gt=OuterRef("rated_on")) | Q(rated_on=OuterRef("rated_on"), pk__gt=OuterRef("pk"))
        newest = ~Exists(other.filter(newer))
        if not self.narrowed:
            return _newest_and_place(ratings.filter(newest))
        every = Rating.objects.public().current().filter(rated_on__isnull=False)
        if len(self.chosen["keys"] or ()) == 1:  # an index has those of one by date
            every = every.alias(_key=Coalesce("value", "status")).filter(_key=min(self.chosen["keys"]))
        condition = self._of_standing()
        if of_place := self._of_a_row(path=""):
            places = Establishment.objects.public().filter(of_place, pk=OuterRef("establishment"))
            condition &= Q(any_of(places))
        fixed = _newest_of_each(ratings.filter(self._of_a_row()))
        return Sought(_newest_and_place(every), condition & Q(newest), fixed)

    def _of_few(self, ratings):
        """Those of the ratings that few places have: filters alone are looked up among the spots."""
        if self.text:
            return ratings.filter(self._of_a_row())
        return ratings.filter(establishment__in=self._spots.values("pk")[:EVERYTHING])

    def _undated(self):
        """Number of each place without a date, by an index of those that have none."""
        dated = self._standings().filter(establishment=OuterRef("place"), rated_on__isnull=False)
        if self.narrowed and self._is_sorted:
            rows = self.queryset.filter(pk__in=self._few).annotate(place=F("pk"))
        elif self.chosen["schemes"] or self.chosen["keys"]:
            other = self._standings().filter(establishment=OuterRef("establishment"), pk__lt=OuterRef("pk"))
            rows = self._standings().filter(self._of_a_row(), rated_on__isnull=True)
            rows = rows.exclude(Exists(other)).annotate(place=F("establishment"))
        else:
            rows = self._spots.filter(dated=False).annotate(place=F("pk"))
            if self.step:
                rows = rows.filter(establishment__search=self.step.expression)
        rows = rows.filter(~Exists(dated)).annotate(newest=Value(None, DateField())).order_by()
        return rows.values_list("newest", "place", named=True)

    def _of_a_row(self, path: str = "establishment__") -> Q:
        """The condition on a rating that its place is among the rows; without a path, on the place."""
        condition = Q()
        for column, chosen in (("authority", "authorities"), ("kind", "kinds")):
            if self.chosen[chosen]:
                condition &= Q(**{f"{path}{column}__in": self.chosen[chosen]})
        return condition & Q(**{f"{path}search": self.step.expression}) if self.step else condition

    def _in_order(self, places):
        found = self.queryset.in_bulk([place.place for place in places])
        return [found[place.place] for place in places if place.place in found]
