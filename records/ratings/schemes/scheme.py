"""One version of a rating scheme, as its TOML file describes it, and what can be asked of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from records.publication.strict import Words
from records.ratings.schemes import engine, history, reading
from records.ratings.schemes.engine import Outcome
from records.ratings.schemes.fingerprint import fingerprint
from records.ratings.schemes.rule import Check, Measure, Step
from records.ratings.schemes.vocabulary import (
    Appeal,
    Card,
    Component,
    Display,
    Revisit,
    Scope,
    Source,
    Status,
    Validity,
    Value,
    Variant,
    add,
)


@dataclass(frozen=True, eq=False)
class Scheme:
    """A scheme version. Texts are called with a language: `scheme.title("cy")`.

    `values` and `components` are ordered: the best value first, components as an inspector writes them.
    `carried_over_from` is the oldest inspection that the register took over from the time before the scheme.
    """

    key: str
    domain: str
    jurisdiction: str
    family: str
    direction: str
    languages: tuple[str, ...]
    effective_from: date
    effective_until: date | None
    carried_over_from: date | None
    title: Words
    summary: Words
    method: Words
    source: tuple[Source, ...]
    scope: Scope
    validity: Validity
    revisits: tuple[Revisit, ...]
    components: tuple[Component, ...]
    measures: tuple[Measure, ...]
    checks: tuple[Check, ...]
    steps: tuple[Step, ...]
    values: tuple[Value, ...]
    statuses: tuple[Status, ...]
    cards: tuple[Card, ...]
    variants: tuple[Variant, ...]
    published_words: Mapping[str, str]
    default: Variant
    file: str

    def __repr__(self) -> str:
        return f"<Scheme {self.key} {self.version}>"

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def version(self) -> str:
        """The name of this version: its first day, as ISO text."""
        return self.effective_from.isoformat()

    @property
    def rule(self) -> Words:
        """How the grade is made, in plain words."""
        return self.method

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what decides a grade: it changes with the rule, not with labels or the compiler."""
        return fingerprint(self)

    def in_force(self, on: date) -> bool:
        """Whether an inspection of that day is graded by this version."""
        start = self.carried_over_from or self.effective_from
        return start <= on and (self.effective_until is None or on <= self.effective_until)

    # -- grading

    def grade(self, inputs: Mapping[str, object], language: str | None = None) -> Outcome:
        """Grade typed inputs (numbers, booleans, strings, lists by component key); raises InputError."""
        return engine.grade(self, inputs, language)

    def read(self, texts: Mapping[str, str]) -> dict[str, object]:
        """Typed inputs, fit for JSON, from the texts of a file or form; blank optional ones are left out.

        Raises InputError for a text that is not of the component's kind.
        """
        return reading.read(self.components, texts)

    def derive(
        self, visits: Iterable[history.Visit], on: date, opened_on: date | None = None
    ) -> dict[str, object]:
        """The components about the past (`derive` in the file), computed from dated visits up to `on`."""
        return history.derive(self, visits, on, opened_on)

    def from_source(self, raw: str) -> tuple[Literal["value", "status"], str]:
        """The value or status behind a published word ("AwaitingInspection"); keys are understood as well.

        Blanks around the word and upper or lower case do not matter. Raises LookupError for any other word.
        """
        key = self._published.get(fold(raw))
        if key is None:
            raise LookupError(
                f"{self.key} has no rating called {raw!r}; known are {', '.join(self.published_words)}"
            )
        return ("value" if key in self.value_keys else "status", key)

    @cached_property
    def _published(self) -> dict[str, str]:
        own = {fold(entry.key): entry.key for entry in (*self.values, *self.statuses)}
        return own | {fold(word): key for word, key in self.published_words.items()}

    # -- looking things up

    @cached_property
    def _entries(self) -> dict[str, Value | Status]:
        return {entry.key: entry for entry in (*self.values, *self.statuses)}

    @cached_property
    def _values(self) -> dict[str, Value]:
        return {value.key: value for value in self.values}

    @cached_property
    def _components(self) -> dict[str, Component]:
        return {component.key: component for component in self.components}

    @cached_property
    def value_keys(self) -> frozenset[str]:
        return frozenset(value.key for value in self.values)

    def entry(self, key: str) -> Value | Status:
        """The value or status with that key; KeyError when there is none."""
        return self._entries[key]

    def value(self, key: str) -> Value:
        """The value with that key; KeyError when there is none."""
        return self._values[key]

    def status(self, key: str) -> Status:
        """The status with that key; KeyError when there is none."""
        return {status.key: status for status in self.statuses}[key]

    def component(self, key: str) -> Component:
        """The component with that key; KeyError when there is none."""
        return self._components[key]

    def card(self, key: str) -> Card:
        """The card with that key; a value without a card of its own is its own card."""
        for card in self.cards:
            if card.key == key:
                return card
        value = self.value(key)
        return Card(value.key, value.label, value.explain)

    def blamed(self, name: str) -> Component:
        """The component that is missing when the component or measure of that name is empty."""
        measure = next((measure for measure in self.measures if measure.key == name), None)
        return self.component(measure.of[-1] if measure else name)

    # -- time limits; they may differ by jurisdiction ("wales")

    def variant(self, jurisdiction: str | None) -> Variant:
        """The variant of a jurisdiction, or the scheme's own limits where it has none for it."""
        return next((variant for variant in self.variants if variant.key == jurisdiction), self.default)

    def appeal(self, jurisdiction: str | None = None) -> Appeal | None:
        """How a rating may be contested, or None when the file states no rule."""
        return self.variant(jurisdiction).appeal or self.default.appeal

    def notify_days(self, jurisdiction: str | None = None) -> int | None:
        """In how many days the business must be told its rating, or None when the file states no rule."""
        days = self.variant(jurisdiction).notify_days
        return self.default.notify_days if days is None else days

    def display(self, jurisdiction: str | None = None) -> Display | None:
        """Whether and where the card must hang, or None when the file states no rule."""
        return self.variant(jurisdiction).display or self.default.display

    def revisit(self, outcome: str | None) -> Revisit | None:
        """The interval to the next inspection after a value or status, or None when the rule states none."""
        fitting = [revisit for revisit in self.revisits if outcome in revisit.after or not revisit.after]
        return min(fitting, key=lambda revisit: not revisit.after, default=None)

    def due_on(self, outcome: str | None, inspected_on: date) -> date | None:
        """The last day for the next inspection, then it is overdue; None where no interval is stated."""
        revisit = self.revisit(outcome)
        return add(inspected_on, revisit.latest) if revisit else None


def fold(word: str) -> str:
    """A published word without the differences that mean nothing: case and runs of blanks."""
    return re.sub(r"\s+", " ", word).strip().casefold()
