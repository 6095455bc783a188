"""What ratings tell the search: establishments by name and place, narrowed by scheme, grade and so on.

Listed are establishments, each once, with all their current ratings. Without a text the counts come from
`statistics.overview`; with one, from the establishments that match it, where they are few. The rows of
each order are in `rows`.
"""

from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses.models import Establishment
from records.ratings import facets, schemes, statistics, versions
from records.ratings.facets import AUTHORITY, GRADE, KIND, SCHEME
from records.ratings.models import Rating
from records.ratings.rows import NAMED, NEWEST, Rows
from records.ratings.spots import Spot
from records.search.listing import Listing
from records.search.pages import Count, capped_count
from records.search.ranking import RANKED


def establishments():
    """All public establishments as a list shows them: with authority, current ratings and their visits."""
    current = Rating.objects.public().current().select_related("inspection").order_by("scheme_id")
    return (
        Establishment.objects.public()
        .select_related("authority")
        .defer("search", "location")
        .prefetch_related(Prefetch("ratings", current, to_attr="standings"))
    )


class RatingSearch(Rows, Listing):
    """The list of establishments that a URL asks for."""

    facets = facets.FACETS
    orders = {
        "relevance": (gettext_lazy("best match"), None),
        "distance": (gettext_lazy("distance"), None),
        "date": (gettext_lazy("newest rating"), NEWEST),
        "name": (gettext_lazy("name"), NAMED),
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
        return Rating.objects.public().current().filter(self._of_standing())

    def _of_standing(self) -> Q:
        """The condition on a rating that it is of these."""
        condition = Q(scheme__in=self.chosen["schemes"]) if self.chosen["schemes"] else Q()
        if self.chosen["keys"]:
            condition &= Q(value__in=self._grades) | Q(status__in=self.chosen["keys"] - self._grades)
        return condition

    @cached_property
    def _grades(self) -> set[str]:
        """Those of the chosen keys that are grades; others are reasons why there is none."""
        return (self.chosen["keys"] or set()) & set().union(
            *(scheme.value_keys for scheme in schemes.all_versions())
        )

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

    @property
    def on_map(self) -> str:
        """The link to the same search on the map."""
        return self.parameters.without("sort", "page", "after", "before")

    def kept(self):
        """Pairs of name and value that stay when another text is typed."""
        names = ("near", *(facet.parameter for facet in self.facets))
        return [(name, value) for name in names for value in self.parameters.getlist(name)]
