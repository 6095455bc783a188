"""Reads New York City's restaurant inspections (data set 43nn-pn8j): one line per violation, in any order.

The lines are gathered into establishments with their inspections. Texts that repeat are held once: the whole
city fits in some 170 MB.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from records.intake.dates import NOT_A_DATE, us_date
from records.intake.parts import parts, reading, streamed
from records.intake.rows import Finding, Part, Problem, Row, Visit
from records.intake.table import Line, lines

_PLACE = (
    "dba",
    "boro",
    "building",
    "street",
    "zipcode",
    "phone",
    "cuisine_description",
    "latitude",
    "longitude",
)
_VISIT = ("inspection_type", "action", "score", "grade")
_VIOLATION = ("violation_code", "violation_description", "critical_flag")
_REQUIRED = ("camis", *_PLACE[:-2], "inspection_date", *_VISIT, *_VIOLATION)

_NOT_INSPECTED = "1900-01-01"
_CRITICALITY = {"critical": "critical", "not critical": "not_critical", "not applicable": "", "": ""}
_GRADED_PROGRAMMES = ("Cycle Inspection", "Pre-permit (Operational)")
_INSPECTIONS = {
    "Initial Inspection": "initial",
    "Re-inspection": "re",
    "Compliance Inspection": "compliance",
    "Second Compliance Inspection": "compliance",
}
_CLOSED = ("establishment closed", "establishment re-closed")


@dataclass(frozen=True)
class NycCsv:
    """The CSV download of the New York City open data portal, with its own headings or those of its API."""

    key: str = "nyc-csv"
    label: str = "New York City restaurant inspections (CSV)"
    explanation: str = "The data set 43nn-pn8j of NYC Open Data as CSV, plain or packed with gz or xz."
    suffixes: tuple[str, ...] = (".csv", ".csv.gz", ".csv.xz")
    licence: str = "NYC Open Data Terms of Use"
    authority_prefix: str = "us-"
    whole_authorities: bool = False
    country: str = "US"
    time_zone: str = "America/New_York"

    def parts(self, path: Path) -> Iterator[Part]:
        """One part: the lines of an establishment stand anywhere in the table."""
        return parts(path, lambda name: name.lower().endswith(self.suffixes))

    def rows(self, part: Part) -> Iterator[Row | Problem]:
        """The establishments in the order in which they first occur, after the problems of their lines."""
        places: dict[str, _Place] = {}
        yield from reading(part, streamed(part, partial(_gathered, places=places)))
        for camis in list(places):
            yield _row(camis, places.pop(camis))


FORMAT = NycCsv()


@dataclass(slots=True)
class _Place:
    where: str
    details: tuple[str, ...]
    uninspected: str = ""
    visits: dict[tuple[str, ...], dict[Finding, str]] = field(default_factory=dict)


def _gathered(stream, file: str, places: dict[str, _Place]) -> Iterator[Problem]:
    """Fill `places` by CAMIS, the number of the permit; the lines that cannot be taken come as problems."""
    shared: dict = {}
    for line in lines(stream, file, _REQUIRED):
        if isinstance(line, Problem):
            yield line
        elif fault := _add(line, places, shared):
            name, message = fault
            yield Problem.at(
                file, line.where, message, name.upper().replace("_", " "), line.values.get(name, "")
            )


def _add(line: Line, places: dict[str, _Place], shared: dict) -> tuple[str, str] | None:
    """Put one line where it belongs; (column, message) of what is wrong with it."""
    values = line.values
    camis = values["camis"].strip()
    for required in ("camis", "dba"):
        if not values[required].strip():
            return required, "It is empty, and nothing can be shown without it."
    try:
        inspected_on = us_date(values["inspection_date"])
    except ValueError:
        return "inspection_date", NOT_A_DATE.format(style="01/31/2020")
    critical = _CRITICALITY.get(values["critical_flag"].strip().lower())
    if critical is None:
        return "critical_flag", "Critical, Not Critical and Not Applicable are known."
    details = tuple(values.get(name, "").strip() for name in _PLACE)
    place = places.get(camis)
    if place is None:
        place = places[camis] = _Place(line.where, details)
    elif place.details != details:
        name = next(name for name, old, new in zip(_PLACE, place.details, details, strict=True) if old != new)
        return name, f"It differs from {place.where}, which has the same CAMIS. Correct one of them."
    if inspected_on in ("", _NOT_INSPECTED):
        repeated, place.uninspected = place.uninspected, line.where
    else:
        visit = tuple(
            shared.setdefault(text, text) for text in (inspected_on, *(values[n].strip() for n in _VISIT))
        )
        found = Finding(values["violation_code"].strip(), values["violation_description"].strip(), critical)
        findings = place.visits.setdefault(visit, {})
        repeated = findings.get(found, "")
        findings.setdefault(shared.setdefault(found, found), line.where)
    if repeated:
        return "camis", f"It repeats {repeated} word for word, so it was counted once."
    return None


def _row(camis: str, place: _Place) -> Row:
    details = dict(zip(_PLACE, place.details, strict=True))
    street = " ".join(part for part in (details["building"], details["street"]) if part)
    borough = "" if details["boro"] == "0" else details["boro"]
    visits = tuple(sorted(map(_visit, place.visits.items()), key=_order))
    standing, rated_on = _standing(visits)
    return Row(
        where=place.where,
        authority="nyc-dohmh",
        authority_name="New York City Department of Health and Mental Hygiene",
        authority_website="https://www.nyc.gov/site/doh/index.page",
        authority_email="",
        source_id=camis,
        local_id="",
        name=details["dba"],
        kind=details["cuisine_description"],
        address=tuple(line for line in (street, borough) if line),
        postcode=details["zipcode"],
        phone=details["phone"],
        latitude=details["latitude"],
        longitude=details["longitude"],
        opened_on="",
        closed_on="",
        scheme="us-nyc",
        visits=visits,
        standing=standing,
        rated_on=rated_on,
    )


def _standing(visits: tuple[Visit, ...]) -> tuple[str, str]:
    """The word that holds now and its date: closed, the newest letter the city published, or none yet.

    Where the city gave a visit no letter, none is worked out: a hearing may have lowered its points.
    """
    if not visits:
        return "not_yet_inspected", ""
    if visits[-1].outcome.lower().startswith(_CLOSED):
        return "closed_by_order", visits[-1].inspected_on
    for visit in reversed(visits):
        if visit.value:
            return visit.value, visit.inspected_on
    return "not_yet_graded", visits[-1].inspected_on


def _visit(entry: tuple[tuple[str, ...], dict[Finding, str]]) -> Visit:
    (inspected_on, kind, action, score, grade), findings = entry
    return Visit(
        source_id="",
        kind=kind,
        inspected_on=inspected_on,
        scores=_scores(kind, action, score, grade),
        value=grade,
        outcome=action,
        findings=tuple(sorted(found for found in findings if found.code or found.text)),
    )


def _scores(kind: str, action: str, score: str, grade: str) -> dict[str, str]:
    """The inputs of the grade, for the inspections that can lead to one; the scheme does not weigh others.

    Only cycle and pre-permit inspections of operating restaurants are graded. A reopening inspection needs to
    know the visit of the closure, which the table does not tell. The code Z says that a hearing is due.
    """
    programme, _, what = kind.partition(" / ")
    if programme not in _GRADED_PROGRAMMES or what not in _INSPECTIONS or not score:
        return {}
    scores = {"inspection": _INSPECTIONS[what], "score": score}
    if grade == "Z" and scores["inspection"] == "re":
        scores["hearing"] = "pending"
    scores["closed"] = "yes" if action.lower().startswith(_CLOSED) else "no"
    return scores


def _order(visit: Visit) -> tuple[str, bool, int, str, str]:
    """By day; of several visits on one day that comes last which holds: graded, re-opened or closed."""
    action = visit.outcome.lower()
    weight = 2 if "re-opened" in action else int(action.startswith(_CLOSED))
    return visit.inspected_on, bool(visit.value), weight, visit.kind, visit.outcome
