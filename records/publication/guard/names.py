"""The name of one person in a text, however it is written there: for texts about somebody unnamed."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from records.publication.guard.detector import Found, Span
from records.publication.plain import INVISIBLE

KIND, LABEL = "name", _("name of the person")

_UNSPACED = r"\u1100-\u11FF\u2E80-\u9FFF\uAC00-\uD7FF\uF900-\uFAFF\U00020000-\U0003FFFF"
_SCRIPTS = re.compile(rf"[{_UNSPACED}][{_UNSPACED} ]*|[^{_UNSPACED}]+")
_EDGE, _END = rf"(?<![^\W{_UNSPACED}])", rf"(?![^\W{_UNSPACED}])"
"""No letter before or after, unless it is one of a script without blanks."""

_LETTERS = dict(zip("øłđðħıŧ’'`", ("o", "l", "d", "d", "h", "i", "t", "", "", ""), strict=True))
_POSSESSIVE = re.compile(r"['’`]s(?![^\W_])", re.IGNORECASE)
_PARTICLES = frozenset(["van", "von", "der", "den", "ter", "del", "dos", "das", "bin", "ibn"])
_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|lady|lord|madam|herr|frau|m|mme|don|dona)"
_MASKS = frozenset("*＊█■□●○某")
_SHORTEST_ALONE = 4


def names_in(text: str, name: str, alone: bool = False) -> list[Found]:
    """Where `text` holds `name`: in any case, with or without accents and blanks, family name first or last.

    A part of the name is found after a title (Mr Sample) and after the first name's initial. With `alone` a
    family name is found wherever it stands with a capital: it may tell a reader enough, and it may be part of
    a street or of a trading name, so a person has to look. Not found are 张某, which is how decisions speak
    of somebody without a name, and a Chinese name in the other characters (traditional or simplified). A name
    that is masked itself is in no text.
    """
    if _MASKS & set(name):
        return []
    folded, origins = _fold(text)
    written = _fold(name)[0].strip()
    pieces = [piece.split() for piece in _SCRIPTS.findall(written)]
    spans: set[Span] = set()
    for parts in [parts for parts in pieces if len("".join(parts)) > 1] or [written.split()]:
        if len("".join(parts)) < 2:
            continue
        if re.search(f"[{_UNSPACED}]", parts[0]):
            spans |= _found(" *".join("".join(parts)), folded, origins)
        elif any(part in folded for part in parts):  # every pattern holds a part as it is
            spans |= _in_words(parts, folded, origins)
            if alone:
                spans |= _standing_alone(parts, text, folded, origins)
    return [Found(KIND, start, _with_marks(text, end), LABEL) for start, end in _outermost(spans)]


def _in_words(parts: list[str], folded: str, origins: list[int]) -> set[Span]:
    """Where a name of a script with blanks stands, whole or after a title."""
    titled = rf"{_EDGE}{_TITLES} +(?P<value>{'|'.join(parts)}){_END}"
    spans = _found(titled, folded, origins)
    for pattern in _whole_name(parts):
        spans |= _found(rf"{_EDGE}{pattern}{_END}", folded, origins)
    return spans


def _standing_alone(parts: list[str], text: str, folded: str, origins: list[int]) -> set[Span]:
    """Where a later part of the name stands with a capital: no first name, no particle, nothing short."""
    family = [part for part in parts[1:] if len(part) >= _SHORTEST_ALONE and part not in _PARTICLES]
    if not family:
        return set()
    spans = _found(rf"{_EDGE}(?:{'|'.join(family)}){_END}", folded, origins)
    return {(start, end) for start, end in spans if text[start].isupper()}


def _whole_name(parts: list[str]) -> Iterator[str]:
    """Patterns for the whole name: blanks less, middle names, family name first, the first name's initial."""
    yield " *".join(parts)
    if len(parts) > 1:
        first, family = parts[0], parts[-1]
        yield rf"{first} +(?:\w+ +){{0,2}}{family}"
        yield rf"{family} +(?:{' +'.join(parts[:-1])}|{first})"
        yield rf"{' +'.join(parts[1:])} +{first}"
        yield rf"{first[0]} +(?:\w +)?{family}"


def _found(pattern: str, folded: str, origins: list[int]) -> set[Span]:
    """The spans in the original text of what the pattern finds in the folded one."""
    places = set()
    for match in re.finditer(pattern, folded):
        start, end = match.span("value" if "value" in match.re.groupindex else 0)
        places.add((origins[start], origins[end - 1] + 1))
    return places


def _fold(text: str) -> tuple[str, list[int]]:
    """The text in lower case with plain letters, anything else as a blank; and where each character was."""
    letters, origins = [], []
    for place, written in enumerate(_POSSESSIVE.sub("  ", text)):
        for letter in written if written.isascii() else unicodedata.normalize("NFKD", written):
            if unicodedata.combining(letter) or letter in INVISIBLE:
                continue
            for small in letter.casefold():
                plain = _LETTERS.get(small, small if small.isalnum() else " ")
                letters.append(plain)
                origins.extend([place] * len(plain))
    return "".join(letters), origins


def _with_marks(text: str, end: int) -> int:
    """The end of a name with the accents that follow its last letter as characters of their own."""
    while end < len(text) and (unicodedata.combining(text[end]) or text[end] in INVISIBLE):
        end += 1
    return end


def _outermost(spans: set[Span]) -> list[Span]:
    """The spans that lie in no other one, in the order of the text."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
