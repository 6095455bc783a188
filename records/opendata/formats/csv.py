"""All rows of a search as CSV, written by the database (COPY), so that they are those of one moment.

It begins with a byte order mark, without which spreadsheets take UTF-8 for something else.
"""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

from records.opendata.columns import Harmless
from records.opendata.handing import ALIAS, handed_out, in_blocks, patient

TYPE = "text/csv; charset=utf-8"


def answer(request, dataset, search) -> HttpResponse:
    """The file; 503 with the time to wait where too many are being handed out."""
    headers = {"Content-Disposition": f'attachment; filename="{dataset.key}.csv"', "X-Robots-Tag": "noindex"}
    if request.method == "HEAD":
        return StreamingHttpResponse((), content_type=TYPE, headers=headers)  # of no known length
    columns = dataset.columns_for(request, search)
    written = (Harmless(column.expression) if column.prose else column.expression for column in columns)
    selected = dataset.rows(search).values_list(*written)
    sql, params = selected.query.get_compiler(using=ALIAS).as_sql()
    heading = "\ufeff" + ",".join(column.name for column in columns) + "\r\n"
    return handed_out(_file(heading.encode(), sql, params), TYPE, headers)


def _file(heading: bytes, sql: str, params) -> Iterator[bytes]:
    yield heading
    yield from copied(sql, params)


def copied(sql: str, params) -> Iterator[bytes]:
    """What a query finds as CSV, in blocks of some 64 kB."""
    with (
        patient() as cursor,
        cursor.copy(f"COPY ({from_the_first_row(sql)}) TO STDOUT (FORMAT csv)", params) as copy,
    ):
        yield from in_blocks(copy)


def from_the_first_row(sql: str) -> str:
    """The same rows by a plan that does not compute and sort all of them before it hands out the first.

    A limit that it cannot know makes the planner count on a tenth of the rows: it walks the index of the
    order where much is found, and sorts first and looks things up afterwards where that is little.
    """
    return f"{sql} LIMIT (SELECT 9223372036854775807)"
