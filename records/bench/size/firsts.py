"""The first page of a search of decisions, in each order, by number of words, with and without filters."""

from records.bench import visits
from records.bench.size import lines, plain
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import database, whole
from records.penalties.search import PenaltySearch

ORDERS = {"date": "by date", "imposed": "by amount imposed", "owed": "by amount owed"}
WORDS = {1: "one word", 2: "two words", 3: "three words"}


def measure(ground: Ground) -> list[Line]:
    """Time in the database of the page alone beside its rows by key and plain SQL; and the whole page."""
    found = []
    with visits.site() as client:
        bare = visits.nothing(ground, client)
        for order, told in ORDERS.items():
            for words, many in WORDS.items():
                for faceted in (False, True):
                    what = f"{told}, {many}, {'with' if faceted else 'no'} filters"
                    asked = ground.queries(words, faceted)
                    ground.phases.say(f"  {what}")
                    found += _class(ground, client, bare, what, order, asked)
    return found


def _class(ground: Ground, client, bare, what: str, order: str, asked) -> list[Line]:
    keys = {}

    def page(query):
        search = PenaltySearch(query.data(sort=order))
        spent = database(lambda: search.page)
        keys[query] = [row.pk for row in search.page.rows]
        return spent

    spent = ground.over(page, asked)
    rows = ground.over(lambda query: whole(lambda: plain.by_key(keys[query])), list(keys), 0.2)
    sql = ground.over(lambda query: whole(lambda: plain.page(query, order)), ground.some(asked), 0.4)
    pages = ground.over(
        lambda query: visits.page(client, query.address("/penalties/", sort=order)), asked
    )  # fmt: skip
    beside = f"{lines.beside('its rows by key', rows)}; {lines.beside('plain SQL', sql)}"
    return [
        lines.spread("Decisions, first page: time in the database", what, spent, beside),
        lines.spread("Decisions, first page: the whole page", what, pages, lines.beside("/healthz", bare)),
    ]
