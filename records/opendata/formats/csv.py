"""All rows of a search as CSV, as the database hands them out, in memory that does not grow with them.

The database writes the CSV (COPY) and reads one state of the register, however long the download takes.
Whoever breaks off leaves nothing behind; a file that could not be finished ends as a broken transfer and
never as a whole one. It begins with a byte order mark, without which spreadsheets take UTF-8 for something
else.
"""

from collections.abc import Iterator
from threading import BoundedSemaphore
from time import monotonic

from django.db import connections, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from records.opendata.columns import Harmless

ALIAS = "public"
TYPE = "text/csv; charset=utf-8"
BLOCK = 64 * 1024
PATIENCE = "1h"
"""How long one download may take; a page has five seconds."""
GRACE = 600.0
"""Seconds after which a download has to have been, and to be, at least so fast as SLOWEST."""
SLOWEST = 128 * 1024
"""Bytes per second: ten million decisions take an hour at seventeen times that."""

AT_ONCE = 2
"""Downloads of one process at the same time: each keeps a connection and a thread."""

_turns = BoundedSemaphore(AT_ONCE)


def answer(request, dataset, search) -> HttpResponse:
    """The file; 503 with the time to wait where too many are being handed out."""
    headers = {"Content-Disposition": f'attachment; filename="{dataset.key}.csv"', "X-Robots-Tag": "noindex"}
    if request.method == "HEAD":
        return StreamingHttpResponse((), content_type=TYPE, headers=headers)  # of no known length
    columns = dataset.columns_for(request, search)
    written = (Harmless(column.expression) if column.prose else column.expression for column in columns)
    selected = dataset.rows(search).values_list(*written)
    sql, params = selected.query.get_compiler(using=ALIAS).as_sql()
    if not _turns.acquire(blocking=False):
        words = _("Too many files are being handed out just now. Try again in a minute.")
        return HttpResponse(
            words, status=503, headers={"Retry-After": "60"}, content_type="text/plain; charset=utf-8"
        )
    heading = "\ufeff" + ",".join(column.name for column in columns) + "\r\n"
    return StreamingHttpResponse(
        _Blocks(heading.encode(), copied(sql, params)), content_type=TYPE, headers=headers
    )


class _Blocks:
    """The blocks of one download; gives its turn back when it ends, however it ends."""

    def __init__(self, heading: bytes, rows: Iterator[bytes]):
        self.heading, self.rows, self.open = heading, rows, True

    def __iter__(self):
        yield self.heading
        yield from self.rows

    def close(self) -> None:
        """Break off, or be done."""
        if self.open:
            self.open = False
            try:
                self.rows.close()
            finally:
                _turns.release()

    __del__ = close  # of a server that forgets to close


def copied(sql: str, params) -> Iterator[bytes]:
    """What a query finds as CSV, in blocks of some 64 kB. Raises TooSlow where a reader holds up others."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
        with cursor.copy(f"COPY ({from_the_first_row(sql)}) TO STDOUT (FORMAT csv)", params) as copy:
            yield from while_fast_enough(in_blocks(copy))


def from_the_first_row(sql: str) -> str:
    """The same rows by a plan that does not compute and sort all of them before it hands out the first.

    A limit that it cannot know makes the planner count on a tenth of the rows: it walks the index of the
    order where much is found, and sorts first and looks things up afterwards where that is little.
    """
    return f"{sql} LIMIT (SELECT 9223372036854775807)"


class TooSlow(Exception):
    """The reader takes the file so slowly that it keeps others from theirs."""


def while_fast_enough(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks, as long as they are taken at SLOWEST on the average; in the first GRACE anyhow."""
    begun, size = monotonic(), 0
    for block in blocks:
        yield block
        size += len(block)
        seconds = monotonic() - begun
        if seconds > GRACE and size < seconds * SLOWEST:
            raise TooSlow(f"{size} bytes in {seconds:.0f} seconds")


def in_blocks(pieces) -> Iterator[bytes]:
    """The same bytes in fewer pieces: one for each row would cost more than the row."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= BLOCK:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)
