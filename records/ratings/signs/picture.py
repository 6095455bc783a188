"""The badge for a business's own site: an SVG that says what stands now, and never what stood before.

It holds no script, no font and nothing from elsewhere. Its one stylesheet, for light and dark, is allowed by
its fingerprint. Fonts differ, so that each text is cut to a width that it cannot exceed in any of them.
"""

import base64
import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.publication import joining
from records.publication.palette import colours
from records.ratings.badge import Badge
from records.ratings.signs.sign import Sign

WIDTH, HEIGHT = 340, 132
PAD, PLACE, BOX = 14, 28, 44
_TONES = ("good", "fair", "poor", "none")
_PARTS = ("paper", "card", "ink", "muted", "line", "line-strong", *_TONES)


@dataclass(frozen=True)
class Line:
    """A text and where it stands."""

    text: str
    y: int
    kind: str
    x: int = PAD


@cache
def style() -> str:
    """The stylesheet inside the picture."""

    def rules(dark: bool) -> str:
        return ";".join(f"--{name}:{colours(dark)[name]}" for name in _PARTS)

    tones = "".join(f".{tone}{{color:var(--{tone})}}" for tone in _TONES)
    return (
        f"svg{{{rules(False)}}}@media (prefers-color-scheme:dark){{svg{{{rules(True)}}}}}"
        "text{font-family:system-ui,'Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',"
        "sans-serif;fill:var(--ink)}.small{font-size:12px;fill:var(--muted)}.name{font-size:12px;font-weight:600}"
        ".word{font-size:14px;font-weight:700}.place{font-size:14px;fill:var(--muted);text-anchor:middle}"
        ".mark{font-size:22px;font-weight:700;fill:var(--card);text-anchor:middle}"
        ".plain{font-size:15px;font-weight:700;fill:var(--card)}.ground{fill:var(--card);stroke:var(--line-strong)}"
        f".empty{{fill:var(--card);stroke:var(--line-strong)}}.full{{fill:currentColor}}{tones}"
    )


def policy() -> str:
    """The content security policy of the picture: its own stylesheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; sandbox"


def of_sign(sign: Sign, site: str) -> str:
    """The badge of an establishment under a scheme."""
    name, source = sign.establishment.name, _("As published by %(site)s") % {"site": site}
    title = sign.scheme.title()
    ended = _ended(sign)
    if ended:
        words = _lines(ended, PAD, WIDTH - 2 * PAD)
        return _drawn(_sentence(title, ended, name, source), None, title, words, name, source)
    badge = sign.badge
    x, width = PAD + shape_width(badge) + 10, WIDTH - 2 * PAD - shape_width(badge) - 10
    beside = badge.family in ("bar", "letter", "face") and badge.says_word
    words = _lines(badge.word.text, x, width) if beside else []
    words.append(Line(cut(_capital(badge.dated), 12, WIDTH - 2 * PAD)[0], 94, "small"))
    said = joining.listed((badge.short, badge.dated))
    return _drawn(_sentence(title, said, name, source), badge, title, words, name, source)


def unknown(site: str) -> str:
    """In place of a badge that nobody has."""
    said = _("This register shows no such rating.")
    return _drawn(said, None, "", _lines(said, PAD, WIDTH - 2 * PAD), "", site)


def _lines(text: str, x: int, width: float) -> list[Line]:
    """A word of the scheme in up to three lines, in the middle of the shape's height."""
    lines = cut(text, 14, width, 3)
    return [Line(line, 60 + 17 * n - 17 * (len(lines) - 1) // 2, "word", x) for n, line in enumerate(lines)]


def _ended(sign: Sign) -> str:
    """What is said in place of a grade that no longer stands; '' of one that does."""
    place = sign.establishment
    if place.closed_on:
        return _("Closed on %(date)s.") % {"date": date_format(place.closed_on)}
    if place.left_source_at:
        return _("No longer in the source since %(date)s.") % {"date": _day(place.left_source_at)}
    if sign.standing is None:
        return _("No rating stands now. The last one ended on %(date)s.") % {
            "date": _day(sign.ended.rating.ended_at)
        }
    return ""


def _sentence(title: str, said: str, name: str, source: str) -> str:
    """The picture in words."""
    parts = (joining.labelled(title, said), name, source)
    return " ".join(joining.ended(part.rstrip(".。")) for part in parts if part)


def _day(instant) -> str:
    return date_format(localdate(instant))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _drawn(sentence, badge, title, words, name, source) -> str:
    space = WIDTH - 2 * PAD
    lines = [
        Line(cut(title, 12, space)[0], 24, "small"), *words,
        Line(cut(name, 12, space)[0], 110, "name"), Line(cut(source, 12, space)[0], 124, "small"),
    ]  # fmt: skip
    places = [(place, PAD + PLACE * n) for n, place in enumerate(badge.places)] if badge else []
    shape = shape_width(badge) if badge else 0
    plate = badge is not None and badge.family in ("plate", "status")
    context = {
        "badge": badge, "sentence": sentence, "lines": [line for line in lines if line.text],
        "places": places, "style": style(), "width": WIDTH, "height": HEIGHT, "pad": PAD,
        "shape": shape, "half": PAD + shape // 2,
        "plate": cut(badge.word.text, 15, space - 24)[0] if plate else "",
    }  # fmt: skip
    return render_to_string("components/badge.svg", context)


def shape_width(badge: Badge) -> int:
    """How wide the shape of the grade is."""
    if badge.family == "bar":
        return PLACE * len(badge.places)
    if badge.family == "letter":
        return max(BOX, round(measure(badge.mark, 22)) + 16)
    if badge.family == "face":
        return 48
    return min(WIDTH - 2 * PAD, round(measure(badge.word.text, 15)) + 24)


def measure(text: str, size: float) -> float:
    """The most pixels that a text takes in a usual font, bold or not."""
    return size * sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in "iljtfI.,:;'’|! ()-":
        return 0.4
    return 0.95 if character in "mwMW@%" else 0.78 if character.isupper() else 0.64


def cut(text: str, size: float, width: float, most: int = 1) -> list[str]:
    """A text in at most so many lines of that width; what does not fit becomes an ellipsis."""
    lines, rest = [], text.strip()
    while len(lines) < most - 1 and measure(rest, size) > width:
        fits = next((n for n in range(len(rest), 0, -1) if measure(rest[:n], size) <= width), 1)
        at = rest.rfind(" ", 0, fits + 1)
        at = at if at > 0 else fits
        lines.append(rest[:at].strip())
        rest = rest[at:].strip()
    if measure(rest, size) > width:
        while rest and measure(rest + "…", size) > width:
            rest = rest[:-1].rstrip()
        rest += "…"
    return [*lines, rest]
