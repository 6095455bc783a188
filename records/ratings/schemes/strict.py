"""Reads the tables of a scheme file strictly.

An unknown key, a missing one, a wrong type or a text without one of the scheme's languages raises
SchemeError, which names the file and the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from records.ratings.schemes.grammar import TABLES, Key
from records.ratings.schemes.vocabulary import DURATION, Words

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class SchemeError(ValueError):
    """A scheme file that cannot be used: which file, which key, what is wrong and what to do."""

    def __init__(self, file: object, where: str, message: str):
        super().__init__(f"{file}: {where}: {message}" if where else f"{file}: {message}")
        self.file, self.where, self.message = str(file), where, message


class Reader:
    """Reads the tables of one file in its languages."""

    def __init__(self, file: object, languages: tuple[str, ...]):
        self.file, self.languages = file, languages

    def table(self, data: object, name: str, where: str = "") -> dict[str, object]:
        """The table with every key of its grammar: read where present, None where absent."""
        if not isinstance(data, Mapping):
            raise self.error(where, "must be a table")
        grammar = TABLES[name]
        for key in data:
            if key not in grammar:
                raise self.error(_dotted(where, key), f"is not a key here; known are {', '.join(grammar)}")
        found = {}
        for key, rule in grammar.items():
            if key in data:
                found[key] = self.value(data[key], rule, _dotted(where, key))
            elif rule.required:
                raise self.error(_dotted(where, key), "is missing")
            else:
                found[key] = None
        return found

    def value(self, raw: object, rule: Key, where: str) -> object:
        kind, _, name = rule.kind.partition(" ")
        if kind == "table":
            return self.table(raw, name, where)
        if kind == "tables":
            return self._named(raw, name, where)
        if kind == "list" and name:
            return tuple(
                self.table(item, name, f"{where}[{at}]") for at, item in enumerate(self._list(raw, where), 1)
            )
        read = getattr(self, f"_{kind}")(raw, where)
        if rule.one_of and read not in rule.one_of:
            raise self.error(where, f"{raw!r} is not allowed; allowed are {', '.join(rule.one_of)}")
        return read

    def error(self, where: str, message: str) -> SchemeError:
        return SchemeError(self.file, where, message)

    def _named(self, raw: object, name: str, where: str) -> dict[str, dict]:
        if not isinstance(raw, Mapping) or not raw:
            raise self.error(where, "must hold at least one table")
        return {self._key(key, f"{where}.{key}"): self.table(raw[key], name, f"{where}.{key}") for key in raw}

    def _typed(self, raw: object, where: str, types: tuple, words: str) -> object:
        if not isinstance(raw, types) or (isinstance(raw, bool) and bool not in types):
            raise self.error(where, f"must be {words}, not {raw!r}")
        return raw

    def _list(self, raw: object, where: str) -> list:
        return self._typed(raw, where, (list,), "a list")

    def _string(self, raw: object, where: str) -> str:
        if not str(self._typed(raw, where, (str,), "a text")).strip():
            raise self.error(where, "is blank")
        return raw

    def _link(self, raw: object, where: str) -> str:
        if not self._string(raw, where).startswith("https://") and not raw.startswith("http://"):
            raise self.error(where, "must begin with https://")
        return raw

    def _key(self, raw: object, where: str) -> str:
        if not KEY.fullmatch(self._string(raw, where)):
            raise self.error(where, f"{raw!r} is not a key; use letters, digits, - and _")
        return raw

    def _keys(self, raw: object, where: str) -> tuple[str, ...]:
        return tuple(self._key(item, where) for item in self._list(raw, where))

    def _strings(self, raw: object, where: str) -> tuple[str, ...]:
        return tuple(self._string(item, where) for item in self._list(raw, where))

    def _date(self, raw: object, where: str) -> date:
        if isinstance(raw, datetime):
            raise self.error(where, "must be a date without a time")
        return self._typed(raw, where, (date,), "a date such as 2026-01-31, without quotes")

    def _flag(self, raw: object, where: str) -> bool:
        return self._typed(raw, where, (bool,), "true or false")

    def _count(self, raw: object, where: str) -> int:
        if self._typed(raw, where, (int,), "a whole number") < 0:
            raise self.error(where, "must not be negative")
        return raw

    def _number(self, raw: object, where: str) -> Decimal:
        return Decimal(self._typed(raw, where, (int, Decimal), "a number"))

    def _scalars(self, raw: object, where: str) -> tuple:
        items = [
            self._typed(item, where, (int, Decimal, str), "numbers or texts")
            for item in self._list(raw, where)
        ]
        return tuple(item if isinstance(item, str) else Decimal(item) for item in items)

    def _duration(self, raw: object, where: str) -> str:
        if not DURATION.fullmatch(self._string(raw, where)):
            raise self.error(where, f"{raw!r} is not a duration; write P21D, P12M, P1Y or PT48H")
        return raw

    def _text(self, raw: object, where: str) -> Words:
        if isinstance(raw, str) and len(self.languages) == 1:
            raw = {self.languages[0]: raw}
        if not isinstance(raw, Mapping):
            raise self.error(where, f"must have a text for each of {', '.join(self.languages)}")
        for language in raw:
            if language not in self.languages:
                raise self.error(f"{where}.{language}", "is not one of the scheme's languages")
        for language in self.languages:
            if language not in raw:
                raise self.error(
                    f"{where}.{language}", "is missing; every language of the scheme needs this text"
                )
        return Words(
            {language: self._string(raw[language], f"{where}.{language}") for language in self.languages}
        )

    def _texts(self, raw: object, where: str) -> dict[str, Words]:
        self._typed(raw, where, (dict,), "a table of texts")
        return {key: self._text(item, f"{where}.{key}") for key, item in raw.items()}

    def _words(self, raw: object, where: str) -> dict[str, str]:
        self._typed(raw, where, (dict,), "a table of published words and keys")
        return {word: self._key(key, f"{where}.{word}") for word, key in raw.items()}

    def _condition(self, raw: object, where: str) -> object:
        groups = raw if isinstance(raw, list) else [raw]
        if not groups or not all(isinstance(group, Mapping) and group for group in groups):
            raise self.error(
                where, "must be a table such as { score = { at_least = 14 } }, or a list of them"
            )
        return groups


def _dotted(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
