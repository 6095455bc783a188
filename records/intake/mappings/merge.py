"""Makes one decision of several records that have its number."""

from decimal import Decimal
from typing import NamedTuple

from records.intake.rows import EventRow, PenaltyRow

_JOINED = ("legal_basis", "facts")
_UNITED = ("violations", "violated", "applied", "identifiers")
_APART = {"where", "sanctions", "events", *_JOINED, *_UNITED}
_PART = {"paid": "paid_in_part", "annulled": "varied"}


class Conflict(NamedTuple):
    """Two records of one decision that cannot both be right: the later one, the field, and what to do."""

    place: int
    field: str
    value: str
    message: str


def merged(rows: list[PenaltyRow]) -> PenaltyRow | Conflict:
    """The decision of rows that have one number and are not repetitions of each other.

    What is said about the decision itself has to be the same. Each row brings its violations and sanctions;
    two rows with the same ones would count one sanction twice, so that they contradict each other.
    """
    first = rows[0]
    if len(rows) == 1:
        return first
    for place, row in enumerate(rows[1:], 1):
        for field in PenaltyRow._fields:
            if field not in _APART and getattr(row, field) != getattr(first, field):
                message = f"It differs from {first.where}, which has the same number. Correct one of the two."
                return Conflict(place, field, str(getattr(row, field)), message)
        for before in rows[:place]:
            if (row.violations, row.sanctions) == (before.violations, before.sanctions):
                message = (
                    f"It names the same violation and sanction as {before.where} and says something else"
                    " about them. Keep the line that is right."
                )
                return Conflict(place, "events", "", message)
    return first._replace(
        **{field: "; ".join(_distinct(getattr(row, field) for row in rows)) for field in _JOINED},
        **{field: _distinct(entry for row in rows for entry in getattr(row, field)) for field in _UNITED},
        sanctions=tuple(sanction for row in rows for sanction in row.sanctions),
        events=_events(rows),
    )


def _events(rows: list[PenaltyRow]) -> tuple[EventRow, ...]:
    """The events of all rows: once where all have one, with the sum of its amounts.

    Where only some have it, a payment is a payment in part, an annulment lowers the sum to that of the
    others, and anything else says in its note how many it concerns.
    """
    found = []
    for kind in _distinct(event.kind for row in rows for event in row.events):
        having = [(row, event) for row in rows for event in row.events if event.kind == kind]
        concerned = [row for row in rows if any(event.kind == kind for event in row.events)]
        event = having[0][1]
        if len({(one.on, one.note, one.document_url) for _row, one in having}) > 1:
            found += [one for _row, one in having]
            continue
        amounts = [one.amount for _row, one in having if one.amount]
        event = event._replace(amount=_sum(amounts))
        if len(concerned) < len(rows):
            others = [row for row in rows if row not in concerned]
            event = _partial(event, len(concerned), rows, others)
        found.append(event)
    return tuple(found)


def _partial(event: EventRow, count: int, rows: list[PenaltyRow], others: list[PenaltyRow]) -> EventRow:
    note = "; ".join(text for text in (event.note, f"{count} of {len(rows)} lines of the source") if text)
    event = event._replace(kind=_PART.get(event.kind, event.kind), note=note)
    if event.kind == "varied" and not event.amount:
        sanctions = [sanction for row in others for sanction in row.sanctions if sanction.amount]
        currency = sanctions[0].currency if sanctions else ""
        return event._replace(amount=_sum([one.amount for one in sanctions]), currency=currency)
    return event


def _sum(amounts: list[str]) -> str:
    return format(sum(map(Decimal, amounts), Decimal(0)), "f") if amounts else ""


def _distinct(entries) -> tuple:
    return tuple(dict.fromkeys(entry for entry in entries if entry))
