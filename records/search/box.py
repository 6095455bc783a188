"""A part of the map: where somebody looks, as the corners of a box, and the grid that marks are counted in.

The map is Mercator's, as in `near`: x is the longitude in radians, y grows to the north, and a box has the
same shape on it as on the screen. Boxes do not reach across the 180th meridian.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, F, FloatField, Func, Value
from django.utils.translation import gettext as _

CELL = 64
"""The side of a cell of the grid, in pixels of the screen."""
MOST_CELLS = 320
"""A box is never cut into more cells than this: where it would be, cells are larger."""
DEEPEST = 19
"""The nearest zoom: some 0.3 metres to a pixel at the equator."""

_TILE = 256
_HALF = math.pi
_LEAST = 0.00016
"""The least width of a box that is made: a kilometre at the equator."""
_NUMBER = r"[+-]?\d{1,3}(?:\.\d{0,15})?"
_FOUR = re.compile(rf"\s*({_NUMBER})" + rf"\s*,\s*({_NUMBER})" * 3 + r"\s*", re.ASCII)


def across(longitude: float) -> float:
    """The x of a longitude in degrees."""
    return math.radians(longitude)


def upward(latitude: float) -> float:
    """The y of a latitude in degrees; the map ends some way before the poles."""
    return math.asinh(math.tan(math.radians(max(-85.05, min(85.05, latitude)))))


def degrees(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point on the map."""
    return math.degrees(math.atan(math.sinh(y))), math.degrees(x)


@dataclass(frozen=True)
class Box:
    """A part of the map by its edges."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def sql(self) -> str:
        """As PostgreSQL reads a box."""
        return f"(({self.left!r},{self.bottom!r}),({self.right!r},{self.top!r}))"

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees, to a metre."""
        south, west = degrees(self.left, self.bottom)
        north, east = degrees(self.right, self.top)
        return round(west, 5), round(south, 5), round(east, 5), round(north, 5)

    def __str__(self):
        return ",".join(f"{edge:.5f}" for edge in self.edges)

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude of its middle."""
        return degrees((self.left + self.right) / 2, (self.bottom + self.top) / 2)

    def wider(self, share: float) -> "Box":
        """The same with so much of its size more at each side, at least of the least size, within the map."""
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        width = max((self.right - self.left) * (0.5 + share), _LEAST / 2)
        height = max((self.top - self.bottom) * (0.5 + share), _LEAST / 2)
        return Box(
            max(x - width, -_HALF), max(y - height, -_HALF), min(x + width, _HALF), min(y + height, _HALF)
        )

    def zoom(self, pixels: int = 640) -> int:
        """The nearest zoom at which it fits into so many pixels, and three quarters of them in height."""
        size = max(self.right - self.left, (self.top - self.bottom) * 4 / 3, 1e-9)
        return max(0, min(DEEPEST, math.floor(math.log2(2 * _HALF * pixels / (_TILE * size)))))


WORLD = Box(-_HALF, -1.2, _HALF, 2.1)
"""All but the empty ends."""


def parse_box(text: str) -> Box:
    """A `Box` from "west,south,east,north" in decimal degrees; ValueError says what is wrong with `bbox`."""
    found = _FOUR.fullmatch(text)
    if not found:
        raise ValueError(
            _("“bbox” must be west, south, east and north in decimal degrees, such as -0.2,51.4,0.1,51.6.")
        )
    west, south, east, north = map(float, found.groups())
    if max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:
        raise ValueError(_("In “bbox” latitudes lie between -90 and 90, longitudes between -180 and 180."))
    box = Box(across(west), upward(south), across(east), upward(north))
    if box.left >= box.right or box.bottom >= box.top:
        raise ValueError(_("In “bbox” the west comes before the east, and the south before the north."))
    return box


class InBox(Func):
    """The condition that a point column lies in a box, which a GiST index answers."""

    template = "%(expressions)s::box"
    arg_joiner = " <@ "
    output_field = BooleanField()

    def __init__(self, field: str, box):
        """`box`: a `Box`, or an expression for one."""
        super().__init__(F(field), Value(box.sql) if isinstance(box, Box) else box)


class Ordinate(Func):
    """x (0) or y (1) of a point column."""

    template = "(%(expressions)s)[%(at)s]"
    output_field = FloatField()

    def __init__(self, field: str, at: int):
        super().__init__(F(field), at=at)


@dataclass(frozen=True)
class Grid:
    """The cells that a box is cut into; their borders are the same wherever one looks at that zoom."""

    box: Box
    zoom: int

    @property
    def side(self) -> float:
        """The side of a cell on the map."""
        side = 2 * _HALF * CELL / (_TILE * 2**self.zoom)
        while self._cells(side) > MOST_CELLS:
            side *= 2
        return side

    def cells(self) -> Iterator[tuple[int, int]]:
        """Column and row of every cell that the box touches."""
        columns, rows = self._spans(self.side)
        return ((column, row) for column in columns for row in rows)

    def cell(self, column: int, row: int) -> Box:
        """The part of the box in a cell."""
        side, box = self.side, self.box
        return Box(
            max(box.left, column * side - _HALF), max(box.bottom, row * side - _HALF),
            min(box.right, (column + 1) * side - _HALF), min(box.top, (row + 1) * side - _HALF),
        )  # fmt: skip

    def inward(self, column: int, row: int, x: float, y: float) -> tuple[float, float]:
        """A point kept off the borders of its cell, so that the marks of two do not cover each other."""
        return tuple(
            min(max(at, (number + 0.3) * self.side - _HALF), (number + 0.7) * self.side - _HALF)
            for number, at in ((column, x), (row, y))
        )

    def _spans(self, side: float) -> tuple[range, range]:
        edges = ((self.box.left, self.box.right), (self.box.bottom, self.box.top))
        return tuple(
            range(math.floor((low + _HALF) / side), math.floor((high + _HALF) / side) + 1)
            for low, high in edges
        )

    def _cells(self, side: float) -> int:
        columns, rows = self._spans(side)
        return len(columns) * len(rows)
