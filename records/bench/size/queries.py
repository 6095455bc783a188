"""What is asked of the decisions: one to three words, with and without filters, the same every time.

A query is drawn by a source of chance of its own, so that more queries leave the first ones as they are. By
turns it is English, Chinese or of both scripts, its words are frequent, middling or rare, and stand together
in one decision or come from two; by turns each filter narrows it, alone or with a second one.
"""

from dataclasses import dataclass
from itertools import cycle, islice

from django.http import QueryDict

from records.bench.load.chance import source
from records.bench.size.drawn import Drawn, Sample

COUNT = 200
"""Queries of a class."""

SCRIPTS = ("english", "english", "chinese", "english", "mixed", "english", "english", "chinese", "english")
BANDS = ("frequent", "middling", "rare")
FACETS = ("authority", "year", "sanction", "law", "article", "violation", "state", "imposed", "owed")
_BORDERS = {"frequent": (0, 200), "middling": (200, 3_000), "rare": (3_000, 1 << 30)}
_TRIES = 40


@dataclass(frozen=True)
class Query:
    """Words and filters, and of what kind they are: for a person who reads it, and for the tests."""

    words: tuple[str, ...]
    script: str
    bands: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    facets: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As typed."""
        return " ".join(self.words)

    def data(self, **more: str) -> QueryDict:
        """The parameters of the list; `more` is the order, or where a page begins."""
        found = QueryDict(mutable=True)
        if self.words:
            found["q"] = self.text
        for name, value in (*self.filters, *more.items()):
            found.appendlist(name, value)
        return found

    def address(self, path: str, **more: str) -> str:
        """The address of the list with them."""
        return f"{path}?{self.data(**more).urlencode()}"


def queries(sample: Sample, words: int, faceted: bool, count: int = COUNT) -> list[Query]:
    """So many queries of a class: of `words` words (0: none), narrowed or not."""
    scripts = cycle(SCRIPTS if words != 1 else [script for script in SCRIPTS if script != "mixed"])
    if not words:
        scripts = cycle(("english",))
    return [_query(sample, words, faceted, at, script) for at, script in enumerate(islice(scripts, count))]


def _query(sample: Sample, words: int, faceted: bool, at: int, script: str) -> Query:
    chance = source("query", words, faceted, at)
    first = chance.choice(sample.chinese if script == "chinese" else sample.english)
    second = chance.choice(sample.chinese if script != "english" else sample.english)
    turn = at + at // 9  # so that scripts, of which there are nine, meet every band and every filter
    bands = tuple(BANDS[(turn + at // 3 * place) % 3] for place in range(words))
    found = []
    for place, band in enumerate(bands):
        apart = script == "mixed" or at % 5 >= 3  # of five queries three have words of one decision
        drawn = second if place % 2 and apart else first
        found.append(_word(sample, drawn, band, chance, found))
    facets = ()
    if faceted:
        facets = (FACETS[turn % len(FACETS)],)
        if at % 3 == 2:
            facets += (FACETS[(turn + 1 + at // 27) % len(FACETS)],)
    filters = _filters(first if at % 4 else second, first, facets, chance)
    return Query(tuple(found), script, bands, filters, tuple(dict.fromkeys(facets)))


def _word(sample: Sample, drawn: Drawn, band: str, chance, held: list[str]) -> str:
    """A word of the decision that is as frequent as asked for, or the nearest to it of a few."""
    texts = drawn.names if drawn.names and chance.random() < 0.2 else drawn.facts
    low, high = _BORDERS[band]
    best, least = "", None
    for _ in range(_TRIES):
        word = chance.choice(texts or drawn.names)
        if drawn.chinese:
            word = _piece(word, band, chance)
        rank = sample.rank(word)
        off = max(low - rank, rank - high, 0)
        if word not in held and (least is None or off < least):
            best, least = word, off
        if least == 0:
            break
    while least or not best or best in held:
        best, least = _any(sample, drawn.chinese, low, high, chance), 0
    return best


def _piece(run: str, band: str, chance) -> str:
    """Two characters of a run, and four of a rare one."""
    long = min(len(run), 4 if band == "rare" else 2)
    at = chance.randrange(len(run) - long + 1)
    return run[at : at + long]


def _any(sample: Sample, chinese: bool, low: int, high: int, chance) -> str:
    """Where a decision has no such word: one of the vocabulary."""
    words = sample.world.phrases.chinese_words if chinese else sample.world.phrases.words
    scale = 40 if chinese else 1
    low, high = min(low // scale, len(words) - 2), min(high // scale, len(words))
    return words[low + int((max(high, low + 1) - low) * chance.random() ** 2)]


def _filters(drawn: Drawn, other: Drawn, facets: tuple[str, ...], chance) -> tuple[tuple[str, str], ...]:
    """The values of the filters, as one decision has them."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(facets):
        values = drawn.facets.get(name) or other.facets.get(name) or _INSTEAD.get(name, ((),))
        pairs = dict(chance.choice(values))
        if "currency" in found and pairs.get("currency", found["currency"]) != found["currency"]:
            continue
        found |= pairs
    return tuple(found.items())


# Where neither decision has a fine.
_INSTEAD = {
    "state": ((("state", "paid"),),),
    "imposed": ((("currency", "EUR"), ("imposed", "1000-10000")),),
    "owed": ((("currency", "EUR"), ("owed", "100-")),),
}
