"""Finds rule files, reads them and keeps them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from records.publication.rules import build
from records.publication.rules.check import check
from records.publication.rules.ruleset import RuleSet
from records.publication.rules.strict import Reader, RuleError

HERE = Path(__file__).parent
NEUTRAL = "neutral"


class UnknownRuleSet(KeyError):
    """No rule set of that key, or none in force that day; the message names those that exist."""

    def __str__(self) -> str:
        return str(self.args[0])


def read_file(path: Path) -> RuleSet:
    """The rule set of one TOML file. Raises RuleError naming the file and the key."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(path, "", f"cannot be read as TOML: {error}") from error
    languages = data.get("languages")
    if not (isinstance(languages, list) and languages and all(isinstance(item, str) for item in languages)):
        raise RuleError(path, "languages", 'must be a list such as ["en", "zh"]')
    return check(build.rule_set(Reader(path, tuple(languages)), data))


def read_folders(folders: Iterable[Path]) -> tuple[RuleSet, ...]:
    """Every file of the folders, ordered by key and first day; two versions of a key may not overlap."""
    found = []
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise RuleError(folder, "", "is not a folder; PLACARD_RULES_DIR must name a folder of TOML files")
        found += [read_file(path) for path in sorted(folder.glob("*.toml"))]
    found.sort(key=lambda rule: (rule.key, rule.effective_from))
    for before, after in pairwise(found):
        if before.key == after.key and before.in_force(after.effective_from):
            raise RuleError(
                after.file,
                "effective_from",
                f"{after} overlaps the version in {before.file}; give the older one an effective_until "
                "before that day",
            )
    return tuple(found)


def folders() -> tuple[Path, ...]:
    """The folder of this package, and the one that PLACARD_RULES_DIR names, where Django is set up."""
    from django.conf import settings

    extra = getattr(settings, "PLACARD_RULES_DIR", None) if settings.configured else None
    return (HERE, Path(extra)) if extra else (HERE,)


_loaded = cache(read_folders)


def rule_sets() -> tuple[RuleSet, ...]:
    """Every version of every set, ordered by key and first day."""
    return _loaded(folders())


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
