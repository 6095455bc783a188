"""One page of a search as JSON: what was asked, how many there are, the rows, and the way on."""

from collections import defaultdict
from decimal import Decimal

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from records.publication.caching import keep_until


def answer(request, dataset, search) -> HttpResponse:
    """The records of the page that the list shows, as the table has them; unknown values are null.

    A count that is not exact is a lower bound, or about right; null where counting took too long.

    {"sentence", "count", "count_is_exact", "next", "previous", "rows": [{heading: value}]}
    """
    page = search.page
    for record in page.rows:
        keep_until(request, record.hide_at)
    told = {
        "sentence": dataset.sentence(search),
        "count": None if search.count.unknown else search.count.number,
        "count_is_exact": search.count.is_exact,
        "next": _address(request, dataset, search, page.next),
        "previous": _address(request, dataset, search, page.previous),
        "rows": _rows(
            dataset, search, [record.pk for record in page.rows], dataset.columns_for(request, search)
        ),
    }
    return JsonResponse(told, headers={"X-Robots-Tag": "noindex"}, json_dumps_params={"ensure_ascii": False})


def _rows(dataset, search, numbers: list[int], columns) -> list[dict]:
    """The rows of these records, in their order."""
    found = dataset.rows(search).order_by().filter(pk__in=numbers)
    rows = defaultdict(list)
    for number, *values in found.values_list("pk", *(column.expression for column in columns)):
        names = (column.name for column in columns)
        rows[number].append(dict(zip(names, map(_plain, values), strict=True)))
    return [row for number in numbers for row in rows[number]]


def _plain(value):
    """Amounts as texts without a rounding, everything else as JSON has it."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def _address(request, dataset, search, number) -> str | None:
    """The address of another page as JSON; None where there is none."""
    if number is None:
        return None
    return request.build_absolute_uri(reverse(f"{dataset.space}:json") + search.page_link(number))
