"""What a map shows of the establishments in view: some three hundred marks at most, however many there are.

The view is cut into cells. A cell with one establishment has a mark of it, one with more a mark with their
number. Up to some ten thousand are counted one by one. More are counted in a sample, and a mark says that it
is about so many; where the sample holds hardly anything, a cell's few are looked at themselves, so that no
lonely place is missing. Only of a frequent word the sample is all: which spots have it no index of places
knows. Spots are candidates; establishments and ratings say what is shown.
"""

import math
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import connections
from django.db.models import Aggregate, Avg, F, FloatField, IntegerField, Min
from django.db.models import Count as Counted
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Floor

from records.ratings.spots import SAMPLES, SpotQuerySet
from records.search.box import Box, Grid, InBox, Ordinate, degrees
from records.search.pages import Count

WORTH_COUNTING = 20_000
"""More than so many are counted in a sample."""
FEW = 3
"""A cell of which a sample holds fewer is looked at itself."""
LOOKED_AT = 40
"""So many spots of such a cell at most."""

DOTS = 6
"""So many points of a cell at most are dots of the outline."""
EXACT = 17
"""From this zoom on a single mark stands where the establishment is, else some pixels off at most."""

_X, _Y = Ordinate("location", 0), Ordinate("location", 1)


class Share(Aggregate):
    """The value that a share of all values lies below."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


class Some(Aggregate):
    """x and y of a few of the points, spread as their rows are."""

    function = "array_agg"
    template = (
        "(array_agg(ARRAY[(%(expressions)s)[0], (%(expressions)s)[1]] ORDER BY establishment_id))[1:%(most)s]"
    )
    output_field = ArrayField(ArrayField(FloatField()))


@dataclass(frozen=True)
class Mark:
    """One mark: where it is, how many establishments it stands for, and the cell that it is of.

    `one` is the key of one of them: of the only one where there is no other. `dots`: where a few of them are.
    """

    latitude: float
    longitude: float
    count: Count
    cell: Box
    one: int
    dots: tuple[tuple[float, float], ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether it stands for one establishment."""
        return self.count == Count(1)


class Marks:
    """The marks of a view. `spots` are those under the filters, `total` at least as many as these."""

    def __init__(
        self,
        spots: SpotQuerySet,
        total: int,
        box: Box,
        zoom: int,
        walked: SpotQuerySet | None = None,
        rough: SpotQuerySet | None = None,
    ):
        """`walked`: all spots, where one by one says whether it is among `spots`, as for a frequent word.

        `rough`: those that bear the words of the filters, of which a sample tells as much.
        """
        self._spots, self._total, self._walked, self._grid = spots, total, walked, Grid(box, zoom)
        self._inside, self._rough = spots.inside(box), (spots if rough is None else rough).inside(box)

    @cached_property
    def rate(self) -> int:
        """One establishment in so many is counted."""
        most = SAMPLES[-1]
        if rate_for(self._total) == 1:
            return 1
        if self._walked is not None:
            return rate_for(most * self._walked.inside(self._grid.box).sampled(most).count())
        return rate_for(most * self._rough.sampled(most).count())

    @cached_property
    def all(self) -> list[Mark]:
        """The marks, the larger first, so that a single one lies above them."""
        cells = self._counted()
        if self.rate > 1 and self._walked is None:
            less = {cell for cell, held in cells.items() if held[0].number < FEW * self.rate}
            few = [cell for cell in self._grid.cells() if cell not in cells or cell in less]
            for cell, held in self._looked_at(few):
                if held[0].is_exact or cell not in cells:
                    cells[cell] = held
        found = [self._mark(cell, *held) for cell, held in cells.items()]
        return sorted(found, key=lambda mark: (-mark.count.number, mark.one))

    @cached_property
    def count(self) -> Count:
        """How many establishments they stand for."""
        exact = all(mark.count.is_exact for mark in self.all)
        return Count(sum(mark.count.number for mark in self.all), about=not exact)

    def _counted(self):
        """Of each cell that holds any in the sample: how many, their middle, and one of them."""
        side, rows = self._grid.side, self._inside if self.rate == 1 else self._rough.sampled(self.rate)
        for name, ordinate in (("column", _X), ("row", _Y)):
            number = Floor((ordinate + math.pi) / side)
            rows = rows.annotate(**{name: Cast(number, IntegerField())})
        grouped = rows.order_by().values_list("column", "row")
        some = Some(F("location"), most=DOTS)
        grouped = grouped.annotate(n=Counted("pk"), x=Avg(_X), y=Avg(_Y), one=Min("pk"), dots=some)
        return {
            (column, row): (Count(n * self.rate, about=self.rate > 1), x, y, one, dots)
            for column, row, n, x, y, one, dots in grouped
        }

    def _looked_at(self, cells: list[tuple[int, int]]):
        """The same of cells that seem to hold few, each counted until it shows to hold many."""
        inside = InBox("location", RawSQL("cell.box", []))
        rows = self._spots.filter(inside, location__isnull=False).order_by()
        sql, params = rows.values_list("pk", _X, _Y)[:LOOKED_AT].query.sql_with_params()
        with connections[rows.db].cursor() as cursor:
            cursor.execute(
                "SELECT cell.number, held.* FROM (SELECT number, text::box AS box "
                "FROM unnest(%s::text[]) WITH ORDINALITY AS given(text, number)) AS cell CROSS JOIN LATERAL "
                f"(SELECT count(*), avg(x), avg(y), min(pk) FROM ({sql}) AS few(pk, x, y)) AS held",
                [[self._grid.cell(*cell).sql for cell in cells], *params],
            )
            for number, n, x, y, one in cursor.fetchall():
                if n:
                    yield cells[number - 1], (Count(n, more=n == LOOKED_AT), x, y, one, [(x, y)])

    def _mark(self, cell, count: Count, x: float, y: float, one: int, dots: list) -> Mark:
        if count != Count(1) or self._grid.zoom < EXACT:
            x, y = self._grid.inward(*cell, x, y)
        places = tuple(degrees(*dot) for dot in dots)
        return Mark(*degrees(x, y), count, self._grid.cell(*cell), one, places)


def rate_for(number: int) -> int:
    """One in how many is counted of so many establishments."""
    return next((rate for rate in (1, *SAMPLES) if number <= rate * WORTH_COUNTING), SAMPLES[-1])
