"""What ratings tell the search: establishments by name and place, narrowed by scheme, grade and so on.

Listed are establishments, each once, with all their current ratings. Without a text the counts come from
`statistics.overview`; with one, from the establishments that match it, where they are few. What is narrowed
by filters alone is found by `spots`.
"""

from datetime import date
from functools import cached_property
from operator import attrgetter

from django.db.models import DateField, Exists, F, Max, OuterRef, Prefetch, Q, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses.models import Establishment
from records.ratings import facets, schemes, statistics, versions
from records.ratings.facets import AUTHORITY, GRADE, KIND, SCHEME
from records.ratings.models import Rating
from records.ratings.spots import Spot
from records.search.keyset import LOOKED_AT, Keyset, Sought
from records.search.listing import Listing
from records.search.near import MARGIN, nearest
from records.search.pages import CAP, Count, capped_count, cut
from records.search.ranking import CANDIDATES, RANKED

# More rows than any register has: a limit that no list reaches keeps a set of keys from being taken apart.
EVERYTHING = 100_000_000


def establishments():
    """All public establishments as a list shows them: with authority, current ratings and their visits."""
    current = Rating.objects.public().current().select_related("inspection").order_by("scheme_id")
    return (
        Establishment.objects.public()
        .select_related("authority")
        .defer("search", "location")
        .prefetch_related(Prefetch("ratings", current, to_attr="standings"))
    )


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


NEWEST = Keyset({"newest": date}, _newest, descending=True, unknown=True, key="place")


class RatingSearch(Listing):
    """The list of establishments that a URL asks for."""

    facets = facets.FACETS
    orders = {
        "relevance": (gettext_lazy("best match"), None),
        "distance": (gettext_lazy("distance"), None),
        "date": (gettext_lazy("newest rating"), NEWEST),
        "name": (gettext_lazy("name"), Keyset({"name": str}, said=attrgetter("name"), key="place")),
    }
    default_order = "date"

    def __init__(self, data):
        known = {authority.slug for authority in statistics.authorities().values()}
        if not known.issuperset(data.getlist(AUTHORITY.parameter)):
            statistics.authorities.forget()  # it may have been added a moment ago
        super().__init__(data, establishments())

    # -- filters

    @cached_property
    def chosen(self) -> dict:
        """The filters in force as sets, as `statistics.Counts` takes them; None where nothing is chosen."""
        wanted = {facet: self.parameters.getlist(facet.parameter) for facet in self.facets}
        numbers = {a.slug: a.pk for a in statistics.authorities().values()}
        branches = (statistics.branch(numbers[slug]) for slug in wanted[AUTHORITY])
        return {
            "schemes": {versions.number_of(key) for key in wanted[SCHEME]} or None,
            "keys": set(wanted[GRADE]) or None,
            "authorities": set().union(*branches) or None,
            "kinds": set(wanted[KIND]) or None,
        }

    @property
    def narrowed_by_filters(self) -> bool:
        """Whether more than the text narrows the list, so that single parts can be taken back."""
        return self.near is not None or any(self.chosen.values())

    @property
    def narrowed(self) -> bool:
        """Whether a text or a filter leaves something out."""
        return bool(self.text) or any(self.chosen.values())

    def _faceted(self, left_out=None):
        """The rows under all filters."""
        rows = self.queryset
        if self.chosen["authorities"]:
            rows = rows.filter(authority__in=self.chosen["authorities"])
        if self.chosen["kinds"]:
            rows = rows.filter(kind__in=self.chosen["kinds"])
        if self.chosen["schemes"] or self.chosen["keys"]:
            rows = rows.filter(Exists(self._standings().filter(establishment=OuterRef("pk"))))
        return rows

    def _standings(self):
        """The current ratings of the chosen schemes and grades."""
        rows = Rating.objects.public().current()
        if self.chosen["schemes"]:
            rows = rows.filter(scheme__in=self.chosen["schemes"])
        if self.chosen["keys"]:
            grades = set().union(*(scheme.value_keys for scheme in schemes.all_versions()))
            rows = rows.filter(
                Q(value__in=self.chosen["keys"] & grades) | Q(status__in=self.chosen["keys"] - grades)
            )
        return rows

    # -- counts

    @cached_property
    def step(self):
        """The rung of the text's ladder that finds something; None without text."""
        return self._found[0] if self.text else None

    @cached_property
    def _found(self):
        """The rung that finds something, or the last, and how many establishments it finds."""
        if not self.text:
            return None, capped_count(self._spots)
        return super()._found

    @cached_property
    def _spots(self):
        """Spots of the establishments under the filters."""
        spots = Spot.objects.public().under(self.chosen)
        return spots.filter(location__isnull=False) if self.order == "distance" else spots

    @cached_property
    def counts(self):
        """Counts over what matches the text, all filters aside; None where that is too much to count."""
        if not self.text:
            return statistics.overview()
        if self.order == "relevance" and not any(self.chosen.values()):
            _step, keys, more = self._candidates
        else:
            found = self._texted(self.queryset, self.step).order_by().values_list("pk", flat=True)
            keys = list(found[: RANKED + 1])
            more = len(keys) > RANKED
        return None if more else statistics.count(self.queryset.filter(pk__in=keys), once=False)

    @cached_property
    def count(self):
        """How many establishments are shown: exact where that is cheap, else capped and honest about it."""
        if self.text:
            return self._found[1]
        if self.order == "distance":
            return self._count_around
        overview = statistics.overview()
        known = overview.total(**self.chosen)
        # One that stands under two schemes would count twice; and some may have been added a moment ago.
        twice = overview.repeated and (self.chosen["schemes"] or self.chosen["keys"])
        if not known or (twice and len(self.chosen["schemes"] or ()) != 1):
            return self._found[1]
        return Count(known)

    @property
    def counted_at(self):
        """When the numbers were counted; None where they were counted for this page."""
        return None if self.text else statistics.overview().at

    @cached_property
    def panels(self):
        """Scheme, grade, authority and type with their options, counts and links."""
        return facets.Panels(self.parameters, self.chosen, self.counts).all()

    # -- rows

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
        fixed = _name_and_place(self.queryset.filter(pk__in=self._few if self.is_small else self._fixed))
        return (
            fixed
            if self.is_small
            else Sought(_name_and_place(self.rows), _name_and_place(self.queryset), fixed)
        )

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
            every = self._spots.nearest(self.near).values_list("pk", flat=True)[: max(LOOKED_AT)]
            near = list(rows.filter(pk__in=list(every)).values_list("pk", flat=True))
            if len(near) >= stop + MARGIN:
                rows = self.queryset.filter(pk__in=near)
        return rows

    def _dated(self):
        """Newest date and number of each place with a date, of its ratings that the search is about."""
        ratings = self._standings().filter(self._of_a_row(), rated_on__isnull=False)
        if self.narrowed and self.is_small:
            return _newest_of_each(ratings)
        other = self._standings().filter(establishment=OuterRef("establishment"))
        newer = Q(rated_on__gt=OuterRef("rated_on")) | Q(rated_on=OuterRef("rated_on"), pk__gt=OuterRef("pk"))
        rows = _newest_and_place(ratings.exclude(Exists(other.filter(newer))))
        if not self.narrowed:
            return rows
        every = Rating.objects.public().current().filter(rated_on__isnull=False)
        return Sought(rows, _newest_and_place(every), _newest_of_each(ratings))

    def _undated(self):
        """Number of each place without a date, by an index of those that have none."""
        dated = self._standings().filter(establishment=OuterRef("place"), rated_on__isnull=False)
        if self.narrowed and self.is_small:
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

    def _of_a_row(self) -> Q:
        """The condition on a rating that its establishment is among the rows."""
        condition = Q()
        if self.chosen["authorities"]:
            condition &= Q(establishment__authority__in=self.chosen["authorities"])
        if self.chosen["kinds"]:
            condition &= Q(establishment__kind__in=self.chosen["kinds"])
        return condition & Q(establishment__search=self.step.expression) if self.step else condition

    def _in_order(self, places):
        found = self.queryset.in_bulk([place.place for place in places])
        return [found[place.place] for place in places if place.place in found]

    # -- words and links

    def chips(self):
        """(label, link that takes it back) of everything chosen: text, place and filters."""
        found = []
        if self.text:
            found.append((f"“{self.text.text}”", self.parameters.without("q")))
        if self.near:
            found.append((_("near %(place)s") % {"place": self.near}, self.parameters.without("near")))
        for facet in self.facets:
            labels = dict(facet.choices())
            for value in self.parameters.getlist(facet.parameter):
                found.append((str(labels.get(value, value)), self.parameters.toggled(facet.parameter, value)))
        return found

    def kept(self):
        """Pairs of name and value that stay when another text is typed."""
        names = ("near", *(facet.parameter for facet in self.facets))
        return [(name, value) for name in names for value in self.parameters.getlist(name)]
