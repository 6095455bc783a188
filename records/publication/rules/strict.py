"""How a rule file is read: its grammar, and what only a rule file holds."""

from zoneinfo import ZoneInfo

from records.publication import strict
from records.publication.rules.grammar import TABLES
from records.publication.rules.vocabulary import Period


class RuleError(strict.FileError):
    """A rule file that cannot be used."""


class Reader(strict.Reader):
    """Reads the tables of one rule file in its languages."""

    tables, wrong = TABLES, RuleError
    keys = r"[A-Za-z0-9][A-Za-z0-9._-]*", "letters, digits, dots, - and _"

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
