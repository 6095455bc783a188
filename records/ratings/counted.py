"""Figures that take one walk through the register: the clock counts them, pages read what it counted.

    spread = Counted("spread", count=_rows, read=_objects)
    spread().value, spread().at

`count` gives plain rows, as JSON can keep them; `read` makes of them what pages use. A page never waits long:
where nothing is kept because counting is quick, the process counts for itself; where that takes longer than
`BRIEFLY`, the figure is empty and its `at` is None until the clock has counted.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import OperationalError, connections, transaction
from django.utils import timezone

from records.ratings import statistics
from records.ratings.tallies import Figure

BRIEFLY = 4
"""Seconds that the first reader may wait; the page has five."""
RARELY = 3600.0
"""Seconds after which the clock counts again: what these figures say changes slowly."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """What was counted, and when; `at` is None where it has not been counted yet."""

    value: object
    at: datetime | None


class Counted(statistics.Kept):
    """A figure over the whole register."""

    def __init__(self, name: str, count: Callable[[], list], read: Callable[[list], object]):
        self.name, self._count, self._read = name, count, read
        super().__init__(self._briefly, stored=self._kept)

    def keep(self) -> bool:
        """Count for all processes where that takes long, and keep it. For the clock; whether it did."""
        held = Figure.objects.filter(name=self.name).only("seconds", "at").first()
        if held is not None:
            age = (timezone.now() - held.at).total_seconds()
            if age < max(RARELY, held.seconds * statistics.SELDOM):
                return False
        begun = monotonic()
        try:
            rows = self._within(statistics.PATIENCE)
        except OperationalError:
            logger.exception("The figure %r could not be counted; the old one stays.", self.name)
            return False
        seconds = monotonic() - begun
        if seconds < statistics.LONG:
            Figure.objects.filter(name=self.name).delete()
            return False
        facts = {"rows": rows, "seconds": seconds, "at": timezone.now()}
        Figure.objects.update_or_create(name=self.name, defaults=facts)
        return True

    def _kept(self) -> Reading | None:
        since = timezone.now() - statistics.FORGOTTEN
        held = Figure.objects.public().filter(name=self.name, at__gt=since).first()
        return None if held is None else Reading(self._read(held.rows), held.at)

    def _briefly(self) -> Reading:
        try:
            return Reading(self._read(self._within(BRIEFLY)), timezone.now())
        except OperationalError:
            logger.warning("The figure %r takes long to count: is the clock running?", self.name)
            return Reading(self._read([]), None)

    def _within(self, seconds: int) -> list:
        with transaction.atomic(using="public"), connections["public"].cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{seconds}s'")
            return self._count()


def months_back(number: int, today) -> list[str]:
    """The last months that are over, the oldest first: “2026-02”, “2026-03”."""
    at = today.year * 12 + today.month - 1
    return [f"{place // 12}-{place % 12 + 1:02}" for place in range(at - number, at)]


LONG_AGO = timedelta(days=3 * 366)
"""How far back files and months are looked at."""
