"""Decisions in the back office: entered and checked by two people, and what follows."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.backoffice import access, columns, waiting
from records.backoffice.record import AuthorityFilter, RecordAdmin
from records.backoffice.steps import too_late
from records.penalties import differences, ending, parting, shown, words
from records.penalties.desk import actions, bulk
from records.penalties.desk.enter import PenaltyDesk
from records.penalties.desk.steps import StepForm
from records.penalties.happenings import PenaltyEvent, Proposal
from records.penalties.index import IndexCard
from records.penalties.models import Penalty
from records.penalties.versions import Correction
from records.publication.documents import Document
from records.publication.states import PenaltyState
from records.search import text


class MineFilter(admin.SimpleListFilter):
    """Only what the person entered."""

    title = gettext_lazy("entered by")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        """One choice beside all."""
        return [("1", _("me"))]

    def queryset(self, request, queryset):
        """The person's own."""
        return queryset.filter(entered_by=request.user) if self.value() == "1" else queryset


class PenaltyAdmin(PenaltyDesk, bulk.BulkSteps, RecordAdmin):
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
        """A step, a correction and its steps, an event, a proposal, a document."""
        view, name = self.admin_site.admin_view, "records_penalty_%s"
        return [
            path("<int:pk>/do/<slug:key>/", view(self.do_view), name=name % "do"),
            path("<int:pk>/event/<int:event>/<slug:key>/", view(self.event_view), name=name % "event"),
            path("<int:pk>/proposal/<int:proposal>/", view(self.proposal_view), name=name % "proposal"),
            path("<int:pk>/document/<int:document>/", view(self.document_view), name=name % "document"),
            path("correction/<int:pk>/", view(self.correction_view), name=name % "correction"),
            path("correction/<int:pk>/do/<slug:key>/", view(self.correction_do), name=name % "correction_do"),
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

    # -- steps

    def do_view(self, request, pk: int, key: str):
        """Ask for what a step needs, and take it; what stands against it is said, nothing typed is lost."""
        penalty = self._penalty(request, pk)
        return self._do(request, penalty, penalty, key, actions.ACTIONS)

    def correction_do(self, request, pk: int, key: str):
        """The same for a correction."""
        correction = self._correction(request, pk)
        return self._do(request, correction, correction.penalty, key, actions.CORRECTION)

    def _do(self, request, record, penalty, key: str, known):
        offered = actions.offered(record, request.user, known)
        action, refusals = next(((a, why) for a, why in offered if a.key == key), (None, []))
        if action is None:
            return self._too_late(request, record, key, known)
        posted = request.method == "POST"
        data, files = (request.POST, request.FILES) if posted else (None, None)
        form = StepForm(data, files, record=record, action=action)
        errors = list(refusals)
        if posted and not errors and form.is_valid():
            errors, made = self._take(action, record, request.user, form.cleaned_data)
            if not errors:
                messages.success(request, action.done % {"record": penalty})
                return HttpResponseRedirect(self._next(request, action, record, made))
        context = self.admin_site.each_context(request) | {
            "title": action.label, "opts": self.opts, "original": penalty, "action": action, "form": form,
            "errors": errors, "back": self._page_of(record),
        }  # fmt: skip
        failed = posted and (errors or form.errors)
        return TemplateResponse(
            request, "records/backoffice/penalty_step.html", context, status=422 if failed else 200
        )

    def _too_late(self, request, record, key: str, known):
        """The record as it stands, for those who may take the step but came late; else it is forbidden."""
        if not any(a.key == key and actions.is_too_late(record, request.user, a) for a in known):
            raise PermissionDenied
        messages.error(request, too_late(record))
        return HttpResponseRedirect(self._page_of(record))

    def _take(self, action, record, user, data) -> tuple[list[str], object]:
        try:
            with transaction.atomic():
                return [], action.do(record, user, data)
        except ValidationError as error:
            return list(error.messages), None
        except IntegrityError as error:
            return [str(error).splitlines()[0]], None  # further lines repeat the whole row

    def _next(self, request, action, record, made) -> str:
        """A correction is opened, a checker goes on to what waits longest, others stay at the record."""
        if isinstance(made, Correction):
            return reverse("admin:records_penalty_correction", args=[made.pk])
        if action.key == "discard":
            return reverse("admin:index")
        if action.key in ("approve", "approve_and_publish", "give_back", "refuse", "apply"):
            return self._queue(request, record).url or reverse("admin:index")
        if action.key == "take_back":
            return self._page_of(record)
        return reverse("admin:records_penalty_change", args=[getattr(record, "penalty_id", record.pk)])

    def _queue(self, request, record) -> waiting.Waiting:
        """What else the person may check now: decisions after a decision, corrections after a correction."""
        checks = access.reach(request.user, actions.CHECKS)
        if isinstance(record, Correction):
            rows = checks.within(Correction.objects.filter(state="in_review"), "penalty__authority")
        else:
            rows = checks.within(Penalty.objects.waiting(), "authority")
        return waiting.besides(record, rows.exclude(entered_by=request.user), self._page_of)

    def _queue_beside(self, request, record) -> waiting.Waiting | None:
        """The same for a record that this person checks now."""
        own = record.entered_by_id == request.user.pk
        return None if record.state != "in_review" or own else self._queue(request, record)

    def _page_of(self, record) -> str:
        name = "correction" if isinstance(record, Correction) else "change"
        return reverse(f"admin:records_penalty_{name}", args=[record.pk])

    # -- events and proposals

    def _may_confirm(self, request, event) -> bool:
        return event.entered_by_id != request.user.pk and actions.holds(
            request.user, event.penalty.authority, actions.ACTIONS[0]
        )

    def event_view(self, request, pk: int, event: int, key: str):
        """Confirm an event of another person, or take one's own back."""
        penalty = self._penalty(request, pk)
        found = get_object_or_404(PenaltyEvent, pk=event, penalty=penalty, confirmed_at__isnull=True)
        mine = found.entered_by_id == request.user.pk
        allowed = mine if key == "take_back" else key == "confirm" and self._may_confirm(request, found)
        if request.method != "POST" or not allowed:
            raise PermissionDenied
        if mine:
            found.delete()
            messages.success(request, _("The event is taken back."))
        else:
            self._say(
                request, lambda: ending.confirm_event(found, request.user), _("The event is confirmed.")
            )
        return HttpResponseRedirect(self._page_of(penalty))

    def proposal_view(self, request, pk: int, proposal: int):
        """The second of two people agrees or declines."""
        penalty = self._penalty(request, pk)
        found = get_object_or_404(Proposal, pk=proposal, penalty=penalty, confirmed__isnull=True)
        if request.method != "POST" or not actions.may_decide(found, request.user):
            raise PermissionDenied
        agreed = "agree" in request.POST
        self._say(
            request, lambda: ending.decide(found, request.user, agreed),
            _("Done: %(record)s.") % {"record": penalty} if agreed else _("Declined."),
        )  # fmt: skip
        return HttpResponseRedirect(self._page_of(penalty))

    def _say(self, request, do, done: str) -> None:
        try:
            with transaction.atomic():
                do()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except IntegrityError as error:
            messages.error(request, str(error).splitlines()[0])
        else:
            messages.success(request, done)

    def _penalty(self, request, pk: int) -> Penalty:
        found = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        return found

    def _correction(self, request, pk: int) -> Correction:
        found = get_object_or_404(Correction.objects.select_related("penalty__authority"), pk=pk)
        self._penalty(request, found.penalty_id)
        return found
