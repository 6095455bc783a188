"""Finds the numbers of persons, which never enter a register of businesses, nor a message or a log.

Chinese resident identity numbers by their date and check character (GB 11643), US social security and
taxpayer numbers by their hyphens. The database asks the same of every text (`guard_sql`), and both answer
alike: what a clerk is not told of here must not be refused there.
"""

import re
from datetime import date

from records.publication.plain import plain

RESIDENT, US_PERSON = "resident identity number", "social security or taxpayer number"

FIRST_BIRTHDAY, LAST_BIRTHDAY = date(1890, 1, 1), date(2099, 12, 31)
"""Not today: a check of the database has to answer tomorrow what it answered yesterday."""

_RESIDENT = re.compile(r"[1-8](?<![0-9].)[0-9]{5}[- ]?[0-9]{8}[- ]?[0-9]{3}[0-9Xx](?![0-9])")
# A pattern that begins with a class of characters, and looks behind afterwards, skips a text quickly.
_PARTS = re.compile(r"(?:[1-6][0-9]|71|8[1-3])[0-9]{4}([0-9]{8})[0-9]{3}[0-9Xx]")
_US_PERSON = re.compile(r"[0-9](?<![0-9-].)[0-9]{2}([- ])[0-9]{2}\1[0-9]{4}(?![0-9-])")
_SEPARATORS = str.maketrans("", "", "- ")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_in(text: str) -> str:
    """What kind of personal number the text holds, '' for none. The number itself is never returned."""
    if len(text) < 11:
        return ""
    text = plain(text)
    if _US_PERSON.search(text):
        return US_PERSON
    return (
        RESIDENT if any(is_resident_number(compact(found[0])) for found in _RESIDENT.finditer(text)) else ""
    )


def compact(number: str) -> str:
    """The number without the blanks and hyphens that people group it with."""
    return number.translate(_SEPARATORS)


def is_resident_number(number: str) -> bool:
    """Whether eighteen characters are a Chinese resident identity number: province, date of birth, check."""
    found = _PARTS.fullmatch(number)
    return bool(found) and is_birthday(found[1]) and check_character(number) == number[17].upper()


def check_character(number: str) -> str:
    """The 18th character that belongs to the first 17 digits of an identity number (GB 11643, ISO 7064)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11]


def is_birthday(digits: str) -> bool:
    """Whether eight digits are a date on which a living person may have been born."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return FIRST_BIRTHDAY <= born <= LAST_BIRTHDAY
