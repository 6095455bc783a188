"""Reads JSON Lines, one object a line, so that every line ends as texts by key or as a problem."""

import json
from collections.abc import Iterator
from typing import IO

from records.intake.decoding import Text
from records.intake.parts import READ_ERRORS, explained
from records.intake.rows import Problem
from records.intake.table import column_name

_NO_OBJECT = 'It is not a JSON object ({error}). Write one object on one line, such as {{"name": "text"}}.'
_NESTED = (
    "It holds an object or a list of lists, which no mapping can read. Write a text, a number or a list."
)


def objects(stream: IO[bytes], file: str) -> Iterator[tuple[int, dict[str, tuple[str, ...]]] | Problem]:
    """Number and values of each line, by lower-case key with _ for blanks; null and '' are no value.

    Numbers stay as printed, true and false are yes and no. Blank lines are skipped.
    """
    text = Text(stream, "utf-8")
    try:
        while True:
            number = text.begin()
            line = next(text, None)
            if line is None:
                return
            if text.fault:
                yield Problem.at(file, f"line {number}", text.explain_fault())
            elif line.strip():
                yield _read(line, number, file)
    except READ_ERRORS as error:
        yield Problem.at(file, f"after line {text.number}", explained(error))


def _read(line: str, number: int, file: str) -> tuple[int, dict[str, tuple[str, ...]]] | Problem:
    where = f"line {number}"
    try:
        found = json.loads(line, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return Problem.at(file, where, _NO_OBJECT.format(error=error), value=line.strip())
    if not isinstance(found, dict):
        return Problem.at(file, where, _NO_OBJECT.format(error="it is something else"), value=line.strip())
    values = {}
    for key, value in found.items():
        texts = [_text(item) for item in (value if isinstance(value, list) else [value])]
        if None in texts:
            return Problem.at(file, where, _NESTED, key)
        values[column_name(key)] = tuple(text for text in texts if text)
    return number, values


def _text(value: object) -> str | None:
    """A scalar as text; None for anything else."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    return value if isinstance(value, str) else None


def _refuse(word: str):
    raise ValueError(f"{word} is no number")
