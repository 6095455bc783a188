"""One dated version of a rule set, as its file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from records.publication.calendars import Calendar
from records.publication.rules.fingerprint import fingerprint
from records.publication.rules.vocabulary import (
    SERIOUSNESS,
    EarlyEnd,
    Embargo,
    Finality,
    Never,
    PeriodClass,
    Source,
)
from records.publication.strict import Words

# Kinds of respondent that are no person: their names are public with the decision.
BODIES = ("organisation", "public_body")


class UnknownClass(KeyError):
    """A seriousness or class that a rule set does not have; the message names those it has."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class RuleSet:
    """A version of the rules by which decisions are shown: what is shown, from when, for how long.

    `anchor` is the day from which a display is counted (ANCHORS), `zone` the time zone of its days ("" is the
    authority's), `classes` maps keys to classes, `persons` says whether people may be named (PERSONS) and
    `persons_rule` where that is written, `needs` and `labels` hold what must be there and what must be said
    (NEEDS, LABELS), `withdraw_within` is in working days. `never` always holds the HARD reasons.
    """

    key: str
    title: Words
    summary: Words
    jurisdiction: str
    source: tuple[Source, ...]
    effective_from: date
    effective_until: date | None
    languages: tuple[str, ...]
    anchor: str
    zone: str
    holiday_extension: bool
    classes: Mapping[str, PeriodClass] = field(hash=False)
    combine: str
    overlap: str
    persons: str
    persons_rule: str
    needs: frozenset[str]
    labels: frozenset[str]
    embargo: Embargo | None
    finality: Finality | None
    never: tuple[Never, ...]
    early_end: EarlyEnd | None
    withdraw_within: int
    file: str = field(default="", compare=False)

    def __str__(self):
        return f"{self.key} {self.version}"

    @property
    def version(self) -> str:
        """The first day in force, which names the version: 2026-04-01."""
        return self.effective_from.isoformat()

    def title_in(self, language: str = "en") -> str:
        """The title in a language, or in the first of the file's."""
        return self.title(language)

    def in_force(self, on: date) -> bool:
        """Whether the version applies on that day."""
        return self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every seriousness and class that `class_of` knows; seriousness first, the least first."""
        covered = {name for found in self.classes.values() for name in (found.key, *found.covers)}
        return (
            *(name for name in SERIOUSNESS if name in covered),
            *(key for key in self.classes if key not in SERIOUSNESS),
        )

    def class_of(self, seriousness: str) -> PeriodClass:
        """The class of that key, or the one that covers the seriousness. Raises UnknownClass."""
        if seriousness in self.classes:
            return self.classes[seriousness]
        for found in self.classes.values():
            if seriousness in found.covers:
                return found
        raise UnknownClass(f"{self.key} has no class {seriousness!r}; known are {', '.join(self.names)}")

    def naming(self, respondent: str) -> str:
        """Whether a respondent of that kind is shown: "named", "premises_only" or "never".

        Organisations and public bodies are named. People are not unless a written rule says so; a sole
        trader's trade name and premises may be shown without the person's name (premises_only).
        """
        if respondent in BODIES or self.persons == "named":
            return "named"
        return self.persons if respondent == "sole_trader" else "never"

    def withdraw_by(self, told_on: date, calendar: Calendar) -> date:
        """The last day to withdraw a decision of whose end the authority was told on `told_on`."""
        return calendar.add(told_on, self.withdraw_within)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what decides about publication; its words and its dates in force are not part of it."""
        return fingerprint(self)
