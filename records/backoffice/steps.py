"""The buttons under a record: the steps of `publication.states` that a person may take now, and taking one.

A record has a `state`, a method for each verb, and `refusals(verb, by)`: why `by` cannot take the step.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from records.backoffice.record import RecordAdmin
from records.publication import states


@dataclass(frozen=True)
class Step:
    """A button: the verb and its label, whether a reason must be written, and why it is shut, if it is.

    `own`: it takes the person's own doing back, and so is never what is done next.
    """

    verb: str
    label: str
    needs_reason: bool
    refusals: tuple[str, ...] = ()
    own: bool = False


def too_late(record) -> str:
    """That somebody else has meanwhile taken another step."""
    return _("Too late: somebody has acted on it meanwhile. It is “%(state)s” now.") % {
        "state": record.get_state_display()
    }


class StepAdmin(RecordAdmin):
    """A RecordAdmin whose records live by the table of states."""

    states_kind = ""
    # role of the table -> the permission that a role at the authority must hold
    step_permissions: dict[str, str] = {}
    step_done: dict[str, str] = {}

    def may_step(self, request, obj, role: str) -> bool:
        """Whether the person holds the role of a step at that record's authority."""
        permission = self.step_permissions.get(role)
        if not permission:
            return False
        reach = self.step_reach(request, permission)
        return reach.everywhere or self.within(type(obj)._default_manager.filter(pk=obj.pk), reach).exists()

    def step_reach(self, request, permission: str):
        """Where the person holds the permission."""
        from records.backoffice import access

        return access.reach(request.user, permission)

    def steps(self, request, obj) -> list[Step]:
        """What the person may do with the record now; first what needs no reason."""
        found = [
            Step(t.verb, t.label, t.needs_reason or self.reason_wanted(obj, t.verb),
                 tuple(obj.refusals(t.verb, request.user)), t.own)
            for t in states.steps(self.states_kind, obj.state)
            if self._may_take(request, obj, t)
        ]  # fmt: skip
        return sorted(found, key=lambda step: step.needs_reason)

    def _may_take(self, request, obj, step: states.Transition) -> bool:
        if step.own and obj.entered_by_id != request.user.pk:
            return False
        return any(self.may_step(request, obj, role) for role in step.roles)

    def reason_wanted(self, obj, verb: str) -> bool:
        """Whether a step needs a reason that the table does not ask for in general."""
        return False

    def get_urls(self):
        """`<pk>/<verb>/` for each verb of the table."""
        meta = self.opts
        name = f"{meta.app_label}_{meta.model_name}_step"
        view = self.admin_site.admin_view(self.step_view)
        return [path("<int:object_id>/step/<slug:verb>/", view, name=name), *super().get_urls()]

    def step_view(self, request, object_id: int, verb: str):
        """Take one step; or say what stands against it, and keep the reason that was typed."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        step = next((s for s in self.steps(request, obj) if s.verb == verb), None)
        if step is None:
            return self._too_late(request, obj, verb)
        reason = request.POST.get("reason", "").replace("\0", "").strip()
        errors = self.take(request, obj, step, reason)
        if errors:
            return self.refused_step(request, obj, step, reason, errors)
        messages.success(request, self.step_done.get(verb, _("Done.")) % {"record": obj})
        return HttpResponseRedirect(self.after_step(request, obj, verb))

    def take(self, request, obj, step: Step, reason: str) -> list[str]:
        """Call the verb; what stands against it, or nothing."""
        if step.needs_reason and not reason:
            return [_("Write down why, so that the next person can act on it.")]
        try:
            getattr(obj, step.verb)(by=request.user, reason=reason)
        except ValidationError as error:
            return list(error.messages)
        except IntegrityError as error:
            return [str(error).splitlines()[0]]
        return []

    def _too_late(self, request, obj, verb: str):
        """The record as it stands, for those who may take the step but came late; else it is forbidden."""
        known = (t for t in states.TRANSITIONS if (t.kind, t.verb) == (self.states_kind, verb))
        if not any(t.source != obj.state and self._may_take(request, obj, t) for t in known):
            raise PermissionDenied
        messages.error(request, too_late(obj))
        return HttpResponseRedirect(self.page_of(obj))

    def page_of(self, obj) -> str:
        """The address of the record."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    def refused_step(self, request, obj, step: Step, reason: str, errors: list[str]):
        """The page that asks again."""
        context = self.admin_site.each_context(request) | {
            "title": step.label, "opts": self.opts, "original": obj, "step": step, "reason": reason,
            "errors": errors, "back": self.page_of(obj),
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/step.html", context, status=422)

    def after_step(self, request, obj, verb: str) -> str:
        """Where the person goes next."""
        return reverse("admin:index")
