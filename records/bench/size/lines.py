"""A line of the table: what was measured, the figures, and the yardstick of the same run."""

from typing import NamedTuple

from records.bench.size.timing import Spread

HEADS = ("", "median", "p95", "maximum", "queries", "yardstick of the same run")


class Line(NamedTuple):
    """The cells of a line; lines of one group stand together under its name."""

    group: str
    what: str
    median: str
    p95: str = ""
    most: str = ""
    queries: str = ""
    yardstick: str = ""


def spread(group: str, what: str, found: Spread, yardstick: str = "") -> Line:
    """A line of milliseconds."""
    if not found.times:
        return Line(group, what, "–", queries=asked(found), yardstick=yardstick)
    cells = (ms(found.median), ms(found.p95), ms(found.most))
    return Line(group, what, *cells, asked(found), yardstick)


def asked(found: Spread) -> str:
    """How many queries: 200; 57 of 200; 200, 3 stopped by the timeout."""
    done = len(found.times) + found.refused
    parts = [f"{done}" if done == found.wanted else f"{done} of {found.wanted}"]
    if found.stopped:
        parts.append(f"{found.stopped} stopped by the timeout")
    if found.refused:
        parts.append(f"{found.refused} refused")
    return ", ".join(parts)


def beside(name: str, found: Spread) -> str:
    """A yardstick that is a spread itself: plain SQL 12 / 40 ms."""
    if not found.times:
        return f"{name}: not measured"
    told = f"{name} {ms(found.median)} / {ms(found.p95)}"
    if found.stopped:
        told += f" ({found.stopped} of {len(found.times)} stopped)"
    return told


def ms(value: float) -> str:
    """Milliseconds as they are read: 0.52 ms, 8.1 ms, 350 ms, 2.1 s."""
    if value >= 10_000:
        return f"{value / 1000:,.1f} s"
    return f"{value:,.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 1 else f"{value:.2f} ms"
