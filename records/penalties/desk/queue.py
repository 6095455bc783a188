"""What of the decisions waits for a person: panels of the desk's first screen."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records.backoffice import access
from records.backoffice.desk import SHOWN, Entry, Panel, Start
from records.penalties import ending
from records.penalties.desk import scope
from records.penalties.happenings import PenaltyEvent, Proposal
from records.penalties.models import Penalty
from records.penalties.versions import Correction
from records.publication.models import Transition, why_returned
from records.publication.states import PenaltyState as State

WORKING_DAYS = 5
"""From handing in to checking; Chinese authorities have seven from the decision (double publicity)."""

PROPOSED = {
    "resume": gettext_lazy("show it again"),
    "seal": gettext_lazy("seal it"),
    "extend": gettext_lazy("a later end"),
}


def check_by(penalty):
    """By when it should be checked, counted in the working days of its authority."""
    authority = penalty.authority
    if any(key.startswith("cn.") for key in authority.rule_sets) and penalty.decided_on:
        return authority.calendar.add(penalty.decided_on, 7)
    return authority.calendar.add(timezone.localdate(penalty.submitted_at), WORKING_DAYS)


def _url(penalty) -> str:
    return reverse("admin:records_penalty_change", args=[penalty.pk])


def _named(penalty) -> str:
    number = penalty.decision_number or _("without a number")
    return f"{number} · {penalty.respondent or '–'}"


def _entry(penalty, detail="", age="", quote="", late=False) -> Entry:
    return Entry(_named(penalty), _url(penalty), detail, age, quote, late)


def _panel(title, empty, rows, query: str, entry) -> Panel:
    found = list(rows[: SHOWN + 1])
    count = len(found) if len(found) <= SHOWN else rows.count()
    url = f"{reverse('admin:records_penalty_changelist')}?{query}" if query else ""
    return Panel(title, empty, [entry(row) for row in found[:SHOWN]], count, url)


def panels(request) -> list[Panel]:
    """For each role what waits for it, what waits longest first."""
    user = request.user
    sees = access.reach(user, "records.view_penalty")
    if not sees:
        return []
    checks = access.reach(user, "records.check_penalty")
    found = [*_to_check(user, checks), *_seconds(user)] if checks and not user.is_superuser else []
    if scope.authorities(user):
        found += _drafts(user)
    return [*found, *_watched(sees)]


def _to_check(user, checks) -> list[Panel]:
    rows = checks.within(Penalty.objects.waiting(), "authority").exclude(entered_by=user)
    corrections = checks.within(Correction.objects.filter(state="in_review"), "penalty__authority")
    events = checks.within(PenaltyEvent.objects.waiting(), "penalty__authority").exclude(entered_by=user)

    def waiting(row):
        by = check_by(row)
        late = by < row.authority.today()
        return _entry(
            row, _("by %(date)s") % {"date": date_format(by, "DATE_FORMAT")}, _age(row.submitted_at), "", late
        )

    def correction(row):
        url = reverse("admin:records_penalty_correction", args=[row.pk])
        return Entry(_named(row.penalty), url, _("correction"), _age(row.submitted_at), row.reason)

    return [
        _panel(_("Decisions to check"), _("No decision waits to be checked."),
               rows.select_related("authority").order_by("submitted_at", "pk"), "state__exact=in_review",
               waiting),
        _panel(_("Corrections to check"), _("No correction waits to be checked."),
               corrections.exclude(entered_by=user).select_related("penalty").order_by("submitted_at"), "",
               correction),
        _panel(_("Events to confirm"), _("No event waits to be confirmed."),
               events.filter(penalty__state__in=["published", "suspended", "approved"])
               .select_related("penalty").order_by("pk"), "",
               lambda row: _entry(row.penalty, row.get_kind_display(), _age(row.recorded_at))),
    ]  # fmt: skip


def _seconds(user) -> list[Panel]:
    checks = access.reach(user, "records.check_penalty")
    open_ones = checks.within(Proposal.objects.filter(confirmed__isnull=True), "penalty__authority")
    return [
        _panel(_("Proposals to decide"), _("Nothing is proposed."),
               open_ones.exclude(by=user).select_related("penalty").order_by("pk"), "",
               lambda row: _entry(row.penalty, str(PROPOSED.get(row.verb, row.verb)), _age(row.at),
                                  row.reason)),
    ]  # fmt: skip


def _drafts(user) -> list[Panel]:
    mine = Penalty.objects.filter(entered_by=user)
    drafts = mine.filter(state=State.DRAFT).annotate(why=why_returned("penalty"))
    return [
        _panel(_("Decisions returned to me"), _("No decision was returned to you."),
               drafts.exclude(why="").order_by("pk"), "state__exact=draft&mine=1",
               lambda row: _entry(row, quote=row.why)),
        _panel(_("My drafts of decisions"), _("You have no drafts of decisions."),
               drafts.filter(why="").order_by("-pk"), "state__exact=draft&mine=1", _entry),
        _panel(_("Decisions submitted by me"), _("None of your decisions waits for another person."),
               mine.filter(state=State.IN_REVIEW).order_by("submitted_at", "pk"),
               "state__exact=in_review&mine=1", lambda row: _entry(row, age=_age(row.submitted_at))),
    ]  # fmt: skip


def _watched(sees) -> list[Panel]:
    """What the calendar says: due, refused, expiring, to be withdrawn, to be looked at again."""
    rows = sees.within(Penalty.objects.select_related("authority", "rule_version"), "authority")
    week = timezone.now() + timedelta(days=7)

    def day(field, words):
        return lambda row: _entry(row, words % {"date": date_format(getattr(row, field), "DATE_FORMAT")})

    refusals = Transition.objects.filter(kind="penalty", record_id=OuterRef("pk"), target=State.REFUSED)
    annulled = PenaltyEvent.objects.confirmed().filter(penalty=OuterRef("pk"), kind="annulled")
    found = [
        _panel(_("Approved decisions, waiting for their day"), _("No approved decision waits."),
               rows.filter(state=State.APPROVED).order_by("publish_at", "pk"), "state__exact=approved",
               day("first_day", _("public from %(date)s"))),
        _panel(_("To be withdrawn"), _("No annulled decision is still shown."),
               rows.filter(state__in=[State.PUBLISHED, State.SUSPENDED], fine_state="annulled")
               .filter(Exists(annulled)), "", _annulled),
        _panel(_("Hidden, to be looked at again"), _("No decision is hidden for the time being."),
               rows.filter(state=State.SUSPENDED).order_by("review_on", "pk"), "state__exact=suspended",
               day("review_on", _("on %(date)s"))),
        _panel(_("Expiring this week"), _("No display ends this week."),
               rows.filter(state=State.PUBLISHED, hide_at__lte=week).order_by("hide_at", "pk"), "",
               day("last_day", _("until %(date)s"))),
        _panel(_("Refused lately"), _("No decision was refused lately."),
               rows.filter(state=State.REFUSED, submitted_at__gte=timezone.now() - timedelta(days=30))
               .annotate(why=Subquery(refusals.order_by("-at", "-pk").values("reason")[:1]))
               .order_by("-submitted_at"), "state__exact=refused",
               lambda row: _entry(row, quote=row.why or "")),
    ]  # fmt: skip
    return [panel for panel in found if panel.count]


def _annulled(row) -> Entry:
    event = row.events.confirmed().filter(kind="annulled").order_by("on").first()
    by = ending.withdraw_by(row, event.on or timezone.localdate(event.recorded_at))
    told = _("withdraw by %(date)s") % {"date": date_format(by, "DATE_FORMAT")}
    return _entry(row, told, late=by < row.authority.today())


def _age(since) -> str:
    days = (timezone.now() - since).days
    return ngettext("waits %(n)d day", "waits %(n)d days", days) % {"n": days} if days else _("since today")


def starts(request) -> list[Start]:
    """What a clerk begins here."""
    if not scope.authorities(request.user):
        return []
    return [
        Start(
            _("Enter a decision"),
            reverse("admin:records_penalty_add"),
            _("What was decided, under which law."),
            _("+ Decision"),
            "new_decision",
        )
    ]
