"""How many there are and how many of each kind: exact up to 25,000, above that as the site says it."""

from statistics import median
from time import monotonic

from django.db import OperationalError

from records.bench.size import lines, plain
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import Spread, in_database, whole
from records.penalties.search import PenaltySearch
from records.search.facets import COUNTED

GROUP = "Decisions, counts"
WHAT = {"count": "how many", "panels": "of each kind (facets), sums and years"}


def measure(ground: Ground) -> list[Line]:
    """Counts of the searches of one to three words, with and without filters, by size of the answer."""
    asked = [query for words in (1, 2, 3) for faceted in (False, True)
             for query in ground.queries(words, faceted)]  # fmt: skip
    # The broad ones are rare among them, so that filters without a word come along.
    asked = ground.queries(0, True) + ground.some(asked, 3)
    counts, held, end = {}, {False: {}, True: {}}, monotonic() + 5 * ground.seconds
    for turn in ("to warm up", "to measure"):
        for query in asked if turn == "to measure" else ground.some(asked, 2):
            if monotonic() > end and held[False]:
                break
            _ask(query, counts, held)
    found = []
    for large in (False, True):
        exact = ground.over(
            lambda query: whole(lambda: plain.count(query)), ground.some(list(held[large])), 0.5
        )
        beside = lines.beside("exact count by plain SQL", exact)
        size = f"over {COUNTED:,}" if large else f"up to {COUNTED:,}"
        for name, words in WHAT.items():
            cells = [times[name] for times in held[large].values() if name in times]
            stopped = sum(was_stopped for _spent, was_stopped in cells)
            spread = Spread(tuple(spent for spent, _stopped in cells), len(held[large]), stopped)
            found.append(lines.spread(f"{GROUP}: time in the database", f"{words}, {size}", spread, beside))
    return found + _errors(ground, list(held[True]), counts)


def _ask(query, counts: dict, held: dict) -> None:
    """Note the milliseconds of each part of an answer, and whether the timeout stopped it."""
    search, times = PenaltySearch(query.data()), {}
    for name in WHAT:
        with in_database() as spent:
            try:
                getattr(search, name)
                stopped = False
            except OperationalError:
                stopped = True
        times[name] = 1000 * sum(spent), stopped
        if name == "count":
            if stopped:  # what cannot be counted is large
                held[True][query] = times
                return
            counts[query] = search.count
    held[not search.is_small][query] = times


def _errors(ground: Ground, large: list, told: dict) -> list[Line]:
    """How far what is said of many rows is from the truth, for a subset of the queries."""
    estimated = [query for query in large if query in told and not told[query].more]
    total, parts = [], []
    for query in ground.some(estimated):
        try:
            exact, by = plain.count(query), plain.counts_by(query)
            panels = PenaltySearch(query.data()).panels
        except OperationalError:
            continue
        if exact:
            total.append(abs(told[query].number - exact) / exact)
            parts += _panel_errors(query, panels, by, exact)
    group = f"{GROUP}: relative error, over {COUNTED:,}"
    limit = f"{len(large) - len(estimated)} of {len(large)} say “more than” and estimate nothing"
    return [
        _error_line(group, "how many", total, limit),
        _error_line(group, "of each year and state with 1 % of the rows or more", parts, ""),
    ]


def _panel_errors(query, panels, by: dict, exact: int) -> list[float]:
    """Of the options that are given a number and hold enough rows for it to mean something."""
    asked = {name for name, _value in query.filters}
    options = {
        (panel.facet.parameter, option.value): option.count for panel in panels for option in panel.options
    }
    return [
        abs(options[name, value].number - number) / number
        for name, held in by.items()
        if name not in asked
        for value, number in held.items()
        if number >= exact / 100 and options.get((name, value)) is not None
    ]


def _error_line(group: str, what: str, errors: list[float], limit: str) -> Line:
    if not errors:
        return Line(group, what, "–", queries="0", yardstick=limit or "exact counts by plain SQL")
    spread = Spread(tuple(errors), len(errors))
    cells = (f"{value:.1%}" for value in (median(errors), spread.p95, spread.most))
    told = "exact counts by plain SQL" + (f"; {limit}" if limit else "")
    return Line(group, what, *cells, str(len(errors)), told)
