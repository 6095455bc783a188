"""The picture shown where somebody passes on a link to an establishment: what its page says first."""

from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.businesses.models import Establishment
from records.publication import joining
from records.publication.canvas import HEIGHT, MARGIN, WIDTH, Canvas, width
from records.ratings import badge as badge_of
from records.ratings.badge import Badge
from records.ratings.models import Rating

_SMILES = {"big_smile": 1, "smile": 1, "flat": 0, "sour": -1}


def standing(establishment: Establishment) -> tuple[Badge | None, str]:
    """The newest standing grade of an establishment that is in use; else None and what to say instead."""
    if establishment.closed_on:
        return None, _("Closed on %(date)s.") % {"date": date_format(establishment.closed_on)}
    if establishment.left_source_at:
        day = date_format(localdate(establishment.left_source_at))
        return None, _("No longer in the source since %(date)s.") % {"date": day}
    current = Rating.objects.public().current().filter(establishment=establishment.pk)
    newest = current.select_related("inspection").order_by(F("rated_on").desc(nulls_last=True), "-pk").first()
    if newest is None:
        return None, _("No rating is shown now.")
    return badge_of.of_rating(newest, establishment.authority.country), ""


def told(establishment: Establishment) -> dict[str, str]:
    """Title and description of a link to it. No age: what is passed on stays as it was."""
    badge, instead = standing(establishment)
    said = instead
    if badge:
        said = joining.ended(joining.labelled(badge.title.text, joining.listed((badge.short, badge.dated))))
    authority = _("Published by %(authority)s.") % {"authority": establishment.authority.name}
    return {"title": establishment.name, "description": f"{said} {authority}"}


def card(establishment: Establishment, source: str) -> bytes:
    """The card of an establishment with its newest rating, or what is said instead of one."""
    canvas = Canvas()
    badge, instead = standing(establishment)
    title = badge.title.text if badge else _("Ratings and decisions")
    y = canvas.frame(title, establishment.name, f"{establishment.authority.name} · {source}")
    if badge is None:
        canvas.lines(instead, MARGIN, y + 60, 44, WIDTH - 2 * MARGIN, 2)
        return canvas.png()
    top = max(y - 10, HEIGHT - 390)
    x = _shape(canvas, badge, top) + 36
    lines = badge.graded and badge.says_word and badge.family != "plate"
    if lines:
        canvas.lines(badge.word.text, x, top + 80, 46, WIDTH - MARGIN - x, 2, True, badge.tone)
    canvas.lines(badge.dated[:1].upper() + badge.dated[1:], MARGIN, HEIGHT - 140, 36, WIDTH - 2 * MARGIN, 1)
    return canvas.png()


def _shape(canvas: Canvas, badge: Badge, top: int) -> int:
    """The grade in its scheme's shape; says where it ends."""
    tall, tone = 120, badge.tone
    if badge.family == "bar":
        step = 84
        for n, place in enumerate(badge.places):
            left = MARGIN + n * step
            if not place.reached:
                canvas.box((left, top + 16, left + step, top + tall - 16), "card", "line-strong", 2)
                canvas.line(place.key, left + step / 2, top + 74, 40, colour="muted", middle=True)
        at = next((n for n, place in enumerate(badge.places) if place.reached), 0)
        left = MARGIN + at * step
        canvas.box((left - 2, top, left + step + 2, top + tall), tone, tone)
        canvas.line(badge.mark, left + step / 2, top + 82, 64, True, "card", middle=True)
        return MARGIN + step * len(badge.places)
    if badge.family == "letter":
        wide = max(tall, round(width(badge.mark, 84, True)) + 48)
        canvas.box((MARGIN, top, MARGIN + wide, top + tall), tone, tone)
        canvas.line(badge.mark, MARGIN + wide / 2, top + 90, 84, True, "card", middle=True)
        return MARGIN + wide
    if badge.family == "face":
        _face(canvas, badge.face, MARGIN, top, tall, canvas.colours[tone])
        return MARGIN + tall
    wide = min(WIDTH - 2 * MARGIN, round(width(badge.word.text, 48, True)) + 72)
    plate = badge.family == "plate"
    canvas.box((MARGIN, top, MARGIN + wide, top + tall), tone if plate else "card", tone, 5)
    space, colour = wide - 60, "card" if plate else "ink"
    canvas.lines(badge.word.text, MARGIN + 36, top + 76, 48, space, 1, True, colour)
    return MARGIN + wide


def _face(canvas: Canvas, face: str, x: int, y: int, size: int, ink: str) -> None:
    """A face in lines, as `components/face.svg` has it."""
    pen, unit = canvas.pen, size / 48

    def at(*points):
        return [(x + px * unit, y + py * unit) for px, py in points]

    pen.ellipse(at((3, 3), (45, 45)), outline=ink, width=8)
    if face == "big_smile":
        for left in (13, 29):
            pen.arc(at((left, 15), (left + 6, 23)), 190, 350, fill=ink, width=8)
        pen.chord(at((12, 14), (36, 40)), 2, 178, outline=ink, width=8)
        return
    for left in (17, 31):
        pen.line(at((left, 18), (left, 21)), fill=ink, width=8)
    bend = _SMILES.get(face, 0)
    if bend > 0:
        pen.arc(at((13, 18), (35, 35)), 30, 150, fill=ink, width=8)
    elif bend < 0:
        pen.arc(at((13, 30), (35, 47)), 210, 330, fill=ink, width=8)
    else:
        pen.line(at((15, 32), (33, 32)), fill=ink, width=8)
