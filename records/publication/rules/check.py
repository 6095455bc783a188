"""Checks that a rule set is sound as a whole: what it shows has an end, and every seriousness has a class."""

from __future__ import annotations

from records.publication.rules.ruleset import RuleSet
from records.publication.rules.strict import RuleError
from records.publication.rules.vocabulary import HARD, SERIOUSNESS, Period, PeriodClass

# The fewest and the most days that a number of months can have, beyond what a month's end adds.
SHORTEST_MONTH, LONGEST_MONTH = 28, 31


def check(rule: RuleSet) -> RuleSet:
    """The rule set, if it is sound; raises RuleError naming the file and the key."""
    for test in (_dates, _classes, _coverage, _needs, _never, _persons):
        for where, message in test(rule):
            raise RuleError(rule.file, where, message)
    return rule


def _dates(rule):
    if rule.effective_until and rule.effective_until < rule.effective_from:
        yield "effective_until", "is before effective_from"
    if rule.holiday_extension:
        yield (
            "holiday_extension",
            "must be false: moving the last day over a holiday would show a decision for longer",
        )
    if not rule.source:
        yield "source", "is empty; say where the rule is written"


def _classes(rule):
    for found in rule.classes.values():
        for key, message in _class(rule, found):
            yield f"classes.{found.key}.{key}", message


def _class(rule: RuleSet, found: PeriodClass):
    shown = found.publish != "no"
    if shown and not found.max and not found.until:
        yield "max", "is missing; nothing is shown without an end"
    if found.until and found.max:
        yield "max", "cannot stand beside until; the restriction is what ends the display"
    if not shown and (found.min or found.max or found.until):
        yield "publish", "is no, so there is no min, max or until"
    if found.min and not found.max:
        yield "min", "needs a max"
    if found.min and found.max and not _fits(found.min, found.max):
        yield "min", f"{found.min} may end after max, {found.max}"
    if found.min and not rule.early_end:
        yield "min", "is the time before an early end, and there is no table early_end"


def _fits(least: Period, most: Period) -> bool:
    """Whether `least` ends no later than `most` from whatever day both are counted."""
    if least.days is None and most.days is None:
        return least.months <= most.months
    longest = least.days if least.days is not None else least.months * LONGEST_MONTH
    shortest = most.days if most.days is not None else most.months * SHORTEST_MONTH
    return longest <= shortest


def _coverage(rule):
    taken = {}
    for found in rule.classes.values():
        for name in {found.key, *found.covers}:
            if name in taken:
                yield f"classes.{found.key}.covers", f"{name} is already in the class {taken[name]}"
            taken[name] = found.key
    for name in SERIOUSNESS:
        if name not in taken:
            yield "classes", f"{name} is in no class; name it in the covers of one"


def _needs(rule):
    if ("final" in rule.needs) != bool(rule.finality):
        yield "needs", "final and the table finality go together"
    if ("necessity_for_minor" in rule.needs) != _only_if_necessary(rule):
        yield "needs", "necessity_for_minor and a class with publish = only_if_necessary go together"


def _only_if_necessary(rule: RuleSet) -> bool:
    return any(found.publish == "only_if_necessary" for found in rule.classes.values())


def _never(rule):
    seen = set()
    for at, reason in enumerate(rule.never, 1):
        if reason.when in seen:
            yield f"never[{at}].when", f"{reason.when} is named twice"
        seen.add(reason.when)
        if reason.unless_necessary and reason.when in HARD:
            yield f"never[{at}].unless_necessary", f"must be false: nothing overcomes {reason.when}"
        if reason.unless_necessary and not _only_if_necessary(rule):
            yield f"never[{at}].unless_necessary", "needs a class with publish = only_if_necessary"


def _persons(rule):
    if rule.persons == "named" and not rule.persons_rule:
        yield "persons_rule", "is missing; people are named only where a written rule says so"
