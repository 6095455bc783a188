"""Finds the numbers of persons, which never enter a register of businesses, nor a message or a log.

Chinese resident identity numbers by their date and check character (GB 11643), US social security and
taxpayer numbers by their hyphens.
"""

import re
import unicodedata
from datetime import date

RESIDENT, US_PERSON = "resident identity number", "social security or taxpayer number"

_RESIDENT = re.compile(
    r"(?<![0-9A-Za-z])([1-6][0-9]|7[1]|8[1-3])[0-9]{4}([0-9]{8})[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_US_PERSON = re.compile(r"(?<![0-9-])[0-9]{3}([- ])[0-9]{2}\1[0-9]{4}(?![0-9-])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def number_in(text: str) -> str:
    """What kind of personal number the text holds, '' for none. The number itself is never returned."""
    if len(text) < 11:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    if _US_PERSON.search(text):
        return US_PERSON
    return RESIDENT if any(is_resident_number(found[0]) for found in _RESIDENT.finditer(text)) else ""


def is_resident_number(number: str) -> bool:
    """Whether eighteen characters are a Chinese resident identity number: province, date of birth, check."""
    found = _RESIDENT.fullmatch(number)
    if not found:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return is_birthday(found[2]) and "10X98765432"[total % 11] == number[17].upper()


def is_birthday(digits: str) -> bool:
    """Whether eight digits are a date on which a living person may have been born."""
    try:
        return date(1890, 1, 1) <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) <= date.today()
    except ValueError:
        return False
