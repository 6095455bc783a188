"""Near me: places sorted by their distance from a point, by a nearest-neighbour index of PostgreSQL alone.

A stored point column in Mercator's projection (`disclosed.mercator`) has the right neighbours at every
latitude. Only far away does the map's order differ from the ground's, so some more rows are fetched than
asked for, and sorted again by the distance on the sphere.
"""

import math
import re
from dataclasses import dataclass

from django.db.models import F, Func, Value
from django.db.models.fields import FloatField
from django.utils import formats
from django.utils.translation import gettext as _

EARTH_RADIUS = 6_371_008.8  # metres, mean
# Rows fetched beyond those asked for before sorting again.
MARGIN = 40
_NUMBER = r"[+-]?\d{1,3}(?:\.\d{0,15})?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*", re.ASCII)


@dataclass(frozen=True)
class Near:
    """A point on the ground in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __str__(self):
        return f"{self.latitude:.6g},{self.longitude:.6g}"

    @property
    def point(self):
        """The point on the map as PostgreSQL reads it; beyond 89 degrees the map ends."""
        latitude = math.radians(max(-88.999, min(88.999, self.latitude)))
        return f"({math.radians(self.longitude)!r},{math.asinh(math.tan(latitude))!r})"

    def metres_to(self, latitude, longitude):
        """The distance on the sphere in metres."""
        here, there = math.radians(self.latitude), math.radians(latitude)
        turn = math.radians(longitude - self.longitude)
        chord = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(turn / 2) ** 2
        return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, chord)))


class MapDistance(Func):
    """The distance on the map of a point column from a `Near`: for ORDER BY, which a GiST index answers."""

    template = "%(expressions)s::point"
    arg_joiner = " <-> "
    output_field = FloatField()

    def __init__(self, field, near):
        super().__init__(F(field), Value(near.point))


def parse_near(text):
    """A `Near` from "latitude,longitude" in decimal degrees; ValueError says what is wrong with `near`."""
    pair = _PAIR.fullmatch(text or "")
    if not pair:
        raise ValueError(
            _("“near” must be latitude and longitude in decimal degrees, for example near=52.2053,0.1218.")
        )
    latitude, longitude = float(pair[1]), float(pair[2])
    if abs(latitude) > 90:
        raise ValueError(_("The latitude in “near” must lie between -90 and 90."))
    if abs(longitude) > 180:
        raise ValueError(_("The longitude in “near” must lie between -180 and 180."))
    return Near(latitude, longitude)


def nearest(queryset, near, start=0, stop=20, field="location", place=None):
    """The rows `start` to `stop` of `queryset` by distance from `near`, each with `distance` in metres.

    Rows without a point are left out. `place(row)` gives latitude and longitude of a row; by default its own.
    """
    place = place or (lambda row: (row.latitude, row.longitude))
    on_map = queryset.filter(**{f"{field}__isnull": False}).order_by(MapDistance(field, near))
    rows = list(on_map[: stop + MARGIN])
    for row in rows:
        row.distance = near.metres_to(*place(row))
    rows.sort(key=lambda row: (row.distance, row.pk))
    return rows[start:stop]


def distance_words(metres):
    """A distance as people say it: "350 m", "1.2 km", "15 km"."""
    if metres < 995:
        return _("%(number)s m") % {"number": max(10, round(metres / 10) * 10)}
    kilometres = metres / 1000
    decimals = 1 if kilometres < 9.95 else 0
    number = formats.number_format(
        round(kilometres, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True
    )
    return _("%(number)s km") % {"number": number}
