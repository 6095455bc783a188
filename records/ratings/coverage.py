"""How complete and fresh the register is: files and visits of an authority by month, gaps named.

What usually comes in a month is the month in the middle of those shown since the first with any visit. One
with less than a quarter of that is a gap; two of them in a row at the end mean that something has stalled.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from statistics import median_low

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.authorities.models import Authority
from records.chart import Column, Columns
from records.intake.models import BatchScope
from records.publication import joining
from records.ratings import statistics
from records.ratings.counted import LONG_AGO, Counted, months_back
from records.ratings.models import Inspection

SHOWN = 24
"""So many months are compared."""
A_QUARTER = 4
FEWEST = 4
"""Where fewer come in a month, nothing can be said of a month without any."""


@dataclass(frozen=True)
class Loads:
    """The newest file that covered an authority, and what of it; `number` of them in three years."""

    at: datetime
    data_of: date | None
    establishments: int
    number: int


def _count_months() -> list:
    found = (
        Inspection.objects.public().published().filter(inspected_on__gte=localdate() - LONG_AGO).order_by()
        .annotate(month=TruncMonth("inspected_on"))
        .values_list("establishment__authority_id", "month").annotate(n=Count("pk"))
    )  # fmt: skip
    return [[authority, f"{month:%Y-%m}", n] for authority, month, n in found]


def by_authority(rows: list) -> dict[int, dict[str, int]]:
    """{authority: {“2026-03”: how many}} of rows of the three."""
    found = defaultdict(dict)
    for authority, month, number in rows:
        found[authority][month] = number
    return dict(found)


def _count_loads() -> list:
    rows = BatchScope.objects.public().filter(batch__committed_at__gte=timezone.now() - LONG_AGO)
    rows = rows.order_by("batch__committed_at", "batch_id").values_list(
        "authority_code", "batch__committed_at", "extracted_on", "establishments"
    )
    found, number = {}, defaultdict(int)
    for code, at, data_of, establishments in rows.iterator():
        number[code] += 1
        found[code] = [code, at.isoformat(), data_of and data_of.isoformat(), establishments, number[code]]
    return list(found.values())


def _read_loads(rows: list) -> dict[str, Loads]:
    return {
        code: Loads(datetime.fromisoformat(at), data_of and date.fromisoformat(data_of), places, number)
        for code, at, data_of, places, number in rows
    }


visits = Counted("visits", _count_months, by_authority)
"""How many visits of each month are public, by authority."""
loads = Counted("loads", _count_loads, _read_loads)
"""The newest file of each authority, by its code."""


@dataclass(frozen=True)
class Coverage:
    """What one authority sent: visits by month up to the one before this, and the newest file."""

    authority: Authority
    numbers: dict[str, int]
    load: Loads | None
    today: date

    @cached_property
    def months(self) -> list[tuple[str, int]]:
        """The months that are over, from the first with any; at most two years."""
        shown = [(month, self.numbers.get(month, 0)) for month in months_back(SHOWN, self.today)]
        first = next((at for at, (_month, number) in enumerate(shown) if number), len(shown))
        return shown[first:]

    @property
    def usual(self) -> int:
        """What the month in the middle has."""
        return median_low([number for _month, number in self.months]) if self.months else 0

    @property
    def gaps(self) -> list[str]:
        """The months with less than a quarter of what is usual."""
        if self.usual < FEWEST:
            return []
        return [month for month, number in self.months if number * A_QUARTER < self.usual]

    @property
    def stalls(self) -> bool:
        """Whether the last two months are gaps."""
        return len(self.months) > 2 and {month for month, _n in self.months[-2:]} <= set(self.gaps)

    @property
    def newest(self) -> date | None:
        """The newest month with any visit, this one included."""
        return max((first_day(month) for month, number in self.numbers.items() if number), default=None)

    @property
    def warning(self) -> str:
        """What a reader should know before taking silence for news; '' where nothing stalls."""
        if not self.stalls:
            return ""
        before = [month for month, _n in self.months if month not in self.gaps]
        said = {"month": said_month(before[-1]), "n": self.usual}
        return _(
            "Hardly any inspection after %(month)s is here; as a rule a month has about %(n)d. "
            "Later ones may be missing."
        ) % said  # fmt: skip

    @property
    def gaps_in_words(self) -> str:
        """The months that are gaps."""
        return joining.listed(said_month(month) for month in self.gaps)

    @property
    def chart(self) -> Columns | None:
        """The months as columns, with what is usual as a dashed line; None of fewer than two."""
        if len(self.months) < 2:
            return None
        most = max(self.months, key=lambda pair: pair[1])
        said = {
            "first": said_month(self.months[0][0]), "last": said_month(self.months[-1][0]),
            "n": self.usual, "most": most[1], "month": said_month(most[0]),
        }  # fmt: skip
        sentence = _(
            "Inspections per month, %(first)s to %(last)s: as a rule %(n)d, at most %(most)d in %(month)s. "
            "The dashed line is what is usual."
        )
        columns = [
            Column(short_month(month), number, f"{said_month(month)}: {number}")
            for month, number in self.months
        ]
        rows = [
            (said_month(month), str(number), _("gap") if month in self.gaps else "")
            for month, number in reversed(self.months)
        ]
        head = (_("Month"), _("Inspections"), _("Less than a quarter of what is usual"))
        return Columns("visits", "", sentence % said, columns, head, rows, expected=self.usual)


def of(authority: Authority, today: date | None = None) -> Coverage:
    """The coverage of one authority."""
    held = visits().value.get(authority.pk, {})
    return Coverage(authority, held, loads().value.get(authority.code), today or localdate())


def all_authorities() -> Iterable[Coverage]:
    """That of each authority, by name."""
    found = sorted(statistics.authorities().values(), key=lambda authority: authority.name.casefold())
    return [of(authority) for authority in found]


def first_day(month: str) -> date:
    """The first day of “2026-03”."""
    return date.fromisoformat(f"{month}-01")


def said_month(month: str) -> str:
    """“March 2026”."""
    return date_format(first_day(month), "YEAR_MONTH_FORMAT")


def short_month(month: str) -> str:
    """“03/26”."""
    return f"{month[5:]}/{month[2:4]}"
