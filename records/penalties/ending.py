"""How the display of a decision ends or comes back: withdrawal, early end, steps of two people."""

from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.penalties import kinds, remarks
from records.penalties.happenings import PenaltyEvent, Proposal, Withdrawal
from records.publication import rules, states
from records.publication.trace import acting

PROPOSALS = {"resume": ("suspended",), "seal": ("expired", "repaired", "withdrawn", "refused"),
             "extend": ("published", "suspended")}  # fmt: skip
"""Steps that two people take together, and the states in which they can be proposed."""

SEALED = (
    "respondent", "premises", "facts", "legal_basis", "remedy", "necessity_note", "proportionality_note",
    "overrule_reason", "person_rule",
)  # fmt: skip
"""Texts of which a sealed record keeps nothing."""


# -- the fine's first events


def confirm_first_events(penalty, by) -> None:
    """With the approval, the events that the clerk entered are confirmed; a fine has at least a beginning."""
    waiting = list(penalty.events.waiting())
    fines = [s for s in penalty.parts().sanctions if s.kind in kinds.PAYABLE]
    if fines and not any(event.kind == "imposed" for event in penalty.events.all()):
        known = [s.amount for s in fines if s.amount is not None]
        PenaltyEvent.objects.create(
            penalty=penalty, kind="imposed", on=penalty.decided_on,
            amount=sum(known) if len(known) == len(fines) else None,
            currency=fines[0].currency, entered_by_id=penalty.entered_by_id, confirmed_by=by,
            confirmed_at=TransactionNow(),
        )  # fmt: skip
    PenaltyEvent.objects.filter(pk__in=[event.pk for event in waiting]).update(
        confirmed_by=by, confirmed_at=TransactionNow()
    )


def confirm_event(event: PenaltyEvent, by) -> None:
    """A second person agrees that it happened; from now on it counts and is shown. Raises ValidationError."""
    if event.entered_by_id == by.pk:
        raise ValidationError(_("You entered this event; another person confirms it."))
    remarks.refuse(event.penalty, note=event.note, title=event.document.title if event.document else "")
    with acting(by):
        done = PenaltyEvent.objects.filter(pk=event.pk, confirmed_at__isnull=True).update(
            confirmed_by=by, confirmed_at=TransactionNow()
        )
    if not done:
        raise ValidationError(_("This event is already confirmed, or was taken back. Load the page again."))


# -- withdrawal


def withdraw_by(penalty, caused_on):
    """The last day to withdraw it: three working days of the authority after the reason arose."""
    return penalty.authority.calendar.add(caused_on, 3)


def record_withdrawal(penalty, by, reason, reason_kind, document, caused_on, name_on_notice) -> Withdrawal:
    """Write down why, on which document and since when; the database adds by when. Raises ValidationError."""
    if reason_kind not in states.WITHDRAWAL_REASONS:
        raise ValidationError(_("Choose why it is withdrawn."))
    if not reason.strip():
        raise ValidationError(_("Write down why; the reason is shown on the notice."))
    if document is None:
        raise ValidationError(_("Name the document that this rests on."))
    remarks.refuse(penalty, reason=reason, title=document.title)
    day = caused_on or penalty.authority.today()
    if day > penalty.authority.today():
        raise ValidationError(_("The reason cannot have arisen in the future. Correct the date."))
    return Withdrawal.objects.create(
        penalty=penalty, reason=reason.strip(), reason_kind=reason_kind, document=document, caused_on=day,
        due_on=withdraw_by(penalty, day), name_on_notice=name_on_notice, by=by,
    )  # fmt: skip


# -- early end


def rule_of(penalty):
    """The rule set under which it is shown, as its file says now."""
    version = penalty.rule_version
    return rules.get(version.rule_set.key, version.effective_from)


def against_repair(penalty, by=None) -> list[str]:
    """Why its display cannot end early now; empty when nothing stands against it."""
    if penalty.rule_version_id is None:
        return [_("It is not shown, so nothing can end.")]
    if by is not None and by.pk in (penalty.entered_by_id, penalty.checked_by_id):
        return [_("You entered or checked this decision; another person decides on its early end.")]
    early = rule_of(penalty).early_end
    if early is None:
        return [_("The rule under which it is shown knows no early end.")]
    found = []
    if penalty.repair_from and penalty.authority.today() < penalty.repair_from:
        found.append(
            _("Its display can end early from %(date)s.") % {"date": penalty.repair_from.isoformat()}
        )
    shut = [k for k in penalty.sanction_kinds if k in early.excluded_kinds or not kinds.BY_SLUG[k].early_stop]
    if shut:
        words = ", ".join(str(kinds.BY_SLUG[kind].label) for kind in shut)
        found.append(_("Not possible with this sanction: %(kinds)s.") % {"kinds": words})
    if penalty.owed:
        found.append(_("The fine is not paid in full."))
    return found


def open_conditions(penalty, affirmed: tuple[str, ...]) -> list[str]:
    """The conditions of its rule that nobody has affirmed."""
    early = rule_of(penalty).early_end if penalty.rule_version_id else None
    return [condition for condition in (early.conditions if early else ()) if condition not in affirmed]


# -- two people together


def propose(penalty, verb, by, reason, document=None, hide_at=None) -> Proposal:
    """The first of two people; nothing happens until another confirms. Raises ValidationError."""
    if penalty.state not in PROPOSALS.get(verb, ()):
        raise ValidationError(_("This is not possible now. Load the page again."))
    if not reason.strip():
        raise ValidationError(_("Write down why."))
    if verb == "extend" and (document is None or hide_at is None):
        raise ValidationError(_("A later end needs a document of a court or authority, and the day."))
    if penalty.proposals.filter(verb=verb, confirmed__isnull=True).exists():
        raise ValidationError(_("This is already proposed and waits for another person."))
    return Proposal.objects.create(
        penalty=penalty, verb=verb, by=by, reason=reason.strip(), document=document, hide_at=hide_at
    )


def decide(proposal: Proposal, by, agreed: bool) -> None:
    """The second person: what was proposed happens, or does not. Raises ValidationError."""
    if proposal.by_id == by.pk:
        raise ValidationError(_("You proposed this; another person decides."))
    penalty = proposal.penalty
    with acting(proposal.by, proposal.reason, document=proposal.document, second=by):
        held = penalty._locked()
        waiting = Proposal.objects.filter(pk=proposal.pk, confirmed__isnull=True)
        if not waiting.update(confirmed=agreed, decided_by=by, decided_at=TransactionNow()):
            raise ValidationError(_("Somebody has decided on this already. Load the page again."))
        if not agreed:
            return
        if held.state not in PROPOSALS[proposal.verb]:
            raise ValidationError(_("This is not possible any more. Load the page again."))
        {"resume": _resume, "seal": _seal, "extend": _extend}[proposal.verb](held, proposal)
    penalty.refresh_from_db()


def _resume(penalty, proposal) -> None:
    penalty.state, penalty.review_on = "published", None
    penalty.adjudicated_by_id = proposal.by_id
    penalty.save(update_fields=["state", "review_on", "adjudicated_by"])


def _extend(penalty, proposal) -> None:
    penalty.hide_at = proposal.hide_at
    penalty.save(update_fields=["hide_at"])


def _seal(penalty, proposal) -> None:
    """Destroy what it said; number, dates and the trace stay."""
    for name in SEALED:
        setattr(penalty, name, "")
    emptied = ("business", "establishment", "inspection", "document", "law")
    for name in emptied:
        setattr(penalty, name, None)
    penalty.basis_rank, penalty.state = "", "sealed"
    penalty.save(update_fields=["state", "basis_rank", *SEALED, *emptied])
    for related in (penalty.sanctions, penalty.citations, penalty.violations, penalty.versions):
        related.all().delete()
    penalty.corrections.all().delete()
    penalty.events.all().delete()
