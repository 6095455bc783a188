"""Builds a rule set from the tables of its file."""

from __future__ import annotations

from collections.abc import Mapping

from records.publication.rules.ruleset import RuleSet
from records.publication.rules.strict import Reader
from records.publication.rules.vocabulary import (
    HARD,
    EarlyEnd,
    Embargo,
    Finality,
    Never,
    PeriodClass,
    Source,
)
from records.publication.strict import Words

# What is said of the reasons that hold everywhere, where a file has no words of its own for them.
HARD_WORDS = {
    "public_security": Words(
        en="Records of offences against public order are sealed and shown to nobody.",
        zh="治安违法记录依法封存,不向任何人提供或者公开。",
    ),
    "under_18": Words(
        en="Nothing is published about anybody under 18.",
        zh="未满十八周岁的人的记录不予公开。",
    ),
    "detention": Words(
        en="Decisions that detain a person are never published.",
        zh="行政拘留决定不予公开。",
    ),
}


def rule_set(reader: Reader, data: Mapping[str, object]) -> RuleSet:
    """The rule set of a parsed file; RuleError where a table does not fit its grammar."""
    table = reader.table(data, "rule")
    built = {
        "source": tuple(Source(**item) for item in table["source"]),
        "classes": {key: PeriodClass(key, **item) for key, item in table["classes"].items()},
        "needs": frozenset(table["needs"]),
        "labels": frozenset(table["labels"]),
        "embargo": Embargo(**table["embargo"]) if table["embargo"] else None,
        "finality": Finality(**table["finality"]) if table["finality"] else None,
        "never": with_hard(tuple(Never(**item) for item in table["never"])),
        "early_end": EarlyEnd(**table["early_end"]) if table["early_end"] else None,
        "file": str(reader.file),
    }
    return RuleSet(**(table | built))


def with_hard(never: tuple[Never, ...]) -> tuple[Never, ...]:
    """The reasons, and those that hold in every rule set and are not among them."""
    said = {reason.when for reason in never}
    return never + tuple(Never(when, HARD_WORDS[when]) for when in HARD if when not in said)
