"""The public pages of organisations: the search for them, and one with all that names it.

Sole traders have no page: their name is personal data, and the view in `disclosed` leaves them out.
"""

from django.http import Http404
from django.shortcuts import redirect, render

from records.businesses.models import Establishment
from records.businesses.search import BusinessSearch, organisations
from records.publication.caching import keep_until
from records.search.pages import capped_count, cut
from records.search.parameters import BadParameter, Parameters, page_number
from records.search.reference import normalise_reference

PLACES = 50


def listing(request):
    """Organisations by name or number, as the URL asks for them."""
    try:
        search = BusinessSearch(request.GET)
        page = search.page if search.text else None
    except BadParameter as problem:
        return _unreadable(request, problem)
    return render(request, "records/businesses/list.html", {"search": search, "page": page})


def detail(request, reference):
    """One organisation; a misread reference leads to the right one, and sole traders have no page."""
    business = organisations().filter(reference=reference).first()
    if business is None:
        return _meant(reference)
    try:
        places = _Places(request.GET, business)
    except BadParameter as problem:
        return _unreadable(request, problem)
    for place in places.page.rows:
        keep_until(request, place.hide_at)
    context = {
        "business": business,
        "places": places,
        "canonical": request.build_absolute_uri(business.get_absolute_url()),
    }
    return render(request, "records/businesses/organisation.html", context)


class _Places:
    """The establishments of an organisation, a page at a time; BadParameter where there is no such page."""

    def __init__(self, data, business):
        self.parameters = Parameters(data, ("page",))
        rows = (
            Establishment.objects.public()
            .filter(business=business.pk)
            .select_related("authority")
            .defer("search", "location")
            .order_by("name", "pk")
        )
        number = page_number(self.parameters.get("page"))
        self.page = cut(number, capped_count(rows), lambda start, stop: rows[start:stop], PLACES)

    def page_link(self, number):
        """The link to another page of them."""
        return self.parameters.having("page", *([] if number == 1 else [number]))


def _meant(reference):
    normal = normalise_reference(reference)
    if normal != reference and organisations().filter(reference=normal).exists():
        return redirect("businesses:detail", normal, permanent=True)
    raise Http404(reference)


def _unreadable(request, problem):
    return render(request, "400.html", {"problem": problem, "room": "businesses"}, status=400)
