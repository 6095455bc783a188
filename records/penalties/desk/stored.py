"""A stored sanction or event as its row of the form shows it, so that sending it back changes nothing."""

from decimal import Decimal

from records.penalties import words
from records.penalties.desk import typed
from records.penalties.happenings import PenaltyEvent
from records.penalties.parts import PenaltySanction


def plain(amount: Decimal | None) -> str:
    """An amount as it is typed: 12000 or 0.50."""
    if amount is None:
        return ""
    text = format(amount.normalize(), "f")
    return f"{amount:.2f}" if "." in text and len(text.partition(".")[2]) < 2 else text


def sanction_values(row: PenaltySanction, imported: bool) -> dict:
    """A sanction as its row of the form shows it. `imported`: its printed amount may be no readable one."""
    shown, printed = plain(row.amount), ""
    if row.amount_text and (row.amount is None or _reads_as(row.amount_text, row)):
        shown = row.amount_text
    if row.amount_text and (imported or row.amount is not None):
        printed = f"{plain(row.amount)}|{row.amount_text}"
    return {
        "kind": row.kind, "amount": shown, "currency": row.currency, "duration": _in_words(row.duration),
        "licence": row.licence, "text": row.text, "printed": printed,
    }  # fmt: skip


def _in_words(duration: str) -> str:
    """A duration in words where they can be read back, else as it is stored."""
    try:
        said = words.duration(duration)
        return said if typed.duration(said) == duration else duration
    except ValueError:
        return duration


def _reads_as(text: str, row: PenaltySanction) -> bool:
    try:
        money = typed.money(text, row.currency)
    except ValueError:
        return False
    return money is not None and (money.amount, money.currency) == (row.amount, row.currency)


def event_values(event: PenaltyEvent) -> dict:
    """An event as its row of the form shows it."""
    amount = f"{plain(event.amount)} {event.currency}" if event.amount is not None else ""
    return {"kind": event.kind, "on": event.on, "amount": amount, "note": event.note}
