"""What happened to a decision, in the order of time: to the fine in the world, and to its page here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from records.penalties import ledger, words
from records.penalties.ledger import Balance
from records.publication.documents import Document


@dataclass(frozen=True)
class Moment:
    """One thing that happened. `on` is None where its date is not known; `after` says what was owed then.

    `kind` is the slug of the event, `waiting` whether a second person has yet to confirm it.
    """

    kind: str
    label: str
    explanation: str = ""
    on: date | None = None
    amount: str = ""
    note: str = ""
    after: str = ""
    document: Document | None = None
    waiting: bool = False


@dataclass(frozen=True)
class Step:
    """One thing that happened to the page: shown, corrected, hidden, shown again; nobody is named."""

    kind: str
    words: str
    at: datetime
    reason: str = ""


def entries(events: Iterable, first: ledger.Entry | None = None) -> list[ledger.Entry]:
    """What the ledger folds. `first`, the fine as the decision has it, stands in where no event says so."""
    found = [ledger.Entry(event.kind, event.on, event.amount) for event in events]
    return found if first is None or any(e.kind == "imposed" for e in found) else [first, *found]


def moments(events: Iterable, currency: str, decided_on: date | None, imposed=None) -> list[Moment]:
    """The events of a fine, oldest first, each with what was owed after it where that changed.

    The decision comes first; `imposed` is the sum of a draft, of which no event tells yet.
    """
    found, before, folded = [], None, []
    events = ledger.in_order(list(events))
    for event in events:
        kind = ledger.BY_SLUG[event.kind]
        folded.append(ledger.Entry(event.kind, event.on, event.amount))
        owed = ledger.fold(folded).owed
        changed = owed is not None and owed != before and not (kind.sets and owed == event.amount)
        found.append(
            Moment(
                kind.slug, str(kind.label), str(kind.explanation), event.on,
                words.money(event.amount, event.currency or currency), event.note,
                words.money(owed, currency) if changed else "",
                event.document, event.confirmed_at is None,
            )
        )  # fmt: skip
        before = owed
    if any(moment.kind == "imposed" for moment in found) or decided_on is None:
        return found
    label = pgettext("event", "Imposed") if imposed is not None else _("Decided")
    first = Moment("decided", label, _("The decision was made."), decided_on, words.money(imposed, currency))
    before_it = next((at for at, moment in enumerate(found) if moment.kind != "proposed"), len(found))
    return [*found[:before_it], first, *found[before_it:]]


def appeal(balance: Balance, events: Iterable, remedy_until: date | None, today: date) -> list[str]:
    """Whether the decision can still change, in a sentence or two."""
    latest = {}
    for event in ledger.in_order(list(events)):
        latest[event.kind] = event
    days = {kind: date_format(event.on) for kind, event in latest.items() if event.on}
    when = {kind: f" ({day})" for kind, day in days.items()}
    if balance.appeal == "open":
        since = _("It is under appeal.")
        if day := days.get("contested"):
            since = _("It has been under appeal since %(day)s.") % {"day": day}
        return [since, _("Until that is decided, the decision may still change.")]
    if balance.appeal == "withdrawn":
        return [_("An appeal was taken back%(when)s.") % {"when": when.get("contest_withdrawn", "")}]
    if balance.appeal == "decided":
        kind = next(k for k in reversed(latest) if ledger.BY_SLUG[k].appeal == "decided")
        said = {
            "upheld": _("It was contested, and left as it was%(when)s."),
            "varied": _("The amount was changed on appeal or review%(when)s."),
            "annulled": _("It was set aside%(when)s."),
        }[kind]
        return [said % {"when": when.get(kind, "")}]
    if remedy_until and remedy_until >= today:
        until = _("It can be contested until %(day)s.") % {"day": date_format(remedy_until)}
        return [_("No appeal is recorded."), until]
    if remedy_until:
        over = _("The time to contest it ended on %(day)s.") % {"day": date_format(remedy_until)}
        return [_("No appeal is recorded."), over]
    return [_("No appeal is recorded.")]


def history(penalty, changes: Iterable) -> list[Step]:
    """What happened to the page, oldest first; `changes` are those of the public list of corrections."""
    steps = []
    if penalty.published_at:
        steps.append(Step("published", _("First shown here"), penalty.published_at))
    for change in changes:
        if change.kind == "corrected":
            said = _("Corrected to version %(version)d") % {"version": change.version}
            steps.append(Step(change.kind, said, change.at, change.reason))
        elif change.kind in ("hidden", "shown_again"):
            said = _("Hidden for the time being") if change.kind == "hidden" else _("Shown again")
            steps.append(Step(change.kind, said, change.at))
    return sorted(steps, key=lambda step: step.at)
