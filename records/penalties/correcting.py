"""Correcting a published decision: the next version, entered by one person, applied by another."""

from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from records.penalties import case, parting, publication, remarks, words
from records.penalties.content import CONTENT
from records.penalties.happenings import PenaltyEvent
from records.publication import rulebook, states
from records.publication.models import Transition
from records.publication.states import PenaltyState
from records.publication.trace import acting


def begin(penalty, by):
    """A draft of the next version with the same content. Raises ValidationError."""
    with acting(by):
        held = penalty._locked()
        if held.state != PenaltyState.PUBLISHED:
            raise ValidationError(_("Only a published decision is corrected. Edit the draft instead."))
        if held.corrections.filter(state__in=["draft", "in_review"]).exists():
            raise ValidationError(_("A correction of this decision is already being prepared."))
        content = {name: getattr(held, name) for name in CONTENT}
        draft = held.corrections.create(version=held.version + 1, entered_by=by, **content)
        held.parts().save(held.pk, draft.version)
    return draft


class CorrectionVerbs:
    """submit, give_back, take_back, apply, drop."""

    @property
    def authority(self):
        """The authority of the decision."""
        return self.penalty.authority

    @property
    def authority_id(self):
        """Its row number."""
        return self.penalty.authority_id

    def parts(self) -> parting.Parts:
        """The sanctions, provisions and violations of the coming version."""
        return parting.of(self.penalty_id, self.version)

    def verdict(self, checker=None) -> publication.Verdict:
        """What stands against showing the coming version."""
        others = type(self.penalty)._base_manager.filter(
            authority_id=self.penalty.authority_id, decision_number__iexact=self.decision_number.strip()
        )
        others = others.exclude(pk=self.penalty_id).exclude(state__in=["withdrawn", "refused", "sealed"])
        facts = {"duplicate": bool(self.decision_number.strip()) and others.exists()}
        people = {"maker": self.entered_by_id, "checker": checker.pk if checker else None}
        return publication.judge(
            case.of(self, self.parts(), authority=self.penalty.authority, **facts, **people)
        )

    def refusals(self, verb: str, by=None) -> list[str]:
        """Why `by` cannot take the step now; empty when nothing stands against it."""
        mine = by is not None and by.pk == self.entered_by_id
        if verb in ("apply", "give_back") and mine:
            return [_("You entered this correction; another person checks it.")]
        if verb == "submit" and by is not None and not mine:
            return [_("Only the person who entered it submits it.")]
        if verb == "take_back" and not mine:
            return [_("Only the person who submitted it takes it back.")]
        if verb in ("submit", "apply"):
            gone = self.penalty.state != PenaltyState.PUBLISHED
            return (
                [_("The decision is no longer shown, so nothing is corrected.")]
                if gone
                else self.verdict(by if verb == "apply" else None).words
            )
        return []

    def submit(self, by, reason: str) -> None:
        """Hand it to a second person; the reason is shown beside the corrected decision."""
        self.reason = (reason or self.reason).strip()
        if not self.overrule_of:
            remarks.refuse(self, reason=self.reason)
        self.sanction_kinds = self.parts().kinds
        changes = {
            "submitted_at": timezone.now(),
            "sanction_kinds": self.sanction_kinds,
            "reason": self.reason,
        }
        self._step("submit", by, self.reason, **changes)

    def give_back(self, by, reason: str) -> None:
        """Return it to the person who entered it."""
        self._step("give_back", by, reason, submitted_at=None)

    def take_back(self, by, reason: str = "") -> None:
        """A draft again, before a second person has acted; a reason is not kept, with one it was returned."""
        self._step("take_back", by, "", submitted_at=None)

    def drop(self, by, reason: str = "") -> None:
        """Put it aside; the decision stays as it is."""
        self._step("drop", by, reason)

    def apply(self, by, reason: str = "") -> None:
        """A second person agrees: the decision now says this, and what it said before is kept (T8).

        The display never lasts longer than before; it may end earlier.
        """
        with transaction.atomic():
            verdict = self.verdict(by)
            if verdict.refusals:
                raise ValidationError(verdict.words)
            self._step("apply", by, reason, checked_by=by)
            with acting(self.entered_by, self.reason, second=by):
                penalty = self.penalty._locked()
                before = words.imposed(penalty.parts().sanctions)
                for name in CONTENT:
                    setattr(penalty, name, getattr(self, name))
                if verdict.hide_at < penalty.hide_at:
                    penalty.hide_at, penalty.anchor_on = verdict.hide_at, verdict.periods.anchor_on
                    penalty.rule_version = rulebook.version_of(verdict.periods.rule)
                    penalty.repair_from = verdict.periods.repair_from
                penalty.seriousness = verdict.level
                penalty.version, penalty.version_at = self.version, TransactionNow()
                penalty.entered_by, penalty.checked_by = self.entered_by, by
                penalty.published_by = penalty.adjudicated_by = None
                penalty.save()
                self._correct_the_ledger(before, by)
        self.penalty.refresh_from_db()

    def _correct_the_ledger(self, before, by) -> None:
        """Where the sum of the fines was wrong, the ledger says so: what is owed follows from it alone."""
        amount, currency = words.imposed(self.parts().sanctions)
        if amount is not None and (amount, currency) != before:
            PenaltyEvent.objects.create(
                penalty=self.penalty, kind="corrected", on=self.authority.today(), amount=amount,
                currency=currency, entered_by=self.entered_by, confirmed_by=by, confirmed_at=TransactionNow(),
            )  # fmt: skip

    def trace(self):
        """The steps taken, newest first."""
        steps = Transition.objects.filter(kind="correction", record_id=self.pk)
        return steps.select_related("by", "second_by")

    def _locked(self):
        return type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)

    def _step(self, verb: str, by, why: str, **changes) -> None:
        with acting(by, why):
            held = self._locked()
            step = next((t for t in states.steps("correction", held.state) if t.verb == verb), None)
            if step is None:
                raise ValidationError(
                    _("This correction is “%(state)s” by now. Load the page again.")
                    % {"state": held.get_state_display()}
                )
            if step.needs_reason and not why.strip():
                raise ValidationError(_("Write down what was wrong; it is shown beside the correction."))
            if refused := held.refusals(verb, by):
                raise ValidationError(refused)
            self.state = step.target.value
            for name, value in changes.items():
                setattr(self, name, value)
            self.save(update_fields=["state", *changes])
