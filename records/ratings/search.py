"""What ratings tell the search: establishments by name and place, narrowed by scheme, grade and so on.

Listed are establishments, each once, with all their current ratings. Without a text the counts come from
`statistics.overview`; with one, from the establishments that match it.
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
from records.search.facets import COUNTED
from records.search.keyset import Keyset
from records.search.listing import Listing
from records.search.pages import Count, capped_count


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


NEWEST = Keyset({"newest": date}, _newest, descending=True, unknown=True, key="place")


class RatingSearch(Listing):
    """The list of establishments that a URL asks for."""

    facets = facets.FACETS
    orders = {
        "relevance": (gettext_lazy("best match"), None),
        "distance": (gettext_lazy("distance"), None),
        "date": (gettext_lazy("newest rating"), NEWEST),
        "name": (gettext_lazy("name"), Keyset({"name": str}, said=attrgetter("name"))),
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
    def counts(self):
        """Counts over what matches the text, all filters aside; None where that is too much to count."""
        if not self.text:
            return statistics.overview()
        found = self._texted(self.queryset, self.step)
        if capped_count(found, COUNTED).more:
            return None
        return statistics.count(
            self.queryset.filter(pk__in=found.order_by().values("pk")[:COUNTED]), once=False
        )

    @cached_property
    def count(self):
        """How many establishments are shown: exact where that is cheap, else capped and honest about it."""
        grades_of_several = self.chosen["keys"] and len(self.chosen["schemes"] or ()) != 1
        several = grades_of_several or len(self.chosen["schemes"] or ()) > 1
        if self.text or self.order == "distance" or several:
            found = self._found[1]
            return capped_count(self.rows, COUNTED) if found.more else found
        known = statistics.overview().total(**self.chosen)
        return Count(known) if known else self._found[1]  # they may have been added a moment ago

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
        if self.order != "date":
            return super().page
        dated = self._dated_of_few() if self.is_small else self._dated()
        dated = dated.values_list("newest", "place", named=True)
        return self.keyset.page(dated, self._undated(), self.mark, self.count, self.size, self._in_order)

    def _dated_of_few(self):
        """Newest date and number of each place, from its ratings that the search is about."""
        of_few = self._standings().filter(establishment__in=self._few)
        newest = of_few.order_by().values("establishment").annotate(newest=Max("rated_on"))
        return newest.filter(newest__isnull=False).annotate(place=F("establishment"))

    def _dated(self):
        """The same by the index on the date, which begins with the newest of the whole register."""
        ratings = self._standings().filter(self._of_a_row(), rated_on__isnull=False)
        other = self._standings().filter(establishment=OuterRef("establishment"))
        newer = Q(rated_on__gt=OuterRef("rated_on")) | Q(rated_on=OuterRef("rated_on"), pk__gt=OuterRef("pk"))
        return ratings.exclude(Exists(other.filter(newer))).annotate(
            newest=F("rated_on"), place=F("establishment")
        )

    def _undated(self):
        """Number of each place without a date."""
        dated = self._standings().filter(establishment=OuterRef("pk"), rated_on__isnull=False)
        rows = self.queryset.filter(pk__in=self._few) if self.is_small else self.rows
        rows = rows.filter(~Exists(dated)).annotate(newest=Value(None, DateField()), place=F("pk"))
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
