"""What can happen to an inspection: each verb one transaction, each step in the table of states, each traced.

`Inspection` inherits from `InspectionVerbs`. All verbs raise ValidationError, with what to do, when the step
does not exist, the reason is missing, or the same person would act twice.
"""

from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from records.publication import states
from records.publication.models import Transition
from records.publication.states import InspectionState as State
from records.publication.states import RatingState
from records.publication.trace import acting, because
from records.ratings import publication


class InspectionVerbs:
    """submit, give_back, take_back, approve, publish, withdraw, correct."""

    def refusals(self, verb: str, by=None) -> list[str]:
        """Why `by` cannot take the step now; empty when nothing stands against it."""
        if verb == "submit":
            mine = (
                []
                if by is None or by.pk == self.entered_by_id
                else [_("Only the person who entered it submits it.")]
            )
            return mine + publication.refusals(self)
        if verb in ("approve", "give_back") and by is not None and by.pk == self.entered_by_id:
            return [_("You entered this inspection; another person checks it.")]
        if verb == "take_back" and (by is None or by.pk != self.entered_by_id):
            return [_("Only the person who submitted it takes it back.")]
        if verb == "publish" and not self.is_due():
            return [_("The rating may be shown from %(date)s.") % {"date": f"{self.publish_at:%Y-%m-%d}"}]
        return publication.refusals(self) if verb == "approve" else []

    def is_due(self) -> bool:
        """Approved, and the time to appeal is over."""
        return self.publish_at is not None and self.publish_at <= timezone.now()

    def submit(self, by, reason: str = "") -> None:
        """Hand a draft to a second person. A correction says why; that is shown when it is published."""
        if not reason and self.corrected() is not None:
            raise ValidationError(_("Say what was wrong: the reason of a correction is shown beside it."))
        self._step("submit", State.IN_REVIEW, by, reason, submitted_at=timezone.now())

    def give_back(self, by, reason: str) -> None:
        """Return it to the person who entered it."""
        self._step("give_back", State.DRAFT, by, reason, submitted_at=None)

    def take_back(self, by, reason: str = "") -> None:
        """A draft again, before a second person has acted; a reason is not kept, with one it was returned."""
        self._step("take_back", State.DRAFT, by, "", submitted_at=None)

    def approve(self, by, reason: str = "") -> None:
        """A second person agrees. The rating is published when the time to appeal is over, or now."""
        with acting(by, reason):
            at = publication.publish_at(self)
            self._step("approve", State.APPROVED, by, reason, checked_by=by, publish_at=at)
            self._flag_pending()
            if self.is_due():
                self.publish(by)

    def publish(self, by=None, reason: str = "") -> None:
        """Show an approved inspection, and make its rating the standing of the establishment."""
        with acting(by, reason):
            self._step("publish", State.PUBLISHED, by, reason, publish_at=TransactionNow())
            if self.establishment.publish_at is None:
                self.establishment.publish_at = TransactionNow()
                self.establishment.save(update_fields=["publish_at"])
            self._rate(self._supersede_corrected())

    def withdraw(self, by, reason: str) -> None:
        """Take it back, with the rating that it carried. The rating before is not brought back by itself."""
        with acting(by, reason):
            self._step("withdraw", State.WITHDRAWN, by, reason)
            carried = self.ratings.filter(state__in=[RatingState.PUBLISHED, RatingState.SUPERSEDED])
            carried.update(
                state=RatingState.WITHDRAWN, pending=False, ended_at=TransactionNow(), end_reason=reason[:300]
            )
            self._flag_pending()

    def correct(self, by):
        """A draft with the same content, to be corrected, checked and published in place of this one."""
        with acting(by):
            held = self._locked()
            if held.state != State.PUBLISHED:
                raise ValidationError(_("Only a published inspection is corrected. Edit the draft instead."))
            if held.superseded_by and held.superseded_by.state != State.WITHDRAWN:
                raise ValidationError(_("A correction of this inspection is already being prepared."))
            draft = type(self)(
                establishment_id=held.establishment_id, version_id=held.version_id, kind=held.kind,
                inspected_on=held.inspected_on, scores=held.scores, outcome=held.outcome, entered_by=by,
            )  # fmt: skip
            draft.save()
            draft.findings.bulk_create(self._copied_findings(draft))
            held.superseded_by = draft
            held.save(update_fields=["superseded_by"])
        self.refresh_from_db()
        return draft

    def discard(self, by) -> None:
        """Delete a draft, of which nothing has left the desk; what it would have corrected stands."""
        with acting(by):
            held = self._locked()
            if held.state != State.DRAFT or held.entered_by_id != by.pk:
                raise ValidationError(_("Only a draft is deleted, and only by the person who entered it."))
            self.supersedes.update(superseded_by=None)
            self.delete()

    def corrected(self):
        """The published inspection that this one is to replace, or None."""
        return self.supersedes.filter(state=State.PUBLISHED).first() if self.pk else None

    def last_step(self, target: str):
        """The newest row of the trace that led to a state, or None; it says who, when and why."""
        steps = Transition.objects.filter(kind="inspection", record_id=self.pk, target=target)
        return steps.select_related("by").first()

    # -- how

    def _locked(self):
        return type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)

    def _step(self, verb: str, target: str, by, reason: str, **changes) -> None:
        """One step of the table, on the row as it is now."""
        with acting(by, reason):
            held = self._locked()
            step = next(
                (t for t in states.steps("inspection", held.state) if (t.verb, t.target) == (verb, target)),
                None,
            )
            if step is None:
                raise ValidationError(
                    _("This inspection is %(state)s by now. Load the page again.")
                    % {"state": held.get_state_display()}
                )
            if step.needs_reason and not reason.strip():
                raise ValidationError(_("Write down why."))
            refused = held.refusals(verb, by)
            if refused:
                raise ValidationError(refused)
            self.state = target
            for name, value in changes.items():
                setattr(self, name, value)
            self.save(update_fields=["state", *changes])

    def _current(self):
        """The standing of the establishment under the scheme, locked."""
        ratings = self.establishment.ratings.select_for_update()
        return ratings.filter(scheme_id=self.version.scheme_id, state=RatingState.PUBLISHED).first()

    def _flag_pending(self) -> None:
        """Say beside the standing whether a new rating waits for its day."""
        waiting = type(self).objects.filter(
            establishment_id=self.establishment_id,
            version__scheme_id=self.version.scheme_id,
            state=State.APPROVED,
        )
        pending = waiting.exists()
        current = self._current()
        if current is not None and current.pending != pending:
            current.pending = pending
            current.save(update_fields=["pending"])

    def _supersede_corrected(self):
        """The inspection that this one corrects steps back, still readable; None when it corrects none."""
        corrected = self.corrected()
        if corrected is not None:
            submitted = self.last_step(State.IN_REVIEW)
            why = (submitted.reason if submitted else "") or _("Corrected.")
            because(why)
            corrected.state, corrected.correction_reason = State.SUPERSEDED, why
            corrected.save(update_fields=["state"])
            because("")
        return corrected

    def _rate(self, corrected) -> None:
        """Supersede the standing, unless the visit changes none."""
        self.refresh_from_db(fields=["grade", "publish_at"])
        outcome, current = publication.outcome_of(self), self._current()
        carried = corrected is not None and current is not None and current.inspection_id == corrected.pk
        if not carried and not publication.replaces_standing(self, outcome, current):
            self._flag_pending()
            return
        if current is not None:
            reason = corrected.correction_reason if carried else _("A newer inspection was published.")
            current.state, current.ended_at, current.end_reason = (
                RatingState.SUPERSEDED, TransactionNow(), reason[:300],
            )  # fmt: skip
            current.pending = False
            current.save(update_fields=["state", "ended_at", "end_reason", "pending"])
        self.ratings.create(
            establishment_id=self.establishment_id, scheme_id=self.version.scheme_id,
            version_id=self.version_id,
            value=outcome.value, status=outcome.status, computed=self.grade, rated_on=self.inspected_on,
            publish_at=TransactionNow(),
        )  # fmt: skip
        self._flag_pending()

    def _copied_findings(self, draft):
        return [
            type(f)(
                inspection=draft,
                position=f.position,
                code=f.code,
                text=f.text,
                criticality=f.criticality,
                points=f.points,
            )
            for f in self.findings.all()
        ]
