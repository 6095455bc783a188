"""Pages by value: a page begins behind the last row of the one before, however many came or went in between.

    AMOUNT = Keyset({"currency": str, "imposed": Decimal}, said=..., descending=True, unknown=True)

The address says where: `after=GBP~5000~123` is what follows decision 123 with its 5,000 GBP, `before=` what
precedes it, and `after=~123` stands among the rows whose value is unknown, which come last. All columns run
in one direction, so that one comparison of rows says what follows: an index answers it as a range, and the
thousandth page takes as long as the second.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import dropwhile

from django.db import connections
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Func, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from records.search.pages import SIZE, Count
from records.search.parameters import BadParameter

AFTER, BEFORE = "after", "before"
BETWEEN = "~"
# Of a whole list so many rows are looked at before the matching ones are fetched and sorted.
LOOKED_AT = 15_000
_KEY = re.compile(r"[1-9]\d{0,17}", re.ASCII)
_AMOUNT = re.compile(r"-?\d{1,17}(\.\d{1,3})?", re.ASCII)


class Follows(Func):
    """(a, b) > (x, y): whether a row comes behind another, as the one comparison that an index knows."""

    template = "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, columns: Iterable[str], sign: str, values: Iterable):
        row, other = [F(column) for column in columns], [Value(value) for value in values]
        super().__init__(
            Func(*row, template="ROW(%(expressions)s)", output_field=BooleanField()),
            Func(*other, template="ROW(%(expressions)s)", output_field=BooleanField()),
            arg_joiner=f" {sign} ",
        )


def any_of(rows) -> Subquery:
    """Whether any of the rows is there, looked up for the one row that asks.

    Of an EXISTS the planner would first make a list of all rows that answer it.
    """
    return Subquery(rows.values(there=Value(True))[:1], output_field=BooleanField())


class Sought:
    """Rows that are looked for among the next of `all_rows` in the order, one after the other.

    An index has all rows in order, and as soon as a page of them meets the condition nobody looks further.
    Where hardly any does, the whole list would be walked; then, after `LOOKED_AT` rows, what matches is taken
    together first, by whatever finds it best, and sorted. The outcome is the same.
    """

    def __init__(self, all_rows, condition, fixed):
        """`all_rows`: named tuples of the columns of the order. `condition` is asked of each row by itself,
        of other tables by `any_of`.

        `fixed`: the same rows, written so that what matches is taken together before sorting.
        """
        self._all, self._condition, self._fixed = all_rows, condition, fixed

    def filter(self, condition):
        """With a condition more, as of a queryset."""
        return Sought(self._all.filter(condition), self._condition, self._fixed.filter(condition))

    def order_by(self, *columns):
        """In this order."""
        return Sought(self._all.order_by(*columns), self._condition, self._fixed.order_by(*columns))

    def __getitem__(self, part):
        found = self._walked(part.stop)
        return found if len(found) == part.stop else list(self._fixed[part])

    def _walked(self, wanted: int) -> list:
        """The first so many that match, out of an inner query of which rows come one by one: for a condition
        of the query itself the planner would rather read the table."""
        hit = ExpressionWrapper(self._condition, BooleanField())
        order = [column.removeprefix("-") for column in self._all.query.order_by]
        ways = ["DESC" if column.startswith("-") else "ASC" for column in self._all.query.order_by]
        looked = self._all.values_list(*order).annotate(_hit=hit)[:LOOKED_AT]
        sql, params = looked.query.sql_with_params()
        columns = [f"c{at}" for at in range(len(order))]
        with connections[self._all.db].cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(columns)} FROM ({sql}) AS looked ({', '.join(columns)}, hit) WHERE hit "
                f"ORDER BY {', '.join(f'{c} {way}' for c, way in zip(columns, ways, strict=True))} LIMIT %s",
                [*params, wanted],
            )
            row = namedtuple("Row", order)
            return [row._make(values) for values in cursor.fetchall()]


@dataclass(frozen=True)
class Mark:
    """Between two rows: before or after the one with these values and key; `text` is what the URL has."""

    side: str
    text: str
    values: tuple


@dataclass(frozen=True)
class Place:
    """Where a page begins: the columns of the order, their values there, None at an end of the list.

    `follows` is the condition of what comes behind these values, which of all rows is none.
    """

    columns: tuple
    values: tuple | None
    back: bool
    follows: Q


Cut = Callable[[Place], Iterable[Q]]
"""Cuts rows into pieces that follow each other in the order of the list, so that a page looks at few of them.

Given the place where the page begins; gives the condition of each piece, those nearest first, which says what
of the piece follows the place. Together they hold all that does.
"""


def whole(place: Place) -> Iterable[Q]:
    """One piece."""
    return (place.follows,)


@dataclass(frozen=True)
class Stretch:
    """The rows of one page; the marks where the ones beside it begin, or None; `said`, from where to where.

    It has no number, nor is there a last one: whoever counts what stands before it walks all of that.
    """

    rows: list
    count: Count
    is_first: bool
    previous: Mark | None
    next: Mark | None
    said: str
    number = last = None


@dataclass(frozen=True)
class Keyset:
    """An order: columns (path and type) that run in one direction, then the key.

    `said(row)` puts the value of a row into words. `unknown`: the last column may be NULL.
    """

    columns: dict[str, type]
    said: Callable[[object], str]
    descending: bool = False
    unknown: bool = False
    key: str = "pk"

    def read(self, side: str, text: str) -> Mark:
        """The mark that a parameter is; BadParameter where it is not written as links write it."""
        *parts, key = text.rsplit(BETWEEN, 1)
        parts = parts[0].split(BETWEEN, len(self.columns) - 1) if parts else []
        try:
            if self.unknown and parts == [""]:
                values = ()
            else:
                kinds = self.columns.values()
                values = tuple(_READ[kind](part) for kind, part in zip(kinds, parts, strict=True))
            if not _KEY.fullmatch(key):
                raise ValueError(text)
        except ValueError:
            message = _("This is no place in this list. Go to its first page, and on from there.")
            raise BadParameter(side, text, message) from None
        return Mark(side, text, (*values, int(key)))

    def mark(self, side: str, row) -> Mark:
        """The mark beside a row."""
        found = tuple(getattr(row, column) for column in self.columns)
        values = (*(found if found[-1] is not None else ()), getattr(row, self.key))
        written = values if len(values) > 1 else ("", *values)
        return Mark(side, BETWEEN.join(map(_written, written)), values)

    def parted(self, rows) -> tuple:
        """The rows with a value and those without, apart as indexes have them; None where none can be."""
        if not self.unknown:
            return rows, None
        missing = f"{list(self.columns)[-1]}__isnull"
        return rows.filter(**{missing: False}), rows.filter(**{missing: True})

    @property
    def ordering(self) -> tuple:
        """The whole order at once, for a file that has no pages: without a value only the key decides."""
        columns = [F(column) for column in self.columns]
        if self.unknown:
            known = Q(**{f"{list(self.columns)[-1]}__isnull": False})
            columns = [Case(When(known, then=column)) for column in columns]
        columns.append(F(self.key))
        last = self.unknown or None
        return tuple(c.desc(nulls_last=last) if self.descending else c.asc(nulls_last=last) for c in columns)

    def page(
        self,
        known,
        unknown,
        mark: Mark | None,
        count: Count,
        size: int = SIZE,
        load: Callable = list,
        cut: Cut = whole,
    ) -> Stretch:
        """The page at a mark, the first without one, of the rows with a value and then of those without.

        `load` makes of the rows found those that the page shows; `cut` is for sets too large to sort.
        """
        back = mark is not None and mark.side == BEFORE
        rows = self.fetch(known, unknown, mark and mark.values, back, size + 1, cut)
        return stretch(self, rows, mark, back, count, size, load)

    def fetch(self, known, unknown, at: tuple | None, back: bool, wanted: int, cut: Cut = whole) -> list:
        """So many rows that follow the values of a mark, or precede them: then the nearest first."""
        stretches = [(known, (*self.columns, self.key))]
        if unknown is not None:
            stretches.append((unknown, (self.key,)))
        if back:
            stretches.reverse()
        if at:
            stretches = dropwhile(lambda stretch: len(stretch[1]) != len(at), stretches)
        falling, found = self.descending != back, []
        for rows, columns in stretches:
            values = at if at and len(columns) == len(at) else None
            follows = Q(Follows(columns, "<" if falling else ">", values)) if values else Q()
            rows = rows.order_by(*(f"-{column}" if falling else column for column in columns))
            for piece in cut(Place(columns, values, back, follows)):
                found += rows.filter(piece)[: wanted - len(found)]
                if len(found) == wanted:
                    return found
        return found


def stretch(order, rows: list, mark: Mark | None, back: bool, count: Count, size: int, load: Callable):
    """The page that rows of an order make, of which one more than the page holds was asked for."""
    more, rows = len(rows) > size, rows[:size]
    if mark and not rows:
        message = _("Nothing comes here any more. Go to the first page of the list.")
        raise BadParameter(mark.side, mark.text, message)
    if back:
        rows.reverse()
    before = order.mark(BEFORE, rows[0]) if (more if back else mark) else None
    after = order.mark(AFTER, rows[-1]) if back or more else None
    return Stretch(load(rows), count, mark is None, before, after, _span(order, rows))


def _span(order, rows: list) -> str:
    ends = dict.fromkeys(order.said(row) for row in (*rows[:1], *rows[-1:]))
    if len(ends) < 2:
        return next(iter(ends), "")
    first, last = ends
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _written(value) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _date(text: str) -> date:
    """A date in its one spelling."""
    if str(value := date.fromisoformat(text)) != text:
        raise ValueError(text)
    return value


def _amount(text: str) -> Decimal:
    """An amount in figures, which the column can hold."""
    if not _AMOUNT.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _text(text: str) -> str:
    """A text that the database can look at."""
    if "\0" in text:
        raise ValueError(text)
    return text


_READ = {date: _date, Decimal: _amount, str: _text}
