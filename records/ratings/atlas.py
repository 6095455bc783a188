"""The public pages of the map: the page with map and list, and the marks of a view for its script."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import ngettext
from django.views.decorators.csp import csp_override

from records.ratings import outline, regions
from records.ratings.badge import of_rating
from records.ratings.mapped import MapSearch
from records.search.parameters import BadParameter


def page(request):
    """A part of the map, and beside it the list of the establishments there."""
    try:
        search = MapSearch(request.GET)
        context = {
            "search": search,
            "page": search.page,
            "outline": outline.of_box(search.box, _dots(search)),
            "tiles": settings.PLACARD_TILES,
            "attribution": settings.PLACARD_TILES_ATTRIBUTION,
        }
    except BadParameter as problem:
        return render(request, "400.html", {"problem": problem, "room": "map"}, status=400)
    return csp_override(_policy())(render)(request, "records/ratings/map.html", context)


def marks(request):
    """The marks of a view, some three hundred at most, and the list of what is there as on the page."""
    try:
        search = MapSearch(request.GET)
        rows = search.page
    except BadParameter as problem:
        refused = {"parameter": problem.name, "value": problem.value, "message": str(problem.message)}
        return JsonResponse(refused, status=400)
    shown = {"search": search, "page": rows}
    return JsonResponse(
        {
            "count": search.count.number,
            "about": not search.count.is_exact,
            "box": search.box.edges,
            "marks": [_single(mark, place) if place else _cluster(mark) for mark, place in search.shown],
            **({} if settings.PLACARD_TILES else _paper(search)),
            "said": render_to_string("records/ratings/_in_view.html", shown).strip(),
            "list": render_to_string("records/ratings/_places_in_view.html", shown, request),
        }
    )


def _paper(search) -> dict:
    """What is drawn where there are no tiles: an outline of the points, and the names of authorities."""
    digits = 2 + round(search.zoom / 4)
    dots = [round(part, digits) for dot in _dots(search) for part in dot]
    return {"dots": dots, "names": regions.names(search.box)}


def _dots(search) -> list[tuple[float, float]]:
    """Where the establishments in view are, a few of each cell."""
    return [dot for mark in search.marks.all for dot in mark.dots]


def _cluster(mark) -> dict:
    return {
        "at": _place(mark.latitude, mark.longitude),
        "box": mark.cell.edges,
        "count": mark.count.number,
        "said": ngettext("%(count)s establishment", "%(count)s establishments", mark.count.number)
        % {"count": mark.count},
        "face": render_to_string("components/map_mark.html", {"count": mark.count}),
    }


def _single(mark, place) -> dict:
    badges = [of_rating(rating, place.authority.country) for rating in place.standings]
    return {
        "at": _place(mark.latitude, mark.longitude),
        "name": place.name,
        "address": ", ".join(filter(None, (*place.address.split("\n"), place.postcode))),
        "link": place.get_absolute_url(),
        "grades": [badge.sentence for badge in badges],
        "face": render_to_string("components/map_mark.html", {"badge": badges[0] if badges else None}),
    }


def _place(latitude: float, longitude: float) -> list[float]:
    return [round(latitude, 6), round(longitude, 6)]


def _policy() -> dict:
    """What the page may load: as all pages, and pictures from the host of the tiles where there is one."""
    host = urlsplit(settings.PLACARD_TILES)
    if not host.netloc:
        return settings.SECURE_CSP
    images = [*settings.SECURE_CSP["img-src"], f"{host.scheme}://{host.netloc}"]
    return settings.SECURE_CSP | {"img-src": images}
