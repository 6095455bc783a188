"""Applies a scheme's rule to one set of inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from records.ratings.schemes.rule import Condition, Ladder, Measure, Result, Step, Test
from records.ratings.schemes.vocabulary import LIMIT, Component, plain

if TYPE_CHECKING:
    from records.ratings.schemes.scheme import Scheme


class Outcome(NamedTuple):
    """The result of a rule: a value key or a status key, the card that may be shown, and why in one
    sentence."""

    value: str | None
    status: str | None
    card: str | None
    reason: str


class InputError(ValueError):
    """An input that the scheme does not allow: which component, which value, what is allowed.

    `code` is "unknown", "missing", "type", "range" or "check", for callers that word the message themselves.
    """

    def __init__(self, component: str, value: object, message: str, code: str = "range"):
        super().__init__(f"{component}: {message}")
        self.component, self.value, self.message, self.code = component, value, message, code


def grade(scheme: Scheme, inputs: Mapping[str, object], language: str | None = None) -> Outcome:
    """Grade one set of typed inputs (see `clean`). Raises InputError."""
    facts = clean(scheme.components, inputs)
    for measure in scheme.measures:
        facts[measure.key] = measured(measure, facts)
    for check in scheme.checks:
        if (check.when is None or holds(check.when, facts)) and not holds(check.must, facts):
            value = facts[check.component]
            raise InputError(check.component, value, check.message(language), "check")
    step = next(step for step in scheme.steps if step.when is None or holds(step.when, facts))
    result = decide(scheme, step, facts)
    return Outcome(
        result.value,
        result.status,
        _card(step, result, facts),
        _reason(scheme, step, result, facts, language),
    )


def clean(components: tuple[Component, ...], inputs: Mapping[str, object]) -> dict[str, object]:
    """The inputs as numbers (Decimal), strings, booleans and tuples, None where absent.

    Raises InputError for an unknown component, a missing one, a wrong type or a value outside the allowed
    ones.
    """
    known = {component.key for component in components}
    for key in inputs:
        if key not in known:
            raise InputError(
                str(key), inputs[key], f"is not a component; known are {', '.join(sorted(known))}", "unknown"
            )
    facts = {}
    for component in components:
        value = inputs.get(component.key)
        if value is None:
            if component.required:
                raise InputError(
                    component.key, None, f"is missing; allowed {allowed_words(component)}", "missing"
                )
            facts[component.key] = None
        else:
            facts[component.key] = READERS[component.kind](component, value)
    return facts


def _number(component: Component, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise _refused(component, value, "type")
    number = Decimal(str(value))
    if not number.is_finite():
        raise _refused(component, value, "type")
    below = number < (-LIMIT if component.minimum is None else component.minimum)
    above = number > (LIMIT if component.maximum is None else component.maximum)
    if below or above or (component.step is not None and number % component.step):
        raise _refused(component, value, "range")
    if component.allowed and number not in component.allowed:
        raise _refused(component, value, "range")
    return number


def _choice(component: Component, value: object) -> str:
    if not isinstance(value, str):
        raise _refused(component, value, "type")
    if value not in component.allowed:
        raise _refused(component, value, "range")
    return value


def _flag(component: Component, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refused(component, value, "type")
    return value


def _list(component: Component, value: object) -> tuple[Decimal, ...]:
    if not isinstance(value, (list, tuple)):
        raise _refused(component, value, "type")
    if not value or (component.max_items and len(value) > component.max_items):
        raise _refused(component, value, "range")
    return tuple(_number(component, item) for item in value)


READERS: dict[str, Callable] = {
    "integer": _number,
    "decimal": _number,
    "choice": _choice,
    "flag": _flag,
    "list": _list,
}


def _refused(component: Component, value: object, code: str) -> InputError:
    return InputError(
        component.key, value, f"{plain(value)!s} is not allowed; allowed {allowed_words(component)}", code
    )


def allowed_words(component: Component) -> str:
    """What a component accepts, as the end of a sentence: "are 0, 5, 10" or "is a whole number from 0"."""
    if component.kind == "flag":
        return "are true and false"
    items = ""
    if component.kind == "list":
        items = (
            f"is a list of 1 to {component.max_items} values; "
            if component.max_items
            else "is a list of values; "
        )
        items += "each " if not component.allowed else "each of them "
    if component.allowed:
        return f"{items}{'one of' if items else 'are'} {', '.join(plain(item) for item in component.allowed)}"
    noun = "a whole number" if component.step == 1 else "a number"
    if component.step not in (None, 1):
        noun += f" in steps of {plain(component.step)}"
    low = f" from {plain(component.minimum)}" if component.minimum is not None else ""
    high = f" to {plain(component.maximum)}" if component.maximum is not None else ""
    return f"{items}{'' if items else 'is '}{noun}{low}{high}"


def measured(measure: Measure, facts: Mapping[str, object]) -> Decimal | Fraction | None:
    """The number of a measure, or None when nothing it is made of is present."""
    found = [facts[name] for name in measure.of if facts[name] is not None]
    if measure.how == "first" or not found:
        return found[0] if found else None
    numbers = [number for fact in found for number in (fact if isinstance(fact, tuple) else (fact,))]
    if measure.how == "count":
        return Decimal(len(numbers))
    if measure.how == "mean":
        return sum(map(Fraction, numbers)) / len(numbers)
    return {"sum": sum, "max": max, "min": min}[measure.how](numbers)


def holds(condition: Condition, facts: Mapping[str, object]) -> bool:
    """Whether any of the groups has all its tests true."""
    return any(all(_test(test, facts) for test in group) for group in condition)


def _test(test: Test, facts: Mapping[str, object]) -> bool:
    fact = facts[test.name]
    if test.op == "present":
        return (fact is not None) == test.against
    against = facts[test.against] if test.other else test.against
    if fact is None or against is None:
        return False
    return COMPARE[test.op](fact, against)


COMPARE: dict[str, Callable[[object, object], bool]] = {
    "equals": lambda fact, against: fact in against if isinstance(against, tuple) else fact == against,
    "at_least": lambda fact, against: fact >= against,
    "at_most": lambda fact, against: fact <= against,
    "over": lambda fact, against: fact > against,
    "under": lambda fact, against: fact < against,
}


def decide(scheme: Scheme, step: Step, facts: Mapping[str, object]) -> Result:
    """The result of the step that decides."""
    if step.result:
        return step.result
    if step.picked:
        key = facts[step.picked]
        return Result(value=key) if key in scheme.value_keys else Result(status=key)
    result = _climb(scheme, step.ladder, facts)
    if step.cap:
        cap = _climb(scheme, step.cap, facts)
        result = max(result, cap, key=lambda item: scheme.value(item.value).order)
    return result


def _climb(scheme: Scheme, ladder: Ladder, facts: Mapping[str, object]) -> Result:
    number = facts[ladder.of]
    if number is None:
        blamed = scheme.blamed(ladder.of)
        raise InputError(blamed.key, None, f"is missing; allowed {allowed_words(blamed)}", "missing")
    return next(band.result for band in ladder.bands if band.holds(number))


def _card(step: Step, result: Result, facts: Mapping[str, object]) -> str | None:
    if step.card_from and facts[step.card_from] is not None:
        return str(facts[step.card_from])
    return result.card or result.value


def _reason(scheme: Scheme, step: Step, result: Result, facts: Mapping, language: str | None) -> str:
    if not step.reason:
        return scheme.entry(result.value or result.status).explain(language)
    shown = {key: plain(_rounded(fact)) for key, fact in facts.items()}
    return step.reason(language).format_map(shown)


def _rounded(fact: object) -> object:
    return (
        round(Decimal(fact.numerator) / Decimal(fact.denominator), 2) if isinstance(fact, Fraction) else fact
    )
