"""Which facts the rule sets of an authority ask for, so that a form asks for these and for no others."""

from dataclasses import dataclass

from records.penalties import kinds
from records.publication import rules

ALWAYS = ("served_on", "notice_served_on", "secrecy")


@dataclass(frozen=True)
class Asked:
    """What decides about publication under the rule sets that are in force: `fields` are names of the form.

    `classes` are pairs of class and label, those that every set knows first, then those of one set alone.
    """

    fields: frozenset[str]
    classes: tuple[tuple[str, str], ...]

    def __contains__(self, name: str) -> bool:
        return name in self.fields


def of(authority) -> Asked:
    """What the rule sets of an authority ask for today."""
    held = rules.governing(tuple(authority.rule_sets) or ("neutral",), authority.today())
    fields = set(ALWAYS)
    for rule in held:
        fields |= set(_of_rule(rule))
    own = {key: found.label() for rule in held for key, found in rule.classes.items()}
    named = {name for rule in held for name in rule.names}
    usual = [pair for pair in kinds.seriousness_classes() if pair[0] in named]
    known = {name for name, _label in usual}
    extra = [(key, label) for key, label in own.items() if key in named - known and not _covers(held, key)]
    return Asked(frozenset(fields), (*usual, *extra))


def _of_rule(rule):
    if rule.anchor == "conduct_ended":
        yield "conduct_ended_on"
    if rule.anchor == "found":
        yield "found_on"
    if rule.finality or "final" in rule.needs:
        yield "final_on"
    if any(found.until for found in rule.classes.values()):
        yield "restricted_until"
    if any(never.when == "harm_removed" for never in rule.never):
        yield "harm_removed"
    if any(found.publish == "only_if_necessary" for found in rule.classes.values()):
        yield "necessity_note"
    if rule.persons == "named":
        yield from ("person_rule", "proportionality_note")


def _covers(held, key: str) -> bool:
    """Whether a class only stands for usual ones, such as a default for all."""
    return any(key in rule.classes and rule.classes[key].covers for rule in held)
