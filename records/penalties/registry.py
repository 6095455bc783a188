"""Brings the kinds of event into the database, which folds the events of a fine by them."""

from records.penalties.happenings import LedgerRule
from records.penalties.ledger import EVENTS


def sync(using: str = "default") -> None:
    """Make the database know every kind of event; one that is gone stays, because events may be of it."""
    LedgerRule.objects.using(using).bulk_create(
        [
            LedgerRule(kind=e.slug, sets=e.sets, pays=e.pays, ends=e.ends, appeal=e.appeal, state=e.state)
            for e in EVENTS
        ],
        update_conflicts=True, unique_fields=["kind"],
        update_fields=["sets", "pays", "ends", "appeal", "state"],
    )  # fmt: skip
