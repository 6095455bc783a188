"""Where establishments are, beside what lists are narrowed by: one index answers both at once.

A spot has the point of an establishment and words for its authority, its kind and its current ratings
(`0015_spots.py` says which). The database writes it when an establishment or a rating changes. What is found
here are candidates: whoever lists them looks at the establishments and ratings themselves.
"""

from collections.abc import Iterable, Mapping
from itertools import product

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

from records.businesses.models import Establishment
from records.publication.querysets import DisclosedQuerySet
from records.search.box import Box, InBox
from records.search.near import MapDistance, Near
from records.search.point import PointField
from records.search.text import TsQuery

SAMPLES = (7, 61, 509)
"""One spot in so many is in an index of its own (migration 0018), for counts of what is too much to count.

Primes, because numbers of records have no rhythm of seven."""

PAIRS = 60
"""So many pairs of grade and kind at most are looked up as pairs."""


class SpotQuerySet(DisclosedQuerySet):
    """Which spots."""

    def under(self, chosen: Mapping[str, set | None]):
        """Those of the establishments under the filters in force, as `statistics.Counts` takes them."""
        query = tsquery(chosen)
        return self.filter(marks=TsQuery(query)) if query else self

    def nearest(self, near: Near):
        """Those on the map, the nearest first."""
        return self.filter(location__isnull=False).order_by(MapDistance("location", near))

    def inside(self, box: Box):
        """Those in a part of the map."""
        return self.filter(InBox("location", box), location__isnull=False)

    def sampled(self, rate: int):
        """One in so many, of `SAMPLES`; all of them for 1."""
        return self if rate == 1 else self.alias(_rest=F("establishment_id") % rate).filter(_rest=0)


class Spot(models.Model):
    """A place on the map, with words for what it can be found by; written by the database alone."""

    establishment = models.OneToOneField(
        Establishment, models.DO_NOTHING, primary_key=True, related_name="spot", db_constraint=False,
        editable=False,
    )  # fmt: skip
    location = PointField(null=True, editable=False)
    marks = SearchVectorField(editable=False)
    dated = models.BooleanField(editable=False)

    objects = SpotQuerySet.as_manager()

    class Meta:
        indexes = (
            GistIndex(
                "location",
                OpClass("marks", "tsvector_ops(siglen=256)"),
                name="spot_nearest",
                condition=models.Q(location__isnull=False),
            ),
            GinIndex("marks", name="spot_marks"),
            models.Index("establishment", name="spot_undated", condition=models.Q(dated=False)),
        )

    def __str__(self):
        return f"{self.establishment_id}: {self.marks}"


def tsquery(chosen: Mapping[str, set | None]) -> str:
    """The filters in force as a query for `marks`, '' where there is none.

    A grade counts only under the chosen schemes, and a grade of a kind has a word of its own, because where
    both are frequent but seldom together the index would look at every place.
    """
    schemes, keys, kinds = chosen["schemes"], chosen["keys"], chosen["kinds"]
    pairs = list(product(keys or (), kinds or ()))
    parts = [_any([f"a{number}", f"A{number}"] for number in chosen["authorities"] or ())]
    if 0 < len(pairs) <= PAIRS:
        parts.append(_any([f"g{key} k{kind}"] for key, kind in pairs))
    else:
        parts.append(_any([f"k{kind}"] for kind in kinds or ()))
        parts.append(_any([f"g{key}"] for key in keys or () if not schemes))
    if schemes and keys:
        parts.append(_any([f"s{scheme}:{key}"] for scheme, key in product(schemes, keys)))
    elif schemes:
        parts.append(_any([f"s{scheme}", f"S{scheme}"] for scheme in schemes))
    return " & ".join(filter(None, parts))


def _any(choices: Iterable[list[str]]) -> str:
    """Any of the choices, each of words that must all be there."""
    quoted = sorted(" & ".join(map(_quoted, words)) for words in choices)
    return f"({' | '.join(quoted)})" if quoted else ""


def _quoted(word: str) -> str:
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
