"""What changed after it was published: a page, a feed for readers, and a list for those who keep copies.

All three read the public list of changes alone. Of what is hidden or gone they say the reference and the day
and nothing else; the respondent is named nowhere.
"""

from collections.abc import Iterator
from json import dumps
from types import SimpleNamespace

from django.db.models import Min, OuterRef, Subquery
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.opendata.formats import atom
from records.opendata.handing import handed_out, in_blocks, patient
from records.penalties.models import Penalty
from records.penalties.visible import PenaltyChange, PenaltyNotice
from records.publication.caching import keep_until
from records.search.pages import capped_count, cut
from records.search.parameters import BadParameter, Parameters, page_number

JSON = "application/json"
SIZE = 50
_GONE = {"withdrawn": "withdrawn", "suspended": "hidden", "gone": "gone"}


def listing(request):
    """All changes, the newest first, fifty on a page."""
    try:
        number = page_number(Parameters(request.GET, ("page",)).get("page"))
        rows = changes()
        page = cut(number, capped_count(rows), lambda first, last: rows[first:last], SIZE)
    except BadParameter as problem:
        return render(request, "400.html", {"problem": problem, "room": "penalties"}, status=400)
    _kept_as_shown(request, page.rows)
    turned = SimpleNamespace(
        number=page.number,
        last=page.last,
        previous=f"?page={page.previous}" if page.previous else "",
        next=f"?page={page.next}" if page.next else "",
    )
    lines = [(change, what(change)) for change in page.rows]
    context = {"lines": lines, "page": turned, "count": page.count}
    return _unlisted(render(request, "records/penalties/corrections.html", context))


def feed(request):
    """The newest fifty changes as an Atom feed; an entry keeps its id for ever."""
    newest = list(changes()[:SIZE])
    _kept_as_shown(request, newest)
    written = atom.Feed(
        request, _("Corrections and withdrawals"), _("What changed in decisions after they were published."),
        reverse("penalties:corrections"), reverse("decisions_files:corrections"), "corrections",
    )  # fmt: skip
    for change in newest:
        title = _("%(reference)s: %(what)s") % {"reference": change.reference, "what": what(change)}
        address = reverse("penalties:detail", args=[change.reference])
        written.add(title, address, _in_words(change), f"change/{change.pk}", change.at)
    return written.response()


def removals(request):
    """The references of all that was shown and is not shown now, for those who keep copies.

    {"removals": [{"reference": "4f09kqw", "kind": "withdrawn" | "hidden" | "gone", "on": "2026-01-31"}]},
    ordered by reference; `on` is null where the time is over and the clock has not yet written it down. After
    years they are millions: as CSV, they are handed out as they are found.
    """
    headers = {"X-Robots-Tag": "noindex"}
    if request.method == "HEAD":
        return StreamingHttpResponse((), content_type=JSON, headers=headers)
    return handed_out(in_blocks(_removed()), JSON, headers)


def _removed() -> Iterator[bytes]:
    changes = PenaltyChange.objects.filter(kind__in=_GONE.values(), reference=OuterRef("reference"))
    newest = Subquery(changes.order_by("-at").values("at")[:1])
    found = PenaltyNotice.objects.public().order_by("reference").values_list("reference", "state", newest)
    between = b""
    with patient():
        yield b'{"removals": ['
        for reference, state, at in found.iterator(chunk_size=2000):
            on = localdate(at).isoformat() if at else None
            yield between + dumps({"reference": reference, "kind": _GONE[state], "on": on}).encode()
            between = b", "
        yield b"]}"


def what(change: PenaltyChange) -> str:
    """What happened, in words that name nobody."""
    if change.kind == "corrected":
        return _("corrected to version %(version)d") % {"version": change.version}
    words = {
        "withdrawn": _("withdrawn"),
        "hidden": _("hidden for the time being"),
        "shown_again": _("shown again"),
    }
    return words.get(change.kind, _("no longer shown"))


def _in_words(change: PenaltyChange) -> str:
    """Which decision, and why; '' where only the reference may be told."""
    if not change.authority_id:
        return ""
    decision = _("%(authority)s, decision %(number)s") % {
        "authority": change.authority.name,
        "number": change.decision_number,
    }
    kind = f"{change.get_reason_kind_display()}. ".capitalize() if change.reason_kind else ""
    return f"{decision}. {kind}{change.reason}".strip()


def changes():
    """All that the public is told, the newest first."""
    return PenaltyChange.objects.public().select_related("authority").order_by("-at", "-number", "-id")


def _kept_as_shown(request, changes) -> None:
    """Why a decision was corrected is told for as long as it is shown, and no page is kept for longer."""
    shown = {change.reference for change in changes if change.kind == "corrected"}
    ends = Penalty.objects.public().filter(reference__in=shown).aggregate(first=Min("hide_at"))["first"]
    keep_until(request, ends)


def _unlisted(response):
    """Search engines keep no notices, so they do not keep the list of them either."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
