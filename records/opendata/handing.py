"""A file of any length, handed out as the database finds it, in memory that does not grow with it.

    with patient() as cursor:         # one state of the register, for as long as a download may take
        ...
    return handed_out(blocks, "text/csv; charset=utf-8", headers)

Whoever breaks off leaves nothing behind; a file that could not be finished ends as a broken transfer and
never as a whole one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic

from django.db import connections, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

ALIAS = "public"
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


class TooSlow(Exception):
    """The reader takes the file so slowly that it keeps others from theirs."""


def handed_out(blocks: Iterator[bytes], content_type: str, headers: dict[str, str]) -> HttpResponse:
    """The file; 503 with the time to wait where too many are being handed out.

    `blocks` is a generator that has not begun; it ends where a reader holds up others.
    """
    if not _turns.acquire(blocking=False):
        words = _("Too many files are being handed out just now. Try again in a minute.")
        return HttpResponse(
            words, status=503, headers={"Retry-After": "60"}, content_type="text/plain; charset=utf-8"
        )
    return StreamingHttpResponse(_Blocks(blocks), content_type=content_type, headers=headers)


class _Blocks:
    """The blocks of one download; gives its turn back when it ends, however it ends."""

    def __init__(self, blocks: Iterator[bytes]):
        self.blocks, self.open, self.turns = blocks, True, _turns

    def __iter__(self):
        yield from while_fast_enough(self.blocks)
        self.close()

    def close(self) -> None:
        """Break off, or be done."""
        if self.open:
            self.open = False
            try:
                self.blocks.close()
            finally:
                self.turns.release()

    __del__ = close  # of a server that forgets to close


@contextmanager
def patient():
    """A cursor of the public in a transaction whose statements may take as long as a download."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
        yield cursor


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
