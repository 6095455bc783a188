"""What search engines are told of: each page that they may keep, in every language that it can be had in.

One file holds a range of row numbers, so that each is one walk of the key. Every page names its other
languages, as its own head does.
"""

from urllib.parse import quote

from django.conf import settings
from django.db.models import Max, Min
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from records.businesses.models import Business, Establishment
from records.laws.models import Law, Provision
from records.penalties.models import Penalty
from records.publication.caching import keep_until

ADDRESSES = 20_000
"""So many addresses, in all languages together, stand in one file; 50,000 and 50 MB are the most allowed."""

BEGINNING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)


def index(request):
    """The list of the files."""
    parts = [
        reverse(name, args=[part])
        for name, rows in (
            ("pages_files:sitemap_part", Establishment.objects.public()),
            ("pages_files:sitemap_decisions", _decisions()),
            ("pages_files:sitemap_businesses", Business.objects.public()),
            ("pages_files:sitemap_laws", Law.objects.public()),
            ("pages_files:sitemap_articles", Provision.objects.public()),
        )
        for part in range(1, (rows.aggregate(last=Max("pk"))["last"] or 0) // _size() + 2)
    ]
    context = {"parts": parts, "root": request.build_absolute_uri("/")}
    return render(request, "pages/sitemap.xml", context, "application/xml")


def establishments(request, part):
    """The establishments of one range."""
    return _file(request, Establishment.objects.public(), "establishments/{}", part, "reference")


def decisions(request, part):
    """The decisions of one range that search engines may keep."""
    ends = _decisions().filter(**_range(part)).aggregate(first=Min("hide_at"))["first"]
    keep_until(request, ends)
    return _file(request, _decisions(), "penalties/{}", part, "reference")


def laws(request, part):
    """The laws of one range."""
    return _file(request, Law.objects.public(), "laws/{}", part, "key")


def articles(request, part):
    """The articles of one range."""
    return _file(request, Provision.objects.public(), "laws/{}/{}", part, "law__key", "key")


def businesses(request, part):
    """The organisations of one range."""
    return _file(request, Business.objects.public(), "businesses/{}", part, "reference")


def _decisions():
    """Decisions against organisations and public bodies: pages about persons are kept by nobody."""
    return Penalty.objects.public().filter(respondent_kind__in=("organisation", "public_body"))


def _size() -> int:
    """So many row numbers have one file."""
    return ADDRESSES // len(settings.LANGUAGES)


def _range(part: int) -> dict:
    return {"pk__gte": (part - 1) * _size(), "pk__lt": part * _size()}


def _file(request, rows, address: str, part: int, *columns: str):
    """The rows of one range; `address` has a place for each of the columns."""
    found = list(rows.filter(**_range(part)).order_by("pk").values_list(*columns))
    if not found:
        raise Http404(f"sitemap {part}")
    root = request.build_absolute_uri("/")
    roots = {
        code: root if code == settings.LANGUAGE_CODE else f"{root}{code}/"
        for code, _name in settings.LANGUAGES
    }
    places = (address.format(*(quote(value, safe="") for value in row)) for row in found)
    text = f"{BEGINNING}{''.join(_page(roots, place) for place in places)}</urlset>\n"
    return HttpResponse(text, content_type="application/xml")


def _page(roots: dict[str, str], place: str) -> str:
    """One page: an entry for each language, each with the addresses of all."""
    links = [(code, f"{root}{place}/") for code, root in roots.items()]
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{link}"/>'
        for code, link in ([*links, ("x-default", links[0][1])] if len(links) > 1 else ())
    )
    return "".join(f"<url><loc>{link}</loc>{others}</url>" for _code, link in links)
