"""Towns, most people in few of them, on an island in mid-ocean: no address falls on a real house."""

from dataclasses import dataclass

from records.bench.load.chance import source, wheel, zipf
from records.bench.load.plan import CHINESE

TOWNS, CITIES = 400, 60
_ENDS = ("ton", "ford", "ham", "bury", "port", "wick", "field", "mouth", "bridge", "stead")
_CITY = "云青白南北西东长安平新宁河山湖海江林石泉"


@dataclass(frozen=True)
class Town:
    """A town: who is in charge of it, where it lies, how far it spreads in degrees."""

    name: str
    outward: str
    latitude: float
    longitude: float
    spread: float


class Places:
    """The towns, English and Chinese, each with a wheel by size."""

    def __init__(self, words: list[str]):
        chance = source("towns")
        stems = [word.title() for word in words[8200:] if 4 <= len(word) <= 6][:TOWNS]
        self.towns = [
            Town(stem + chance.choice(_ENDS), f"Q{'ABCDEFGHJKLMNPRSTUWX'[at % 20]}{1 + at // 20}",
                 chance.uniform(50, 56), chance.uniform(-34, -26), 0.01 + 0.06 / (at + 1) ** 0.4)
            for at, stem in enumerate(stems)
        ]  # fmt: skip
        self.cities = [
            Town(f"{_CITY[at % 20]}{_CITY[(at * 7 + 3 + at // 20) % 20]}市", f"{800000 + at * 100}",
                 chance.uniform(30, 36), chance.uniform(150, 158), 0.02 + 0.05 / (at + 1) ** 0.4)
            for at in range(CITIES)
        ]  # fmt: skip
        self._english = wheel(range(TOWNS), zipf(TOWNS, 0.9))
        self._chinese = wheel(range(CITIES), zipf(CITIES, 0.9))

    def at(self, number: int, chance: float) -> int:
        """The place of a row's town in `towns` or, for a Chinese number, in `cities`."""
        spokes = self._english if number % CHINESE else self._chinese
        return spokes[int(chance * len(spokes))]
