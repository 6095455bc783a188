"""What the decisions of a list come to: number and sums per currency, never across currencies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from records.penalties import words
from records.penalties.tally import Sum


@dataclass(frozen=True)
class Total:
    """The sums of one currency: over `known` decisions with an amount of `number` with this currency."""

    currency: str
    number: int
    known: int
    imposed: Decimal | None
    owed: Decimal | None

    @property
    def imposed_words(self) -> str:
        """What was imposed in all: 1,204,500 GBP."""
        return words.money(self.imposed, self.currency)

    @property
    def owed_words(self) -> str:
        """What is owed of it now."""
        return words.money(self.owed, self.currency)


def totals(sums: Iterable[Sum]) -> list[Total]:
    """Those of all years together, the most frequent currency first."""
    found = defaultdict(list)
    for one in sums:
        if one.currency:
            found[one.currency].append(one)
    return sorted((_total(*pair) for pair in found.items()), key=lambda t: (-t.number, t.currency))


def _total(currency: str, sums: list[Sum]) -> Total:
    imposed = [one.imposed for one in sums if one.imposed is not None]
    owed = [one.owed for one in sums if one.owed is not None]
    return Total(
        currency, sum(one.number for one in sums), sum(one.known for one in sums),
        sum(imposed) if imposed else None, sum(owed) if owed else None,
    )  # fmt: skip
