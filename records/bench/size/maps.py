"""The map: the marks of views from the world to a street, under filters and words."""

from urllib.parse import urlencode

from django.http import QueryDict

from records.bench.load.chance import source
from records.bench.size import lines, plain
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import whole
from records.businesses.models import Establishment
from records.ratings.mapped import MapSearch

GROUP = "Map: the marks of a view, as a whole"
ZOOMS = range(1, 19)
WIDE, HIGH = 1200, 600
"""Pixels of the map on a wide screen."""

_COUNTED = """
SELECT count(*) FROM (SELECT FROM records_establishment e
    WHERE e.latitude BETWEEN %s AND %s AND e.longitude BETWEEN %s AND %s LIMIT 20000) t
"""


def measure(ground: Ground) -> list[Line]:
    """Views around places all over the register; beside a count of up to 20,000 places of the view."""
    every = range(1, ground.plan.establishments, max(1, ground.plan.establishments // ground.count))
    located = Establishment.objects.public().filter(pk__in=list(every), latitude__isnull=False)
    places = list(located.order_by("pk").values_list("latitude", "longitude", "kind", "name"))
    source("map", len(places)).shuffle(places)
    classes = {
        "no filter": lambda _kind, _name: {},
        "a type": lambda kind, _name: {"type": kind},
        "the worst grade": lambda _kind, _name: {"grade": "0"},
        "a type and a grade": lambda kind, _name: {"type": kind, "grade": "5"},
        "a word": lambda _kind, name: {"q": name.split()[0]},
    }
    found, most = [], _marks(QueryDict(""))  # the first view counts what all views are told of
    for what, asked in classes.items():
        views = [
            QueryDict(
                urlencode(
                    asked(kind, name) | _view(float(latitude), float(longitude), ZOOMS[at % len(ZOOMS)])
                )
            )
            for at, (latitude, longitude, kind, name) in enumerate(places)
        ]
        shown: list[int] = []
        spent = ground.over(lambda view, shown=shown: whole(lambda: shown.append(_marks(view))), views)
        counted = ground.over(lambda view: whole(lambda: _count(view)), ground.some(views), 0.3)
        beside = lines.beside("up to 20,000 places counted by plain SQL", counted)
        found.append(lines.spread(GROUP, what, spent, beside))
        most = max([most, *shown])
    return [*found, Line(GROUP, "marks of a view, at most", f"{most:,}", yardstick="a few hundred")]


def _marks(view: QueryDict) -> int:
    return len(MapSearch(view).shown)


def _view(latitude: float, longitude: float, zoom: int) -> dict[str, str]:
    """The box on a screen around a place."""
    degrees = 360 / 256 / 2**zoom / 2
    wide, high = min(180, WIDE * degrees), min(60, HIGH * degrees * 0.6)
    west, east = max(-180, longitude - wide), min(180, longitude + wide)
    south, north = max(-85, latitude - high), min(85, latitude + high)
    return {"bbox": f"{west:.5f},{south:.5f},{east:.5f},{north:.5f}", "zoom": str(zoom)}


def _count(view: QueryDict) -> list[tuple]:
    west, south, east, north = map(float, view["bbox"].split(","))
    return plain.rows(_COUNTED, [south, north, west, east])
