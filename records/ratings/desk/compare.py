"""An inspection in words, and what a correction changes of it, for the person who checks."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.ratings.publication import scheme_of
from records.ratings.schemes.vocabulary import plain


class Scored(NamedTuple):
    """A component, what was scored, and the scheme's own word for it."""

    label: str
    value: str
    word: str


class Difference(NamedTuple):
    """A field of which a correction says something else."""

    label: str
    before: str
    after: str


def scored(inspection) -> list[Scored]:
    """The scores in the order of the scheme; components without one are left out."""
    found = []
    for component in scheme_of(inspection.version).components:
        if (value := (inspection.scores or {}).get(component.key)) is not None:
            word = component.word(value)
            found.append(Scored(component.label(), plain(value), "" if word == plain(value) else word))
    return found


def _facts(inspection) -> dict[str, str]:
    facts = {
        _("Inspected on"): date_format(inspection.inspected_on, "DATE_FORMAT"),
        _("Scheme"): scheme_of(inspection.version).title(),
        _("Kind of inspection"): inspection.kind,
    }
    facts |= {score.label: f"{score.value} {score.word}".strip() for score in scored(inspection)}
    facts |= {_("Grade"): inspection.grade or _("none"), _("Outcome in words"): inspection.outcome}
    for number, finding in enumerate(inspection.findings.all(), 1):
        points = "" if finding.points is None else plain(finding.points)
        parts = [finding.code, finding.text, finding.get_criticality_display(), points]
        facts[_("Finding %(number)d") % {"number": number}] = " · ".join(filter(None, parts))
    return facts


def differences(before, after) -> list[Difference]:
    """The fields in which two inspections differ, in the order of the page."""
    old, new = _facts(before), _facts(after)
    labels = [*new, *(label for label in old if label not in new)]
    return [
        Difference(label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]
