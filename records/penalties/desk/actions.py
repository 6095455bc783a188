"""What a person may do with a decision now, who they must be, and what each step asks for.

An explicit list: an action has a key, the word on its button, the permission that it takes, the states in
which it exists, the fields of its form, and a function that does it. `offered` says which of them somebody
sees, and why one of them is shut.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from records.backoffice import access
from records.penalties import ending
from records.penalties.happenings import PenaltyEvent
from records.publication import states


@dataclass(frozen=True)
class Action:
    """One step: see the module. `refusals(record, user)` are words; `tone` is primary, danger or "".

    `own` steps belong to the person who entered the record and are shown to nobody else.
    """

    key: str
    label: str
    permission: str
    states: tuple[str, ...]
    do: Callable
    fields: tuple[str, ...] = ()
    refusals: Callable = lambda record, user: []
    tone: str = ""
    help: str = ""
    done: str = _("Done: %(record)s.")
    own: bool = False

    @property
    def asks_reason_alone(self) -> bool:
        """Whether the reason is all that it asks for, so that it can be written beside the record."""
        return self.fields == ("reason",)


def _verb(name: str):
    return lambda record, user: record.refusals(name, user)


def _not_mine(record, user) -> list[str]:
    return record.refusals("give_back", user)


def _approve(record, user, data):
    record.approve(user)


def _approve_and_publish(record, user, data):
    record.approve(user)
    record.publish(user)


def _withdraw(record, user, data):
    record.withdraw(
        user, data["reason"], data["withdrawn_because"], data["document"], data["caused_on"],
        data["name_on_notice"],
    )  # fmt: skip


def _suspend(record, user, data):
    record.suspend(user, data["reason"], data["hidden_because"], data["review_on"], data.get("document"))


def _add_event(record, user, data):
    PenaltyEvent.objects.create(
        penalty=record, kind=data["event"], on=data["event_on"], amount=data["amount"],
        currency=data["currency"], note=data["note"], document=data.get("document"), entered_by=user,
    )  # fmt: skip


def _may_propose(verb: str):
    def refusals(record, user) -> list[str]:
        if record.proposals.filter(verb=verb, confirmed__isnull=True).exists():
            return [_("This is already proposed and waits for another person.")]
        return []

    return refusals


def _may_hide(record, user) -> list[str]:
    return []


CHECKS, CLERK = "records.check_penalty", "records.change_penalty"
ADJUDICATES, PROTECTS = "records.adjudicate_penalty", "records.protect_penalty"
PUBLISHES, HIDES = "records.publish_penalty", "records.hide_penalty"


def _take_back() -> Action:
    return Action(
        "take_back", _("Take back"), CLERK, ("in_review",), lambda r, user, data: r.take_back(user), (),
        _verb("take_back"), help=_("It becomes your draft again, as long as nobody has decided on it."),
        done=_("Taken back: %(record)s. It is a draft again."), own=True,
    )  # fmt: skip


ACTIONS = (
    Action("approve", _("Approve"), CHECKS, ("in_review",), _approve, (), _verb("approve"), "primary",
           done=_("Approved: %(record)s.")),
    Action("approve_and_publish", _("Approve and publish"), CHECKS, ("in_review",), _approve_and_publish, (),
           _verb("approve"), done=_("Approved and published: %(record)s.")),
    Action("give_back", _("Return to the clerk"), CHECKS, ("in_review",),
           lambda r, user, data: r.give_back(user, data["reason"]), ("reason",), _not_mine,
           done=_("Returned: %(record)s.")),
    Action("refuse", _("Refuse"), CHECKS, ("in_review",),
           lambda r, user, data: r.refuse(user, data["reason"], data["gate"]), ("gate", "reason"), _not_mine,
           "danger", _("It is never shown."), _("Refused: %(record)s.")),
    _take_back(),
    Action("publish", _("Publish"), PUBLISHES, ("approved",), lambda r, user, data: r.publish(user), (),
           _verb("publish"), "primary", done=_("Published: %(record)s.")),
    Action("reopen", _("Check again"), CHECKS, ("approved",),
           lambda r, user, data: r.reopen(user, data["reason"]), ("reason",)),
    Action("correct", _("Correct"), CLERK, ("published",), lambda r, user, data: r.correct(user), (),
           help=_("Makes a draft of the next version; this one stays public until that is applied.")),
    Action("event", _("Add what happened to the fine"), CLERK, ("published", "suspended", "approved"),
           _add_event,
           ("event", "event_on", "amount", "currency", "note", "address", "file", "title"),
           help=_("Counts and is shown once another person has confirmed it."),
           done=_("Added to %(record)s. Another person confirms it.")),
    Action("suspend", _("Hide for the time being"), "", ("published",), _suspend,
           ("hidden_because", "review_on", "reason", "address", "file", "title"), _may_hide, "danger",
           _("It disappears at once; a stub without a name stands in its place."), _("Hidden: %(record)s.")),
    Action("withdraw", _("Withdraw"), "", ("published", "suspended", "approved"), _withdraw,
           ("withdrawn_because", "caused_on", "reason", "address", "file", "title", "name_on_notice"),
           tone="danger",
           help=_("For good. A notice with number, authority, date and reason stands in its place."),
           done=_("Withdrawn: %(record)s.")),
    Action("resume", _("Propose to show it again"), ADJUDICATES, ("suspended",),
           lambda r, user, data: r.propose("resume", user, data["reason"]), ("reason",),
           _may_propose("resume"),
           done=_("Proposed for %(record)s. Another person decides.")),
    Action("repair", _("End its display early"), ADJUDICATES, ("published", "suspended"),
           lambda r, user, data: r.repair(user, data["reason"], tuple(data["conditions"])),
           ("conditions", "reason"), _verb("repair"), "danger"),
    Action("extend", _("Propose a later end"), ADJUDICATES, ("published", "suspended"),
           lambda r, user, data: r.propose(
               "extend", user, data["reason"], data["document"], data["hide_at"]),
           ("hide_on", "reason", "address", "file", "title"), _may_propose("extend"),
           done=_("Proposed for %(record)s. Another person decides.")),
    Action("seal", _("Propose to seal it"), PROTECTS, ("expired", "repaired", "withdrawn", "refused"),
           lambda r, user, data: r.propose("seal", user, data["reason"]), ("reason",), _may_propose("seal"),
           "danger", _("What it said is destroyed; its number and dates stay."),
           _("Proposed for %(record)s. Another person decides.")),
    Action("discard", _("Delete the draft"), CLERK, ("draft",), lambda r, user, data: r.discard(user), (),
           tone="danger", done=_("The draft is deleted."), own=True),
)  # fmt: skip

CORRECTION = (
    Action("apply", _("Approve the correction"), CHECKS, ("in_review",),
           lambda c, user, data: c.apply(user), (), lambda c, user: c.refusals("apply", user), "primary",
           done=_("The correction of %(record)s is public.")),
    Action("give_back", _("Return to the clerk"), CHECKS, ("in_review",),
           lambda c, user, data: c.give_back(user, data["reason"]), ("reason",),
           lambda c, user: c.refusals("give_back", user)),
    _take_back(),
    Action("drop", _("Drop the correction"), CHECKS, ("in_review",),
           lambda c, user, data: c.drop(user, data["reason"]), ("reason",), tone="danger"),
    Action("drop", _("Drop the correction"), CLERK, ("draft",), lambda c, user, data: c.drop(user), (),
           tone="danger", own=True),
)  # fmt: skip
"""What may be done with a correction that is being prepared."""

_ANY = {"suspend": (HIDES, ADJUDICATES, PROTECTS), "withdraw": (CHECKS, HIDES)}


def holds(user, authority, action: Action) -> bool:
    """Whether the person has the role of an action at the authority; the registrar of all may hide."""
    permissions = _ANY.get(action.key, (action.permission,))
    if user.is_superuser:
        return action.key == "suspend"
    held = access.reach(user, *permissions)
    also = action.key != "approve_and_publish" or access.reach(user, PUBLISHES).holds(authority)
    return held.holds(authority) and bool(also)


def holds_anywhere(user, action: Action) -> bool:
    """Whether the person has the role of an action at any of their authorities, so that lists offer it."""
    return any(holds(user, held.authority, action) for held in access.memberships(user))


def _may_take(record, user, action: Action) -> bool:
    return holds(user, record.authority, action) and (not action.own or record.entered_by_id == user.pk)


def is_too_late(record, user, action: Action) -> bool:
    """Whether the person could have taken the step before the record came to the state that it is in."""
    return record.state not in action.states and _may_take(record, user, action)


def offered(record, user, actions=ACTIONS) -> list[tuple[Action, list[str]]]:
    """The actions that exist for the record as it is and for this person, each with why it is shut."""
    found = []
    for action in actions:
        if record.state not in action.states or not _may_take(record, user, action):
            continue
        refusals = [str(words) for words in action.refusals(record, user)]
        if action.key == "approve_and_publish" and (refusals or record.verdict(user).held):
            continue
        found.append((action, refusals))
    return found


def may_decide(proposal, user) -> bool:
    """Whether the person is the second one for a proposal."""
    roles = (CHECKS, PROTECTS, ADJUDICATES, HIDES) if proposal.verb == "seal" else (CHECKS,)
    return (
        proposal.by_id != user.pk
        and access.reach(user, *roles).holds(proposal.penalty.authority)
        and (not user.is_superuser)
    )


def withdraw_by(penalty):
    """By when an annulled decision must be withdrawn; None where nothing says that it was annulled."""
    if penalty.state not in ("published", "suspended"):
        return None
    event = penalty.events.confirmed().filter(kind="annulled").order_by("on").first()
    if event is None:
        return None
    return ending.withdraw_by(penalty, event.on or event.recorded_at.date())


REASONS = {"hidden_because": states.SUSPENSION_REASONS, "withdrawn_because": states.WITHDRAWAL_REASONS}
