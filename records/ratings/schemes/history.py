"""Computes the components about an establishment's past from its dated visits.

A component of a scheme may carry `derive`, a list or a duration:

    { list = "worst", last = 4 }             the last four visits' "worst" (a component or measure)
    { list = "scores", months = 12 }         the "scores" of all visits of the twelve months before
    { since = { worst = { at_least = 2 } }, unit = "months" }   full months since the last visit like that
    { since = {...}, or_opening = true, unit = "years" }        or since the opening when there was none
    { opening = true, unit = "months" }      full months since the opening or licence

What cannot be known from visits (a food poisoning outbreak, say) has no `derive` and is entered by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from records.ratings.schemes import engine
from records.ratings.schemes.vocabulary import Component, add_months

if TYPE_CHECKING:
    from records.ratings.schemes.scheme import Scheme


class Visit(NamedTuple):
    """An inspection of the past: its day and its typed inputs (those about the past may be absent)."""

    on: date
    inputs: Mapping[str, object]


def derive(
    scheme: Scheme, visits: Iterable[Visit], on: date, opened_on: date | None = None
) -> dict[str, object]:
    """Components about the past on day `on`, by key; those without enough history are left out.

    Visits after `on` are ignored; the visit being graded counts when it is among them. Lists are newest
    first. Durations are full units (2 for 2 years and 11 months), in decimal components with the started
    part (2.917), so that "more than three years" begins on the day after. Raises InputError for a visit with
    a value not allowed.
    """
    past = sorted((visit for visit in visits if visit.on <= on), key=lambda visit: visit.on, reverse=True)
    facts = [(visit.on, _facts(scheme, visit)) for visit in past]
    found = {}
    for component in scheme.components:
        if component.derive:
            value = _derived(component, facts, on, opened_on)
            if value is not None:
                found[component.key] = value
    return found


def _facts(scheme: Scheme, visit: Visit) -> dict[str, object]:
    present = tuple(
        component for component in scheme.components if visit.inputs.get(component.key) is not None
    )
    facts = dict.fromkeys((component.key for component in scheme.components), None)
    facts |= engine.clean(present, visit.inputs)
    for measure in scheme.measures:
        facts[measure.key] = engine.measured(measure, facts)
    return facts


def _derived(component: Component, facts: list[tuple[date, dict]], on: date, opened_on: date | None):
    rule = component.derive
    if "list" in rule:
        after = add_months(on, -rule["months"]) if "months" in rule else date.min
        name = rule["list"]
        found = [fact[name] for day, fact in facts if day > after and fact[name] is not None]
        numbers = [number for item in found for number in (item if isinstance(item, tuple) else (item,))]
        return [_json(number) for number in numbers[: rule.get("last")]] or None
    start = None
    if "since" in rule:
        start = next((day for day, fact in facts if engine.holds(rule["since"], fact)), None)
    if start is None and (rule.get("opening") or rule.get("or_opening")):
        start = opened_on
    if start is None or start > on:
        return None
    whole = elapsed(start, on, rule["unit"])
    return (
        whole
        if component.kind == "integer" or rule["unit"] == "days"
        else _with_part(start, on, whole, rule["unit"])
    )


def elapsed(start: date, end: date, unit: str) -> int:
    """Full days, months or years from `start` to `end`."""
    if unit == "days":
        return (end - start).days
    months = 12 * (end.year - start.year) + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return months if unit == "months" else months // 12


def _with_part(start: date, end: date, whole: int, unit: str) -> float:
    months = 12 if unit == "years" else 1
    begun, next_one = add_months(start, whole * months), add_months(start, (whole + 1) * months)
    return round(whole + (end - begun).days / (next_one - begun).days, 3)


def _json(number) -> int | float:
    return int(number) if number == int(number) else float(number)
