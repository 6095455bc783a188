"""Inspection policies: how often a class of businesses is visited. A class allocates inspectors; it is no
rating."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from records.publication.strict import Words
from records.ratings.schemes.strict import Reader
from records.ratings.schemes.vocabulary import Source


@dataclass(frozen=True)
class RiskClass:
    """How many visits a year a class gets; `visits_at_most` None means that no upper number is stated."""

    key: str
    label: Words
    visits_at_least: int
    visits_at_most: int | None


class NotARating(TypeError):
    """Raised when somebody asks an inspection policy for a grade."""


@dataclass(frozen=True, eq=False)
class Policy:
    """A table of risk classes. Nothing here may be published or shown as a rating."""

    key: str
    domain: str
    jurisdiction: str
    effective_from: date
    effective_until: date | None
    title: Words
    summary: Words
    source: tuple[Source, ...]
    classes: tuple[RiskClass, ...]
    file: str

    def visits_per_year(self, key: str) -> RiskClass:
        """The visits that a class gets; KeyError for a class that does not exist."""
        return {item.key: item for item in self.classes}[key]

    def grade(self, inputs: Mapping[str, object], language: str | None = None):
        """Always raises NotARating."""
        raise NotARating(f"{self.key} plans inspections: a risk class is not a rating and is never published")


def policy(reader: Reader, data: Mapping[str, object]) -> Policy:
    """The policy of a parsed file; SchemeError where a table does not fit its grammar."""
    table = reader.table(data, "policy")
    head = ("key", "domain", "jurisdiction", "effective_from", "effective_until", "title", "summary")
    return Policy(
        **{key: table[key] for key in head},
        source=tuple(
            Source(**{key: value for key, value in source.items() if value is not None})
            for source in table["source"]
        ),
        classes=tuple(RiskClass(key, **item) for key, item in table["policy"].items()),
        file=str(reader.file),
    )
