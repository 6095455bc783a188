"""Folding and words: what two people typing the same name have in common, exactly as the database does it.

The twin of the SQL functions `disclosed.fold` and `disclosed.tokens` of the first migration, where the
character classes are explained. Two copies, because a migration is frozen; a test feeds both the same texts.
"""

import re
import unicodedata

_PLAIN = dict(zip("øØłŁđĐðÐħĦıŧŦŋŊƶƵƒς", "oollddddhhittnnzzfσ", strict=True))
_PAIRS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}
_VANISHING = re.compile(
    r"['`\u00AD\u02B9-\u02BF\u2018-\u201B\u2032\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4"
    r"\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED"
    r"\u180B-\u180F\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u202A-\u202E\u2060-\u206F\u20D0-\u20FF\uFE00-\uFE0F"
    r"\uFE20-\uFE2F\uFEFF\U000E0000-\U000E01EF]"
)
_SEPARATING = re.compile(
    r"[\u0000-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7"
    r"\u02C2-\u02C5\u02D2-\u02DF\u037E\u0387\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F3\u05F4\u060C"
    r"\u061B-\u061F\u066A-\u066D\u06D4\u0964\u0965\u0970\u0E2F\u0E4F\u0E5A\u0E5B\u0F04-\u0F14\u10FB\u1360-\u1368"
    r"\u1680\u17D4-\u17DA\u2000-\u2BFF\u2E00-\u2E7F\u3000-\u3004\u3008-\u3020\u3030\u303D-\u303F\u30A0\u30FB"
    r"\uA67E\uE000-\uF8FF\uFD3E\uFD3F\uFE10-\uFE6F\uFFE0-\uFFFD\U0001F000-\U0001FAFF]+"
)
UNSPACED = (
    r"\u1100-\u11FF\u2E80-\u2FDF\u3005-\u3007\u3021-\u302F\u3031-\u303C\u3041-\u309F\u30A1-\u30FA\u30FC-\u318F"
    r"\u31A0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFF66-\uFFDC"
    r"\U00020000-\U0003FFFF"
)
_RUNS = re.compile(f"([{UNSPACED}]+)")
_INNER = re.compile(f"(?<=[{UNSPACED}])([{UNSPACED}])(?=[{UNSPACED}])")
_APOSTROPHES = str.maketrans("", "", "'`")
LONGEST_WORD = 100


def _lower_case(codes):
    for letter in map(chr, codes):
        small = letter.lower()
        if small != letter and len(small) == 1 and unicodedata.normalize("NFKD", letter) == letter:
            yield letter, small


# Greek, Cyrillic, Armenian and rarer Latin letters; listed as in SQL, where lower() depends on the locale.
_LETTERS = str.maketrans(dict(_lower_case([*range(0x180, 0x250), *range(0x370, 0x557)])) | _PLAIN | _PAIRS)
_ASCII_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(65, 91)})


def fold(text):
    """`text` in lower case without accents, widths and apostrophes, as `disclosed.fold` returns it."""
    if text.isascii():
        return text.translate(_APOSTROPHES).lower()
    folded = _VANISHING.sub("", unicodedata.normalize("NFKD", text.replace("\u00b4", "")))
    if folded.isascii():
        return folded.lower()
    return unicodedata.normalize("NFC", folded).translate(_ASCII_LOWER).translate(_LETTERS)


def tokens(text):
    """The list of the words of `text`, folded, as `disclosed.tokens` joins them with blanks.

    Han, Kana and Hangul come as overlapping pairs of characters; a character alone stays one.
    """
    if len(text.encode()) > 20000:
        text = text[:5000]
    spaced = _SEPARATING.sub(" ", fold(text).replace("&", " and "))
    if not spaced.isascii():
        spaced = _RUNS.sub(r" \1 ", _INNER.sub(r"\1 \1", spaced))
    return spaced.split()


def is_unspaced(word):
    """Whether `word` is of a script written without blanks, so that one character is worth a search."""
    return bool(_RUNS.match(word))
