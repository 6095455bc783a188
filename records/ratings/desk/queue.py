"""What of the inspections waits for a person: panels of the desk's first screen."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.backoffice import access
from records.backoffice.desk import SHOWN, Entry, Panel, Start
from records.publication.models import why_returned
from records.publication.states import InspectionState as State
from records.ratings.models import Inspection
from records.ratings.versions import file_of

LATE = timedelta(days=3)
"""An inspection that has waited longer than this to be checked stands out."""

AUTHORITY = "establishment__authority"


def waited(since) -> str:
    """How long, in words: days from the second day on, hours before."""
    passed = timezone.now() - since
    if passed >= timedelta(days=1):
        return ngettext("waits %(n)d day", "waits %(n)d days", passed.days) % {"n": passed.days}
    hours = int(passed.total_seconds() // 3600)
    if not hours:
        return _("waits less than an hour")
    return ngettext("waits %(n)d hour", "waits %(n)d hours", hours) % {"n": hours}


def _entry(inspection, age: str = "", quote: str = "", late: bool = False) -> Entry:
    scheme = file_of(inspection.version_id)
    grade = inspection.grade or (_("scores incomplete") if inspection.scores is None else _("no grade"))
    detail = _("%(scheme)s, %(grade)s, inspected %(date)s") % {
        "scheme": scheme.title(), "grade": grade, "date": date_format(inspection.inspected_on, "DATE_FORMAT"),
    }  # fmt: skip
    url = reverse("admin:records_inspection_change", args=[inspection.pk])
    return Entry(inspection.establishment.name, url, detail, age, quote, late)


def _panel(title, empty, queryset, query: str, entry) -> Panel:
    queryset = queryset.select_related("establishment", "version")
    rows = list(queryset[: SHOWN + 1])
    count = len(rows) if len(rows) <= SHOWN else queryset.count()
    url = f"{reverse('admin:records_inspection_changelist')}?{query}"
    return Panel(title, empty, [entry(row) for row in rows[:SHOWN]], count, url)


def panels(request) -> list[Panel]:
    """Returned and drafts for those who enter; to check and waiting for those who check."""
    enters = access.reach(request.user, "records.add_inspection")
    checks = access.reach(request.user, "records.check_inspection")
    sees = access.reach(request.user, "records.view_inspection")
    found = []
    if checks:
        found.append(_to_check(request, checks))
    if enters:
        found += _drafts(request)
    if sees:
        found.append(_waiting(sees))
    return found


def _drafts(request) -> list[Panel]:
    mine = Inspection.objects.filter(entered_by=request.user)
    drafts = mine.filter(state=State.DRAFT).annotate(why=why_returned("inspection"))
    return [
        _panel(
            _("Returned to me"), _("Nothing was returned to you."),
            drafts.exclude(why="").order_by("recorded_at"), "state__exact=draft&mine=1",
            lambda row: _entry(row, quote=row.why),
        ),
        _panel(
            _("My drafts"), _("You have no drafts. What you enter and do not submit waits here."),
            drafts.filter(why="").order_by("-recorded_at"), "state__exact=draft&mine=1", _entry,
        ),
        _panel(
            _("Submitted by me"), _("Nothing that you submitted waits for another person."),
            mine.filter(state=State.IN_REVIEW).order_by("submitted_at", "pk"),
            "state__exact=in_review&mine=1", lambda row: _entry(row, waited(row.submitted_at)),
        ),
    ]  # fmt: skip


def _public_from(inspection) -> str:
    return _("public from %(date)s") % {"date": date_format(inspection.publish_at, "DATE_FORMAT")}


def _to_check(request, checks) -> Panel:
    waiting = checks.within(Inspection.objects.filter(state=State.IN_REVIEW), AUTHORITY).exclude(
        entered_by=request.user
    )
    return _panel(
        _("To check"), _("Nothing waits to be checked."), waiting.order_by("submitted_at", "pk"),
        "state__exact=in_review",
        lambda row: _entry(row, waited(row.submitted_at), late=timezone.now() - row.submitted_at > LATE),
    )  # fmt: skip


def _waiting(sees) -> Panel:
    approved = sees.within(Inspection.objects.filter(state=State.APPROVED), AUTHORITY)
    return _panel(
        _("Approved, waiting for their day"), _("Nothing approved waits to be published."),
        approved.order_by("publish_at", "pk"), "state__exact=approved",
        lambda row: _entry(row, _public_from(row)),
    )  # fmt: skip


def starts(request) -> list[Start]:
    """What a clerk begins here."""
    if not access.reach(request.user, "records.add_inspection"):
        return []
    return [
        Start(
            _("Enter an inspection"),
            reverse("admin:records_inspection_add"),
            _("Find the establishment, score, submit."),
            _("+ Inspection"),
            "new_inspection",
        )
    ]
