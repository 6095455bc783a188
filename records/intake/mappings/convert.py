"""The closed list of conversions that a mapping may apply to what stands in a column."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple

from records.intake import amounts, dates

_OUTSIDE = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$")
_YES_NO = {
    "": "",
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "1": "yes",
    "no": "no",
    "n": "no",
    "false": "no",
    "0": "no",
}


class Unconvertible(ValueError):
    """A text that a conversion cannot make sense of; the message says what to do."""


class Step(NamedTuple):
    """One conversion: its name, and its argument as the mapping gives it (None where it has none)."""

    name: str
    argument: object = None


def strip(text: str) -> str:
    """Without blanks and invisible characters at both ends."""
    return _OUTSIDE.sub("", text)


def _slug(text: str) -> str:
    """Words as a code of at most 60 characters; what is longer ends in a digest, so that codes stay apart."""
    plain = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).casefold()).strip("-")
    return plain if len(plain) <= 60 else f"{plain[:51]}-{sha256(plain.encode()).hexdigest()[:8]}"


def _yes_no(text: str) -> str:
    return _YES_NO[strip(text).lower()]


SIMPLE: dict[str, tuple[Callable[[str], str], str]] = {
    "strip": (strip, ""),
    "spaces": (lambda text: " ".join(strip(text).split()), ""),
    "upper": (str.upper, ""),
    "lower": (str.lower, ""),
    "slug": (_slug, ""),
    "iso_date": (dates.iso_date, dates.NOT_A_DATE.format(style="2026-01-31")),
    "us_date": (dates.us_date, dates.NOT_A_DATE.format(style="01/31/2026")),
    "compact_date": (dates.compact_date, dates.NOT_A_DATE.format(style="20260131")),
    "cn_date": (dates.cn_date, dates.NOT_A_DATE.format(style="2026/1/31")),
    "decimal": (amounts.amount, amounts.NOT_AN_AMOUNT),
    "cents": (lambda text: amounts.places(text, 2), "It has more than two decimals. Correct the amount."),
    "wan": (amounts.wan, "This is not an amount in 万元. Write digits, such as 0.2."),
    "cn_money": (amounts.chinese, "This is not an amount with its unit. Write it as 28000元 or 2.8万元."),
    "yes_no": (_yes_no, "Write yes or no."),
}
"""Conversions without an argument, and what to do where one fails."""


def _split(text: str, marks: tuple[str, ...]) -> list[str]:
    pieces = re.split("|".join(map(re.escape, marks)), text)
    return [piece for piece in map(strip, pieces) if piece]


def _regex(text: str, pattern: re.Pattern) -> str:
    found = pattern.search(text)
    return (found["value"] or "") if found else ""


def _replace(text: str, rule: tuple[re.Pattern, str]) -> str:
    return rule[0].sub(rule[1], text)


def _choose(text: str, rules: tuple[tuple[re.Pattern, str], ...]) -> str:
    return next((value for pattern, value in rules if pattern.search(text)), "")


def _lookup(text: str, table: Mapping[str, str]) -> str:
    key = strip(text).casefold()
    if not key and key not in table:
        return ""
    if key not in table:
        raise Unconvertible("The mapping has no entry for it. Correct it, or add it to the mapping.")
    return table[key]


ARGUED: dict[str, Callable] = {
    "split": _split,
    "regex": _regex,
    "replace": _replace,
    "choose": _choose,
    "lookup": _lookup,
    "join": lambda texts, mark: mark.join(text for text in texts if text),
}
"""Conversions with an argument. `split` makes several texts of one, `join` one of several."""

NAMES = (*SIMPLE, *ARGUED)


def applied(steps: tuple[Step, ...], texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts after all steps. Raises Unconvertible."""
    for step in steps:
        if step.name == "join":
            texts = (ARGUED["join"](texts, step.argument),)
        elif step.name == "split":
            texts = tuple(piece for text in texts for piece in _split(text, step.argument))
        elif step.name in SIMPLE:
            convert, message = SIMPLE[step.name]
            texts = tuple(_tried(convert, text, message) for text in texts)
        else:
            texts = tuple(ARGUED[step.name](text, step.argument) for text in texts)
    return texts


def _tried(convert: Callable[[str], str], text: str, message: str) -> str:
    try:
        return convert(text)
    except (ValueError, KeyError):
        raise Unconvertible(message) from None
