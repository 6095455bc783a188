"""What a measurement found: the figure, its yardstick, and how the two compare."""

from collections.abc import Callable, Iterable
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple


class Result(NamedTuple):
    """One line of the table: what, the figure, the yardstick it is held against, and their ratio in words."""

    what: str
    figure: str
    yardstick: str = ""
    ratio: str = ""


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def middle(work: Callable[[], object], runs: int) -> float:
    """The median number of seconds of several runs."""
    return median(seconds(work) for _ in range(runs))


def spread(work: Callable[[object], object], inputs: Iterable) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of the work over varied inputs."""
    times = [1000 * seconds(lambda item=item: work(item)) for item in inputs]
    return median(times), quantiles(times, n=20)[18]


def table(results: list[Result]) -> str:
    """The results as aligned text."""
    rows = [("", "figure", "yardstick of the same run", "ratio"), *results]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
