"""Pages of the site as a whole: home, help, accessibility, style guide, and what machines ask for."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from records.businesses.models import Establishment
from records.intake.models import Batch
from records.pages import examples
from records.ratings import schemes, statistics, versions

SITEMAP_SIZE = 40_000


def home(request):
    """One search box, and what this site is and is not."""
    overview = statistics.overview()
    by_scheme = overview.by(statistics.of_scheme_graded)
    rows = []
    for number in {scheme for scheme, _graded in by_scheme if scheme is not None}:
        graded, not_graded = by_scheme[number, True], by_scheme[number, False]
        rows.append((versions.latest(versions.key_of(number)), graded, graded + not_graded))
    context = {
        "overview": overview,
        "schemes": sorted(rows, key=lambda row: -row[2]),
        "authorities": len(overview.by(statistics.of_authority)),
        "newest": Batch.objects.public().order_by("-committed_at").first(),
    }
    return render(request, "pages/home.html", context)


def help_page(request):
    """How grades work, what absence means, what this site is and is not."""
    licences = (
        Batch.objects.public()
        .exclude(licence="")
        .order_by("licence")
        .values_list("licence", "source")
        .distinct()
    )
    return render(
        request,
        "pages/help.html",
        {"licences": licences, "schemes": {s.key: s for s in schemes.all_versions()}.values()},
    )


def accessibility(request):
    """What was tested, what is not perfect, and whom to tell."""
    return render(request, "pages/accessibility.html")


def style_guide(request):
    """Every component with examples."""
    return render(request, "pages/style_guide.html", {"examples": examples})


def robots(request):
    """What crawlers may read: everything but the many ways to narrow a search."""
    sitemap = request.build_absolute_uri(reverse("pages:sitemap"))
    text = f"User-agent: *\nDisallow: /backoffice/\nDisallow: /ratings/?\nSitemap: {sitemap}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def sitemap(request):
    """The index of the sitemaps, by ranges of row numbers so that each is one walk of the key."""
    newest = Establishment.objects.public().order_by("-pk").values_list("pk", flat=True).first() or 0
    parts = range(1, newest // SITEMAP_SIZE + 2)
    return render(
        request,
        "pages/sitemap.xml",
        {"parts": parts, "root": request.build_absolute_uri("/")},
        "application/xml",
    )


def sitemap_part(request, part):
    """The establishments of one range."""
    start = (part - 1) * SITEMAP_SIZE
    rows = Establishment.objects.public().filter(pk__gte=start, pk__lt=start + SITEMAP_SIZE).order_by("pk")
    references = list(rows.values_list("reference", flat=True))
    if not references:
        raise Http404(f"sitemap {part}")
    root = request.build_absolute_uri("/")
    lines = (f"<url><loc>{root}establishments/{reference}/</loc></url>" for reference in references)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(lines)}</urlset>\n'
    return HttpResponse(text, content_type="application/xml")
