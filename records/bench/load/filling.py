"""Chunks of blocks, each one transaction, loaded by as many processes as asked for.

Rows come from Python, and a process and its session on the server take turns: while one session computes
search columns the other process makes rows. Two of each keep two cores busy.
"""

import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from time import monotonic

from django.db import connection, connections, transaction

from records.bench.load import businesses, decisions, premises, progress
from records.bench.load.plan import BLOCK
from records.bench.load.tables import copy

MAKERS = {"businesses": businesses.rows, "establishments": premises.rows, "penalties": decisions.rows}
ROWS, CARDS = tuple(MAKERS), ("cards",)
WORDS = {
    "businesses": "businesses", "establishments": "establishments", "penalties": "decisions",
    "cards": "index cards",
}  # fmt: skip
EVERY = 5
"""Seconds between two words about the progress."""


class Interrupted(Exception):
    """A process that loads has failed; what it had committed stays."""


def fill(world, processes: int, size: int, say: Callable[[str], object], kinds: tuple[str, ...]) -> None:
    """Load every block of these kinds that is not there yet, so many in a transaction."""
    chunks = list(_chunks(world.plan, size, kinds))
    teller = Teller(world.plan, say, kinds)
    if processes == 1:
        for kind, blocks in chunks:
            _load(world, kind, blocks)
            teller.tell()
        return
    connections.close_all()  # a child must not inherit a connection
    context = get_context("fork")  # which shares the words and phrases
    workers = [
        context.Process(target=_work, args=(world, chunks[at::processes], os.getpid()), daemon=True)
        for at in range(processes)
    ]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        workers[0].join(EVERY) if workers[0].is_alive() else workers[-1].join(EVERY)
        teller.tell()
    if any(worker.exitcode for worker in workers):
        raise Interrupted("A process of the load has failed; its message stands above. Start again to go on.")


def _chunks(plan, size: int, kinds: tuple[str, ...]) -> Iterator[tuple[str, range]]:
    for kind in kinds:
        for first in range(0, plan.blocks(kind), size):
            yield kind, range(first, min(first + size, plan.blocks(kind)))


def _work(world, chunks, parent: int) -> None:
    """What a child does: its share of the chunks, as long as its parent lives, who tells of a stop."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for kind, blocks in chunks:
        if os.getppid() != parent:
            return
        _load(world, kind, blocks)
    connections.close_all()


def _load(world, kind: str, blocks: range) -> None:
    """One transaction: those of the blocks that nobody has loaded."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        rows = {}
        for block in progress.claim(cursor, kind, blocks):
            if kind in CARDS:
                numbers = world.plan.numbers(kind, block)
                cursor.execute("SELECT records_index_range(%s, %s)", [numbers.start, numbers.stop])
                continue
            for table, lines in MAKERS[kind](world, block).items():
                rows.setdefault(table, []).extend(lines)
        copy(cursor, rows)


class Teller:
    """Says how far the load is, how fast it goes, and how long it will take still."""

    def __init__(self, plan, say, kinds):
        self._plan, self._say, self._kinds = plan, say, kinds
        self._begun, self._before, self._told = monotonic(), None, 0.0

    def tell(self) -> None:
        """One line about the kind that is on its way, not too often."""
        if monotonic() - self._told < EVERY and self._told:
            return
        with connection.cursor() as cursor:
            loaded = progress.loaded(cursor)
        self._told = monotonic()
        for kind in self._kinds:
            done, total = loaded.get(kind, 0) * BLOCK, self._plan.rows(kind)
            if done < total or kind == self._kinds[-1]:
                told = self._rate(kind, done, total)
                self._say(f"{min(done, total):,} of {total:,} {WORDS[kind]}{told}")
                return

    def _rate(self, kind: str, done: int, total: int) -> str:
        if self._before is None or self._before[0] != kind:
            self._before = kind, done, monotonic()
            return ""
        rate = (done - self._before[1]) / max(monotonic() - self._before[2], 0.001)
        if not rate:
            return ""
        left = max(total - done, 0) / rate
        return (
            f", {rate:,.0f} a second, {left / 60:.0f} minutes left"
            if left > 90
            else f", {rate:,.0f} a second"
        )
