"""How many decisions each year brought, and how much was imposed: the figures of the chart above a list.

Sums are of one currency. Where a search has several, the years are counted and nothing is added up until one
is chosen; of one business or place nothing is added up at all, as with `PenaltySearch.totals`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from records.penalties import words
from records.penalties.tally import Sum

# A gap is a year without decisions and is shown; but not every year since one that was surely mistyped.
MOST_SHOWN = 40
HEIGHT = 100


@dataclass(frozen=True)
class Year:
    """One year: its decisions, `known` with an amount, which `imposed` adds up, and the link to them."""

    year: int
    number: int
    known: int
    imposed: Decimal
    link: str


@dataclass(frozen=True)
class Bar:
    """A column of the chart: where it stands, how high it is, and what it says, as the template writes it."""

    x: str
    y: str
    height: str
    words: str


@dataclass(frozen=True)
class Measure:
    """What one row of columns shows: its title with the largest value, and the same for who cannot see it."""

    title: str
    label: str
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    """The years from the first to the last; `currency` is that of the sums, '' where there are none."""

    years: list[Year]
    currency: str

    @property
    def width(self) -> int:
        """One unit for each year."""
        return len(self.years)

    @property
    def measures(self) -> list[Measure]:
        """Decisions, and where there are sums what was imposed."""
        found = [self._measure(_("Decisions per year"), "number", self._number)]
        if self.currency:
            found.append(self._measure(_("Imposed per year"), "imposed", self._money))
        return found

    @property
    def rows(self) -> list[tuple[Year, str, str]]:
        """The years with what the columns say, the newest first."""
        return [(year, self._number(year.number), self._sum(year)) for year in reversed(self.years)]

    def _sum(self, year: Year) -> str:
        return self._money(year.imposed) if year.known else "–"

    def _measure(self, title: str, column: str, say) -> Measure:
        largest = max(self.years, key=lambda year: getattr(year, column))
        most = getattr(largest, column)
        bars = [
            _bar(at, getattr(year, column), most, f"{year.year}: {say(getattr(year, column))}")
            for at, year in enumerate(self.years)
        ]
        said = {"title": title, "most": say(most), "year": largest.year}
        said |= {"first": self.years[0].year, "last": self.years[-1].year}
        label = _("Chart: %(title)s, %(first)s to %(last)s, at most %(most)s in %(year)s.") % said
        return Measure(_("%(title)s, at most %(most)s") % said, label, bars)

    def _money(self, amount: Decimal) -> str:
        return words.money(amount, self.currency)

    @staticmethod
    def _number(number: int) -> str:
        return number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True)


def _bar(at: int, value, most, said: str) -> Bar:
    height = HEIGHT * float(value / most) if most else 0
    return Bar(f"{at + 0.2:.2f}", f"{HEIGHT - height:.2f}", f"{height:.2f}", said)


def chart(sums: Iterable[Sum], link) -> Chart | None:
    """The chart of what the years come to; None of fewer than two. `link(year)` leads to one."""
    number, known, imposed, currencies = defaultdict(int), defaultdict(int), defaultdict(Decimal), set()
    for one in sums:
        if one.year is None:
            continue
        number[one.year] += one.number
        if one.currency:
            currencies.add(one.currency)
            known[one.year] += one.known
            imposed[one.year] += one.imposed or 0
    if len(number) < 2:
        return None
    shown = sorted(number)
    if shown[-1] - shown[0] < MOST_SHOWN:
        shown = range(shown[0], shown[-1] + 1)
    currency = currencies.pop() if len(currencies) == 1 and any(known.values()) else ""
    years = [Year(y, number[y], known[y] if currency else 0, imposed[y], link(y)) for y in shown]
    return Chart(years, currency)
