"""Entering a decision, and correcting a published one: each page a plain form, each button saves the draft.

The scripts only do earlier what a button would: suggest while typing, save while one goes on, show beside the
form what the public would read.
"""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from records.penalties.desk import answers, following, preview, scope, watch
from records.penalties.desk.choices import FINDERS
from records.penalties.desk.draft import Changed, Draft, Gone, Refused, begin
from records.penalties.desk.entry import PenaltyEntry
from records.penalties.desk.scope import Scope
from records.penalties.desk.todo import ToDo
from records.penalties.versions import Correction

FRESH = {"Cache-Control": "no-store"}


class PenaltyDesk:
    """The views of `PenaltyAdmin` that enter decisions and corrections."""

    def get_urls(self):
        """What a script asks for while somebody types."""
        view, name = self.admin_site.admin_view, "records_penalty_%s"
        return [
            path("suggest/<slug:what>/", view(self.suggest_view), name=name % "suggest"),
            path("check/", view(self.check_view), name=name % "check"),
            path("preview/", view(self.preview_view), name=name % "preview"),
            path("<int:object_id>/discard/", view(self.discard_view), name=name % "discard"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        """A clerk of some authority; whoever runs the installation writes no decisions."""
        return bool(scope.authorities(request.user))

    def add_view(self, request, form_url="", extra_context=None):
        """A new decision."""
        return self._enter(request, None)

    def _enter(self, request, penalty):
        """A new decision, or the draft of one; the caller has seen to it that it is this person's."""
        if penalty is not None:
            return self._sheet(request, Draft(penalty, request.user))
        draft = begin(self._authority(request), request.user)
        return self._sheet(request, draft, following.begin_like_the_last(request, draft))

    def _enter_correction(self, request, correction):
        """The draft of a correction; the caller has seen to it that it is this person's."""
        return self._sheet(request, Draft(correction, request.user))

    def _authority(self, request, source=None):
        """The authority that was asked for, or the first of the person's; another one is not found."""
        own = scope.authorities(request.user)
        if not own:
            raise PermissionDenied
        asked = (source or request.GET).get("authority", "")
        found = own[0] if not asked else next((a for a in own if str(a.pk) == asked), None)
        if found is None:
            raise Http404
        return found

    # -- one form

    def _entry(self, request, draft: Draft, data=None, currency="") -> PenaltyEntry:
        asked = draft.values() if data is None else data
        held = None if draft.new else draft.content
        within = Scope(request.user, draft.authority, _day(asked), str(asked.get("domain") or ""), held)
        known = {"scope": within, "content": draft.content, "corrects": draft.corrects, "currency": currency}
        if data is not None:
            return PenaltyEntry(data, request.FILES, **known)
        return PenaltyEntry(initial=draft.values(), chosen=draft.chosen(), first=draft.first(), **known)

    def _sheet(self, request, draft: Draft, currency=""):
        """Show the form, or do what the button asks for; whatever it is, the draft is saved first."""
        if request.method != "POST":
            return self._page(request, draft, self._entry(request, draft, currency=currency))
        data = answers.cleaned(request.POST)
        answers.more_rows(data)
        entry = self._entry(request, draft, data)
        hit = watch.mask(entry, data["_mask"]) if "_mask" in data else None
        if hit:
            data[hit[0]] = hit[1]
            entry = self._entry(request, draft, data)
        silent = "_auto" in data
        if not silent:
            entry.settle()
        entry.take_fills()
        if "_find" in data and (picker := entry.pickers.get(data["_find"])):
            picker.errors = []
            picker.search()
        try:
            draft = self._save(entry, draft, data)
        except Changed as changed:
            return self._conflict(request, changed.held, draft, entry)
        except Gone:
            if silent:
                return answers.conflict(self._address(request, draft))
            return self._page(request, draft, entry, gone=True, status=409)
        except Refused as refused:
            if silent:
                return answers.refused()
            return self._page(request, draft, entry, errors=[str(refused)], status=422)
        return answers.saved(draft, entry, hit) if silent else self._answer(request, draft, entry)

    def _save(self, entry: PenaltyEntry, draft: Draft, data) -> Draft:
        entry.is_valid()
        if entry.broken or (draft.new and entry.empty):
            return draft
        return draft.save(entry, data.get("mark", ""))

    def _answer(self, request, draft: Draft, entry: PenaltyEntry):
        """The page after a button: on to the next, back to the desk, or the form again."""
        data = entry.data
        if entry.broken:
            return self._page(request, draft, entry, status=422)
        if "_next" in data or "_submit" in data:
            return self._submit(request, draft, entry)
        if "_save" in data and not draft.new and not entry.problems:
            messages.success(request, _("The draft is saved."))
            return HttpResponseRedirect(self._address(request, draft))
        wrong = "_save" in data and (draft.new or entry.problems)
        return self._page(request, draft, entry, status=422 if wrong else 200)

    def _submit(self, request, draft: Draft, entry: PenaltyEntry):
        todo, errors = preview.of(draft, entry).todo, []
        if draft.corrects and not entry.cleaned_data.get("reason", "").strip():
            todo.insert(0, ToDo(_("what was wrong"), "id_reason", True))
        if not todo and not draft.new:
            try:
                draft.content.submit(request.user, entry.cleaned_data.get("reason", ""))
                return self._submitted(request, draft)
            except ValidationError as error:
                errors = error.messages
            except IntegrityError as error:
                errors = [str(error).splitlines()[0]]  # further lines repeat the whole row
        return self._page(request, draft, entry, todo=todo, errors=errors, status=422)

    def _submitted(self, request, draft: Draft):
        number = draft.content.decision_number
        if draft.corrects:
            said = _("Submitted: the correction of %(number)s. Another person checks it.")
            messages.success(request, said % {"number": number})
            return HttpResponseRedirect(reverse("admin:records_penalty_change", args=[draft.penalty_id]))
        messages.success(request, _("Submitted: %(number)s. Another person checks it.") % {"number": number})
        if "_next" in request.POST:
            return HttpResponseRedirect(f"{reverse('admin:records_penalty_add')}?after={draft.content.pk}")
        return HttpResponseRedirect(reverse("admin:index"))

    def _conflict(self, request, held: Draft, draft: Draft, entry: PenaltyEntry):
        """Two windows: say what is saved and what is typed, and let the next saving decide."""
        if "_auto" in entry.data:
            return answers.conflict(self._address(request, held))
        differences = answers.differing(held, entry)
        return self._page(request, held, entry, conflict=differences, status=409)

    def _address(self, request, draft: Draft) -> str:
        """Where the draft is edited."""
        if draft.corrects or draft.new:
            return request.get_full_path()
        return reverse("admin:records_penalty_change", args=[draft.content.pk])

    def _page(self, request, draft: Draft, entry: PenaltyEntry, status=200, **told):
        own = scope.authorities(request.user)
        context = self.admin_site.each_context(request) | answers.context(draft, entry, **told) | {
            "opts": self.opts, "action": self._address(request, draft),
            "authorities": own if draft.new and len(own) > 1 else (),
            "unfinished": self._unfinished(request, draft),
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/penalty_enter.html", context, status=status)

    def _unfinished(self, request, draft: Draft):
        """The newest draft of the person's that was not handed in, where another is about to be begun."""
        if not draft.new or request.method != "GET" or "after" in request.GET:
            return None
        mine = type(draft.content)._base_manager.filter(entered_by=request.user, state="draft")
        return mine.filter(authority=draft.authority).order_by("-pk").first()

    def discard_view(self, request, object_id: int):
        """Delete a draft of which nothing has left the desk."""
        if request.method != "POST":
            raise PermissionDenied
        draft = self._record(request, {"record": f"penalty-{object_id}"})
        try:
            draft.content.discard(request.user)
            messages.success(request, _("The draft is deleted."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return HttpResponseRedirect(reverse("admin:index"))

    # -- while somebody types

    def suggest_view(self, request, what: str):
        """What matches the words typed in a field, as JSON."""
        finder = FINDERS.get(what)
        if finder is None:
            raise Http404
        data = answers.cleaned(request.GET)
        within = Scope(request.user, self._authority(request), _day(data), data.get("domain", "")[:40])
        found = finder.find(data.get("q", ""), within)
        return JsonResponse({"found": [choice.as_json() for choice in found]}, headers=FRESH)

    def check_view(self, request):
        """Whether the authority already has a decision with the number typed, as JSON."""
        data = answers.cleaned(request.GET)
        draft = self._record(request, data)
        taken = draft.duplicate(data.get("number", "")[:120])
        visible = taken is not None and self.has_view_permission(request, taken)
        url = reverse("admin:records_penalty_change", args=[taken.pk]) if visible else ""
        return JsonResponse({"taken": taken is not None, "url": url}, headers=FRESH)

    def preview_view(self, request):
        """What the public would read of the form as it stands, as a fragment of a page."""
        if request.method != "POST":
            raise PermissionDenied
        data = answers.cleaned(request.POST)
        draft = self._record(request, data)
        entry = self._entry(request, draft, data)
        entry.take_fills()
        entry.is_valid()
        seen = None if entry.broken else preview.of(draft, entry)
        return TemplateResponse(
            request, "records/backoffice/_penalty_preview.html", {"preview": seen}, headers=FRESH
        )

    def _record(self, request, data) -> Draft:
        """The draft that a script speaks of; somebody else's does not exist."""
        kind, _dash, key = data.get("record", "").partition("-")
        if not kind:
            return begin(self._authority(request, data), request.user)
        model = {"penalty": self.model, "correction": Correction}.get(kind)
        if model is None or not (key.isascii() and key.isdecimal() and len(key) <= 18):
            raise Http404
        found = model._base_manager.filter(pk=int(key), entered_by=request.user, state="draft").first()
        if found is None or found.authority not in scope.authorities(request.user):
            raise Http404
        return Draft(found, request.user)


def _day(data) -> date | None:
    try:
        return date.fromisoformat(str(data.get("decided_on") or ""))
    except ValueError:
        return None
