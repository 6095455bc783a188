"""Decisions as the load makes them, drawn by chance: what people look for is what stands in them.

Drawn from whole rows, words come as often as they are in the register, and those that stand together there
come together. Needs no database: the generator makes the same rows again.
"""

import re
from dataclasses import dataclass

from records.bench.load import decisions
from records.bench.load.chance import source
from records.bench.load.plan import BLOCK, CHINESE, Plan
from records.bench.load.rulebook import CODE, authorities
from records.bench.load.tables import NULL, TABLES
from records.bench.load.world import World
from records.laws.kinds import article_key

BLOCKS, OF_EACH = 24, 40
_WORD = re.compile(r"[^\W\d_]{3,}")
_SPLIT = re.compile(r"[，。、（）()《》〔〕\s\d]+")


@dataclass(frozen=True)
class Drawn:
    """What one decision says, as the parameters of the list name it."""

    chinese: bool
    facts: tuple[str, ...]
    names: tuple[str, ...]
    number: str
    facets: dict[str, tuple[tuple[str, str], ...]]


class Sample:
    """Decisions from all over the register, English and Chinese apart, and how frequent a word is."""

    def __init__(self, plan: Plan):
        self.world = World(plan)
        self.parents = _parents(self.world)
        chance, blocks = source("drawn", plan.penalties), plan.blocks("penalties")
        found = []
        for block in sorted(chance.sample(range(blocks), min(BLOCKS, blocks))):
            rows = decisions.rows(self.world, block)
            count = len(rows["records_penalty"])
            wanted = set(chance.sample(range(count), min(OF_EACH, count)))
            wanted |= set(range(CHINESE - 1 - block * BLOCK % CHINESE, count, CHINESE * 4))
            found += [self._drawn(row) for row in _put_together(rows, wanted)]
        self.english = [drawn for drawn in found if not drawn.chinese]
        self.chinese = [drawn for drawn in found if drawn.chinese]
        self._ranks = {word: at for at, word in enumerate(self.world.phrases.words)}
        self._ranks |= {word: at * 40 for at, word in enumerate(self.world.phrases.chinese_words)}

    def rank(self, word: str) -> int:
        """The place of a word among all by frequency, 0 the most frequent; one that is unknown is rare."""
        return self._ranks.get(word.lower(), 1 << 20)

    def _drawn(self, row: dict) -> Drawn:
        chinese = row["language"] != "en"
        texts = row["facts"], f"{row['respondent']} {row['legal_basis']}"
        cut = _pieces if chinese else _words
        return Drawn(
            chinese, tuple(cut(texts[0])), tuple(cut(texts[1])), row["decision_number"], self._facets(row)
        )

    def _facets(self, row: dict) -> dict:
        """Each way to narrow the list to decisions like this one."""
        authority, key = int(row["authority_id"]), f"{CODE}{row['domain']}-{row['law_id']}"
        slugs = [authority, *self.parents.get(authority, ())]
        found = {
            "authority": [(("authority", f"{CODE}{one:03}"),) for one in slugs],
            "year": [(("year", row["decided_on"][:4]),)],
            "sanction": [(("sanction", kind),) for kind in row["sanction_kinds"].strip("{}").split(",")],
            "law": [(("law", key),)],
            "article": [(("article", f"{key}/{article_key(text)}"),) for text in row["articles"]],
            "violation": [
                (("violation", f"{CODE}{row['domain']}:V{int(one):04}"),) for one in row["violations"]
            ],
        }
        if row["fine_state"]:
            found["state"] = [(("state", row["fine_state"]),)]
        for name in ("imposed", "owed"):
            if row[name] != NULL:
                currency = ("currency", row["currency"])
                found[name] = [(currency, (name, band)) for band in _bands(float(row[name]))]
        return {name: tuple(values) for name, values in found.items()}


def _parents(world) -> dict[int, tuple[int, ...]]:
    """The authority above each, whose branch holds a region."""
    return {one.pk: (one.parent_id,) for one in authorities(world.places) if one.parent_id}


def _put_together(rows: dict[str, list[str]], wanted: set[int]) -> list[dict]:
    """Those decisions as columns by name, with the articles and violations of each."""
    parts = {"articles": {}, "violations": {}}
    for table, name, column in (
        ("records_penaltycitation", "articles", "text"),
        ("records_penaltyviolation", "violations", "violation_id"),
    ):
        for line in rows[table]:
            row = _columns(table, line)
            parts[name].setdefault(row["penalty_id"], []).append(row[column])
    found = []
    for at in sorted(wanted):
        row = _columns("records_penalty", rows["records_penalty"][at])
        found.append(row | {name: held.get(row["id"], []) for name, held in parts.items()})
    return found


def _columns(table: str, line: str) -> dict[str, str]:
    return dict(zip(TABLES[table].replace('"', "").split(", "), line.split("\t"), strict=False))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _pieces(text: str) -> list[str]:
    """Runs of Chinese characters, of which a query takes two or three."""
    return [run for run in _SPLIT.split(text) if len(run) > 2]


def _bands(amount: float) -> list[str]:
    """Ranges of amounts that hold this one: a power of ten, everything above half of it, and nothing."""
    if not amount:
        return ["-0"]
    low = 10 ** (len(str(int(amount))) - 1)
    band = f"{low // 10}-{low}" if amount == low else f"{low}-{low * 10}"
    return [band, f"{int(amount / 2)}-"] if amount > 2 else ["-2"]
