"""Reads the tables of a file by a grammar.

An unknown key, a missing one, a wrong type or a text without one of the file's languages is an error, which
names the file and the key.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from records.publication.strict.errors import FileError
from records.publication.strict.words import Words


class Key(NamedTuple):
    """One key of a table: what it holds, whether it is required, and what it is where it is left out.

    `kind` is a reading method of the Reader without its underscore, or "table NAME", "tables NAME" (by key)
    or "list NAME" (repeated tables); of a list each item is `one_of`.
    """

    kind: str
    required: bool = False
    one_of: tuple = ()
    default: object = None


def must(kind: str, *one_of) -> Key:
    """A key that has to be there."""
    return Key(kind, True, one_of)


def may(kind: str, *one_of, default: object = None) -> Key:
    """A key that can be left out."""
    return Key(kind, False, one_of, default)


class Reader:
    """Reads the tables of one file in its languages; what is particular to a kind of file is a subclass."""

    tables: ClassVar[Mapping[str, Mapping[str, Key]]] = {}
    """The grammar: what each table may contain."""
    wrong: ClassVar[type[FileError]] = FileError
    keys: ClassVar[tuple[str, str]] = (r"[A-Za-z0-9][A-Za-z0-9_-]*", "letters, digits, - and _")
    """What a key looks like, and in words."""

    def __init__(self, file: object, languages: tuple[str, ...]):
        self.file, self.languages = file, languages

    @classmethod
    def of(cls, file: object, data: Mapping) -> "Reader":
        """The reader of a file that names its languages."""
        languages = data.get("languages")
        if not (isinstance(languages, list) and languages and all(isinstance(one, str) for one in languages)):
            raise cls.wrong(file, "languages", 'must be a list such as ["en", "cy"]')
        return cls(file, tuple(languages))

    def table(self, data: object, name: str, where: str = "") -> dict[str, object]:
        """The table with every key of its grammar: read where present, its default where absent."""
        self._typed(data, where, Mapping, "a table")
        grammar, dot = self.tables[name], f"{where}." if where else ""
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

    def error(self, where: str, message: str) -> FileError:
        """The error about a key."""
        return self.wrong(self.file, where, message)

    def _value(self, raw: object, rule: Key, where: str) -> object:
        kind, _, name = rule.kind.partition(" ")
        match kind:
            case "table":
                return self.table(raw, name, where)
            case "tables":
                if not isinstance(raw, Mapping) or not raw:
                    raise self.error(where, "must hold at least one table")
                return {
                    self._key(key, f"{where}.{key}"): self.table(item, name, f"{where}.{key}")
                    for key, item in raw.items()
                }
            case "list":
                items = enumerate(self._list(raw, where), 1)
                return tuple(self.table(item, name, f"{where}[{at}]") for at, item in items)
        read = getattr(self, f"_{kind}")(raw, where)
        for item in read if isinstance(read, tuple) else (read,):
            if rule.one_of and item not in rule.one_of:
                raise self.error(where, f"{item!r} is not allowed; allowed are {', '.join(rule.one_of)}")
        return read

    def _typed(self, raw: object, where: str, types: type | tuple[type, ...], words: str) -> object:
        if not isinstance(raw, types) or (isinstance(raw, bool) and types is not bool):
            raise self.error(where, f"must be {words}, not {raw!r}")
        return raw

    def _list(self, raw: object, where: str) -> list:
        return self._typed(raw, where, list, "a list")

    def _string(self, raw: object, where: str) -> str:
        if not self._typed(raw, where, str, "a text").strip():
            raise self.error(where, "is blank")
        return raw

    def _strings(self, raw: object, where: str) -> tuple[str, ...]:
        return tuple(self._string(item, where) for item in self._list(raw, where))

    def _link(self, raw: object, where: str) -> str:
        if not self._string(raw, where).startswith(("https://", "http://")):
            raise self.error(where, "must begin with https://")
        return raw

    def _key(self, raw: object, where: str) -> str:
        pattern, words = self.keys
        if not re.fullmatch(pattern, self._string(raw, where)):
            raise self.error(where, f"{raw!r} is not a key; use {words}")
        return raw

    def _keys(self, raw: object, where: str) -> tuple[str, ...]:
        keys = tuple(self._key(item, where) for item in self._list(raw, where))
        if len(set(keys)) < len(keys):
            raise self.error(where, "names something twice")
        return keys

    def _date(self, raw: object, where: str) -> date:
        if isinstance(raw, datetime):
            raise self.error(where, "must be a date without a time")
        return self._typed(raw, where, date, "a date such as 2026-01-31, without quotes")

    def _flag(self, raw: object, where: str) -> bool:
        return self._typed(raw, where, bool, "true or false")

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
