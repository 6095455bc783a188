"""Turns amounts of money as people and programs print them into plain decimals, exactly or not at all."""

import re
import unicodedata
from decimal import Decimal, localcontext

NOT_AN_AMOUNT = "This is not an amount. Write digits with a decimal point, such as 1234.50."

_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3})")
_PLAIN = re.compile(r"\d{1,15}(?:\.\d{1,20})?")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ",."}
_UNITS = {"元": 1, "": 1, "万元": 10_000, "万": 10_000, "亿元": 100_000_000}
_CHINESE = re.compile(r"(?:人民币|¥)?([\d.,]+)(元|万元|万|亿元|)整?")
_AS_PRINTED = str.maketrans(
    "壹贰貳叁叄參肆伍陆陸柒捌玖两兩拾佰仟萬億圆圓角分正〇",
    "一二二三三三四五六六七八九二二十百千万亿元元角分整零",
)
_DIGITS = "零一二三四五六七八九"
_PLACES = {"": 1, "十": 10, "百": 100, "千": 1000}
_WORDS = re.compile(
    r"(?:人民币)?(?:([零一二三四五六七八九十百千]+)亿)?(?:([零一二三四五六七八九十百千]+)万)?"
    r"([零一二三四五六七八九十百千]*)元?(?:零?([一二三四五六七八九])角)?(?:零?([一二三四五六七八九])分)?整?"
)


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
    """An amount with its unit in yuan: 28000元, 49.370242万元 or 壹万贰仟元整; a ValueError without sense.

    In words it is read only where it is written out: 一万二 is twelve thousand to those who speak so, and
    nothing that a decision may say.
    """
    text = unicodedata.normalize("NFKC", "".join(raw.split())).translate(_AS_PRINTED)
    if not text:
        return ""
    if found := _CHINESE.fullmatch(text):
        return _times(amount(found[1]), _UNITS[found[2]])
    if found := _WORDS.fullmatch(text):
        return _in_words(raw, *(part or "" for part in found.groups()))
    raise ValueError(raw)


def _in_words(raw: str, *parts: str) -> str:
    """The sum of 亿, 万, 元, 角 and 分, if just this is how that number is written."""
    *thousands, tenths, hundredths = parts
    values = [_four(part) for part in thousands]
    whole = 0
    for part, value in zip(thousands, values, strict=True):
        below = whole and part and (value < 1000 or whole % 10 == 0)
        gap = "零" if below and value < 1000 else "零?" if below else ""
        if part and not (value and re.fullmatch(gap + _spelled(value, first=not whole), part)):
            raise ValueError(raw)
        whole = whole * 10_000 + value
    cents = 10 * _DIGITS.index(tenths or "零") + _DIGITS.index(hundredths or "零")
    if not (whole or cents):
        raise ValueError(raw)
    return f"{whole}.{cents:02}".rstrip("0").rstrip(".") if cents else str(whole)


def _four(text: str) -> int:
    """What the digits and places of up to four figures come to, however they stand."""
    found = re.findall("([一二三四五六七八九]?)([千百十]?)", text.replace("零", ""))
    return sum(_DIGITS.index(digit or "一") * _PLACES[place] for digit, place in found if digit or place)


def _spelled(value: int, first: bool) -> str:
    """How a number up to 9999 is written, as a pattern: at the beginning ten may stand without its one."""
    written, gap = "", False
    for place, size in reversed(_PLACES.items()):
        digit = value // size % 10
        if not digit:
            gap = bool(written)
            continue
        one = "一?" if first and not written and place == "十" and digit == 1 else _DIGITS[digit]
        written += ("零" if gap else "") + one + place
        gap = False
    return written


def _times(number: str, unit: int) -> str:
    with localcontext(prec=40):
        text = format(Decimal(number) * unit, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
