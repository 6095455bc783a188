"""Decisions in the back office: entered and checked by two people, and what follows."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from records.backoffice.steps import StepAdmin
from records.penalties.desk.enter import PenaltyDesk
from records.publication.states import PenaltyState


class PenaltyAdmin(PenaltyDesk, StepAdmin):
    """Drafts are entered and changed; everything else is read and taken on by the steps."""

    authority_path = "authority"
    states_kind = "penalty"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One's own draft as a form."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        mine = obj.entered_by_id == request.user.pk and self.has_change_permission(request, obj)
        if obj.state == PenaltyState.DRAFT and mine:
            return self._enter(request, obj)
        if request.method == "POST":
            raise PermissionDenied
        return super().change_view(request, object_id, form_url, extra_context)
