"""Amounts of money and lengths of time as a clerk types them, exactly or not at all.

The messages of errors never repeat what was typed: it may be the number of a person in the wrong field.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from records.intake import amounts
from records.laws.kinds import chinese_number

CURRENCIES = {
    "GB": "GBP", "IE": "EUR", "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "CN": "CNY", "HK": "HKD",
    "TW": "TWD", "JP": "JPY", "KR": "KRW", "SG": "SGD", "IN": "INR", "CH": "CHF", "DK": "DKK", "NO": "NOK",
    "SE": "SEK", "IS": "ISK", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON", "ZA": "ZAR", "BR": "BRL",
    "MX": "MXN", "AT": "EUR", "BE": "EUR", "BG": "EUR", "CY": "EUR", "DE": "EUR", "EE": "EUR", "ES": "EUR",
    "FI": "EUR", "FR": "EUR", "GR": "EUR", "HR": "EUR", "IT": "EUR", "LT": "EUR", "LU": "EUR", "LV": "EUR",
    "MT": "EUR", "NL": "EUR", "PT": "EUR", "SI": "EUR", "SK": "EUR",
}  # fmt: skip
"""The country of an authority -> the currency in which it fines. Only a suggestion: each row has its own."""

MOST_DIGITS, MOST_DECIMALS = 15, 3
_SIGNS = {"£": "GBP", "€": "EUR"}
_CODE = re.compile(r"^(?:([A-Z]{3}|[£€$])\s*)?([^A-Z£€$]+?)(?:\s*([A-Z]{3}|[£€$]))?$")
_CHINESE = re.compile(r"[元圆圓万萬亿億]")
_AMBIGUOUS = re.compile(r"\d+\.\d{3}")
_ISO = re.compile(r"P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,5}D)?")
_LENGTH = re.compile(
    r"(\d{1,5})\s*(years?|yrs?|y|年|months?|mths?|m|个月|月|weeks?|w|周|days?|d|天|日)(?![a-z])[\s,]*"
)
_HAN_NUMBER = re.compile("[零一二三四五六七八九十百两]+(?=年|个月|月|周|天|日)")


class Money(NamedTuple):
    """An amount with its currency, and the words it was typed in where they were converted."""

    amount: Decimal
    currency: str
    text: str = ""


def currency_of(country: str) -> str:
    """The currency of a country or part of one ("GB-WLS"), '' where it is not known."""
    return CURRENCIES.get(country[:2].upper(), "")


def money(typed: str, currency: str) -> Money | None:
    """What "12,000.50", "12 000", "£2,500", "2500 EUR", "1.5万元" or "一万五千元" mean; None of nothing.

    `currency` holds where none is typed. A ValueError where it is no amount, or could be two: 12.000 is
    twelve to some and twelve thousand to others.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    try:
        return _money(text, typed.strip()[:300], currency) if text else None
    except (ValueError, ArithmeticError):
        raise ValueError("not an amount, or one that could be two") from None


def _money(text: str, printed: str, currency: str) -> Money:
    if _CHINESE.search(text):
        return Money(_decimal(amounts.chinese(text)), "CNY", printed)
    found = _CODE.fullmatch(text.upper())
    if not found:
        raise ValueError
    before, digits, after = found.groups()
    named = _SIGNS.get(before or after, before or after or "")
    foreign_dollars = named == "$" and not currency.endswith("D")
    if foreign_dollars or _AMBIGUOUS.fullmatch(digits.strip()):
        raise ValueError
    return Money(_decimal(_plain(digits)), currency if named in ("", "$") else named)


def _plain(digits: str) -> str:
    try:
        return amounts.amount(digits)
    except ValueError:
        return amounts.amount(digits, comma=True)  # 12.000,50


def _decimal(text: str) -> Decimal:
    value = Decimal(text).normalize()
    _sign, digits, exponent = value.as_tuple()
    if -exponent > MOST_DECIMALS or len(digits) + exponent > MOST_DIGITS:
        raise ValueError
    return Decimal(format(value, "f"))


def duration(typed: str) -> str:
    """A length of time such as "6 months", "1 year 6 months", "六个月" or "P10D" as P6M, P1Y6M, P10D.

    '' of nothing; a ValueError of anything else.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not text or _ISO.fullmatch(text.upper()):
        return text.upper()
    text = _HAN_NUMBER.sub(lambda found: str(chinese_number(found[0])), text.casefold().replace(" and ", " "))
    sums, end = dict.fromkeys("YMD", 0), 0
    for found in _LENGTH.finditer(text):
        if found.start() != end:
            break
        unit, end = _unit(found[2]), found.end()
        sums["D" if unit == "W" else unit] += int(found[1]) * (7 if unit == "W" else 1)
    if end != len(text) or not any(sums.values()):
        raise ValueError("no length of time")
    return "P" + "".join(f"{count}{unit}" for unit, count in sums.items() if count)


def _unit(word: str) -> str:
    return {"年": "Y", "个月": "M", "月": "M", "周": "W", "天": "D", "日": "D"}.get(word) or word[0].upper()
