"""The code on a sign: the number of a rating as eight letters and digits that people can type, 7KQ4-MF2X.

Crockford's base 32 has no I, L, O and U, which people misread; the first three are taken for what they look
like. Seven characters are the number, scattered so that neighbours look unrelated; the eighth checks them:
one wrong character, or any two that changed places, never make another code. It identifies, and is no
secret: that a sign is genuine shows when the register says the same as the sign.
"""

from records.search.reference import normalise_reference

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_BITS = 35
_MASK = (1 << _BITS) - 1
# Steps that can be undone: an odd factor has an inverse, and so has what shifts by more than half the bits.
_START, _FACTORS, _SHIFT = 19_811_207, (0x5D588B657, 0x2C9277B75), 18
_INVERSES = tuple(pow(factor, -1, 1 << _BITS) for factor in _FACTORS)


def code_of(number: int) -> str:
    """The code of the rating with that number: 7KQ4-MF2X."""
    if not 0 <= number <= _MASK:
        raise ValueError(f"codes exist for the numbers from 0 to {_MASK}, not for {number}")
    scattered = number ^ _START
    for factor in _FACTORS:
        scattered = scattered * factor & _MASK
        scattered ^= scattered >> _SHIFT
    values = [scattered >> shift & 31 for shift in range(_BITS - 5, -1, -5)]
    return _grouped(LETTERS[value] for value in (*values, _twice(_sum(values))))


def number_of(text: str) -> int | None:
    """The number of the rating behind a code as somebody typed it; None where it cannot be one."""
    read = _read(text)
    if len(read) != LENGTH or not set(read) <= set(LETTERS):
        return None
    values = [LETTERS.index(letter) for letter in read]
    if _sum(values):
        return None
    scattered = 0
    for value in values[:-1]:
        scattered = scattered << 5 | value
    for inverse in reversed(_INVERSES):
        scattered ^= scattered >> _SHIFT
        scattered = scattered * inverse & _MASK
    return scattered ^ _START


def _read(text: str) -> str:
    """What was typed, without what people put between the groups."""
    return normalise_reference(text.translate(dict.fromkeys(map(ord, "‐‑‒–—−.·_"), ""))).upper()


def _grouped(letters) -> str:
    text = "".join(letters)
    return f"{text[: LENGTH // 2]}-{text[LENGTH // 2 :]}"


def _sum(values) -> int:
    """The weighted sum in the field of 32 elements: 0 of a whole code. Each place has a weight of its own."""
    total = 0
    for value in values:
        total = _twice(total) ^ value
    return total


def _twice(element: int) -> int:
    """An element times x, modulo x⁵ + x² + 1."""
    return element << 1 ^ (0b100101 if element & 16 else 0)
