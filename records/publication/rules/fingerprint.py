"""A fingerprint of what decides about publication, so that a rule in use cannot change unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from records.publication.rules.vocabulary import Period
from records.publication.strict import Words

if TYPE_CHECKING:
    from records.publication.rules.ruleset import RuleSet

# What tells of a rule, or where and when it stands, without deciding about a record.
TOLD = frozenset(
    (
        "key", "title", "summary", "jurisdiction", "source", "languages", "effective_from", "effective_until",
        "persons_rule", "file", "label", "words", "citation",
    )
)  # fmt: skip


def fingerprint(rule: RuleSet) -> str:
    """SHA-256, in hexadecimal, of the rule without its words, sources and dates in force."""
    text = json.dumps(_bare(rule), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _bare(part: object) -> object:
    """The part as plain JSON. What a file leaves out is left out, so that a new key changes no old rule."""
    if isinstance(part, Period):
        return str(part)
    if is_dataclass(part):
        part = {found.name: getattr(part, found.name) for found in fields(part) if found.name not in TOLD}
    if isinstance(part, Mapping):
        bare = {key: _bare(value) for key, value in part.items() if not isinstance(value, Words)}
        return {key: value for key, value in bare.items() if value not in (None, "", False, [])}
    if isinstance(part, frozenset):
        return sorted(part)
    if isinstance(part, tuple):
        return [_bare(item) for item in part]
    return part
