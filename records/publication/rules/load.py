"""Finds rule files, reads them and keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from records.publication.rules import build
from records.publication.rules.check import check
from records.publication.rules.ruleset import RuleSet
from records.publication.rules.strict import Reader, RuleError
from records.publication.strict import folders_of, read_toml, toml_files, versions_in_order

HERE = Path(__file__).parent
SETTING = "PLACARD_RULES_DIR"
NEUTRAL = "neutral"


class UnknownRuleSet(KeyError):
    """No rule set of that key, or none in force that day; the message names those that exist."""

    def __str__(self) -> str:
        return str(self.args[0])


def read_file(path: Path) -> RuleSet:
    """The rule set of one TOML file. Raises RuleError naming the file and the key."""
    data = read_toml(path, RuleError)
    return check(build.rule_set(Reader.of(path, data), data))


def read_folders(folders: Iterable[Path]) -> tuple[RuleSet, ...]:
    """Every file of the folders, ordered by key and first day; two versions of a key may not overlap."""
    return versions_in_order(map(read_file, toml_files(folders, SETTING, RuleError)), RuleError)


_loaded = cache(read_folders)


def rule_sets() -> tuple[RuleSet, ...]:
    """Every version of every set, ordered by key and first day."""
    return _loaded(folders_of(HERE, SETTING))


def get(key: str, on: date | None = None) -> RuleSet:
    """The version in force on a day, or the latest. Raises UnknownRuleSet (a KeyError) naming known keys."""
    versions = _versions(key)
    if on is None:
        return versions[-1]
    for rule in versions:
        if rule.in_force(on):
            return rule
    known = ", ".join(f"{rule.version} to {rule.effective_until or 'today'}" for rule in versions)
    raise UnknownRuleSet(f"no version of {key} is in force on {on}; its versions are {known}")


def governing(keys: Sequence[str], on: date) -> tuple[RuleSet, ...]:
    """The versions of the keys that are in force on a day, in the order of the keys; `neutral` without keys.

    A key without a version in force that day contributes none, so that successive rule sets can be named
    side by side. The result may be empty: then no rule allows publication. Raises UnknownRuleSet.
    """
    found = (rule for key in dict.fromkeys(keys or (NEUTRAL,)) for rule in _versions(key))
    return tuple(rule for rule in found if rule.in_force(on))


def _versions(key: str) -> list[RuleSet]:
    versions = [rule for rule in rule_sets() if rule.key == key]
    if not versions:
        known = ", ".join(sorted({rule.key for rule in rule_sets()}))
        raise UnknownRuleSet(f"there is no rule set {key!r}; known are {known}")
    return versions
