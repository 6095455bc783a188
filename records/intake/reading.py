"""Reads a file with every core: its parts go to worker processes and come back as blocks ready for COPY.

A room says how one row becomes staging lines (`Stager`); this module knows no room and no database.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from records.intake.rows import Problem

BLOCK = 1 << 20
"""Characters in a block that goes to COPY at once; also what bounds the memory of a long part."""

NUMBERS_PER_PART = 100_000_000
"""Rows are numbered part by part, so that workers need not talk to each other."""

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


def blocks(format, part, number: int, stage: Stager, context) -> Iterator[Block]:
    """The part as blocks of about a megabyte."""
    keys, data, size, incomplete, problems = [], [], 0, [], []
    for item in stage(format.rows(part), part.name, number * NUMBERS_PER_PART, context):
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


def _work(format, part, number, stage, context) -> list[Block]:
    return list(blocks(format, part, number, stage, context))


def _leave_with_parent() -> None:
    """In a worker: end when the import was killed, which no queue would tell."""

    def watch():
        parent_process().join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def read(format, path: Path, stage: Stager, context, workers: int | None = None) -> Iterator[Block]:
    """All blocks of a file. Parts are independent; two per worker are in flight, which bounds memory."""
    workers = workers or min(3, os.cpu_count() or 1)  # each holds some 60 MB
    parts = enumerate(format.parts(path))
    first = list(islice(parts, 2))
    if len(first) < 2 or workers < 2:
        for number, part in chain(first, parts):
            yield from blocks(format, part, number, stage, context)
        return
    # Not fork: a child must not inherit the database connection.
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_leave_with_parent
    ) as pool:
        flying = deque()
        for number, part in chain(first, parts):
            flying.append(pool.submit(_work, format, part, number, stage, context))
            while len(flying) > workers:
                yield from flying.popleft().result()
        while flying:
            yield from flying.popleft().result()
