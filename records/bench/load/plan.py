"""How much of what is made, and which numbers it gets: known before the first row, so that rows can refer."""

from dataclasses import dataclass
from datetime import date, timedelta

TODAY = date(2026, 11, 23)
"""The day that dates count back from where nobody says another."""

BLOCK = 1000
"""Rows that share a source of chance. Part of what the rows say: another size makes other rows."""

YEARS = 12
CHINESE = 10
"""One in so many decisions, businesses and places is Chinese."""

_MASK = (1 << 35) - 1
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [a + b for a in _LETTERS for b in _LETTERS]


@dataclass(frozen=True)
class Plan:
    """So many decisions and establishments, as of a day."""

    penalties: int
    establishments: int
    today: date = TODAY

    @property
    def businesses(self) -> int:
        """Fewer than decisions: some are penalised again and again."""
        return max(CHINESE * 2, self.penalties // 6)

    @property
    def first_day(self) -> date:
        """The day of the oldest decisions."""
        return self.today - timedelta(days=round(YEARS * 365.25))

    def rows(self, kind: str) -> int:
        """How many of a kind: businesses, establishments, penalties, or cards, one for each of these."""
        return getattr(self, "penalties" if kind == "cards" else kind)

    def blocks(self, kind: str) -> int:
        """How many blocks that is."""
        return -(-self.rows(kind) // BLOCK)

    def numbers(self, kind: str, block: int) -> range:
        """The numbers of the rows of a block, from 1."""
        return range(block * BLOCK + 1, min((block + 1) * BLOCK, self.rows(kind)) + 1)

    def day(self, number: int) -> int:
        """Days from the first one to the decision: they come by date, and more of them every year."""
        return int(round(YEARS * 365.25) * (number / self.penalties) ** 0.8)

    def reference(self, kind: str, number: int) -> str:
        """The public reference of a row: all kinds share one sequence."""
        before = {"businesses": 0, "establishments": self.businesses}
        return reference(before.get(kind, self.businesses + self.establishments) + number)

    @property
    def references(self) -> int:
        """How many references are used in all."""
        return self.businesses + self.establishments + self.penalties

    def words(self) -> dict:
        """What the database keeps of the plan, to know it again."""
        return {
            "penalties": self.penalties, "establishments": self.establishments,
            "today": self.today.isoformat(),
        }  # fmt: skip


def reference(number: int) -> str:
    """What disclosed.reference(number) answers."""
    x = ((number + 20261123 & _MASK) * 217645177) & _MASK
    x ^= x >> 17
    x = x * 152416547 & _MASK
    x ^= x >> 18
    x = x * 198491317 & _MASK
    x ^= x >> 16
    return _LETTERS[x >> 30] + _PAIRS[x >> 20 & 1023] + _PAIRS[x >> 10 & 1023] + _PAIRS[x & 1023]
