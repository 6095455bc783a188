"""The public pages of decisions: the search, one decision with its versions and documents, what is gone."""

import logging

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.opendata.addresses import files
from records.penalties import cards
from records.penalties.columns import cells
from records.penalties.models import Penalty
from records.penalties.opendata import DECISIONS
from records.penalties.search import PenaltySearch
from records.penalties.shown import RELATED, Shown, of
from records.penalties.visible import PenaltyNotice
from records.publication.caching import keep_until
from records.publication.documents import Document
from records.publication.permanent import permanent
from records.search.parameters import BadParameter
from records.search.reference import normalise_reference

logger = logging.getLogger(__name__)
PERSONAL = "noindex, noarchive"
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def listing(request):
    """Decisions, as the URL asks for them."""
    try:
        search = PenaltySearch(request.GET)
        page = search.page
    except BadParameter as problem:
        return render(request, "400.html", {"problem": problem, "room": "penalties"}, status=400)
    for penalty in page.rows:
        keep_until(request, penalty.hide_at)
    table = [(penalty, cells(penalty, search.columns)) for penalty in page.rows] if search.columns else []
    context = {
        "search": search,
        "page": page,
        "table": table,
        "files": files(DECISIONS, search.parameters.without()),
    }
    return render(request, "records/penalties/list.html", context)


def detail(request, reference):
    """One decision as it stands; in place of one that is no longer shown, a notice."""
    penalty = _public(request, reference)
    return _absent(request, reference) if penalty is None else _page(request, of(penalty))


def version(request, reference, number):
    """An earlier version of a decision; the address of the one that stands leads to the decision."""
    penalty = _public(request, reference)
    if penalty is None:
        return _gone_with_it(request, reference)
    if number == penalty.version:
        return redirect(penalty)
    shown = _version(penalty, number)
    return _page(request, shown) if shown else _notice(request, _instead(reference, "version"), 410)


def record(request, reference, number):
    """What a version says as canonical JSON, of which its page gives the fingerprint."""
    penalty = _public(request, reference)
    if penalty is None:
        return _gone_with_it(request, reference)
    shown = of(penalty) if number == penalty.version else _version(penalty, number)
    if shown is None:
        return _notice(request, _instead(reference, "version"), 410)
    return _robots(HttpResponse(shown.canonical_json, content_type="application/json"), shown)


def document(request, reference, pk):
    """A document of a decision: its file, never shown in the page's own name, or the way to its address."""
    penalty = _public(request, reference)
    if penalty is None:
        return _gone_with_it(request, reference)
    found = Document.objects.public().filter(pk=pk).first() if pk in _documents(penalty) else None
    if found is None:
        raise Http404("no such document of this decision")
    if not found.sha256:
        return _robots(redirect(found.url), of(penalty))
    try:
        file = found.path.open("rb")
    except OSError:
        logger.error("The file of document %s is missing", found.pk)
        raise Http404("the file is missing") from None
    kind = found.media_type or "application/octet-stream"
    response = FileResponse(file, as_attachment=True, filename=found.file_name, content_type=kind)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{found.sha256}"'
    return _robots(response, of(penalty))


def card(request, reference):
    """The picture that is shown where somebody passes on a link to a decision."""
    penalty = _public(request, reference)
    if penalty is None:
        return _gone_with_it(request, reference)
    shown = of(penalty)
    drawn = cards.card(shown, settings.PLACARD_NAME)
    return _robots(HttpResponse(drawn, content_type="image/png"), shown)


# -- how


def _public(request, reference) -> Penalty | None:
    try:  # not first(), which sorts
        penalty = Penalty.objects.public().select_related(*RELATED).get(reference=reference)
    except Penalty.DoesNotExist:
        return None
    keep_until(request, penalty.hide_at)
    return penalty


def _version(penalty: Penalty, number: int) -> Shown | None:
    """An earlier version; None where it is not shown, Http404 where there never was one."""
    if not 0 < number <= penalty.version:
        raise Http404("no such version")
    found = penalty.versions.select_related("law", "document").filter(version=number).first()
    return of(penalty, found) if found else None


def _documents(penalty: Penalty) -> set[int | None]:
    """The documents that its page links to: of its versions, and of what happened to the fine."""
    versions = penalty.versions.values_list("document", flat=True)
    return {penalty.document_id, *versions, *penalty.events.values_list("document", flat=True)}


def _page(request, shown: Shown):
    robots = "noindex" if shown.is_earlier else ""
    context = {
        "shown": shown,
        "cite": _cite(request, shown),
        "robots": PERSONAL if shown.is_person else robots,
        "told": cards.told(shown),
        "canonical": request.build_absolute_uri(shown.penalty.get_absolute_url()),
    }
    return _robots(render(request, "records/penalties/detail.html", context), shown)


def _robots(response, shown: Shown):
    """Keeps search engines from what is about persons, and from versions that were replaced."""
    if shown.is_person:
        response.headers["X-Robots-Tag"] = PERSONAL
    elif shown.is_earlier:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _cite(request, shown: Shown) -> dict:
    """How to cite what is shown. Of persons earlier versions are not kept, so that only the page is cited."""
    reference, number = shown.penalty.reference, shown.version
    address = permanent(request, "penalties:version", reference, number)
    if shown.is_person:
        address = permanent(request, "penalties:detail", reference)
    row = shown.content
    return {
        "words": _("%(authority)s: decision %(number)s against %(name)s, %(date)s.")
        % {
            "authority": shown.authority.name, "number": shown.number, "name": shown.name,
            "date": date_format(row.decided_on) if row.decided_on else "",
        },
        "address": address,
        "version_of": row.since if shown.is_earlier else shown.penalty.version_at,
        "read_on": shown.authority.today(),
        "json": reverse("decisions_files:record", args=[reference, number]),
    }  # fmt: skip


def _absent(request, reference):
    """In place of a decision that is not shown: a notice, the way from a misread reference, or a 404."""
    notice = PenaltyNotice.objects.public().select_related("authority").filter(reference=reference).first()
    if notice is not None:
        return _notice(request, notice, 410 if notice.state == "gone" else 200)
    normal = normalise_reference(reference)
    for rows in (Penalty.objects.public(), PenaltyNotice.objects.public()):
        if normal != reference and rows.filter(reference=normal).exists():
            return redirect("penalties:detail", normal, permanent=True)
    raise Http404(reference)


def _gone_with_it(request, reference):
    """A version, file or document of a decision that is not shown."""
    if not PenaltyNotice.objects.public().filter(reference=reference).exists():
        raise Http404(reference)
    return _notice(request, _instead(reference, "gone"), 410)


def _instead(reference, state) -> PenaltyNotice:
    """A notice that says nothing but that something is not shown."""
    return PenaltyNotice(reference=reference, state=state)


def _notice(request, notice: PenaltyNotice, status: int):
    response = render(request, "records/penalties/notice.html", {"notice": notice}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
