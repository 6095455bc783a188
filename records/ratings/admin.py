"""Ratings in the back office: inspections entered and checked by two people, and what follows."""

from django.contrib import admin
from django.db.models import Exists, F, OuterRef
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.backoffice import columns, waiting
from records.backoffice.record import AuthorityFilter, MineFilter, ReadOnlyAdmin
from records.backoffice.steps import StepAdmin
from records.publication import states
from records.publication.models import Transition
from records.ratings import publication
from records.ratings.desk.compare import differences, scored
from records.ratings.desk.enter import InspectionDesk
from records.ratings.models import Inspection, Rating
from records.ratings.rulebook import SchemeVersion
from records.ratings.versions import file_of
from records.search import text

TAKEN = {
    "in_review": gettext_lazy("submitted"),
    "draft": gettext_lazy("returned"),
    "approved": gettext_lazy("approved"),
    "published": gettext_lazy("published"),
    "superseded": gettext_lazy("superseded"),
    "withdrawn": gettext_lazy("withdrawn"),
}
"""What happened when a record reached a state."""


class SchemeFilter(admin.SimpleListFilter):
    """Which scheme, by its name."""

    title = gettext_lazy("scheme")
    parameter_name = "scheme"
    path = "version__scheme__key"

    def lookups(self, request, model_admin):
        """The schemes with ratings in the register, by their newest version's title."""
        current = Rating.objects.current().filter(scheme=OuterRef("scheme"))
        rows = (
            SchemeVersion.objects.filter(Exists(current)).select_related("scheme").order_by("effective_from")
        )
        return sorted(
            {row.scheme.key: file_of(row.pk).title() for row in rows}.items(), key=lambda pair: pair[1]
        )

    def queryset(self, request, queryset):
        """The rows of the chosen one."""
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class EstablishmentSearch:
    """Searches the establishments' search column, where an index answers, instead of every text."""

    search_fields = ("establishment__name",)
    search_help_text = gettext_lazy("Name, address, postcode or reference of the establishment")

    def get_search_results(self, request, queryset, search_term):
        """Every word, the last also as the beginning of one."""
        steps = text.parse(search_term).ladder()
        if not steps:
            return queryset, False
        found = queryset.filter(establishment__search=steps[-1].expression)
        return found | queryset.filter(establishment__reference=search_term.strip().lower()), False


class InspectionAdmin(EstablishmentSearch, InspectionDesk, StepAdmin):
    """Drafts are entered and changed, everything else is read and taken on by the steps."""

    authority_path = "establishment__authority"
    states_kind = "inspection"
    step_permissions = {
        "maker": "records.change_inspection",
        "checker": "records.check_inspection",
        "clock": "records.check_inspection",
    }
    step_done = {
        "submit": gettext_lazy("Submitted: %(record)s. Another person checks it."),
        "give_back": gettext_lazy("Returned: %(record)s."),
        "take_back": gettext_lazy("Taken back: %(record)s. It is a draft again."),
        "approve": gettext_lazy("Approved: %(record)s."),
        "publish": gettext_lazy("Published: %(record)s."),
        "withdraw": gettext_lazy("Withdrawn: %(record)s."),
    }
    list_display = (
        "establishment_name",
        "grade_word",
        "inspected",
        "state_mark",
        "scheme_name",
        "entered",
        "public_from",
    )
    list_filter = (
        "state",
        SchemeFilter,
        MineFilter,
        AuthorityFilter,
        ("inspected_on", admin.DateFieldListFilter),
    )
    list_select_related = ("establishment", "version__scheme", "entered_by")
    ordering = ("-pk",)
    actions = None

    @admin.display(description=gettext_lazy("establishment"), ordering="establishment__name")
    def establishment_name(self, row):
        """What the list links by."""
        return row.establishment.name

    @admin.display(description=gettext_lazy("grade"), ordering="grade")
    def grade_word(self, row):
        """The grade in the scheme's words."""
        badge = self.badge(row) if row.scores is not None else None
        return badge.short if badge else "–"

    @admin.display(description=gettext_lazy("inspected"), ordering="inspected_on")
    def inspected(self, row):
        """The day of the visit."""
        return date_format(row.inspected_on, "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("scheme"), ordering="version__scheme__key")
    def scheme_name(self, row):
        """The scheme's name."""
        return file_of(row.version_id).title()

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_mark(self, row):
        """The word with its mark."""
        return columns.state(row)

    @admin.display(description=gettext_lazy("entered by"), ordering="recorded_at")
    def entered(self, row):
        """Who, or that a file brought it, and when it was handed in or begun."""
        instead = _("import") if row.batch_id else columns.NONE
        return columns.who_when(row.entered_by, row.submitted_at or row.recorded_at, instead)

    @admin.display(description=gettext_lazy("public from"), ordering=F("publish_at").desc(nulls_last=True))
    def public_from(self, row):
        """The day, planned or past."""
        return date_format(row.publish_at, "SHORT_DATE_FORMAT") if row.publish_at else "–"

    def has_change_permission(self, request, obj=None):
        """A draft belongs to the person who entered it; nothing else is changed, only taken on."""
        return super().has_change_permission(request, obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One's own draft as a form, everything else as a page with its steps."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        mine = obj.entered_by_id == request.user.pk and self.has_change_permission(request, obj)
        if obj.state == states.InspectionState.DRAFT and mine:
            return self._enter(request, obj.establishment, obj)
        return self._show(request, obj)

    def _show(self, request, obj):
        corrected = obj.corrected()
        try:
            reason = publication.outcome_of(obj).reason
        except (publication.schemes.InputError, LookupError):
            reason = ""
        context = self.admin_site.each_context(request) | {
            "title": obj.establishment.name, "subtitle": None, "opts": self.opts, "original": obj,
            "badge": self.badge(obj) if obj.scores is not None else None, "reason": reason,
            "scores": scored(obj), "queue": self._queue(request, obj) if self._checks(request, obj) else None,
            "findings": obj.findings.all(), "steps": self.steps(request, obj), "corrected": corrected,
            "differences": differences(corrected, obj) if corrected else [],
            "scheme": file_of(obj.version_id),
            "trace": self._trace(obj),
            "first_shown": self._first_shown(obj), "may_correct": self._may_correct(request, obj),
            "replaced_by": self._visible(request, obj.superseded_by),
            "public_url": obj.establishment.get_absolute_url() if obj.establishment.publish_at else "",
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/inspection.html", context)

    def _trace(self, obj) -> list[Transition]:
        """The steps taken, newest first, each with the word for it."""
        found = []
        for step in Transition.objects.filter(kind="inspection", record_id=obj.pk).select_related("by"):
            step.word = _("taken back") if step.is_taken_back else TAKEN.get(step.target, step.target)
            step.who = step.by and (step.by.get_full_name() or step.by.get_username())
            found.append(step)
        return found

    def _visible(self, request, obj):
        return obj if obj is not None and self.has_view_permission(request, obj) else None

    def _first_shown(self, obj):
        """From when the rating would be shown if it were approved today; None unless it is being checked."""
        if obj.state != states.InspectionState.IN_REVIEW or publication.refusals(obj):
            return None
        return publication.first_shown_on(obj, publication.today_at(obj.establishment.authority))

    def _may_correct(self, request, obj) -> bool:
        open_already = obj.superseded_by and obj.superseded_by.state != states.InspectionState.WITHDRAWN
        published = obj.state == states.InspectionState.PUBLISHED
        return published and not open_already and self.has_change_permission(request, obj)

    def after_step(self, request, obj, verb):
        """A checker goes on to what waits longest; without more, to the desk."""
        if verb in ("approve", "give_back"):
            return self._queue(request, obj).url or super().after_step(request, obj, verb)
        if verb == "take_back":
            return self.page_of(obj)
        return super().after_step(request, obj, verb)

    def _checks(self, request, obj) -> bool:
        """Whether it waits for this person to check it."""
        waits = obj.state == states.InspectionState.IN_REVIEW and obj.entered_by_id != request.user.pk
        return waits and self.may_step(request, obj, "checker")

    def _queue(self, request, obj) -> waiting.Waiting:
        """What else the person may check now."""
        rows = Inspection.objects.filter(state=states.InspectionState.IN_REVIEW).exclude(
            entered_by=request.user
        )
        checks = self.step_reach(request, self.step_permissions["checker"])
        return waiting.besides(
            obj,
            checks.within(rows, self.authority_path),
            lambda row: reverse("admin:records_inspection_change", args=[row.pk]),
        )

    def reason_wanted(self, obj, verb):
        """A correction is submitted with what was wrong."""
        return verb == "submit" and obj.corrected() is not None


class RatingAdmin(EstablishmentSearch, ReadOnlyAdmin):
    """Ratings follow from inspections and imports; here they are read."""

    authority_path = "establishment__authority"
    list_display = (
        "establishment_name",
        "standing",
        "rated_on",
        "scheme_name",
        "state",
        "pending",
        "by_source",
    )
    list_filter = (
        "state",
        "pending",
        "by_source",
        type("Schemes", (SchemeFilter,), {"path": "scheme__key"}),
        AuthorityFilter,
    )
    list_select_related = ("establishment",)
    fields = (
        "establishment", "scheme", "value", "status", "computed", "by_source", "rated_on", "pending", "state",
        "publish_at", "ended_at", "end_reason", "inspection", "batch",
    )  # fmt: skip

    @admin.display(description=gettext_lazy("establishment"), ordering="establishment__name")
    def establishment_name(self, row):
        """What the list links by."""
        return row.establishment.name

    @admin.display(description=gettext_lazy("grade or status"), ordering="value")
    def standing(self, row):
        """In the scheme's words."""
        entry = file_of(row.version_id).entry(row.value or row.status)
        return entry.label() if row.status or entry.key == entry.label() else f"{entry.key}, {entry.label()}"

    @admin.display(description=gettext_lazy("scheme"))
    def scheme_name(self, row):
        """The scheme's name."""
        return file_of(row.version_id).title()
