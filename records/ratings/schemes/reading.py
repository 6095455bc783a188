"""Turns the texts of a file or form into the typed inputs of a scheme."""

from __future__ import annotations

import re
from collections.abc import Mapping

from records.ratings.schemes.engine import InputError, allowed_words
from records.ratings.schemes.vocabulary import Component

NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")
YES = frozenset(("yes", "y", "true", "1"))
NO = frozenset(("no", "n", "false", "0"))
# a dash is how tables write "nothing"
BLANK = frozenset(("", "-", "\u2013", "\u2014"))


def read(components: tuple[Component, ...], texts: Mapping[str, str]) -> dict[str, object]:
    """Typed values by component key: int, float, bool, str or list of numbers, all fit for JSON.

    Texts under other keys are ignored; blanks are left out, so a missing required component is found by
    grading. Raises InputError for a text that is not of the component's kind ("five", "maybe").
    """
    inputs = {}
    for component in components:
        text = (texts.get(component.key) or "").strip()
        if text not in BLANK:
            inputs[component.key] = READERS[component.kind](component, text)
    return inputs


def _number(component: Component, text: str) -> int | float:
    if not NUMBER.fullmatch(text):
        raise _refused(component, text)
    number = float(text)
    return int(number) if number.is_integer() else number


def _flag(component: Component, text: str) -> bool:
    if text.lower() not in YES | NO:
        raise InputError(component.key, text, f"{text!r} is not allowed; allowed are yes and no", "type")
    return text.lower() in YES


def _list(component: Component, text: str) -> list[int | float]:
    return [_number(component, item) for item in re.split(r"[\s,;|]+", text.strip("[] ")) if item]


def _choice(component: Component, text: str) -> str:
    return text


def _refused(component: Component, text: str) -> InputError:
    return InputError(
        component.key, text, f"{text!r} is not allowed; allowed {allowed_words(component)}", "type"
    )


READERS = {"integer": _number, "decimal": _number, "choice": _choice, "flag": _flag, "list": _list}
