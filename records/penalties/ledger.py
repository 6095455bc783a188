"""The life of a fine as a list of events: what each is called, what it does to the sum that is owed.

The database folds the events of a record into its columns `imposed`, `owed` and `fine_state` whenever one is
added (`records/migrations`, records_ledger); `fold` here is the same in Python, for previews and for tests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class EventKind:
    """One kind of event: words for the timeline, whether an amount belongs to it, and the state it leads to.

    `sets`: the amount replaces the sum that was decided; `pays`: it lessens what is owed; `ends`: nothing is
    owed any more; `corrects`: the amount stands for the one that the register had by mistake, and only the
    correction of a decision tells it; `appeal` what becomes of the appeal: open, decided, withdrawn or ""
    (nothing).
    """

    slug: str
    label: str
    explanation: str
    amount: bool = False
    sets: bool = False
    pays: bool = False
    ends: bool = False
    corrects: bool = False
    appeal: str = ""
    state: str = ""


EVENTS = (
    EventKind("proposed", _("Proposed"), _("The authority said what it meant to impose."), amount=True,
              state="proposed"),
    EventKind("imposed", pgettext_lazy("event", "Imposed"), _("The decision was made."), amount=True,
              sets=True, state="imposed"),
    EventKind("contested", _("Contested"), _("The respondent asked for a review or went to court."),
              appeal="open", state="contested"),
    EventKind("contest_withdrawn", _("Appeal withdrawn"), _("The respondent took the appeal back."),
              appeal="withdrawn", state="imposed"),
    EventKind("upheld", _("Upheld"), _("The review or the court left the decision as it was."),
              appeal="decided", state="imposed"),
    EventKind("varied", _("Changed on appeal or review"), _("The amount was changed after the decision."),
              amount=True, sets=True, appeal="decided", state="varied"),
    EventKind("annulled", _("Annulled"), _("The decision was set aside."), ends=True, appeal="decided",
              state="annulled"),
    EventKind("stayed", _("Enforcement stayed"), _("The decision is not enforced for the time being."),
              state="stayed"),
    EventKind("stay_lifted", _("Stay lifted"), _("The decision may be enforced again."), state="imposed"),
    EventKind("due", _("Due"), _("The day by which the sum was to be paid."), amount=True),
    EventKind("settled", _("Settled"), _("The respondent and the authority agreed on how to pay.")),
    EventKind("lien", _("Lien issued"), _("The claim was secured on property.")),
    EventKind("paid_in_part", _("Paid in part"), _("A part of the sum was paid."), amount=True, pays=True,
              state="paid_in_part"),
    EventKind("paid", _("Paid"), _("The sum was paid in full."), amount=True, ends=True, state="paid"),
    EventKind("written_off", _("Written off"), _("What remained is no longer claimed."), amount=True,
              ends=True, state="written_off"),
    EventKind("corrected", _("Amount corrected"),
              _("The register had another amount than the decision. The decision itself was not changed."),
              amount=True, corrects=True),
)  # fmt: skip

BY_SLUG = {event.slug: event for event in EVENTS}


def choices():
    """Pairs of slug and label, for columns."""
    return [(event.slug, event.label) for event in EVENTS]


def told():
    """Those that a person or a file can tell; a mistake of the register is corrected in the decision."""
    return [(event.slug, event.label) for event in EVENTS if not event.corrects]


def fine_states():
    """Pairs of the state of a fine and its label, in the order of a fine's life."""
    return [
        ("proposed", _("proposed")),
        ("imposed", _("imposed, not paid")),
        ("contested", _("under appeal")),
        ("varied", _("changed on appeal")),
        ("stayed", _("stayed")),
        ("paid_in_part", _("paid in part")),
        ("paid", _("paid")),
        ("written_off", _("written off")),
        ("annulled", _("annulled")),
    ]


@dataclass(frozen=True)
class Entry:
    """One event as far as sums are concerned. Events without a date come where they were recorded."""

    kind: str
    on: date | None = None
    amount: Decimal | None = None


@dataclass(frozen=True)
class Balance:
    """What was first imposed, what is owed now, where the fine stands, and the appeal.

    None: no amount is known. `appeal` is "", open, decided or withdrawn.
    """

    imposed: Decimal | None = None
    owed: Decimal | None = None
    state: str = ""
    appeal: str = ""


def in_order(events: Iterable) -> list:
    """Events by date; one without a date comes behind all that were recorded before it."""
    ordered, latest = [], date.min
    for place, event in enumerate(events):
        latest = max(latest, event.on or latest)
        ordered.append((event.on or latest, place, event))
    return [event for _day, _place, event in sorted(ordered, key=lambda item: item[:2])]


def fold(events: Iterable[Entry]) -> Balance:
    """The balance after all events. A payment is kept when the sum is changed later; nothing is refunded.

    A corrected amount stands for the first that was imposed, whatever happened since.
    """
    imposed = decided = corrected = None
    paid, ended, state, appeal, sums = Decimal(0), False, "", "", 0
    for event in in_order(events):
        kind = BY_SLUG[event.kind]
        if kind.sets:
            decided, ended, sums = event.amount, False, sums + 1
            imposed = event.amount if imposed is None else imposed
        if kind.corrects:
            corrected = corrected if event.amount is None else event.amount
        if kind.pays:
            paid += event.amount or 0
        ended = ended or kind.ends
        state, appeal = kind.state or state, kind.appeal or appeal
    if sums and corrected is not None:
        imposed, decided = corrected, corrected if sums == 1 else decided
    if decided is None:
        owed = Decimal(0) if ended and imposed is not None else None
    else:
        owed = Decimal(0) if ended else max(decided - paid, Decimal(0))
    return Balance(imposed, owed, state, appeal)
