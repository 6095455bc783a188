"""Steps for many decisions at once: first what will happen to how many, then one by one, each on its own."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records.penalties.desk import actions

MOST = 500
"""So many decisions are taken on at once; each is a transaction of its own, and a person waits for them."""


def _known(key: str):
    return next(action for action in actions.ACTIONS if action.key == key)


def why_not(record, user, action) -> list[str]:
    """Why the step cannot be taken for a record; empty when it can."""
    if record.state not in action.states:
        return [_("It is “%(state)s”.") % {"state": record.get_state_display()}]
    if not actions.holds(user, record.authority, action):
        return [_("You do not hold the role for this at its authority.")]
    return [str(words) for words in action.refusals(record, user)]


class BulkSteps:
    """The steps of `PenaltyAdmin` that many records can take together."""

    actions = ("approve_many", "publish_many", "give_back_many")

    def get_actions(self, request, action_location=admin.ActionLocation.CHANGE_LIST):
        """Those of the person's roles; of a list of one state, those that lead on from it."""
        state, known = request.GET.get("state__exact"), super().get_actions(request, action_location)
        steps = {name: _known(name.removesuffix("_many")) for name in known}
        return {
            name: known[name]
            for name, step in steps.items()
            if actions.holds_anywhere(request.user, step) and (not state or state in step.states)
        }

    @admin.action(description=gettext_lazy("Approve"))
    def approve_many(self, request, queryset):
        """Approve each that no gate refuses."""
        return self._many(request, queryset, "approve")

    @admin.action(description=gettext_lazy("Publish"))
    def publish_many(self, request, queryset):
        """Publish each that is due."""
        return self._many(request, queryset, "publish")

    @admin.action(description=gettext_lazy("Return to the clerk"))
    def give_back_many(self, request, queryset):
        """Return each for one reason."""
        return self._many(request, queryset, "give_back")

    def _many(self, request, queryset, key: str):
        action = _known(key)
        chosen = list(queryset.select_related("authority", "rule_version__rule_set")[: MOST + 1])
        if len(chosen) > MOST:
            messages.error(request, _("Choose at most %(most)d decisions at once.") % {"most": MOST})
            return None
        judged = [(record, why_not(record, request.user, action)) for record in chosen]
        reason = request.POST.get("reason", "").replace("\0", "").strip()
        missing = "reason" in action.fields and not reason
        if "sure" not in request.POST or missing:
            context = self.admin_site.each_context(request) | {
                "title": action.label, "opts": self.opts, "action": action, "asked": f"{key}_many",
                "possible": [record for record, why in judged if not why],
                "shut": [(record, why) for record, why in judged if why],
                "missing": missing and "sure" in request.POST,
            }  # fmt: skip
            return TemplateResponse(request, "records/backoffice/penalty_bulk.html", context)
        self._take_each(request, action, judged, reason)
        return None

    def _take_each(self, request, action, judged, reason: str) -> None:
        done, failed = 0, []
        for record, why in judged:
            if not why:
                try:
                    with transaction.atomic():
                        action.do(record, request.user, {"reason": reason})
                    done += 1
                    continue
                except ValidationError as error:
                    why = error.messages
                except IntegrityError as error:
                    why = [str(error).splitlines()[0]]
            failed.append(f"{record}: {' '.join(why)}")
        if done:
            told = ngettext("%(label)s: %(n)d decision.", "%(label)s: %(n)d decisions.", done)
            messages.success(request, told % {"label": action.label, "n": done})
        for line in failed[:20]:
            messages.warning(request, line)
        if len(failed) > 20:
            messages.warning(request, _("and %(n)d more.") % {"n": len(failed) - 20})
