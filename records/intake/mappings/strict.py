"""Reads the tables of a mapping file strictly: what is not known is an error that names file and key."""

import re
from collections.abc import Mapping

from records.intake.mappings.convert import ARGUED, NAMES, SIMPLE, Step
from records.intake.mappings.values import Value, When
from records.intake.table import column_name
from records.publication.strict import FileError


class MappingError(FileError):
    """A mapping file that cannot be used."""


class Table:
    """One table of a file. Each key is asked for once; `done` refuses those that nobody asked for."""

    def __init__(self, file: object, where: str, data: object, lookups: Mapping[str, Mapping] | None = None):
        self.file, self.where, self.lookups = file, where, lookups or {}
        if not isinstance(data, Mapping):
            raise self.error("", "must be a table")
        self._data, self._asked = data, []

    def error(self, key: str, message: str) -> MappingError:
        """The error about a key of this table."""
        return MappingError(self.file, ".".join(part for part in (self.where, key) if part), message)

    def done(self) -> None:
        """Raises MappingError for a key that was never asked for."""
        for key in self._data:
            if key not in self._asked:
                raise self.error(key, f"is not a key here; known are {', '.join(self._asked)}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        self._asked.append(key)
        return key in self._data

    def raw(self, key: str, types: type | tuple[type, ...], words: str, default=None):
        """The value of a key; without `default` it is required."""
        if not self.has(key):
            if default is None:
                raise self.error(key, "is missing")
            return default
        value = self._data[key]
        if not isinstance(value, types) or (isinstance(value, bool) and types is not bool):
            raise self.error(key, f"must be {words}, not {value!r}")
        return value

    def text(self, key: str, default: str | None = None, one_of: tuple[str, ...] = ()) -> str:
        """A text, of a list where one is given."""
        value = self.raw(key, str, "a text", default)
        if one_of and value not in one_of:
            raise self.error(key, f"{value!r} is not allowed; allowed are {', '.join(filter(None, one_of))}")
        if default is None and not value.strip():
            raise self.error(key, "is blank")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is absent."""
        found = self.raw(key, list, "a list of texts", [])
        if not all(isinstance(item, str) for item in found):
            raise self.error(key, "must be a list of texts")
        return tuple(found)

    def pattern(self, key: str, default: str | None = None) -> re.Pattern:
        """A regular expression."""
        return self._pattern(key, self.raw(key, str, "a pattern", default))

    def tables(self, key: str) -> list["Table"]:
        """A list of tables, empty where the key is absent."""
        found = self.raw(key, list, "a list of tables", [])
        return [
            Table(self.file, f"{self.where}{key}[{at}]", one, self.lookups) for at, one in enumerate(found, 1)
        ]

    def table(self, key: str) -> "Table":
        """A table, empty where the key is absent."""
        where = ".".join(part for part in (self.where, key) if part)
        return Table(self.file, where, self.raw(key, Mapping, "a table", {}), self.lookups)

    def names(self) -> tuple[str, ...]:
        """The keys of a table whose keys are names."""
        return tuple(self._data)

    def value(self, key: str, default: Value | None = None) -> Value:
        """A value in one of the ways of `values.Value`; a text is a constant."""
        if default is not None and not self.has(key):
            return default
        raw = self.raw(key, (str, Mapping), "a text or a table")
        if isinstance(raw, str):
            return Value("constant", raw)
        return self._value(Table(self.file, f"{self.where}.{key}" if self.where else key, raw, self.lookups))

    def when(self, default: When) -> When:
        """The condition under the key `when`."""
        if not self.has("when"):
            return default
        table = self.table("when")
        among = frozenset(map(str.casefold, table.texts("is"))) if table.has("is") else None
        outside = frozenset(map(str.casefold, table.texts("is_not"))) if table.has("is_not") else None
        pattern = table.pattern("matches") if table.has("matches") else None
        column = column_name(table.text("column"))
        table.done()
        if among is None and outside is None and pattern is None:
            raise table.error("", "needs is, is_not or matches")
        return When(column, among, outside, pattern)

    def _value(self, table: "Table") -> Value:
        kinds = [kind for kind in ("column", "value", "first", "join") if table.has(kind)]
        if len(kinds) != 1:
            raise table.error("", "needs exactly one of column, value, first and join")
        steps = tuple(table._step(item) for item in table.raw("convert", list, "a list", []))
        match kinds[0]:
            case "column":
                found = Value("column", column_name(table.text("column")), steps=steps)
            case "value":
                found = Value("constant", table.text("value", ""), steps=steps)
            case kind:
                items = table.raw(kind, list, "a list of tables")
                parts = tuple(
                    table._value(Table(table.file, f"{table.where}.{kind}[{at}]", item, table.lookups))
                    for at, item in enumerate(items, 1)
                )
                mark = table.raw("with", str, "a text", "") if kind == "join" else ""
                found = Value(kind, parts=parts, mark=mark, steps=steps)
        table.done()
        return found

    def _step(self, item: object) -> Step:
        if isinstance(item, str) and item in SIMPLE:
            return Step(item)
        if not isinstance(item, Mapping) or len(item) != 1 or next(iter(item)) not in ARGUED:
            raise self.error("convert", f"{item!r} is not a conversion; known are {', '.join(NAMES)}")
        ((name, argument),) = item.items()
        return Step(name, self._argument(name, argument))

    def _argument(self, name: str, raw: object) -> object:
        key = f"convert.{name}"
        match name, raw:
            case "join", str():
                return raw
            case "split", str() | list():
                marks = (raw,) if isinstance(raw, str) else tuple(raw)
                if marks and all(isinstance(mark, str) and mark for mark in marks):
                    return marks
            case "regex", str():
                pattern = self._pattern(key, raw)
                if "value" in pattern.groupindex:
                    return pattern
                raise self.error(key, "needs a group named value: (?P<value>…)")
            case "replace", [str(pattern), str(text)]:
                return self._pattern(key, pattern), text
            case "choose", list() if all(_is_pair(pair) for pair in raw):
                return tuple((self._pattern(key, pattern), text) for pattern, text in raw)
            case "lookup", str():
                if raw in self.lookups:
                    return self.lookups[raw]
                raise self.error(
                    key, f"{raw!r} is not a table of lookup; there are {', '.join(self.lookups)}"
                )
        raise self.error(key, f"{raw!r} is not its argument")

    def _pattern(self, key: str, raw: str) -> re.Pattern:
        try:
            return re.compile(raw)
        except re.error as error:
            raise self.error(key, f"is not a regular expression ({error})") from None


def _is_pair(item: object) -> bool:
    return isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item)
