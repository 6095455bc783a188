"""How many of the decisions that are public now were made in each month, by authority and of all together.

Nothing is expected of a month, as it is of inspections: decisions are few, and their display begins and ends.
"""

from collections import Counter
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.authorities.models import Authority
from records.chart import Column, Columns
from records.chart.scale import whole
from records.penalties.index import IndexCard
from records.ratings import coverage
from records.ratings.counted import LONG_AGO, Counted, months_back


def _count() -> list:
    found = (
        IndexCard.objects.public().filter(decided_on__gte=localdate() - LONG_AGO).order_by()
        .annotate(month=TruncMonth("decided_on")).values_list("authority_id", "month").annotate(n=Count("pk"))
    )  # fmt: skip
    return [[authority, f"{month:%Y-%m}", n] for authority, month, n in found]


months = Counted("decisions", _count, coverage.by_authority)
"""By authority how many public decisions each month of the last three years has."""


def chart(authority: Authority | None = None, today: date | None = None) -> Columns | None:
    """The last two years of one authority, or of all together; None where they have no decision."""
    held, numbers = months().value, Counter()
    for of_one in [held.get(authority.pk, {})] if authority else held.values():
        numbers.update(of_one)
    shown = months_back(coverage.SHOWN, today or localdate())
    most = max(shown, key=numbers.__getitem__)
    if not numbers[most]:
        return None
    columns = [_column(month, numbers[month]) for month in shown]
    said = {
        "n": whole(sum(numbers[month] for month in shown)), "most": whole(numbers[most]),
        "first": coverage.said_month(shown[0]), "last": coverage.said_month(shown[-1]),
        "month": coverage.said_month(most),
    }  # fmt: skip
    sentence = _(
        "Decisions by the month in which they were made, %(first)s to %(last)s: %(n)s that are public now, "
        "most of them in %(month)s (%(most)s). Some of the newest may not be shown yet, and the display of "
        "some of the oldest is over."
    )
    rows = [(coverage.said_month(month), whole(numbers[month])) for month in reversed(shown)]
    head = (_("Month"), _("Decisions"))
    return Columns("decided", "", sentence % said, columns, head, rows)


def _column(month: str, number: int) -> Column:
    return Column(coverage.short_month(month), number, f"{coverage.said_month(month)}: {whole(number)}")
