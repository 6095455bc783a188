"""Taking a step at the desk: with a decision, its correction, an event of its fine, or a proposal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from records.backoffice import access, waiting
from records.backoffice.steps import too_late
from records.penalties import ending
from records.penalties.desk import actions
from records.penalties.desk.steps import StepForm
from records.penalties.happenings import PenaltyEvent, Proposal
from records.penalties.models import Penalty
from records.penalties.versions import Correction


class PenaltySteps:
    """The views of `PenaltyAdmin` that take steps, and where a person goes after one."""

    def get_urls(self):
        """A step of a decision, of a correction, of an event, of a proposal."""
        view, name = self.admin_site.admin_view, "records_penalty_%s"
        return [
            path("<int:pk>/do/<slug:key>/", view(self.do_view), name=name % "do"),
            path("<int:pk>/event/<int:event>/<slug:key>/", view(self.event_view), name=name % "event"),
            path("<int:pk>/proposal/<int:proposal>/", view(self.proposal_view), name=name % "proposal"),
            path("correction/<int:pk>/do/<slug:key>/", view(self.correction_do), name=name % "correction_do"),
            *super().get_urls(),
        ]

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
