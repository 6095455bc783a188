"""Establishments: typed letter by letter, by postcode, by name and town; the nearest under each filter."""

from dataclasses import dataclass

from django.http import QueryDict

from records.bench import visits
from records.bench.load.chance import source
from records.bench.load.rulebook import CODE
from records.bench.size import lines, plain
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import database, whole
from records.ratings.search import RatingSearch
from records.search.near import Near, parse_near
from records.search.text import parse

GROUP = "Establishments"
SAMPLE = 600
_KIND, _NOWHERE = "type", "nothing near matches"
_ROWS = """
SELECT e.id, e.name, e.postcode, split_part(e.address, E'\\n', 2), e.latitude, e.longitude, e.kind, a.slug,
    (SELECT coalesce(r.value, r.status) FROM records_rating r WHERE r.establishment_id = e.id LIMIT 1)
FROM records_establishment e JOIN records_authority a ON a.id = e.authority_id WHERE e.id = ANY (%s)
ORDER BY e.id
"""


@dataclass(frozen=True)
class Asked:
    """What is asked of the list of establishments: the pairs of its address."""

    pairs: tuple[tuple[str, str], ...]

    def data(self) -> QueryDict:
        """As the list reads it."""
        found = QueryDict(mutable=True)
        for name, value in self.pairs:
            found.appendlist(name, value)
        return found

    @property
    def text(self) -> str:
        """The words among them."""
        return dict(self.pairs).get("q", "")

    @property
    def near(self) -> Near | None:
        """The place among them."""
        found = dict(self.pairs).get("near")
        return parse_near(found) if found else None


def classes(ground: Ground) -> dict[str, list[Asked]]:
    """The queries of each class, from establishments all over the register."""
    chance, many = source("places", ground.plan.establishments), ground.plan.establishments
    keys = sorted(chance.sample(range(1, many + 1), min(SAMPLE, many)))
    rows = plain.rows(_ROWS, [keys])
    chance.shuffle(rows)
    located, count = [row for row in rows if row[4] is not None], ground.count

    def texts(found):
        return [Asked((("q", text),)) for text in dict.fromkeys(found)][:count]

    def near(row, *pairs):
        return Asked((("near", f"{row[4]:.5f},{row[5]:.5f}"), *pairs))

    letters = [name[:at] for _key, name, *_rest in rows for at in range(3, len(name) + 1)]
    chance.shuffle(letters)
    filters = {
        "no filter": lambda row: (),
        "its grade": lambda row: (("grade", row[8]),),
        "the worst grade": lambda row: (("grade", "0"),),
        "its type": lambda row: ((_KIND, row[6]),),
        "its authority": lambda row: (("authority", row[7]),),
        "its grade and type": lambda row: (("grade", row[8]), (_KIND, row[6])),
    }
    far = sorted({row[7] for row in rows})
    return {
        "name, letter by letter from the third": texts(letters),
        "name, whole": texts(row[1] for row in rows),
        "postcode": texts(row[2] for row in rows if row[2]),
        "name and town": texts(f"{row[1]} {row[3]}" for row in rows if row[3]),
        "grade and type, no text": [
            Asked((("grade", row[8]), (_KIND, row[6]))) for row in rows if row[8]
        ][:count],
        **{
            f"nearest, {told}": [near(row, *pairs(row)) for row in located if row[8]][:count]
            for told, pairs in filters.items()
        },
        f"nearest, an authority far away: {_NOWHERE}": [
            near(row, ("authority", _far(row[7], far, at))) for at, row in enumerate(located)
        ][:count],
        f"nearest, in mid-ocean, the worst grade: {_NOWHERE}": [
            Asked((("near", f"{-40 - at % 7:.1f},{at % 90:.1f}"), ("grade", "0"))) for at in range(count)
        ],
    }  # fmt: skip


def _far(own: str, others: list[str], at: int) -> str:
    """An authority on the other side of the world: the Chinese ones have the highest numbers."""
    chinese = [slug for slug in others if slug > f"{CODE}213"] or others
    english = [slug for slug in others if slug <= f"{CODE}213"] or others
    held = english if own > f"{CODE}213" else chinese
    return held[at % len(held)]


def measure(ground: Ground) -> list[Line]:
    """Time in the database beside plain SQL; and the whole page beside /healthz."""
    found = []
    with visits.site() as client:
        bare = visits.nothing(ground, client)
        for what, asked in classes(ground).items():
            ground.phases.say(f"  {what}")
            spent = ground.over(lambda one: database(lambda: RatingSearch(one.data()).page), asked)
            sql = ground.over(lambda one: whole(lambda: _plainly(one)), ground.some(asked, 2), 0.3)
            pages = ground.over(
                lambda one: visits.page(client, f"/ratings/?{one.data().urlencode()}"), asked
            )  # fmt: skip
            beside = lines.beside(_yardstick(asked), sql)
            found.append(lines.spread(f"{GROUP}: time in the database", what, spent, beside))
            found.append(
                lines.spread(f"{GROUP}: the whole page", what, pages, lines.beside("/healthz", bare))
            )  # fmt: skip
    return found


def _yardstick(asked: list[Asked]) -> str:
    if asked and asked[0].near:
        return "the twenty nearest of all by plain SQL"
    return "any twenty that match, by plain SQL" if asked and asked[0].text else "twenty rows by key"


def _plainly(asked: Asked) -> list[tuple]:
    """A question that is never larger than the one that was asked."""
    if asked.near:
        return plain.rows(
            "SELECT e.id, e.name FROM records_establishment e WHERE e.location IS NOT NULL "
            "ORDER BY e.location <-> %s::point LIMIT 20",
            [asked.near.point],
        )
    if asked.text:
        return plain.rows(
            "SELECT e.id, e.name FROM records_establishment e WHERE e.search @@ %s::tsquery LIMIT 20",
            [parse(asked.text).ladder()[0].tsquery],
        )
    return plain.rows("SELECT e.id, e.name FROM records_establishment e WHERE e.id <= 20")
