"""Establishments with a visit and a current rating each, block by block."""

from datetime import timedelta
from typing import NamedTuple

from records.bench.load.chance import scattered, source, wheel, zipf
from records.bench.load.plan import CHINESE
from records.bench.load.rulebook import authority_of
from records.bench.load.tables import KINDS, NULL
from records.businesses import kinds

_KINDS = wheel([kind.slug for kind in kinds.KINDS], zipf(len(kinds.KINDS), 0.7))
_WITHOUT_GRADE = 0.06
"""The share of establishments that have a status and no grade."""


class Place(NamedTuple):
    """Where an establishment is, and what it is called."""

    name: str
    street: str
    town: int
    chinese: bool


def place(world, number: int) -> Place:
    """The same wherever it is asked for: decisions name establishments."""
    bits = scattered(number, 2)
    chinese = not number % CHINESE
    town = world.places.at(number, (bits >> 11) / (1 << 53))
    street = world.names.street(bits)
    if chinese:
        street = f"{'东西南北中'[bits % 5]}{'环山河湖平'[bits // 5 % 5]}路{1 + bits // 25 % 300}号"
    return Place(world.names.shop(number), street, town, chinese)


def town_of(world, where: Place):
    """The town itself."""
    return (world.places.cities if where.chinese else world.places.towns)[where.town]


def rows(world, block: int) -> dict[str, list[str]]:
    """The lines of a block."""
    chance = source("establishments", block)
    found = {table: [] for table in KINDS["establishments"]}
    for number in world.plan.numbers("establishments", block):
        _establishment(world, number, chance, found["records_establishment"])
        _standing(world, number, chance, found["records_inspection"], found["records_rating"])
    return found


def _establishment(world, number: int, chance, lines: list[str]) -> None:
    random, plan = chance.random, world.plan
    where = place(world, number)
    town = town_of(world, where)
    authority = authority_of(where.chinese, where.town, 0)
    business = NULL
    if random() < 0.35:
        business = world.business(int(plan.businesses * random() ** 3), where.chinese)
    latitude = longitude = NULL
    if random() < 0.96:
        latitude = f"{chance.gauss(town.latitude, town.spread):.6f}"
        longitude = f"{chance.gauss(town.longitude, town.spread * 1.6):.6f}"
    seen = random()
    visibility = "shown" if seen < 0.97 else "area" if seen < 0.99 else "withheld"
    code = town.outward if where.chinese else f"{town.outward} {int(random() * 10)}{_letters(random)}"
    quality = "none" if latitude == NULL else "source"
    kind = _KINDS[int(random() * len(_KINDS))]
    lines.append(
        f"{number}\t{plan.reference('establishments', number)}\t{where.name}\t{where.name}\t{kind}\t{kind}\t"
        f"{where.street}\\n{town.name}\t{code}\t\t{visibility}\t{latitude}\t{longitude}\t{quality}\t"
        f"ratings-csv\tE{number}\t\t{world.begun}\t{world.begun}\t{authority}\t{world.rating_batch}\t{business}"
    )


def _letters(random) -> str:
    return "ABDEFGHJLN"[int(random() * 10)] + "PQRSTUWXYZ"[int(random() * 10)]


def _standing(world, number: int, chance, visits: list[str], ratings: list[str]) -> None:
    """The visit and the rating that follows from it, or a rating without one."""
    random, scheme = chance.random, world.scheme
    day = world.plan.today - timedelta(days=2 + int(random() ** 1.5 * 1500))
    shown = day + timedelta(days=2)
    tail = f"\tf\tpublished\t{shown}\t{shown}\t\t{world.rating_batch}\t{number}"
    if random() < _WITHOUT_GRADE:
        status = scheme.statuses[int(random() * len(scheme.statuses))]
        ratings.append(
            f"{number}\t{NULL}\t{status}\t\tf\t{NULL}{tail}\t{NULL}\t{scheme.number}\t{scheme.version}"
        )
        return
    scores, grade = scheme.results[int(random() ** 2.5 * len(scheme.results))]
    visits.append(
        f"{number}\tI{number}\t\t{day}\t{scores}\t{scheme.version}\t{grade}\t\tpublished\t{shown}\t"
        f"{shown}\t{world.rating_batch}\t{number}"
    )
    ratings.append(
        f"{number}\t{grade}\t{NULL}\t{grade}\tf\t{day}{tail}\t{number}\t{scheme.number}\t{scheme.version}"
    )
