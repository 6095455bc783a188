"""Charts that the server draws: what they say as numbers, and where on the picture it stands.

    Columns("months", _("Inspections per month"), sentence, columns=[...], head=(...), rows=[...])

`templates/components/chart.html` draws any of them. Every place is a share of the picture's width and height,
so that shapes grow with the page and letters do not; every chart carries its sentence and its table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from records.chart.scale import at, labels, ticks


@dataclass(frozen=True)
class Column:
    """One column: the label under it, its value, what it says; `open`: more is to come."""

    label: str
    value: float
    words: str
    tone: str = ""
    open: bool = False


@dataclass(frozen=True)
class Edge:
    """A line between columns, before the one at `place`, and the words for what lies behind it."""

    place: int
    words: str = ""


@dataclass(frozen=True)
class Columns:
    """Columns above a line, with a scale and gridlines; `expected`: a value that a dashed line marks.

    `zones`: (place of the first column, of the last, words) for what stands above several columns.
    """

    key: str
    title: str
    sentence: str
    columns: Sequence[Column]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    expected: float | None = None
    zones: Sequence[tuple[int, int, str]] = ()
    below: str = ""

    kind = "columns"
    WIDTH = 0.72

    @cached_property
    def _ticks(self) -> list[tuple[float, str]]:
        return ticks(max([column.value for column in self.columns] + [self.expected or 0]))

    @property
    def top(self) -> float:
        """The value at the upper edge."""
        return self._ticks[-1][0]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The gridlines: how far down, and the number beside them."""
        return [(at(self.top - value, self.top), said) for value, said in self._ticks]

    @property
    def bars(self) -> list[dict]:
        """The columns as rectangles."""
        number = len(self.columns)
        return [
            {
                "x": at(place + (1 - self.WIDTH) / 2, number), "width": at(self.WIDTH, number),
                "y": at(self.top - column.value, self.top), "height": at(column.value, self.top),
                "column": column,
            }
            for place, column in enumerate(self.columns)
        ]  # fmt: skip

    @property
    def labels(self) -> list[dict]:
        """What stands below: a few on a phone, more where there is room."""
        return labels([column.label for column in self.columns])

    @property
    def borders(self) -> list[str]:
        """Where one zone ends and the next begins."""
        return [at(first, len(self.columns)) for first, _last, _words in self.zones if first]

    @property
    def named(self) -> list[dict]:
        """The words of the zones, in the middle of each."""
        number = len(self.columns)
        return [
            {"x": at((first + last + 1) / 2, number), "words": words} for first, last, words in self.zones
        ]

    @property
    def expected_at(self) -> str:
        """How far down the dashed line runs; '' without one."""
        return "" if self.expected is None else at(self.top - self.expected, self.top)


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: words, value, and the value as it is said."""

    label: str
    value: float
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Bars:
    """Rows with a bar each, of one whole: for things that have names and no order of their own."""

    key: str
    title: str
    sentence: str
    bars: Sequence[Bar]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    whole: float = 0

    kind = "bars"

    @property
    def drawn(self) -> list[tuple[Bar, str]]:
        """The bars, each with its length."""
        whole = self.whole or max((bar.value for bar in self.bars), default=0)
        return [(bar, at(bar.value, whole)) for bar in self.bars]


@dataclass(frozen=True)
class Stand:
    """Something that held from a day on: its place in `Steps.levels`, and the words for the day."""

    level: int
    on: date
    words: str


@dataclass(frozen=True)
class Steps:
    """What held from when to when, as a line that steps between named levels, the first at the top.

    The last holds until `until`; `goes_on` says that it holds still.
    """

    key: str
    title: str
    sentence: str
    levels: Sequence[str]
    stands: Sequence[Stand]
    until: date
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    goes_on: bool = True
    tones: Sequence[str] = field(default=())

    kind = "steps"
    HEIGHT = 2.5
    """Height of a level, in letters."""

    @property
    def height(self) -> str:
        """The height of the picture."""
        return f"{len(self.levels) * self.HEIGHT:g}em"

    @cached_property
    def _days(self) -> tuple[int, int]:
        first, last = self.stands[0].on.toordinal(), self.until.toordinal()
        return first, max(1, last - first)

    def _x(self, day: date) -> str:
        first, days = self._days
        return at(min(day.toordinal() - first, days), days)

    def _y(self, level: int) -> str:
        return at(level + 0.5, len(self.levels))

    @property
    def middles(self) -> list[str]:
        """The gridlines: the middle of each level."""
        return [self._y(level) for level in range(len(self.levels))]

    @property
    def held(self) -> list[dict]:
        """The lines that run along a level, each with the mark at its beginning."""
        ends = [stand.on for stand in self.stands[1:]] + [self.until]
        return [
            {"x1": self._x(stand.on), "x2": self._x(end), "y": self._y(stand.level), "stand": stand}
            for stand, end in zip(self.stands, ends, strict=True)
        ]

    @property
    def changes(self) -> list[dict]:
        """The lines from one level to the next."""
        pairs = zip(self.stands, self.stands[1:], strict=False)
        return [
            {"x": self._x(after.on), "y1": self._y(before.level), "y2": self._y(after.level)}
            for before, after in pairs
            if before.level != after.level
        ]

    @property
    def labels(self) -> list[dict]:
        """The first of January of each year, or the two ends where none lies between."""
        first, last = self.stands[0].on, self.until
        days = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
        if not days:
            return []
        thinned = labels([str(day.year) for day in days])
        return [
            label | {"x": self._x(day)} for label, day in zip(thinned, days, strict=True) if label["text"]
        ]
