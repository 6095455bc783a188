"""What ratings tell the search: establishments by name and place, narrowed by scheme, grade and so on.

Listed are establishments, each once, with all their current ratings. Without a text the counts come from
`statistics.overview`; with one, from the establishments that match it.
"""

from functools import cached_property

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses.models import Establishment
from records.ratings import facets, schemes, statistics, versions
from records.ratings.facets import AUTHORITY, GRADE, KIND, SCHEME
from records.ratings.models import Rating
from records.search.facets import COUNTED
from records.search.listing import Listing
from records.search.pages import CAP, Count, capped_count, cut


def establishments():
    """All public establishments as a list shows them: with authority, current ratings and their visits."""
    current = Rating.objects.public().current().select_related("inspection").order_by("scheme_id")
    return (
        Establishment.objects.public()
        .select_related("authority")
        .defer("search", "location")
        .prefetch_related(Prefetch("ratings", current, to_attr="standings"))
    )


class RatingSearch(Listing):
    """The list of establishments that a URL asks for."""

    facets = facets.FACETS
    orders = {
        "relevance": (gettext_lazy("best match"), None),
        "distance": (gettext_lazy("distance"), None),
        "date": (gettext_lazy("newest rating"), None),
        "name": (gettext_lazy("name"), ("name",)),
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
    def _settled(self):
        """The rows as a set fixed before sorting: no order then tempts the planner to walk the register."""
        return self.queryset.filter(pk__in=self.rows.order_by().values("pk")[:CAP])

    @cached_property
    def page(self):
        """The page asked for."""
        few = self.count.number <= CAP and not self.count.more
        if self.order == "date":
            return cut(self.number, self.count, self._newest_of_few if few else self._newest, self.size)
        if self.order != "relevance" and few and self.narrowed:
            self.rows = self._settled
        return super().page

    def _newest_of_few(self, start, stop):
        newest = Max("ratings__rated_on", filter=Q(ratings__state="published"))
        rows = Establishment.objects.public().filter(pk__in=self.rows.order_by().values("pk")[:CAP])
        dated = rows.values("pk").annotate(newest=newest).order_by(F("newest").desc(nulls_last=True), "pk")
        return self._in_order(dated.values_list("pk", flat=True)[start:stop])

    def _newest(self, start, stop):
        """By the index on the date, which holds no rows without one: those come last, by number."""
        current = Rating.objects.public().current()
        newer = current.filter(establishment=OuterRef("establishment"), rated_on__gt=OuterRef("rated_on"))
        ratings = self._standings().filter(self._of_a_row()).filter(rated_on__isnull=False)
        dated = ratings.filter(~Exists(newer)).order_by("-rated_on", "-pk")
        keys = list(dated.values_list("establishment", flat=True)[start:stop])
        if len(keys) < stop - start:
            before = start + len(keys) if keys else dated.count()
            with_date = current.filter(establishment=OuterRef("pk"), rated_on__isnull=False)
            rest = self.rows.filter(~Exists(with_date)).order_by("pk").values_list("pk", flat=True)
            keys += list(rest[max(0, start - before) : stop - before])
        return self._in_order(keys)

    def _of_a_row(self) -> Q:
        """The condition on a rating that its establishment is among the rows."""
        condition = Q()
        if self.chosen["authorities"]:
            condition &= Q(establishment__authority__in=self.chosen["authorities"])
        if self.chosen["kinds"]:
            condition &= Q(establishment__kind__in=self.chosen["kinds"])
        return condition & Q(establishment__search=self.step.expression) if self.step else condition

    def _in_order(self, keys):
        found = self.queryset.in_bulk(list(keys))
        return [found[key] for key in dict.fromkeys(keys) if key in found]

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
