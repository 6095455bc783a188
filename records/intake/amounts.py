"""Turns amounts of money as people and programs print them into plain decimals, exactly or not at all."""

import re
import unicodedata
from decimal import Decimal, localcontext

NOT_AN_AMOUNT = "This is not an amount. Write digits with a decimal point, such as 1234.50."

_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3})")
_PLAIN = re.compile(r"\d{1,15}(?:\.\d{1,20})?")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ",."}
_UNITS = {"元": 1, "圆": 1, "": 1, "万元": 10_000, "万": 10_000, "亿元": 100_000_000}
_CHINESE = re.compile(r"(?:人民币|¥|￥)?([\d.,]+)(元|圆|万元|万|亿元|)整?")


def amount(raw: str, comma: bool = False) -> str:
    """1234.5, 1,234.50 or 1 234.50 as "1234.50"; '' stays ''; anything else is a ValueError.

    With `comma` the table may come from a place that writes 1.234,50, so a mark between three digits and
    three digits alone could mean either and is a ValueError.
    """
    text = _BLANKS.sub("", raw.strip())
    if not text:
        return ""
    if not text.isascii():
        raise ValueError(raw)
    marks = [mark for mark in ",." if mark in text]
    if len(marks) == 2:
        decimal = max(marks, key=text.rindex)
        whole, _, cents = text.rpartition(decimal)
        other = "." if decimal == "," else ","
        if (decimal == "," and not comma) or not _GROUPED[other].fullmatch(whole):
            raise ValueError(raw)
        text = f"{whole.replace(other, '')}.{cents}"
    elif marks and _GROUPED[marks[0]].fullmatch(text):
        if text.count(marks[0]) > 1 or (marks[0] == "," and not comma):
            text = text.replace(marks[0], "")
        elif comma:
            raise ValueError(raw)
    elif marks == [","]:
        if not comma:
            raise ValueError(raw)
        text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        raise ValueError(raw)
    return text


def places(raw: str, count: int) -> str:
    """A decimal without the noise of binary fractions: 8404.130000000001 with 2 is "8404.13".

    A ValueError where rounding would change the amount by more than a millionth.
    """
    if not raw:
        return ""
    value = Decimal(raw)
    with localcontext(prec=40):
        rounded = value.quantize(Decimal(1).scaleb(-count))
        if abs(rounded - value) > Decimal("0.000001"):
            raise ValueError(raw)
    return format(rounded, "f")


def wan(raw: str) -> str:
    """A number of 万元 (ten thousand yuan) in yuan: 0.2 is "2000". Exact; '' stays ''."""
    text = amount(unicodedata.normalize("NFKC", raw))
    return _times(text, 10_000) if text else ""


def chinese(raw: str) -> str:
    """An amount with its unit, such as 28000元 or 49.370242万元, in yuan; a ValueError without sense."""
    text = unicodedata.normalize("NFKC", "".join(raw.split()))
    if not text:
        return ""
    found = _CHINESE.fullmatch(text)
    if not found:
        raise ValueError(raw)
    return _times(amount(found[1]), _UNITS[found[2]])


def _times(number: str, unit: int) -> str:
    with localcontext(prec=40):
        text = format(Decimal(number) * unit, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
