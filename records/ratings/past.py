"""The grades of one establishment over time, as a line that steps between the grades of its scheme."""

from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.chart import Stand, Steps
from records.ratings.badge import Badge
from records.ratings.dossier import Dossier
from records.ratings.schemes import get

WORDS = 2
"""From so many letters on a grade is called by its word and not by its key."""


def charts(dossier: Dossier) -> list[Steps]:
    """A chart for each scheme under which two or more dates have a grade; the current scheme first."""
    current = {s.scheme.key: s for s in dossier.standings if s.badge.graded}
    found = {}
    for badge in _badges(dossier):
        found.setdefault(badge.scheme.key, {})[badge.on] = badge
    ordered = sorted(found, key=lambda key: (key not in current, key))
    return [_chart(key, found[key], key in current, dossier) for key in ordered if len(found[key]) > 1]


def _badges(dossier: Dossier):
    """The graded visits as they stand, and the ratings that rest on none; later ones replace earlier ones."""
    for standing in [*dossier.ended, *dossier.standings]:
        if standing.badge.graded and standing.badge.on and not standing.visit:
            yield standing.badge
    for visit in dossier.all_visits:
        if visit.badge and visit.badge.graded and not visit.replaced:
            yield visit.badge
    for standing in dossier.standings:
        if standing.badge.graded and standing.badge.on:
            yield standing.badge


def _chart(key: str, by_day: dict[date, Badge], goes_on: bool, dossier: Dossier) -> Steps:
    badges = [by_day[day] for day in sorted(by_day)]
    entries = {value.key: value for value in get(key).values}
    for badge in badges:  # of earlier versions of the scheme
        entries.setdefault(badge.entry.key, badge.entry)
    levels, places = [_level(entry) for entry in entries.values()], list(entries)
    stands = [Stand(places.index(b.entry.key), b.on, f"{date_format(b.on)}: {b.short}") for b in badges]
    ends = [s.ended_on for s in dossier.ended if s.scheme.key == key and s.ended_on]
    until = localdate() if goes_on else max([*ends, badges[-1].on])
    said = {
        "scheme": badges[0].title.text, "n": len(badges), "first": badges[0].short,
        "on": date_format(badges[0].on), "last": badges[-1].short, "last_on": date_format(badges[-1].on),
    }  # fmt: skip
    sentence = _("%(scheme)s: %(n)d grades, from %(first)s on %(on)s to %(last)s on %(last_on)s.") % said
    rows = [(date_format(b.on), b.short) for b in reversed(badges)]
    head = (_("Date"), _("Grade"))
    return Steps(f"past-{key}", "", sentence, levels, stands, max(until, badges[-1].on), head, rows, goes_on)


def _level(entry) -> str:
    return entry.key if len(entry.key) <= WORDS else entry.label()
