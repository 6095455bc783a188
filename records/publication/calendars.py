"""Working days, and civil dates a number of months on.

A limit "of three days" in a law often means working days (China: 行政处罚法 85), and which days those are
differs from authority to authority: the weekend, the public holidays, the weekend days worked in exchange.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Which days an authority works.

    `weekend` holds ISO weekdays (1 is Monday), `holidays` the dates on which nobody works, `worked` the days
    of a weekend that are worked in exchange for a holiday (China). A date in both of them is a holiday. Any
    iterables will do. Raises ValueError when no weekday is left to work on, or a weekday is none.
    """

    weekend: frozenset[int] = frozenset((6, 7))
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def __post_init__(self):
        for name in ("weekend", "holidays", "worked"):
            object.__setattr__(self, name, frozenset(getattr(self, name)))
        if not self.weekend < set(range(1, 8)):
            raise ValueError(
                "a weekend holds days from 1 (Monday) to 7 (Sunday), and leaves one to work on, "
                f"not {sorted(self.weekend)}"
            )

    def is_working(self, day: date) -> bool:
        """Whether the authority works on that day."""
        if day in self.holidays:
            return False
        return day in self.worked or day.isoweekday() not in self.weekend

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself does not count; `day` when `count` is 0.

        Raises ValueError for a negative count.
        """
        if count < 0:
            raise ValueError(f"a limit is no number of days before, such as {count}")
        while count:
            day += DAY
            count -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; negative when `end` is before.

        So `between(day, add(day, n))` is `n`.
        """
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working(start + number * DAY) for number in range(1, (end - start).days + 1))

    def working_from(self, day: date) -> date:
        """The day itself when it is worked, else the next that is.

        Where a time to contest ends on a holiday, it ends with the next working day (民法典 203).
        """
        return day if self.is_working(day) else self.add(day, 1)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of that month where it has no such day.

    So a period of months ends whose first day does not count (民法典 201-203).
    """
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
