"""Turns the date styles of import files into ISO text, or says that they are none."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

NOT_A_DATE = "This is not a date that exists, or it could be two. Write it as {style}."

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_TIME = re.compile(r"[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
# Days of 1927 to 2099: shorter numbers are something else.
_SERIAL = re.compile(r"([1-6][0-9]{4}|7[0-2][0-9]{3})(?:\.0+)?")
_SPREADSHEET = date(1899, 12, 30)


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


@lru_cache(maxsize=16384)
def table_date(raw: str) -> str:
    """2026-01-31, or what a spreadsheet makes of it in Europe or China: 31.1.2026, 2026/1/31, 2026年1月31日.

    '' stays ''; anything else is a ValueError, 01/02/2026 too: it could be two days.
    """
    text = raw.strip()
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return _iso(found[3], found[2], found[1])
    found = _YEAR_FIRST.fullmatch(text)
    return _iso(*found.groups()) if found else compact_date(text)


@lru_cache(maxsize=16384)
def cn_date(raw: str) -> str:
    """2026/01/02, 2026-1-2, 20260102, 2026年1月2日, also with a time behind it, or the number of the day in a
    spreadsheet (46024); '' stays ''; anything else is a ValueError.
    """
    text = unicodedata.normalize("NFKC", raw).strip()
    serial = _SERIAL.fullmatch(text)
    if serial:
        return (_SPREADSHEET + timedelta(days=int(serial[1]))).isoformat()
    return table_date(_TIME.sub("", text))


def _iso(year: str, month: str, day: str) -> str:
    return date(int(year), int(month), int(day)).isoformat()
