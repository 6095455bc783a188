"""A fingerprint of what decides a grade, so that a rule in use cannot change unnoticed; its words may."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from records.publication.strict import Words
from records.ratings.schemes.vocabulary import Component, plain

if TYPE_CHECKING:
    from records.ratings.schemes.scheme import Scheme

# parts of a component that say how it is shown or entered, not what it allows
SHOWN = ("words", "direction", "derive")


def fingerprint(scheme: Scheme) -> str:
    """SHA-256, in hexadecimal, of components, measures, checks, steps and the keys of values and statuses.

    Labels, explanations, time limits and the way the rule is compiled to SQL are not part of it.
    """
    decides = {
        "components": scheme.components,
        "measures": scheme.measures,
        "checks": scheme.checks,
        "steps": scheme.steps,
        "values": [value.key for value in scheme.values],
        "statuses": sorted(status.key for status in scheme.statuses),
    }
    text = json.dumps(_bare(decides), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _bare(part: object) -> object:
    """The part as plain JSON, without words, blanks and defaults."""
    if is_dataclass(part):
        skipped = SHOWN if isinstance(part, Component) else ()
        found = {field.name: getattr(part, field.name) for field in fields(part) if field.name not in skipped}
        return _bare({key: value for key, value in found.items() if not isinstance(value, Words)})
    if isinstance(part, dict):
        return {key: _bare(value) for key, value in part.items() if value is not None and value is not False}
    if isinstance(part, (list, tuple)):
        return [_bare(item) for item in part]
    return part if isinstance(part, (str, bool)) else plain(part)
