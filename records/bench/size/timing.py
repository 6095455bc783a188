"""How long things take: in the database alone or as a whole, over varied inputs, and never without end."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median, quantiles
from time import monotonic, perf_counter

from django.db import OperationalError, connections

BOUND = 24.0
"""Seconds that one class of queries gets; what is left over after them is not asked, and the line says so.

Two hundred first pages of ten million take no longer, and all of the bench less than ninety minutes.
"""


@dataclass(frozen=True)
class Spread:
    """Milliseconds of all that were answered or stopped; how many were to be asked, were stopped, refused."""

    times: tuple[float, ...]
    wanted: int
    stopped: int = 0
    refused: int = 0

    @property
    def median(self) -> float:
        """Half took no longer."""
        return median(self.times) if self.times else 0.0

    @property
    def p95(self) -> float:
        """Of a hundred ninety-five took no longer."""
        return quantiles(self.times, n=20, method="inclusive")[18] if len(self.times) > 1 else self.median

    @property
    def most(self) -> float:
        """The longest."""
        return max(self.times, default=0.0)


class Refused(Exception):
    """The site answered with something else than a page."""


@contextmanager
def in_database(*aliases: str):
    """Yields a list that gets the seconds of each statement of the connections within the block."""
    spent = []

    def timed(execute, sql, params, many, context):
        begun = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(perf_counter() - begun)

    wrappers = [connections[alias].execute_wrapper(timed) for alias in aliases or ("public",)]
    for wrapper in wrappers:
        wrapper.__enter__()
    try:
        yield spent
    finally:
        for wrapper in reversed(wrappers):
            wrapper.__exit__(None, None, None)


def database(work: Callable[[], object]) -> float:
    """Milliseconds that the statements of the public connection take during a piece of work."""
    with in_database() as spent:
        work()
    return 1000 * sum(spent)


def whole(work: Callable[[], object]) -> float:
    """Milliseconds of the piece of work."""
    begun = perf_counter()
    work()
    return 1000 * (perf_counter() - begun)


def over(work: Callable[[object], float], inputs: Iterable, seconds: float = BOUND) -> Spread:
    """The spread of `work`, which tells milliseconds, over the inputs: once to warm up, once to measure.

    An input that the statement timeout stops counts with the time until then. After the seconds no further
    input is asked, and only what was asked before is measured: all of it is warm.
    """
    inputs = list(inputs)
    before = _once(work, inputs, seconds)
    asked = inputs[: len(before.times) + before.refused]
    return replace(_once(work, asked, seconds), wanted=len(inputs))


def _once(work, inputs: list, seconds: float) -> Spread:
    end, times, stopped, refused = monotonic() + seconds, [], 0, 0
    for item in inputs:
        if monotonic() > end and (times or refused):
            break
        begun = perf_counter()
        try:
            times.append(work(item))
        except OperationalError:
            stopped += 1
            times.append(1000 * (perf_counter() - begun))
        except Refused:
            refused += 1
    return Spread(tuple(times), len(inputs), stopped, refused)
