"""Best match first: how long it takes, and how much of what is best it shows.

The exact ranking scores every match in plain SQL. A row that is shown counts as right where its score reaches
that of the twentieth best, so that ties cost nothing. Looked at are queries with no more matches than can be
ranked exactly in reasonable time.
"""

from contextlib import suppress
from statistics import mean, median
from time import monotonic

from django.db import OperationalError

from records.bench import visits
from records.bench.size import lines, plain
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import database, whole
from records.penalties.search import PenaltySearch

GROUP = "Decisions, best match first"
MOST = 100_000
"""Matches that are ranked exactly at most."""

FEW = 1_000
_NEAR = 1e-6


def measure(ground: Ground) -> list[Line]:
    """Time in the database and as a whole page; the share of the best twenty, for few and many matches."""
    found, shares = [], {"few": {}, "many": {}}
    for faceted in (False, True):
        what = f"two words, {'with' if faceted else 'no'} filters"
        ground.phases.say(f"  best match, {what}")
        asked = ground.queries(2, faceted)
        spent, exact = _time(ground, asked, shares)
        found.append(
            lines.spread(f"{GROUP}: time in the database", what, spent,
                         lines.beside("exact ranking of all matches", exact))
        )  # fmt: skip
    with visits.site() as client:
        bare = visits.nothing(ground, client)
        whole_page = ground.over(
            lambda query: visits.page(client, query.address("/penalties/", sort="relevance")),
            ground.queries(2),
        )
    page = "two words, no filters"
    found.append(lines.spread(f"{GROUP}: the whole page", page, whole_page, lines.beside("/healthz", bare)))
    return found + _shares(shares)


def _time(ground: Ground, asked, shares):
    keys = {}

    def page(query):
        search = PenaltySearch(query.data(sort="relevance"))
        spent = database(lambda: search.page)
        keys[query] = [row.pk for row in search.page.rows]
        return spent

    spent = ground.over(page, asked)
    counted, end = [], monotonic() + ground.seconds
    for query in keys:
        if counted and monotonic() > end:
            break
        if keys[query] and _matches(query) <= MOST:
            counted.append(query)

    def exactly(query):
        answer = []
        taken = whole(lambda: answer.extend(plain.scores(query, keys[query])))
        best, given = answer
        right = sum(score >= best[-1] - _NEAR for score in given)
        shares["few" if _matches(query) <= FEW else "many"][query] = min(1, right / len(best))
        return taken

    with plain.patient():
        exact = ground.over(exactly, counted, 2)
    return spent, exact


_counted = {}


def _matches(query) -> int:
    """How many match, counted once in plain SQL where the site finds few enough to rank; else too many."""
    if query not in _counted:
        _counted[query] = MOST + 1
        with suppress(OperationalError):
            if PenaltySearch(query.data()).count.number <= MOST:
                _counted[query] = plain.count(query)
    return _counted[query]


def _shares(shares: dict[str, dict]) -> list[Line]:
    names = {"few": f"up to {FEW:,} matches", "many": f"{FEW:,} to {MOST:,} matches"}
    return [
        Line(
            f"{GROUP}: share of the exact best twenty", names[key],
            f"{median(found.values()):.0%}", queries=str(len(found)),
            yardstick=f"mean {mean(found.values()):.0%}, worst {min(found.values()):.0%} "
            "of the exact ranking by plain SQL",
        )
        if found
        else Line(f"{GROUP}: share of the exact best twenty", names[key], "–", queries="0",
                  yardstick="no query has so many")
        for key, found in shares.items()
    ]  # fmt: skip
