"""Brings the kinds of event into the database, which folds the events of a fine by them; reads rule sets."""

from records.penalties import kinds
from records.penalties.happenings import LedgerRule
from records.penalties.ledger import EVENTS
from records.publication import rules


def sync(using: str = "default") -> None:
    """Make the database know every kind of event; one that is gone stays, because events may be of it.

    Raises RuleError where a rule set names a kind of sanction that does not exist: misspelt, it would be
    shut out of nothing.
    """
    for rule in rules.rule_sets():
        unknown = set(rule.early_end.excluded_kinds if rule.early_end else ()) - set(kinds.BY_SLUG)
        if unknown:
            raise rules.RuleError(
                rule.file, "early_end.excluded_kinds",
                f"{', '.join(sorted(unknown))} is no kind of sanction; known are {', '.join(kinds.BY_SLUG)}",
            )  # fmt: skip
    LedgerRule.objects.using(using).bulk_create(
        [
            LedgerRule(
                kind=e.slug, sets=e.sets, pays=e.pays, ends=e.ends, corrects=e.corrects, appeal=e.appeal,
                state=e.state,
            )
            for e in EVENTS
        ],
        update_conflicts=True, unique_fields=["kind"],
        update_fields=["sets", "pays", "ends", "corrects", "appeal", "state"],
    )  # fmt: skip
