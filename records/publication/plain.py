"""Text as numbers are looked for in it: plain digits, hyphens and blanks, and nothing invisible.

A number copied from a web page or a PDF may hold full-width digits, typographic hyphens or characters that
nobody sees. The table is fixed and not taken from Unicode's own, because the database holds the same one.
"""

DIGITS = (0x0660, 0x06F0, 0x0966, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)
"""Where runs of ten digits begin: Arabic, Persian, Devanagari, full width, mathematical."""

BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
INVISIBLE = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
)

_PLAIN = dict.fromkeys(INVISIBLE, "") | dict.fromkeys(BLANKS, " ") | dict.fromkeys(DASHES, "-")
_PLAIN |= {chr(first + digit): str(digit) for first in DIGITS for digit in range(10)}
_PLAIN |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_UNUSUAL = frozenset(_PLAIN)


def plain(text: str) -> str:
    """`text` with every digit, letter, hyphen and blank in its plain form, without invisible characters."""
    if not text.isascii():
        for letter in _UNUSUAL.intersection(text):  # a handful: ten times as fast as a table for all
            text = text.replace(letter, _PLAIN[letter])
    return text


def origins(text: str) -> list[int]:
    """For each character of `plain(text)` its place in `text`."""
    return [place for place, letter in enumerate(text) if letter not in INVISIBLE]
