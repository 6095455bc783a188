"""How a scheme file is read: its grammar, and what only a scheme file holds."""

from collections.abc import Mapping
from decimal import Decimal

from records.publication import strict
from records.publication.strict import Words
from records.ratings.schemes.grammar import TABLES
from records.ratings.schemes.vocabulary import DURATION


class SchemeError(strict.FileError):
    """A scheme file that cannot be used."""


class Reader(strict.Reader):
    """Reads the tables of one scheme file in its languages."""

    tables, wrong = TABLES, SchemeError

    def _count(self, raw: object, where: str) -> int:
        if self._typed(raw, where, int, "a whole number") < 0:
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

    def _texts(self, raw: object, where: str) -> dict[str, Words]:
        self._typed(raw, where, dict, "a table of texts")
        return {key: self._text(item, f"{where}.{key}") for key, item in raw.items()}

    def _words(self, raw: object, where: str) -> dict[str, str]:
        self._typed(raw, where, dict, "a table of published words and keys")
        return {word: self._key(key, f"{where}.{word}") for word, key in raw.items()}

    def _condition(self, raw: object, where: str) -> object:
        groups = raw if isinstance(raw, list) else [raw]
        if not groups or not all(isinstance(group, Mapping) and group for group in groups):
            raise self.error(
                where, "must be a table such as { score = { at_least = 14 } }, or a list of them"
            )
        return groups
