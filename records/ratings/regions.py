"""Where on the map the name of an authority stands: in the middle of its establishments, kept for a while."""

from records.ratings import statistics
from records.ratings.marks import Share, rate_for
from records.ratings.spots import Spot
from records.search.box import Box, Ordinate, degrees

MOST = 24
"""So many names at most stand in a view."""


def _middles() -> dict[int, tuple[float, float]]:
    """The middle of each authority's establishments on the map, of many from a sample."""
    spots = Spot.objects.public().filter(location__isnull=False)
    spots = spots.sampled(rate_for(statistics.overview().total())).order_by()
    half = {"x": Share(Ordinate("location", 0), share=0.5), "y": Share(Ordinate("location", 1), share=0.5)}
    rows = spots.values_list("establishment__authority").annotate(**half)
    return {number: (x, y) for number, x, y in rows}


middles = statistics.Kept(_middles)


def names(box: Box) -> list[dict]:
    """Names and places of the authorities whose middle is in view, those with most establishments first."""
    sizes, held = statistics.overview().by(statistics.of_authority), statistics.authorities()
    found = [
        (sizes[number], held[number].name, degrees(x, y))
        for number, (x, y) in middles().items()
        if number in held and box.left <= x <= box.right and box.bottom <= y <= box.top
    ]
    found.sort(key=lambda row: (-row[0], row[1]))
    return [{"name": name, "at": [round(part, 5) for part in at]} for _size, name, at in found[:MOST]]
