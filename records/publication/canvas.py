"""A picture of 1200 by 630 that is shown where somebody passes a link on, drawn on the server.

It is drawn in the colours of the site and in fonts that come as packages: Noto Sans, and Noto Sans CJK for
what that lacks. A text with a character that neither has is not drawn at all: boxes say nothing.
"""

import io
import threading
from functools import lru_cache
from pathlib import Path

import fontpkg_noto_sans
import noto_cjk_sans_otc
from PIL import Image, ImageDraw, ImageFont

from records.publication.palette import colours

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
_LATIN = Path(fontpkg_noto_sans.ROOT) / "files" / "NotoSans[wdth,wght].ttf"
_CJK, _SIMPLIFIED = noto_cjk_sans_otc.FONT_PATH, 2
_NOTHING = "\U0010ffff"


class _Held(threading.local):
    """Fonts that were opened; each thread has its own, because FreeType lets no two draw with one."""

    def __init__(self):
        self.fonts = {}


_held = _Held()


def _fonts(size: int, bold: bool) -> tuple:
    """The fonts in the order in which they are asked for a character."""
    if (size, bold) not in _held.fonts:
        _held.fonts[size, bold] = _opened(size, bold)
    return _held.fonts[size, bold]


def _opened(size: int, bold: bool) -> tuple:
    latin = ImageFont.truetype(str(_LATIN), size, layout_engine=ImageFont.Layout.BASIC)
    # The order of the font's axes: weight, width.
    latin.set_variation_by_axes([700 if bold else 400, 100])
    basic = ImageFont.Layout.BASIC
    return latin, ImageFont.truetype(str(_CJK), size, index=_SIMPLIFIED, layout_engine=basic)


@lru_cache(maxsize=20_000)
def _font_of(character: str) -> int | None:
    """Which of the fonts has the character; None where none has. What it lacks it draws as nothing known."""
    for number, font in enumerate(_fonts(32, False)):
        if character.isspace() or bytes(font.getmask(character)) != bytes(font.getmask(_NOTHING)):
            return number
    return None


def can_draw(text: str) -> bool:
    """Whether the fonts have every character of the text, written from the left in single signs."""
    return all(_font_of(character) is not None for character in text)


def _runs(text: str, size: int, bold: bool):
    """The text in pieces of one font each."""
    fonts, piece, last = _fonts(size, bold), "", None
    for character in text:
        number = _font_of(character)
        if number != last and piece:
            yield piece, fonts[last or 0]
            piece = ""
        piece, last = piece + character, number
    if piece:
        yield piece, fonts[last or 0]


def width(text: str, size: int, bold: bool = False) -> float:
    """How wide the text is."""
    return sum(font.getlength(piece) for piece, font in _runs(text, size, bold))


def cut(text: str, size: int, space: float, most: int, bold: bool = False) -> list[str]:
    """The text in at most so many lines; what does not fit becomes an ellipsis."""
    rest, lines = text[:300].strip(), []  # measuring takes time, and no card holds more
    while rest and len(lines) < most:
        if width(rest, size, bold) <= space:
            return [*lines, rest]
        last = len(lines) == most - 1
        end = next((n for n in range(len(rest), 1, -1) if width(rest[:n], size, bold) <= space), 1)
        at = rest.rfind(" ", 0, end + 1)
        at = end if last or at <= 0 else at
        if last:
            while at > 1 and width(rest[:at].rstrip() + "…", size, bold) > space:
                at -= 1
            return [*lines, rest[:at].rstrip() + "…"]
        lines.append(rest[:at].rstrip())
        rest = rest[at:].strip()
    return lines


class Canvas:
    """The picture while it is drawn, in the light colours of the site."""

    def __init__(self):
        self.colours = colours()
        self.image = Image.new("RGB", (WIDTH, HEIGHT), self.colours["paper"])
        self.pen = ImageDraw.Draw(self.image)
        self.pen.rectangle((0, 0, WIDTH, 14), fill=self.colours["accent"])

    def line(self, text, x, y, size, bold=False, colour="ink", middle=False) -> None:
        """A line of text with its baseline at `y`; nothing where the fonts lack a character."""
        if not can_draw(text):
            return
        at = x - width(text, size, bold) / 2 if middle else x
        for piece, font in _runs(text, size, bold):
            heavy = bold and font is _fonts(size, bold)[1]
            stroke = (
                {"stroke_width": max(1, size // 36), "stroke_fill": self.colours[colour]} if heavy else {}
            )
            self.pen.text((at, y), piece, font=font, fill=self.colours[colour], anchor="ls", **stroke)
            at += font.getlength(piece)

    def lines(self, text, x, y, size, space, most, bold=False, colour="ink") -> int:
        """A text in several lines; says where the next line would stand."""
        for line in cut(text, size, space, most, bold) if can_draw(text) else ():
            self.line(line, x, y, size, bold, colour)
            y += round(size * 1.3)
        return y

    def box(self, corners, fill="", outline="", stroke=3) -> None:
        """A rounded box in colours of the site."""
        self.pen.rounded_rectangle(
            corners, 8, fill=self.colours.get(fill), outline=self.colours.get(outline), width=stroke
        )

    def frame(self, kicker: str, title: str, source: str, most: int = 2) -> int:
        """What every card has: a line, the title, below who says it. Returns where the middle begins."""
        space = WIDTH - 2 * MARGIN
        self.lines(kicker, MARGIN, 94, 32, space, 1, colour="muted")
        y = self.lines(title, MARGIN, 170, 60, space, most, bold=True)
        self.pen.line(
            (MARGIN, HEIGHT - 106, WIDTH - MARGIN, HEIGHT - 106), fill=self.colours["line"], width=2
        )
        self.lines(source, MARGIN, HEIGHT - 50, 32, space, 1, colour="muted")
        return y

    def png(self) -> bytes:
        """The picture as a file."""
        out = io.BytesIO()
        self.image.save(out, "PNG")
        return out.getvalue()
