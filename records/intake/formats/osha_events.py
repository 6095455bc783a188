"""What OSHA's table of violation events says about the life of a penalty."""

from collections.abc import Iterable

from records.intake.amounts import amount, places
from records.intake.dates import compact_date
from records.intake.rows import EventRow

USD = "USD"

# Codes of the data dictionary: kind of event where the sum stays, and the words for a note.
_SETTLED = {"I": "Informal settlement", "F": "Formal settlement", "L": "State settlement"}
_DECIDED = {
    "J": "Decision of an administrative law judge",
    "R": "Decision of the Review Commission",
    "Y": "Decision of a state body",
    "1": "Decision of a state lower court",
    "2": "Decision of a court of appeals",
    "3": "Decision of the Supreme Court",
}
PETITION = "P"
"""A petition to modify the day of abatement, which is no event of a fine."""

KNOWN = {"Z", "A", "W", "D", PETITION, *_SETTLED, *_DECIDED}

UNDATED = "The source gives the current penalty without the day on which it was changed."


def dollars(raw: str) -> str:
    """A penalty of the tables with two decimals; '' stays ''; a ValueError where it is none."""
    return places(amount(raw), 2)


def life(
    issued: str, initial: str, current: str, contested: str, history: Iterable[dict[str, str]]
) -> tuple[EventRow, ...]:
    """The events of one penalty in order: from its history, or from its first and its current sum.

    All arguments are clean; each entry of the history has hist_event, hist_date and hist_penalty as printed.
    Raises ValueError for a date or an amount that is none.
    """
    dated: list[tuple[str, EventRow]] = []
    before = initial
    entries = [
        (one["hist_event"].strip().upper(), compact_date(one["hist_date"]), dollars(one["hist_penalty"]))
        for one in history
    ]
    if initial and not any(code == "Z" for code, _, _ in entries):
        dated.append((issued, EventRow("imposed", issued, initial, USD)))
    for code, on, sum_now in sorted(entries, key=lambda entry: entry[1] or "9999"):
        for event in _events(code, on, sum_now, before):
            dated.append((on or "9999", event))
            before = event.amount or before
    if contested:
        dated.append((contested, EventRow("contested", contested)))
    events = [event for _, event in sorted(dated, key=lambda pair: pair[0])]
    if current and current != before:
        events.append(EventRow("varied", "", current, USD, UNDATED))
    return tuple(events)


def _events(code: str, on: str, sum_now: str, before: str) -> list[EventRow]:
    changed = bool(sum_now) and sum_now != before
    if code == "Z":
        return [EventRow("imposed", on, sum_now, USD if sum_now else "")]
    if code in _SETTLED:
        varied = [EventRow("varied", on, sum_now, USD, _SETTLED[code])] if changed else []
        return [*varied, EventRow("settled", on, note=_SETTLED[code])]
    if code in _DECIDED:
        if changed:
            return [EventRow("varied", on, sum_now, USD, _DECIDED[code])]
        return [EventRow("upheld", on, note=_DECIDED[code])]
    if code == "A":
        note = "Amendment" if changed else "Amendment; the penalty stays"
        return [EventRow("varied", on, sum_now, USD if sum_now else "", note)]
    if code == "W":
        return [EventRow("contest_withdrawn", on, note="The employer withdrew its notice of contest")]
    if code == "D":
        return [EventRow("annulled", on, note="Dismissed by the government")]
    return []
