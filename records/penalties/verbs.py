"""What can happen to a decision: each verb one transaction, each step in the table of states, each traced.

`Penalty` inherits from `PenaltyVerbs`. All verbs raise ValidationError, with what to do, when the step does
not exist, something that it needs is missing, a gate refuses, or the same person would act twice.
"""

from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from records.penalties import case, ending, parting, publication
from records.publication import rulebook, states
from records.publication.models import Transition
from records.publication.roles import acting_as_clock
from records.publication.states import PenaltyState as State
from records.publication.trace import acting


class PenaltyVerbs:
    """What can happen: submit, take_back, give_back, approve, refuse, publish, and the rest of the table."""

    # -- what it is made of, and what the gates say

    def parts(self) -> parting.Parts:
        """The sanctions, provisions and violations of the version that stands."""
        return parting.of(self.pk, self.version, self._state.db or "default")

    def case(self, checker=None) -> case.Case:
        """The decision as the gates look at it."""
        held = type(self)._base_manager.filter(authority_id=self.authority_id, number_key=self.number_key)
        others = held.exclude(pk=self.pk).exclude(state__in=["withdrawn", "refused", "sealed"])
        events = set(self.events.values_list("kind", flat=True)) if self.pk else set()
        return case.of(
            self, self.parts(), authority=self.authority, annulled="annulled" in events,
            duplicate=bool(self.number_key) and others.exists(),
            contested="contested" in events and not events & {"upheld", "varied", "contest_withdrawn"},
            maker=self.entered_by_id, checker=checker.pk if checker else None,
        )  # fmt: skip

    def verdict(self, checker=None) -> publication.Verdict:
        """What stands against showing it, and if nothing does, under which rule, from when and until when."""
        return publication.judge(self.case(checker))

    def refusals(self, verb: str, by=None) -> list[str]:
        """Why `by` cannot take the step now; empty when nothing stands against it."""
        mine = by is not None and by.pk == self.entered_by_id
        if verb == "submit":
            found = self.verdict().words
            return found if mine or by is None else [_("Only the person who entered it submits it."), *found]
        if verb in ("approve", "give_back", "refuse") and mine:
            return [_("You entered this decision; another person checks it.")]
        if verb == "take_back":
            return self._against_taking_back(mine)
        if verb == "approve":
            return self.verdict(by).words
        if verb == "publish":
            return self._against_publishing(mine)
        if verb == "repair":
            return ending.against_repair(self, by)
        return []

    def _against_taking_back(self, mine: bool) -> list[str]:
        if not mine:
            return [_("Only the person who submitted it takes it back.")]
        if self.trace()[0].source == State.APPROVED:
            return [_("It was approved before and is checked again; whoever checks it returns it.")]
        return []

    def _against_publishing(self, mine: bool) -> list[str]:
        if mine:
            return [_("You entered this decision; another person publishes it.")]
        if not self.is_due():
            return [
                _("It may be shown from %(date)s.")
                % {"date": timezone.localtime(self.publish_at).date().isoformat()}
            ]
        stopped = [r.words for r in self.verdict().refusals if r.code in ("annulled", "contested", "over")]
        return stopped

    # -- steps

    def submit(self, by, reason: str = "") -> None:
        """Hand a draft to a second person (T2)."""
        self.sanction_kinds = self.parts().kinds
        changes = {"submitted_at": timezone.now(), "sanction_kinds": self.sanction_kinds}
        self._step("submit", by, reason, **changes)

    def give_back(self, by, reason: str) -> None:
        """Return it to the person who entered it (T3)."""
        self._step("give_back", by, reason, submitted_at=None)

    def take_back(self, by, reason: str = "") -> None:
        """A draft again, before a second person has acted; a reason is not kept, with one it was returned."""
        self._step("take_back", by, "", submitted_at=None)

    def approve(self, by, reason: str = "") -> None:
        """A second person agrees (T4): class, rule and periods are fixed, the first events are confirmed."""
        with acting(by, reason):
            verdict = self._locked().verdict(by)
            # A wrong state is told first: that is why the gates' answer goes along instead of being raised.
            fixed = {} if verdict.refusals else self.fixed(verdict)
            self._step("approve", by, reason, refused=verdict.words, checked_by=by, **fixed)
            ending.confirm_first_events(self, by)
        self.refresh_from_db()

    def fixed(self, verdict: publication.Verdict) -> dict:
        """The columns that an approval fixes: class, rule version, and the periods under it."""
        return {
            "seriousness": verdict.level,
            "rule_version": rulebook.version_of(verdict.periods.rule),
            "anchor_on": verdict.periods.anchor_on,
            "repair_from": verdict.periods.repair_from,
            # What waits for nothing is due from the start of this transaction on.
            "publish_at": verdict.publish_at if verdict.held else TransactionNow(),
            "hide_at": verdict.hide_at,
            "approved_at": timezone.now(),
        }

    def refuse(self, by, reason: str, reason_kind: str = "") -> None:
        """It is never shown (T5); `reason_kind` is the gate that refuses, if one does."""
        found = self.verdict(by).refusals
        gate = reason_kind or (found[0].code if found else "checker")
        self._step("refuse", by, reason, reason_kind=gate, checked_by=by, refused_gate=gate)

    def publish(self, by=None, reason: str = "") -> None:
        """Show what is approved and due (T6); without a person it is the clock that acts."""
        changes = {"published_by": by, "published_at": TransactionNow()}
        if by is not None:
            self._step("publish", by, reason, **changes)
        else:
            self._step("publish", None, reason, as_clock=True, published_at=TransactionNow())
        self.refresh_from_db()

    def reopen(self, by, reason: str) -> None:
        """Check again what was approved and is not yet shown (T7); the periods are open again."""
        cleared = dict.fromkeys(
            ("checked_by", "rule_version", "anchor_on", "repair_from", "publish_at", "hide_at", "approved_at")
        )
        self._step("reopen", by, reason, **cleared)

    def suspend(self, by, reason: str, reason_kind: str = "", review_on=None, document=None) -> None:
        """Hide it at once for the time being (T9); somebody looks at it again on `review_on`."""
        if reason_kind not in states.SUSPENSION_REASONS:
            raise ValidationError(_("Choose why it is hidden."))
        if review_on is None or review_on < self.authority.today():
            raise ValidationError(_("Give the day on which this is looked at again; not a past one."))
        extra = {"reason_kind": reason_kind, "document": document}
        self._step("suspend", by, reason, **extra, review_on=review_on)

    def withdraw(
        self, by, reason: str, reason_kind: str = "", document=None, caused_on=None, name_on_notice=False
    ) -> None:
        """Take it back for good (T11): a notice with number, authority, date and reason stands for it."""
        with acting(by, reason, reason_kind, document):
            ending.record_withdrawal(self, by, reason, reason_kind, document, caused_on, name_on_notice)
            self._step("withdraw", by, reason, reason_kind=reason_kind, document=document)

    def repair(self, by, reason: str, conditions: tuple[str, ...] = ()) -> None:
        """End its display before the time (T13): all conditions of its rule are met and affirmed."""
        missing = ending.open_conditions(self, conditions)
        if missing:
            raise ValidationError(_("Not yet affirmed: %(what)s.") % {"what": ", ".join(missing)})
        self._step("repair", by, reason, adjudicated_by=by)

    def correct(self, by):
        """A draft of the next version with the same content, to be corrected, checked and applied (T8)."""
        from records.penalties.correcting import begin

        return begin(self, by)

    def propose(self, verb: str, by, reason: str, document=None, hide_at=None):
        """Ask a second person for a step that takes two: resume (T10), seal (T14), or extend."""
        return ending.propose(self, verb, by, reason, document, hide_at)

    def discard(self, by) -> None:
        """Delete a draft, of which nothing has left the desk."""
        with acting(by):
            held = self._locked()
            if held.state != State.DRAFT or held.entered_by_id != by.pk:
                raise ValidationError(_("Only a draft is deleted, and only by the person who entered it."))
            self.delete()

    # -- how

    def trace(self):
        """The steps taken, newest first."""
        steps = Transition.objects.filter(kind="penalty", record_id=self.pk)
        return steps.select_related("by", "second_by", "document")

    def _locked(self):
        return type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)

    def _step(
        self,
        verb: str,
        by,
        reason: str,
        *,
        reason_kind="",
        document=None,
        second=None,
        as_clock=False,
        refused=None,
        **changes,
    ) -> None:
        """One step of the table, on the row as it is now; `refused` where the gates were asked already."""
        with acting(by, reason, reason_kind, document, second):
            held = self._locked()
            step = next((t for t in states.steps("penalty", held.state) if t.verb == verb), None)
            if step is None:
                raise ValidationError(
                    _("This decision is “%(state)s” by now. Load the page again.")
                    % {"state": held.get_state_display()}
                )
            if step.needs_reason and not reason.strip():
                raise ValidationError(_("Write down why."))
            if step.needs_document and document is None:
                raise ValidationError(_("Name the document that this rests on."))
            refused = held.refusals(verb, by) if refused is None else refused
            if refused:
                raise ValidationError(refused)
            self.state = step.target.value
            for name, value in changes.items():
                setattr(self, name, value)
            with acting_as_clock(as_clock):
                self.save(update_fields=["state", *changes])
