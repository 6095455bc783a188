"""Reads a file with every core: its parts go to worker processes and come back as blocks ready for COPY.

A room says how one row becomes staging lines (`Stager`); this module knows no room and no database. A file of
one part is read here; where the room says that rows may be staged apart from each other, pieces of a long one
go to the workers.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import batched, chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from records.intake.rows import Problem

BLOCK = 1 << 20
"""Characters in a block that goes to COPY at once; also what bounds the memory of a long part."""

NUMBERS_PER_PART = 100_000_000
"""Rows are numbered part by part, so that workers need not talk to each other."""

PIECE = 500
"""Rows that are staged together where a part is divided."""

WORTH_DIVIDING = 4 * PIECE
"""A part with fewer rows is staged sooner than a process has begun."""

# (items of a part, name of the part, number of the first row, context) -> Staged, Incomplete and Problem
Stager = Callable[[Iterator, str, int, object], Iterator]


EVERYTHING = "*"


class Staged(NamedTuple):
    """One row of a file, ready for COPY: the key line it is compared by; its staging lines, '' if refused."""

    key: str
    data: str


class Incomplete(NamedTuple):
    """A part could not be read to its end: what it does not name about this scope has not vanished.

    The scope EVERYTHING stands for all of them.
    """

    scope: str


class Block(NamedTuple):
    """Some rows of one part: key lines, staging lines, how many, what is incomplete, and the problems met."""

    keys: bytes
    data: bytes
    rows: int
    incomplete: list[str]
    problems: list[Problem]


def blocks(items: Iterator, name: str, start: int, stage: Stager, context) -> Iterator[Block]:
    """What a format read, staged, as blocks of about a megabyte; rows are numbered from `start`."""
    keys, data, size, incomplete, problems = [], [], 0, [], []
    for item in stage(items, name, start, context):
        if isinstance(item, Staged):
            keys.append(item.key)
            data.append(item.data)
            size += len(item.data)
        elif isinstance(item, Incomplete):
            incomplete.append(item.scope)
        else:
            problems.append(item)
        if size >= BLOCK or len(problems) >= 1000:
            yield Block("".join(keys).encode(), "".join(data).encode(), len(keys), incomplete, problems)
            keys, data, size, incomplete, problems = [], [], 0, [], []
    yield Block("".join(keys).encode(), "".join(data).encode(), len(keys), incomplete, problems)


class Work(NamedTuple):
    """What a worker is told once: the format, and how and in which context the room stages its rows."""

    format: object
    stage: Stager
    context: object

    def on_part(self, part, number: int) -> Iterator[Block]:
        """The blocks of a whole part."""
        yield from blocks(
            self.format.rows(part), part.name, number * NUMBERS_PER_PART, self.stage, self.context
        )

    def on_rows(self, rows: Iterator, name: str, start: int) -> Iterator[Block]:
        """The blocks of some rows of a part."""
        yield from blocks(iter(rows), name, start, self.stage, self.context)


_told: list[Work] = []


def _begin(work: Work) -> None:
    """In a worker: remember the work, and end when the import was killed, which no queue would tell."""
    _told.append(work)

    def watch():
        parent_process().join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _part(*arguments) -> list[Block]:
    return list(_told[0].on_part(*arguments))


def _rows(*arguments) -> list[Block]:
    return list(_told[0].on_rows(*arguments))


def read(
    format, path: Path, stage: Stager, context, workers: int | None = None, divisible: bool = False
) -> Iterator[Block]:
    """All blocks of a file. Parts are independent; two per worker are in flight, which bounds memory."""
    workers = workers or min(3, os.cpu_count() or 1)  # each holds some 60 MB
    work, parts = Work(format, stage, context), enumerate(format.parts(path))
    first = list(islice(parts, 2))
    if len(first) == 1 and workers > 1 and divisible:
        yield from _divided(work, first[0][1], workers)
    elif len(first) < 2 or workers < 2:
        for number, part in chain(first, parts):
            yield from work.on_part(part, number)
    else:
        tasks = ((_part, part, number) for number, part in chain(first, parts))
        yield from _together(work, tasks, workers)


def _divided(work: Work, part, workers: int) -> Iterator[Block]:
    """A single part: read here, staged by the workers piece by piece if it is long."""
    rows = work.format.rows(part)
    begun = list(islice(rows, WORTH_DIVIDING))
    if len(begun) < WORTH_DIVIDING:
        yield from work.on_rows(begun, part.name, 0)
        return
    pieces = enumerate(batched(chain(begun, rows), PIECE))
    tasks = ((_rows, piece, part.name, number * PIECE) for number, piece in pieces)
    yield from _together(work, tasks, workers)


def _together(work: Work, tasks: Iterator[tuple], workers: int) -> Iterator[Block]:
    """What the tasks give, in their order, done by so many processes."""
    # Not fork: a child must not inherit the database connection.
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(work,)
    ) as pool:
        flying = deque()
        for task in tasks:
            flying.append(pool.submit(*task))
            while len(flying) > workers:
                yield from flying.popleft().result()
        while flying:
            yield from flying.popleft().result()
