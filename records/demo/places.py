"""Towns that do not exist: their streets, postcodes and coordinates, all in the open sea west of Lundy."""

from dataclasses import dataclass
from math import cos, pi, radians, sin
from random import Random

# The letters that end a British postcode; a postcode never begins with Q.
UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
METRES_PER_DEGREE = 111_320
HOUSE = 9
"""Metres from one house number to the next."""


@dataclass(frozen=True)
class Town:
    """A town: its postcode district, the middle of it, how many of 100 places it has, and its streets."""

    name: str
    district: str
    latitude: float
    longitude: float
    weight: int
    streets: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """An address: lines, postcode and point."""

    lines: tuple[str, ...]
    postcode: str
    latitude: str
    longitude: str


_ENGLISH = (
    "Cooperage",
    "Quince",
    "Saltern",
    "Larkrise",
    "Tollgate",
    "Ropewalk",
    "Beacon",
    "Weavers",
    "Limekiln",
    "Osier",
)
_ENDINGS = ("Street", "Lane", "Row", "Road", "Parade", "Wharf", "Hill")
_WELSH = (
    "Heol y Farchnad", "Stryd y Bont", "Ffordd y Môr", "Lôn Las", "Heol y Felin", "Stryd yr Eglwys",
    "Rhodfa’r Parc", "Heol y Gof", "Stryd Fawr", "Ffordd yr Orsaf",
)  # fmt: skip


def _streets(name: str, count: int) -> tuple[str, ...]:
    rng = Random(f"streets of {name}")
    names = [f"{word} {ending}" for word in _ENGLISH for ending in _ENDINGS]
    return tuple(rng.sample(names, count))


HARROWMERE = (
    Town("Harrowmere", "QH1", 51.1500, -6.2000, 52, _streets("Harrowmere", 34)),
    Town("Pelderby", "QH2", 51.1950, -6.1300, 22, _streets("Pelderby", 18)),
    Town("Wixcombe", "QH4", 51.1100, -6.1150, 16, _streets("Wixcombe", 12)),
    Town("Marl Hythe", "QH7", 51.0850, -6.2550, 10, _streets("Marl Hythe", 8)),
)
ABERWYRN = (
    Town("Aberwyrn", "QA1", 51.2300, -6.3900, 48, (*_WELSH, *_streets("Aberwyrn", 16))),
    Town("Porth Halwyn", "QA2", 51.2700, -6.4700, 22, (*_WELSH[2:8], *_streets("Porth Halwyn", 8))),
    Town("Trefwyrn", "QA5", 51.1900, -6.4400, 18, (*_WELSH[:6], *_streets("Trefwyrn", 5))),
    Town("Cwmdelor", "QA8", 51.2500, -6.3100, 12, _WELSH[3:]),
)


def town(rng: Random, towns: tuple[Town, ...]) -> Town:
    """One of the towns, by size."""
    return rng.choices(towns, [town.weight for town in towns])[0]


def spot(rng: Random, town: Town) -> Spot:
    """A house on one of the town's streets; neighbours on paper are neighbours on the map."""
    street = rng.choice(town.streets)
    number = min(int(rng.expovariate(1 / 30)) + 1, 140)
    bends = Random(f"{street}, {town.name}")
    start, distance = bends.uniform(0, 2 * pi), bends.uniform(40, 900)
    heading, side = bends.uniform(0, 2 * pi), 8 if number % 2 else -8
    along = number * HOUSE
    north = distance * sin(start) + along * sin(heading) + side * cos(heading)
    east = distance * cos(start) + along * cos(heading) - side * sin(heading)
    latitude = town.latitude + north / METRES_PER_DEGREE
    longitude = town.longitude + east / (METRES_PER_DEGREE * cos(radians(town.latitude)))
    unit = Random(f"{street}, {town.name}, {number // 20}")
    inward = f"{bends.randint(1, 9)}{unit.choice(UNIT_LETTERS)}{unit.choice(UNIT_LETTERS)}"
    lines = (f"{number} {street}", town.name)
    return Spot(lines, f"{town.district} {inward}", f"{latitude:.6f}", f"{longitude:.6f}")


def phone(number: int) -> str:
    """One of the 1,000 numbers that the British regulator keeps for drama."""
    return f"01632 960{number % 1000:03d}"
