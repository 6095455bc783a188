"""Entering an inspection: pick the establishment, score it by its scheme, hand it on, begin the next.

Each page works as a plain form. The scripts only fetch earlier what a button would bring: suggestions while
typing, the grade while scoring.
"""

import json
from contextlib import suppress
from datetime import date

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from records.publication.models import returned
from records.publication.trace import acting
from records.ratings import publication, schemes
from records.ratings.badge import Badge
from records.ratings.desk.entry import FindingEntries, InspectionEntry, finding_rows
from records.ratings.desk.picking import Picking, scheme_choices
from records.ratings.schemes.vocabulary import plain

SO_FAR = "Scores so far: "


class InspectionDesk(Picking):
    """The views of `InspectionAdmin` that enter and change drafts."""

    def get_urls(self):
        """Suggestions, the grade while scoring, and correcting."""
        view, name = self.admin_site.admin_view, "records_inspection_%s"
        return [
            path("establishments/", view(self.suggest_view), name=name % "suggest"),
            path("grade/", view(self.grade_view), name=name % "grade"),
            path("<int:object_id>/correct/", view(self.correct_view), name=name % "correct"),
            path("<int:object_id>/discard/", view(self.discard_view), name=name % "discard"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Pick, then enter."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = request.GET.get("establishment", "")
        if not chosen:
            return self._pick(request)
        if not chosen.isdecimal() or len(chosen) > 18:
            raise Http404
        establishment = self.establishments(request).filter(pk=int(chosen)).first()
        if establishment is None:
            raise Http404
        return self._enter(request, establishment, None)

    # -- the second step: date, scores, findings

    def _scheme(self, establishment, key: str, day: str) -> schemes.Scheme:
        choices = scheme_choices(establishment)
        if not choices:
            raise ValidationError(_("The authority acts in no domain that has a rating scheme."))
        key = key if key in {s.key for s in choices} else choices[0].key
        with suppress(ValueError, KeyError, LookupError):
            return schemes.get(key, date.fromisoformat(day))
        return schemes.get(key)

    def _form(self, request, establishment, inspection):
        given = request.POST if request.method == "POST" else request.GET
        held = publication.scheme_of(inspection.version) if inspection else None
        key = given.get("scheme", held.key if held else "")
        day = given.get("inspected_on", inspection.inspected_on.isoformat() if inspection else "")
        scheme = self._scheme(establishment, key, day)
        known = {"establishment": establishment, "scheme": scheme, "inspection": inspection}
        if request.method == "POST":
            return InspectionEntry(request.POST, **known), FindingEntries(request.POST, prefix="findings")
        initial = {"inspected_on": given.get("inspected_on", "")}
        if inspection:
            initial = {
                "inspected_on": inspection.inspected_on,
                "kind": inspection.kind,
                "outcome": inspection.outcome,
            }
            initial |= {f"score_{k}": v for k, v in self._texts(inspection, scheme).items()}
        rows = [
            {"code": f.code, "text": f.text, "criticality": f.criticality, "points": f.points}
            for f in (inspection.findings.all() if inspection else ())
        ]
        return InspectionEntry(initial=initial, **known), FindingEntries(initial=rows, prefix="findings")

    def _texts(self, inspection, scheme) -> dict[str, str]:
        """The scores of a draft as texts; of one saved before it had a grade, what had been typed so far."""
        if inspection.scores is not None:
            return {k: plain(v) for k, v in inspection.scores.items()}
        log = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model), object_id=str(inspection.pk),
            change_message__startswith=SO_FAR,
        ).order_by("-action_time", "-pk").first()  # fmt: skip
        return json.loads(log.change_message.removeprefix(SO_FAR)) if log else {}

    def _enter(self, request, establishment, inspection):
        """Show, compute, save or submit the entry."""
        try:
            form, findings = self._form(request, establishment, inspection)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return HttpResponseRedirect(reverse("admin:index"))
        if request.method == "POST":
            valid = form.is_valid() & findings.is_valid()
            if "_more" not in request.POST and "_grade" not in request.POST:
                response = self._save(request, form, findings, inspection, valid)
                if response:
                    return response
            elif "_more" in request.POST:
                findings = self._more_rows(request)
                form.errors.clear()
        return self._page(request, form, findings, establishment, inspection)

    def _more_rows(self, request):
        data, held = request.POST.copy(), request.POST.get("findings-TOTAL_FORMS", "")
        number = int(held) if held.isdecimal() and len(held) < 5 else 0
        data["findings-TOTAL_FORMS"] = str(min(200, number + 3))
        return FindingEntries(data, prefix="findings")

    def _save(self, request, form, findings, inspection, valid: bool):
        """The answer to a saved entry, or None when it has to be shown again."""
        submitting = "_next" in request.POST or "_submit" in request.POST
        savable = valid or (not submitting and findings.is_valid() and self._unfinished(form))
        if not savable:
            return None
        reason = request.POST.get("correction_reason", "").replace("\0", "").strip()
        try:
            with acting(request.user):
                fresh = inspection is None
                inspection = form.fill(inspection or self.model(entered_by=request.user))
                inspection.save()
                inspection.findings.all().delete()
                rows = finding_rows(findings)
                for row in rows:
                    row.inspection = inspection
                inspection.findings.bulk_create(rows)
                self._log(request, form, inspection, fresh)
                if submitting:
                    inspection.submit(by=request.user, reason=reason)
        except ValidationError as error:
            form.add_error(None, error)
            return None
        return self._saved(request, inspection, submitting)

    def _unfinished(self, form) -> bool:
        """A draft may lack scores, but not its date."""
        return form.cleaned_data.get("inspected_on") is not None and not (
            set(form.errors) - self._score_names(form)
        )

    def _score_names(self, form) -> set[str]:
        return {f"score_{component.key}" for component in form.scheme.components}

    def _log(self, request, form, inspection, fresh: bool) -> None:
        if inspection.scores is None:
            said = SO_FAR + json.dumps({k: v for k, v in form.texts().items() if v}, ensure_ascii=False)
        else:
            said = _("Entered.") if fresh else _("Changed.")
        (self.log_addition if fresh else self.log_change)(request, inspection, said)

    def _saved(self, request, inspection, submitting: bool):
        name = inspection.establishment.name
        if not submitting:
            without = "" if inspection.scores is not None else " " + _("Its scores are not complete yet.")
            messages.success(request, _("Saved the draft for %(name)s.") % {"name": name} + without)
            return HttpResponseRedirect(reverse("admin:records_inspection_change", args=[inspection.pk]))
        inspection.refresh_from_db(fields=["grade"])
        messages.success(request, _("Submitted: %(name)s, %(grade)s. Another person checks it.") % {
            "name": name, "grade": self.badge(inspection).short,
        })  # fmt: skip
        here = "admin:records_inspection_add" if "_next" in request.POST else "admin:index"
        return HttpResponseRedirect(reverse(here))

    def badge(self, inspection) -> Badge | None:
        """The grade of an inspection as the public will see it, or None while there is none."""
        try:
            outcome = publication.outcome_of(inspection)
        except schemes.InputError:
            return None
        return self._badge(
            publication.scheme_of(inspection.version), outcome, inspection.inspected_on, inspection.scores
        )

    def _badge(self, scheme, outcome, day, scores) -> Badge:
        entry = scheme.entry(outcome.value or outcome.status)
        score = (scores or {}).get(getattr(entry, "shows", "") or "")
        return Badge(scheme, entry, day, True, score)

    def _result(self, form) -> dict:
        """What the panel beside the form shows: badge and reason, or what is missing."""
        if not form.is_bound and not form.inspection:
            return {}
        if not form.is_bound:
            badge = self.badge(form.inspection)
            return {"badge": badge, "reason": publication.outcome_of(form.inspection).reason} if badge else {}
        if form.result is None:
            return {}
        badge = self._badge(form.scheme, form.result, form.cleaned_data.get("inspected_on"), form.inputs)
        return {"badge": badge, "reason": form.result.reason}

    def _page(self, request, form, findings, establishment, inspection):
        context = self.admin_site.each_context(request) | self._result(form) | {
            "title": _("Change the draft") if inspection else _("Enter an inspection"), "opts": self.opts,
            "original": inspection, "establishment": establishment, "form": form, "findings": findings,
            "schemes": scheme_choices(establishment), "scheme": form.scheme,
            "corrected": inspection.corrected() if inspection else None,
            "returned": inspection and returned("inspection", inspection),
            "correction_reason": request.POST.get("correction_reason", self._reason_before(inspection)),
            "earlier": self._earlier(establishment),
            "today": publication.today_at(establishment.authority),
        }  # fmt: skip
        status = 422 if form.is_bound and (form.errors or findings.total_error_count()) else 200
        return TemplateResponse(request, "records/backoffice/inspection_enter.html", context, status=status)

    def _earlier(self, establishment):
        return establishment.inspections.filter(state="published").select_related("version__scheme")[:3]

    def _reason_before(self, inspection) -> str:
        step = inspection and inspection.last_step("in_review")
        return step.reason if step else ""

    def grade_view(self, request):
        """The panel beside the form for the scores typed so far, as a fragment of a page."""
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        chosen = request.POST.get("establishment", "")
        establishment = (
            self.establishments(request).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        )
        if establishment is None:
            raise Http404
        form, _findings = self._form(request, establishment, None)
        form.is_valid()
        typed = form.texts()
        shown = {
            name: errors for name, errors in form.errors.items() if typed.get(name.removeprefix("score_"))
        }
        context = self._result(form) | {"form": form, "shown_errors": shown, "waiting": True}
        return TemplateResponse(request, "records/backoffice/_result.html", context)

    # -- corrections and discarding

    def correct_view(self, request, object_id: int):
        """A published inspection becomes a draft beside itself."""
        inspection = self._own(request, object_id)
        try:
            draft = inspection.correct(by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            draft = inspection
        return HttpResponseRedirect(reverse("admin:records_inspection_change", args=[draft.pk]))

    def discard_view(self, request, object_id: int):
        """Delete a draft that nobody else has seen."""
        inspection = self._own(request, object_id)
        try:
            with transaction.atomic():
                self.log_deletions(request, self.model.objects.filter(pk=inspection.pk))
                inspection.discard(by=request.user)
            messages.success(request, _("The draft is deleted."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return HttpResponseRedirect(reverse("admin:index"))

    def _own(self, request, object_id: int):
        inspection = self.get_object(request, object_id)
        if inspection is None:
            raise Http404
        if request.method != "POST" or not self.has_change_permission(request, inspection):
            raise PermissionDenied
        return inspection
