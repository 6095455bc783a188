"""Reads the tables of a rule file strictly.

An unknown key, a missing one, a wrong type or a text without one of the file's languages raises RuleError,
which names the file and the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from records.publication.rules.grammar import TABLES, Key
from records.publication.rules.vocabulary import Period, Words

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class RuleError(ValueError):
    """A rule file that cannot be used: which file, which key, what is wrong and what to do."""

    def __init__(self, file: object, where: str, message: str):
        super().__init__(f"{file}: {where}: {message}" if where else f"{file}: {message}")
        self.file, self.where, self.message = str(file), where, message


class Reader:
    """Reads the tables of one file in its languages."""

    def __init__(self, file: object, languages: tuple[str, ...]):
        self.file, self.languages = file, languages

    def table(self, data: object, name: str, where: str = "") -> dict[str, object]:
        """The table with every key of its grammar: read where present, its default where absent."""
        self._typed(data, where, Mapping, "a table")
        grammar = TABLES[name]
        dot = f"{where}." if where else ""
        for key in data:
            if key not in grammar:
                raise self.error(f"{dot}{key}", f"is not a key here; known are {', '.join(grammar)}")
        found = {}
        for key, rule in grammar.items():
            if key in data:
                found[key] = self._value(data[key], rule, f"{dot}{key}")
            elif rule.required:
                raise self.error(f"{dot}{key}", "is missing")
            else:
                found[key] = rule.default
        return found

    def error(self, where: str, message: str) -> RuleError:
        return RuleError(self.file, where, message)

    def _value(self, raw: object, rule: Key, where: str) -> object:
        kind, _, name = rule.kind.partition(" ")
        if kind == "table":
            return self.table(raw, name, where)
        if kind == "tables":
            self._typed(raw, where, Mapping, "a table of tables")
            return {
                self._key(key, where): self.table(item, name, f"{where}.{key}") for key, item in raw.items()
            }
        if kind == "list":
            items = enumerate(self._typed(raw, where, list, "a list of tables"), 1)
            return tuple(self.table(item, name, f"{where}[{at}]") for at, item in items)
        read = getattr(self, f"_{kind}")(raw, where)
        for item in read if isinstance(read, tuple) else (read,):
            if rule.one_of and item not in rule.one_of:
                raise self.error(where, f"{item!r} is not allowed; allowed are {', '.join(rule.one_of)}")
        return read

    def _typed(self, raw: object, where: str, kind: type, words: str) -> object:
        if not isinstance(raw, kind) or (isinstance(raw, bool) and kind is not bool):
            raise self.error(where, f"must be {words}, not {raw!r}")
        return raw

    def _string(self, raw: object, where: str) -> str:
        if not self._typed(raw, where, str, "a text").strip():
            raise self.error(where, "is blank")
        return raw

    def _link(self, raw: object, where: str) -> str:
        if not self._string(raw, where).startswith(("https://", "http://")):
            raise self.error(where, "must begin with https://")
        return raw

    def _key(self, raw: object, where: str) -> str:
        if not KEY.fullmatch(self._string(raw, where)):
            raise self.error(where, f"{raw!r} is not a key; use letters, digits, dots, - and _")
        return raw

    def _keys(self, raw: object, where: str) -> tuple[str, ...]:
        keys = tuple(self._key(item, where) for item in self._typed(raw, where, list, "a list"))
        if len(set(keys)) < len(keys):
            raise self.error(where, "names something twice")
        return keys

    def _date(self, raw: object, where: str) -> date:
        if isinstance(raw, datetime):
            raise self.error(where, "must be a date without a time")
        return self._typed(raw, where, date, "a date such as 2026-01-31, without quotes")

    def _flag(self, raw: object, where: str) -> bool:
        return self._typed(raw, where, bool, "true or false")

    def _count(self, raw: object, where: str) -> int:
        if not 1 <= self._typed(raw, where, int, "a whole number") <= 1000:
            raise self.error(where, "must be between 1 and 1000")
        return raw

    def _zone(self, raw: object, where: str) -> str:
        try:
            ZoneInfo(self._string(raw, where))
        except (KeyError, ValueError, OSError) as error:  # unknown, not a name, a folder
            raise self.error(where, f"{raw!r} is not a time zone such as Asia/Shanghai") from error
        return raw

    def _period(self, raw: object, where: str) -> Period:
        text = self._string(raw, where)
        try:
            return Period.of(text)
        except ValueError as error:
            raise self.error(where, str(error)) from error

    def _periods(self, raw: object, where: str) -> tuple[Period, ...]:
        items = self._typed(raw, where, list, 'a list such as ["P60D", "P6M"]')
        if not items:
            raise self.error(where, "is empty")
        return tuple(self._period(item, where) for item in items)

    def _text(self, raw: object, where: str) -> Words:
        if isinstance(raw, str) and len(self.languages) == 1:
            raw = {self.languages[0]: raw}
        if not isinstance(raw, Mapping):
            raise self.error(where, f"must have a text for each of {', '.join(self.languages)}")
        for language in raw:
            if language not in self.languages:
                raise self.error(f"{where}.{language}", "is not one of the file's languages")
        for language in self.languages:
            if language not in raw:
                raise self.error(
                    f"{where}.{language}", "is missing; every language of the file needs this text"
                )
        return Words(
            (language, self._string(raw[language], f"{where}.{language}")) for language in self.languages
        )
