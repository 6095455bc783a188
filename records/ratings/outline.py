"""Pictures of where establishments are, drawn by the server: a dot for each, no streets and no script.

An outline says little, and nobody else learns who looks at it. The list that stands beside it says the rest.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.businesses.models import Establishment
from records.chart.scale import whole
from records.ratings.spots import Spot
from records.search.box import Box, Ordinate, across, upward
from records.search.near import EARTH_RADIUS, Near, distance_words

WIDTH, HEIGHT = 600, 400
"""The picture's own units; the page says how large it is."""
REACHES = (100, 200, 500, 1_000, 2_000, 5_000, 10_000)
"""How many metres a picture shows around a place to the north and south."""
ENOUGH = 40
"""The nearest view that holds so many others is taken."""
MOST = 400
"""So many others are looked at."""


@dataclass(frozen=True)
class Outline:
    """Dots as the path of an SVG picture; `place` where one of them is meant, `scale` for so many metres."""

    dots: str
    sentence: str
    place: tuple[int, int] | None = None
    scale: str = ""
    bar: int = 0

    width = WIDTH
    viewbox = f"0 0 {WIDTH} {HEIGHT}"


def around(establishment: Establishment) -> Outline | None:
    """An establishment among those near it; None where it has no public place, or one that is in doubt."""
    if establishment.latitude is None or establishment.geocode_quality == "suspect":
        return None
    near = Near(establishment.latitude, establishment.longitude)
    others = _metres(near, establishment.pk)
    far = [math.hypot(*other) for other in others]
    reach = next((reach for reach in REACHES if sum(d <= reach for d in far) >= ENOUGH), REACHES[-1])
    unit = HEIGHT / 2 / reach
    dots = path((WIDTH / 2 + x * unit, HEIGHT / 2 - y * unit) for x, y in others)
    said = _said(sum(d <= reach for d in far), reach, more=len(far) == MOST and far[-1] <= reach)
    return Outline(dots, said, (WIDTH // 2, HEIGHT // 2), distance_words(reach / 2), round(reach / 2 * unit))


def of_box(box: Box, places: Iterable[tuple[float, float]], sentence: str = "") -> Outline:
    """Points of a part of the map, given as latitude and longitude."""
    size = max((box.right - box.left) / WIDTH, (box.top - box.bottom) / HEIGHT)
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    dots = path(
        (WIDTH / 2 + (across(longitude) - x) / size, HEIGHT / 2 - (upward(latitude) - y) / size)
        for latitude, longitude in places
    )
    return Outline(dots, sentence)


def path(points: Iterable[tuple[float, float]]) -> str:
    """Those within the picture, as lines without length, of which round ends make dots; each place once."""
    rounded = {(round(x), round(y)) for x, y in points}
    return "".join(f"M{x} {y}h0" for x, y in sorted(rounded) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT)


def _metres(near: Near, key: int) -> Sequence[tuple[float, float]]:
    """The nearest others, as metres to the east and to the north."""
    rows = Spot.objects.public().exclude(pk=key).nearest(near)
    rows = rows.values_list(Ordinate("location", 0), Ordinate("location", 1))[:MOST]
    metres = EARTH_RADIUS * math.cos(math.radians(near.latitude))
    return [((x - across(near.longitude)) * metres, (y - upward(near.latitude)) * metres) for x, y in rows]


def _said(number: int, reach: int, more: bool) -> str:
    said = {"n": whole(number), "distance": distance_words(reach)}
    if more:
        return _("More than %(n)s other establishments are within %(distance)s.") % said
    if not number:
        return _("No other establishment with a place on the map is within %(distance)s.") % said
    return ngettext(
        "%(n)s other establishment is within %(distance)s.",
        "%(n)s other establishments are within %(distance)s.",
        number,
    ) % said  # fmt: skip
