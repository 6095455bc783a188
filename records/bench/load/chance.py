"""Chance that is the same every time, and choices by weight that cost one look-up."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random

SPOKES = 16_384
_MIX = 0x9E3779B97F4A7C15
_LOW = (1 << 64) - 1


def listed(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


def source(*of: object) -> Random:
    """A source of chance for just this; text seeds it, because numbers and hashes differ between versions."""
    return Random("/".join(map(str, of)))


def scattered(number: int, salt: int = 0) -> int:
    """64 bits that belong to a number and look like chance."""
    x = (number * _MIX + salt * 0xBF58476D1CE4E5B9) & _LOW
    x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) & _LOW
    x = ((x ^ x >> 27) * 0x94D049BB133111EB) & _LOW
    return x ^ x >> 31


def zipf(count: int, exponent: float = 1.0) -> list[float]:
    """Weights of so many things, of which the second is half as frequent as the first, and so on."""
    return [1 / (rank + 1) ** exponent for rank in range(count)]


def wheel(things: Sequence, weights: Sequence[float]) -> list:
    """A list in which each thing stands as often as its weight says, for choices by one index."""
    found, total, done = [], sum(weights), 0
    for thing, until in zip(things, accumulate(weights), strict=True):
        spokes = round(until / total * SPOKES) - done
        found += [thing] * spokes
        done += spokes
    return found
