"""What the desk answers while a decision is entered: the page, and the short answers for a script."""

from zoneinfo import ZoneInfo

from django.http import JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from records.penalties.desk import before, preview
from records.penalties.desk.draft import Draft
from records.penalties.desk.entry import PenaltyEntry
from records.penalties.desk.page import Page
from records.penalties.desk.rows import MOST
from records.publication.models import returned

SCRIPTS = tuple(f"js/backoffice-{name}.js" for name in ("dates", "suggest", "autosave", "penalty"))


def cleaned(data: QueryDict) -> QueryDict:
    """What was sent, changeable, without NUL and with the line ends that the database has."""
    sent = data.copy()
    for name, values in sent.lists():
        sent.setlist(name, [value.replace("\0", "").replace("\r\n", "\n") for value in values])
    return sent


def more_rows(data: QueryDict) -> None:
    """One more row of what the button “another” names."""
    prefix = data.get("_more", "")
    held = data.get(f"{prefix}-TOTAL_FORMS", "")
    if prefix in ("sanctions", "events") and held.isascii() and held.isdecimal() and len(held) < 5:
        data[f"{prefix}-TOTAL_FORMS"] = str(min(MOST, int(held) + 1))


def page(draft: Draft, entry: PenaltyEntry) -> Page:
    """The form laid out; of a correction beside what is published."""
    if not draft.corrects:
        return Page(entry)
    penalty = draft.content.penalty
    return Page(entry, before.of(penalty, penalty.parts()), before.of(draft.content, draft.parts))


def differing(held: Draft, entry: PenaltyEntry) -> list[tuple[str, str, str]]:
    """Label, saved words and typed words of each field in which a form differs from what is saved."""
    typed = type(held.content)(authority=held.authority) if not held.corrects else type(held.content)()
    entry.fill(typed)
    typed.document = held.content.document
    saved, now = before.of(held.content, held.parts), before.of(typed, entry.parts())
    labels = {line.name: line.label for section in Page(entry).sections for line in section.lines}
    labels["sanctions"] = _("Sanctions")
    return [
        (labels[name], saved.get(name, ""), now.get(name, ""))
        for name in labels
        if saved.get(name, "") != now.get(name, "")
    ]


def context(
    draft: Draft, entry: PenaltyEntry, todo=(), errors=(), conflict=None, gone=False, more=False
) -> dict:
    """What the page of the form needs to know."""
    content = draft.content
    laid_out = page(draft, entry)
    titles = (_("Enter a decision"), _("Change the draft"), _("Correct a decision"))
    return {
        "title": titles[2 if draft.corrects else 0 if draft.new else 1], "subtitle": None,
        "original": None if draft.new else content, "authority": draft.authority, "draft": draft,
        "form": entry, "page": laid_out, "mark": draft.mark, "record": record(draft),
        "preview": preview.of(draft, entry) if not entry.broken else None,
        "scripts": SCRIPTS, "returned": _returned(draft), "todo": todo, "errors": errors,
        "conflict": conflict, "gone": gone, "problems": entry.problems if entry.is_bound else {},
        "empty": entry.is_bound and draft.new and entry.empty and "_find" not in entry.data,
    }  # fmt: skip


def record(draft: Draft) -> str:
    """How a script names the draft; '' of one that is not stored yet."""
    if draft.new:
        return ""
    return f"{'correction' if draft.corrects else 'penalty'}-{draft.content.pk}"


def _returned(draft: Draft):
    """The step by which a checker gave it back, if it was not taken back since."""
    kind = "correction" if draft.corrects else "penalty"
    return None if draft.new else returned(kind, draft.content)


# -- for the script


def saved(draft: Draft, entry: PenaltyEntry, masked=None) -> JsonResponse:
    """That it was saved, when, and what is to be said beside which field now.

    `masked` is a field and its text, where something in it was masked just now.
    """
    laid_out = page(draft, entry)
    for line in laid_out.lines:
        if entry.still_typing(line.name):
            line.errors = []  # it may be half of a date
    told = {
        line.id: render_to_string("records/backoffice/_penalty_beside.html", {"line": line})
        for line in laid_out.lines
    }
    url = (
        ""
        if draft.new or draft.corrects
        else reverse("admin:records_penalty_change", args=[draft.content.pk])
    )
    here = timezone.localtime(timezone=ZoneInfo(draft.authority.time_zone))
    now = "" if draft.new else time_format(here, "H:i")
    document = draft.content.document if draft.content.document_id else None
    return JsonResponse({
        "saved": now, "url": url, "mark": draft.mark, "record": record(draft), "beside": told,
        "seen": laid_out.signature, "problems": len(entry.problems), "masked": masked or (),
        "brought": entry.brought,
        "document": render_to_string("records/backoffice/_penalty_document.html", {"document": document}),
    }, headers={"Cache-Control": "no-store"}, status=422 if entry.broken else 200)  # fmt: skip


def conflict(url: str) -> JsonResponse:
    """That another window has saved something else."""
    words = _("Not saved: this draft was changed in another window. What you typed is still here.")
    return JsonResponse({"conflict": words, "url": url}, headers={"Cache-Control": "no-store"}, status=409)


def refused() -> JsonResponse:
    """That it cannot be saved as it stands; the button “Save draft” says why."""
    words = _("Not saved: press “Save draft” to see why.")
    return JsonResponse({"conflict": words, "url": ""}, headers={"Cache-Control": "no-store"}, status=409)
