"""The public pages of ratings: the search, and how each scheme makes its grades."""

from django.http import Http404
from django.shortcuts import render

from records.opendata.addresses import files
from records.ratings import schemes, statistics, versions
from records.ratings.edges import edges
from records.ratings.figures import SchemeFigures
from records.ratings.opendata import RATINGS
from records.ratings.search import RatingSearch
from records.search.parameters import BadParameter


def listing(request):
    """Establishments with their ratings, as the URL asks for them."""
    try:
        search = RatingSearch(request.GET)
        page = search.page
    except BadParameter as problem:
        return render(request, "400.html", {"problem": problem}, status=400)
    context = {"search": search, "page": page, "files": files(RATINGS, search.parameters.without())}
    return render(request, "records/ratings/list.html", context)


def scheme_list(request):
    """Every scheme, with how many establishments it has graded."""
    counts = statistics.overview().by(statistics.of_scheme)
    latest = {scheme.key: scheme for scheme in schemes.all_versions()}
    rows = [(scheme, counts[versions.number_of(key)]) for key, scheme in latest.items()]
    rows.sort(key=lambda row: (-row[1], row[0].key))
    return render(request, "records/ratings/schemes.html", {"rows": rows})


def scheme_detail(request, key):
    """How a scheme makes its grades, and how the grades it gave are spread."""
    try:
        latest = schemes.get(key)
    except KeyError as unknown:
        raise Http404(str(unknown)) from None
    context = {
        "scheme": latest,
        "earlier": [
            scheme for scheme in schemes.all_versions() if scheme.key == key and scheme is not latest
        ][::-1],
        "figures": SchemeFigures(latest),
        "edges": edges(latest),
    }
    return render(request, "records/ratings/scheme.html", context)
