"""The limits of every rule set as flat rows, for the tables and triggers of the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from records.publication.rules.load import rule_sets
from records.publication.rules.ruleset import RuleSet


class Bound(NamedTuple):
    """How long at most a version of a rule set shows a class: a flat row, for tables and triggers.

    `months` and `days` are counted from the day of `anchor`, and one of them is None. Both are when the class
    is never shown (`publish` is "no") or is shown as long as a restriction lasts.
    """

    key: str
    effective_from: date
    class_key: str
    months: int | None
    days: int | None
    anchor: str
    publish: str


def bounds(rules: Iterable[RuleSet] | None = None) -> tuple[Bound, ...]:
    """A row for every class of the rule sets, and for every seriousness that it covers; without any, of all.

    So a record finds its row by the word it holds, be that a seriousness or the key of a class.
    """
    rows = []
    for rule in rule_sets() if rules is None else rules:
        for name in rule.names:
            found = rule.class_of(name)
            most = (found.max.months, found.max.days) if found.max else (None, None)
            rows.append(Bound(rule.key, rule.effective_from, name, *most, rule.anchor, found.publish))
    return tuple(rows)
