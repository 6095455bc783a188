"""Repairs published text for display: broken encodings, doubled blanks, invisible characters, escaped HTML.

What was published is kept beside it; nothing here corrects spelling, capitals or whole quotation marks.
"""

import html
import math
import re

import ftfy
import nh3

_REPAIR = ftfy.TextFixerConfig(
    unescape_html=False,
    fix_character_width=False,
    fix_latin_ligatures=False,
    uncurl_quotes=False,
    normalization="NFC",
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Joiners stay where a script needs them (Persian, Hindi); after Latin letters or blanks they are rubbish.
_INVISIBLE = re.compile(
    r"[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?<![^\x00-\u024f])[\u200c\u200d]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLOCKS = {"p", "br", "li", "div", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_ACTIVE = {"script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math", "title"}
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_UK_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})")


def display_name(raw: str) -> str:
    """A name or address line fit to be shown on one line; most are already, and those return at once."""
    if raw.isascii() and raw.isprintable() and "  " not in raw and ";" not in raw:
        return raw.strip()
    return " ".join(_repaired(_unescaped(raw)).split())


def prose(raw: str) -> str:
    """The words of a document as they are, in their lines: only what broke on the way is repaired."""
    if raw.isascii() and raw.isprintable() and ";" not in raw:
        return raw.strip()
    lines = _repaired(_unescaped(raw)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def reply_text(raw: str) -> str:
    """The business's own words as plain paragraphs with a blank line between them, without any markup.

    Feeds escape the HTML once or twice over; whatever it contained, only text is left.
    """
    text = _repaired(_unescaped(raw, rounds=10))
    if not _TAG.search(text):
        return "\n\n".join(_paragraphs(text.splitlines()))
    safe = nh3.clean(text, tags=_BLOCKS, attributes={}, clean_content_tags=_ACTIVE, strip_comments=True)
    return "\n\n".join(_paragraphs(html.unescape(piece) for piece in _TAG.split(safe)))


def postcode(raw: str) -> str:
    """In capitals, with single blanks, the one in a British postcode where it belongs; others as they are."""
    text = " ".join(_repaired(raw).upper().split())
    british = _UK_POSTCODE.fullmatch(text)
    return f"{british[1]} {british[2]}" if british else text


def coordinates(latitude: str, longitude: str) -> tuple[float | None, float | None, str]:
    """Degrees north and east with a quality: source, none (not published) or suspect (impossible).

    The point 0,0 lies in the Gulf of Guinea and is what software writes when it could not find an address.
    """
    if not latitude.strip() and not longitude.strip():
        return None, None, "none"
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None, None, "suspect"
    if not (math.isfinite(north) and math.isfinite(east)) or (north == 0 and east == 0):
        return None, None, "suspect"
    if abs(north) > 90 or abs(east) > 180:
        return None, None, "suspect"
    return north, east, "source"


def _unescaped(text: str, rounds: int = 3) -> str:
    while rounds and _ENTITY.search(text):
        text, rounds = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text), rounds - 1
    return text


def _repaired(text: str) -> str:
    if not text.isascii():
        text = _INVISIBLE.sub("", ftfy.fix_text(_SURROGATE.sub("\ufffd", text), _REPAIR))
    return _CONTROL.sub("", text)


def _paragraphs(pieces) -> list[str]:
    return [line for piece in pieces if (line := " ".join(piece.split()))]
