"""Pages of the site as a whole: home, help, accessibility, style guide, and what machines ask for."""

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from records.intake.models import Batch
from records.opendata.addresses import files
from records.pages import examples
from records.pages.finding import Finding
from records.penalties.opendata import DECISIONS
from records.publication.caching import keep_until
from records.publication.canvas import Canvas
from records.ratings import schemes, statistics, versions
from records.ratings.opendata import RATINGS
from records.ratings.search import RatingSearch
from records.search.parameters import BadParameter

NEW = 5
"""So many ratings the first page shows."""
AREAS = 12
"""Up to so many authorities stand by name on the first page."""


def home(request):
    """Where to search, what is new, what is held, and what this site is and is not."""
    overview = statistics.overview()
    rated = RatingSearch(QueryDict())
    rated.size = NEW
    here = overview.by(statistics.of_authority)
    by_scheme = overview.by(statistics.of_scheme_graded)
    rows = []
    for number in {scheme for scheme, _graded in by_scheme if scheme is not None}:
        graded, not_graded = by_scheme[number, True], by_scheme[number, False]
        rows.append((versions.latest(versions.key_of(number)), graded, graded + not_graded))
    context = {
        "overview": overview,
        "schemes": sorted(rows, key=lambda row: -row[2]),
        "rated": rated.page.rows,
        "authorities": len(here),
        "areas": _areas(here) if 1 < len(here) <= AREAS else [],
        "newest_file": Batch.objects.public().order_by("-committed_at").first(),
    }
    return render(request, "pages/home.html", context)


def _areas(here) -> list:
    """The authorities with so many establishments, by name."""
    held = statistics.authorities()
    return sorted((held[number] for number in here if number in held), key=lambda authority: authority.name)


def find(request):
    """Everything that one box may mean: its record at once, or the first few of each list."""
    try:
        found = Finding(request.GET)
        if found.target:
            return redirect(found.target)
        decisions = [search for of, search, _link in found.lists if of == "decisions"]
        decisions += [search for search, _link, _files in found.read]
        kept = [penalty.hide_at for search in decisions for penalty in search.page.rows]
    except BadParameter as problem:
        return render(request, "400.html", {"problem": problem, "room": "all"}, status=400)
    for instant in kept:
        keep_until(request, instant)
    return render(request, "pages/find.html", {"found": found})


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


def no_total_score(request):
    """Why nothing is added up across schemes, laws and fields."""
    return render(request, "pages/no_total_score.html")


def data(request):
    """Every list as a file: where, and what the columns say."""
    datasets = [
        {
            "key": dataset.key, "title": dataset.title, "columns": dataset.columns(request),
            "addresses": files(dataset), "parameters": _parameters(dataset),
        }
        for dataset in (DECISIONS, RATINGS)
    ]  # fmt: skip
    return render(request, "pages/data.html", {"datasets": datasets})


def _parameters(dataset) -> list[str]:
    """What its list can be asked by."""
    return list(dataset.search(QueryDict("")).parameters.known)


def style_guide(request):
    """Every component with examples."""
    return render(request, "pages/style_guide.html", {"examples": examples})


def card(request):
    """The picture that is shown where somebody passes on a link to a page without one of its own."""
    canvas = Canvas()
    canvas.frame("", settings.PLACARD_NAME, _("Ratings and decisions of public authorities"), most=3)
    return HttpResponse(canvas.png(), content_type="image/png")


def robots(request):
    """What crawlers may read: everything but the many ways to narrow a search."""
    sitemap = request.build_absolute_uri(reverse("pages_files:sitemap"))
    files = "Disallow: /backoffice/\nDisallow: /ratings.\nDisallow: /penalties.\n"
    lists = ("/ratings/?", "/penalties/?", "/businesses/?", "/map/?")
    paths = (*lists, "/find/", "/map/marks.json", "/verify/?")
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    closed = "".join(f"Disallow: {prefix}{path}\n" for prefix in prefixes for path in paths)
    text = f"User-agent: *\n{files}{closed}Sitemap: {sitemap}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
