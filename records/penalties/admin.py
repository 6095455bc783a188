"""Decisions in the back office: entered and checked by two people, and what follows."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.backoffice import columns
from records.backoffice.record import AuthorityFilter, MineFilter, RecordAdmin
from records.penalties import differences, parting, shown, words
from records.penalties.desk import actions
from records.penalties.desk.bulk import BulkSteps
from records.penalties.desk.enter import PenaltyDesk
from records.penalties.desk.step_views import PenaltySteps
from records.penalties.index import IndexCard
from records.publication.documents import Document
from records.publication.states import PenaltyState
from records.search import text


class PenaltyAdmin(PenaltyDesk, PenaltySteps, BulkSteps, RecordAdmin):
    """Drafts are entered and changed; everything else is read and taken on by the steps."""

    authority_path = "authority"
    list_display = ("decision_number", "shown_as", "decided", "state_mark", "imposed_sum", "entered", "until")
    list_filter = (
        "state",
        MineFilter,
        AuthorityFilter,
        "respondent_kind",
        ("decided_on", admin.DateFieldListFilter),
    )
    list_select_related = ("entered_by", "authority", "rule_version")
    search_fields = ("decision_number",)
    search_help_text = gettext_lazy("Number, respondent or words of the decision")
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("respondent"), ordering="respondent")
    def shown_as(self, row):
        """As named in the decision; the desk sees the name of a person, too."""
        return row.respondent or row.premises or "–"

    @admin.display(description=gettext_lazy("decided on"), ordering="decided_on")
    def decided(self, row):
        """The day of the decision."""
        return date_format(row.decided_on, "SHORT_DATE_FORMAT") if row.decided_on else None

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_mark(self, row):
        """The word with its mark."""
        return columns.state(row)

    @admin.display(description=gettext_lazy("imposed"), ordering="imposed")
    def imposed_sum(self, row):
        """The sum with its currency; of what nobody has approved yet, that of its sanctions."""
        amount, currency = row.imposed, row.currency
        if amount is None:
            amount, currency = words.imposed([s for s in row.sanctions.all() if s.version == row.version])
        return words.money(amount, currency) or None

    @admin.display(description=gettext_lazy("entered by"), ordering="recorded_at")
    def entered(self, row):
        """Who, or that a file brought it, and when it was handed in or begun."""
        instead = _("import") if row.batch_id else columns.NONE
        return columns.who_when(row.entered_by, row.submitted_at or row.recorded_at, instead)

    @admin.display(description=gettext_lazy("shown until"), ordering="hide_at")
    def until(self, row):
        """The last day of its display."""
        return date_format(row.last_day, "SHORT_DATE_FORMAT") if row.last_day else None

    def get_queryset(self, request):
        """With the sanctions, whose sum a list shows before there is a ledger."""
        return super().get_queryset(request).prefetch_related("sanctions")

    def get_search_results(self, request, queryset, search_term):
        """Every word of its index card, of which the number without its blanks is one; also as beginnings."""
        steps = list(text.parse(search_term).ladder_of_texts({}))
        if not steps:  # nothing was typed that could be searched for
            return queryset if not search_term.strip() else queryset.none(), False
        cards = IndexCard.objects.filter(words=steps[-1].expression)
        return queryset.filter(pk__in=cards.values("pk")), False

    def get_urls(self):
        """Also the pages of a document and of a correction."""
        view, name = self.admin_site.admin_view, "records_penalty_%s"
        return [
            path("<int:pk>/document/<int:document>/", view(self.document_view), name=name % "document"),
            path("correction/<int:pk>/", view(self.correction_view), name=name % "correction"),
            *super().get_urls(),
        ]

    # -- pages

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One's own draft as a form, everything else as a page with its steps."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        mine = obj.entered_by_id == request.user.pk and self.has_change_permission(request, obj)
        if obj.state == PenaltyState.DRAFT and mine:
            return self._enter(request, obj)
        if request.method == "POST":
            raise PermissionDenied
        return self._show(request, obj)

    def _show(self, request, obj):
        verdict = obj.verdict() if obj.state in ("draft", "in_review") else None
        context = self.admin_site.each_context(request) | {
            "title": obj.decision_number, "opts": self.opts, "original": obj, "name": obj.respondent,
            "shown": shown.of(obj, verdict=verdict), "verdict": verdict,
            "offered": actions.offered(obj, request.user), "trace": obj.trace(),
            "queue": self._queue_beside(request, obj),
            "waiting_events": [(e, self._may_confirm(request, e), e.entered_by_id == request.user.pk)
                               for e in obj.events.waiting().select_related("entered_by", "document")],
            "proposals": [(p, actions.may_decide(p, request.user))
                          for p in obj.proposals.filter(confirmed__isnull=True).select_related("by")],
            "corrections": obj.corrections.filter(state__in=["draft", "in_review"]),
            "withdraw_by": actions.withdraw_by(obj),
            "public_url": obj.get_absolute_url() if obj.published_at else "",
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/penalty.html", context)

    def correction_view(self, request, pk: int):
        """One's own draft as a form, everything else as what it changes, with its steps."""
        correction = self._correction(request, pk)
        if correction.state == "draft" and correction.entered_by_id == request.user.pk:
            return self._enter_correction(request, correction)
        penalty = correction.penalty
        changes = differences.changes(
            penalty,
            parting.of(penalty.pk, correction.version - 1),
            correction,
            correction.parts(),
            (penalty.respondent, correction.respondent),
        )
        context = self.admin_site.each_context(request) | {
            "title": penalty.decision_number, "opts": self.opts,
            "original": penalty, "correction": correction,
            "changes": changes, "offered": actions.offered(correction, request.user, actions.CORRECTION),
            "trace": correction.trace(), "queue": self._queue_beside(request, correction),
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/penalty_correction.html", context)

    def document_view(self, request, pk: int, document: int):
        """A document of the record, for those who may read the record."""
        penalty = self._penalty(request, pk)
        held = {penalty.document_id, *penalty.events.values_list("document", flat=True),
                *penalty.versions.values_list("document", flat=True),
                *penalty.corrections.values_list("document", flat=True),
                *penalty.proposals.values_list("document", flat=True),
                *penalty.trace().values_list("document", flat=True)}  # fmt: skip
        found = get_object_or_404(Document, pk=document)
        if found.pk not in held or not found.sha256 or not found.path.is_file():
            raise Http404
        return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.file_name,
                            content_type=found.media_type,
                            headers={"Content-Security-Policy": "sandbox"})  # fmt: skip
