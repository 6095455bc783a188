"""The picture shown where somebody passes on a link to a decision, and what the link says there.

A decision that search engines must not keep is passed on without the name: a picture is copied by whoever
shows it, and stays there when the decision here is gone.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.penalties.shown import Shown
from records.publication import joining
from records.publication.canvas import HEIGHT, MARGIN, WIDTH, Canvas


def name(shown: Shown) -> str:
    """The respondent of a decision that search engines may keep; else ''."""
    return "" if shown.is_person or shown.is_earlier else shown.name


def kicker(shown: Shown) -> str:
    """Decision EHO/2026/0117 of Almond Borough Council."""
    said = {"number": shown.number or "–", "authority": shown.authority.name}
    return _("Decision %(number)s of %(authority)s") % said


def amount(shown: Shown) -> str:
    """What was imposed: the sum, or the kinds of sanction."""
    if shown.imposed:
        return _("Imposed: %(sum)s") % {"sum": shown.imposed}
    return shown.kinds_in_words


def basis(shown: Shown) -> str:
    """The law and article that it rests on first, and the day of the decision."""
    row, law = shown.content, next(iter(shown.laws), None)
    parts = [" ".join(filter(None, (law.title, law.article))) if law else ""]
    if row.decided_on:
        parts.append(_("decided on %(date)s") % {"date": date_format(row.decided_on)})
    return " · ".join(filter(None, parts))


def status(shown: Shown) -> str:
    """What changes how the amount is read: an open appeal, or another sum owed now."""
    if shown.appeal_open:
        return shown.appeal[0]
    if shown.owed and shown.owed != shown.imposed and not shown.is_earlier:
        return _("Now owed: %(sum)s") % {"sum": shown.owed}
    return ""


def told(shown: Shown) -> dict[str, str]:
    """Title and description of a link to it."""
    words = (amount(shown), status(shown), basis(shown))
    return {
        "title": joining.labelled(name(shown), kicker(shown)) if name(shown) else kicker(shown),
        "description": " ".join(joining.ended(part.rstrip(".。")) for part in words if part),
    }


def card(shown: Shown, source: str) -> bytes:
    """The card of a decision. The respondent stands in it only where search engines may keep the page."""
    canvas, space = Canvas(), WIDTH - 2 * MARGIN
    y = canvas.frame(kicker(shown), name(shown), source, most=2)
    y = max(y + 20, 260)
    y = canvas.lines(amount(shown), MARGIN, y, 54, space, 2, bold=True)
    y = canvas.lines(status(shown), MARGIN, y, 36, space, 1)
    if y < HEIGHT - 120:
        canvas.lines(basis(shown), MARGIN, min(y + 10, HEIGHT - 140), 34, space, 1, colour="muted")
    return canvas.png()
