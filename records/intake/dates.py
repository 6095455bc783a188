"""Turns the date styles of import files into ISO text, or says that they are none."""

from datetime import date
from functools import lru_cache

NOT_A_DATE = "This is not a date that exists. Write it as {style}."


@lru_cache(maxsize=16384)
def iso_date(raw: str) -> str:
    """2020-01-21, also with a time behind it, as "2020-01-21"; '' stays ''; anything else is a ValueError."""
    text = raw.strip()
    if not text:
        return ""
    if len(text) > 10 and text[10] not in "T ":
        raise ValueError(raw)
    text = text[:10]
    if len(text) != 10 or text[4] != "-" or not text.isascii():
        raise ValueError(raw)
    return date.fromisoformat(text).isoformat()


@lru_cache(maxsize=16384)
def us_date(raw: str) -> str:
    """01/21/2020, or any style of iso_date, as "2020-01-21"; '' stays ''; anything else is a ValueError."""
    month, slash, rest = raw.strip().partition("/")
    if not slash:
        return iso_date(raw)
    day, _, year = rest.partition("/")
    if not (month + day + year).isdecimal() or not raw.isascii() or len(year) != 4:
        raise ValueError(raw)
    return date(int(year), int(month), int(day)).isoformat()


@lru_cache(maxsize=16384)
def compact_date(raw: str) -> str:
    """20200121, or any style of iso_date, as "2020-01-21"; '' stays ''; anything else is a ValueError."""
    text = raw.strip()
    if len(text) == 8 and text.isdecimal() and text.isascii():
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    return iso_date(text)
