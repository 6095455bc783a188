"""What of the imports waits for a person: panels of the desk's first screen."""

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.backoffice import access
from records.backoffice.desk import SHOWN, Entry, Panel, Start
from records.intake import words
from records.intake.models import Batch, BatchState


def _entry(batch, detail: str) -> Entry:
    when = date_format(batch.committed_at or batch.uploaded_at, "SHORT_DATETIME_FORMAT")
    return Entry(batch.file_name, reverse("admin:records_batch_change", args=[batch.pk]), detail, when)


def panels(request) -> list[Panel]:
    """Imports that wait to be confirmed, and the last ones that went in."""
    sees = access.reach(request.user, "records.view_batch")
    if not sees:
        return []
    batches = sees.within(Batch.objects.all(), "authority_code")
    url = reverse("admin:records_batch_changelist")
    waiting = batches.filter(state=BatchState.PREVIEWED).order_by("uploaded_at")
    # Of which nothing could be taken, there is nothing to confirm: whoever brought it mends or discards it.
    waiting = waiting.filter(
        ~Q(new=0, changed=0, unchanged=0, vanished=0) | Q(uploaded_by=request.user)
    )  # fmt: skip
    last = batches.filter(state=BatchState.COMMITTED).order_by("-committed_at")[:3]
    return [
        Panel(
            _("Imports waiting to be confirmed"), _("No uploaded file waits."),
            [_entry(b, _by(request, b) + words.waits(b)) for b in waiting[:SHOWN]],
            waiting.count(), f"{url}?state__exact=previewed",
        ),
        Panel(
            _("Last imports"), _("Nothing has been imported yet."), [_entry(b,
            words.summary(b)) for b in last], 0,
            f"{url}?state__exact=committed",
        ),
    ]  # fmt: skip


def _by(request, batch) -> str:
    mine = batch.uploaded_by_id == request.user.pk and not batch.brings_nothing
    return _("yours; another person confirms it; ") if mine else ""


def starts(request) -> list[Start]:
    """What a clerk begins here."""
    if not access.reach(request.user, "records.add_batch"):
        return []
    return [
        Start(
            _("Upload a file"),
            reverse("admin:records_batch_add"),
            _("See what it would do before it does it."),
        )
    ]
