"""Reads ratings-csv, the project's own format: one table that any authority can fill in or export.

One line per finding, per inspection without findings, or per establishment without inspections; the columns
of the establishment and of the inspection are repeated. docs/ratings-csv.md describes it.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from records.intake.dates import NOT_A_DATE, iso_date
from records.intake.formats import ratings_columns as columns
from records.intake.parts import parts, reading, streamed
from records.intake.rows import Finding, Part, Problem, Row, Visit
from records.intake.table import Line, lines, together

_YES_NO = {"": "", "yes": "yes", "no": "no", "true": "yes", "false": "no"}
_CRITICALITY = {"": "", "yes": "critical", "no": "not_critical"}
_DATES = ("opened_on", "closed_on", "rated_on", "inspected_on")
_CHOICES = {
    "address_visibility": ("", "shown", "area", "withheld"),
    "new_rating_pending": tuple(_YES_NO),
    "finding_critical": tuple(_YES_NO),
}


@dataclass(frozen=True)
class RatingsCsv:
    """A table in UTF-8 with commas and a header."""

    key: str = "ratings-csv"
    label: str = "Ratings (CSV)"
    explanation: str = (
        "A table of this project's own: one line per finding, inspection or establishment."
        " Download the template, fill it in, and save it as CSV in UTF-8."
    )
    suffixes: tuple[str, ...] = (".csv", ".csv.gz", ".csv.xz")
    licence: str = ""
    authority_prefix: str = ""
    whole_authorities: bool = False
    country: str = ""
    time_zone: str = "UTC"

    def parts(self, path: Path) -> Iterator[Part]:
        """One part: establishments may not be divided between files."""
        return parts(path, lambda name: name.lower().endswith((".csv", ".csv.gz", ".csv.xz")))

    def rows(self, part: Part) -> Iterator[Row | Problem]:
        """The establishments in the order of the table. One wrong line refuses its whole establishment."""
        return reading(part, streamed(part, _rows))

    def template(
        self, scheme: str = "uk-fhrs", components: tuple[str, ...] = columns.EXAMPLE_COMPONENTS
    ) -> str:
        """A table to fill in: the header, a score column per component, two lines about a made-up cafe."""
        names = columns.header(components)
        out = io.StringIO()
        writer = csv.DictWriter(out, names, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**line, "scheme": scheme} for line in columns.EXAMPLES)
        return out.getvalue()


FORMAT = RatingsCsv()


class _Group(NamedTuple):
    """The lines of one establishment as they are read together."""

    file: str
    lines: list[Line]

    def problem(self, line: Line, field: str, message: str) -> Problem:
        return Problem.at(
            self.file, line.where, f"{message} {self._refusal()}", field, line.values.get(field, "")
        )

    def _refusal(self) -> str:
        count = len(self.lines)
        return (
            "The line was not imported."
            if count == 1
            else f"The {count} lines of this place were not imported."
        )


def _rows(stream, file: str) -> Iterator[Row | Problem]:
    seen: dict[int, int] = {}
    found = lines(stream, file, columns.REQUIRED, columns.KNOWN)
    for run in together(found, _key):
        if isinstance(run, Problem):
            yield run
            continue
        group = _Group(file, run.lines)
        problems, message = list(_problems(group)), run.fault
        before = seen.setdefault(hash(run.key), run.lines[0].number)
        if before != run.lines[0].number:
            message = (
                f"This establishment stood in line {before} already. "
                "Lines of one establishment must stand together."
            )
        if message and not problems:
            problems = [group.problem(group.lines[0], "establishment_id", message)]
        if problems:
            yield from problems
        else:
            yield _row(group)


def _key(line: Line) -> tuple[str, str]:
    return line.values.get("authority", "").strip(), line.values["establishment_id"].strip()


def _problems(group: _Group) -> Iterator[Problem]:
    first, inspections = group.lines[0], {}
    for line in group.lines:
        get = line.values.get
        for field in columns.REQUIRED:
            if not get(field, "").strip() and (line is first or field == "establishment_id"):
                yield group.problem(line, field, "It is empty, but it is needed.")
        for field in _DATES:
            try:
                iso_date(get(field, ""))
            except ValueError:
                yield group.problem(line, field, NOT_A_DATE.format(style="2020-01-31"))
        for field, allowed in _CHOICES.items():
            if get(field, "").strip().lower() not in allowed:
                yield group.problem(line, field, f"Write one of these, or nothing: {', '.join(allowed[1:])}.")
        yield from _differences(group, line, first, columns.ESTABLISHMENT, "establishment")
        visit = _visit_columns(line)
        if any(get(field, "").strip() for field in visit):
            if not get("inspected_on", "").strip():
                yield group.problem(
                    line, "inspected_on", "An inspection or a finding needs the date of inspection."
                )
            before = inspections.setdefault(_visit_key(line), line)
            yield from _differences(group, line, before, [*columns.INSPECTION, *_scores(line)], "inspection")


def _differences(group: _Group, line: Line, first: Line, fields, what: str) -> Iterator[Problem]:
    for field in fields:
        value = line.values.get(field, "").strip()
        if value and line is not first and value != first.values.get(field, "").strip():
            message = (
                f"It differs from {first.where}, which is about the same {what}. Write the same in both."
            )
            yield group.problem(line, field, message)


def _row(group: _Group) -> Row:
    first = group.lines[0]

    def get(field: str) -> str:
        return first.values.get(field, "").strip()

    visibility = get("address_visibility").lower() or "shown"
    return Row(
        where=first.where,
        authority=get("authority"),
        authority_name="",
        authority_website="",
        authority_email="",
        source_id=get("establishment_id"),
        local_id=get("local_id"),
        name=first.values["name"],
        kind=get("business_type"),
        address=tuple(line for line in map(get, columns.ADDRESS) if line),
        postcode=get("postcode"),
        phone=get("phone"),
        latitude=get("latitude"),
        longitude=get("longitude"),
        opened_on=iso_date(get("opened_on")),
        closed_on=iso_date(get("closed_on")),
        scheme=get("scheme"),
        visits=_visits(group.lines),
        standing=get("rating"),
        rated_on=iso_date(get("rated_on")),
        pending=_YES_NO[get("new_rating_pending").lower()] == "yes",
        reply=get("reply"),
        company=get("company"),
        company_scheme=get("company_scheme"),
        company_id=get("company_id"),
        private=visibility != "shown",
        address_visibility=visibility,
    )


def _visits(group: list[Line]) -> tuple[Visit, ...]:
    inspections: dict[tuple, list[Line]] = {}
    for line in group:
        if line.values.get("inspected_on", "").strip():
            inspections.setdefault(_visit_key(line), []).append(line)
    visits = [_visit(together) for together in inspections.values()]
    return tuple(sorted(visits, key=lambda visit: visit.inspected_on))


def _visit(together: list[Line]) -> Visit:
    first = together[0].values

    def get(field: str) -> str:
        return first.get(field, "").strip()

    scores = {field.removeprefix("score_"): get(field) for field in _scores(together[0]) if get(field)}
    findings = tuple(found for line in together if (found := _finding(line.values)) != Finding())
    outcome, value = get("inspection_outcome"), get("inspection_value")
    kind, inspected_on = get("inspection_type"), iso_date(get("inspected_on"))
    return Visit(get("inspection_id"), kind, inspected_on, scores, value, outcome, findings)


def _finding(values: dict[str, str]) -> Finding:
    critical = _CRITICALITY[_YES_NO[values.get("finding_critical", "").strip().lower()]]
    text, points = values.get("finding_text", "").strip(), values.get("finding_points", "").strip()
    return Finding(values.get("finding_code", "").strip(), text, critical, points)


def _visit_key(line: Line) -> tuple[str, ...]:
    get = line.values.get
    own = get("inspection_id", "").strip()
    return (own,) if own else (get("inspected_on", "").strip(), get("inspection_type", "").strip())


def _scores(line: Line) -> list[str]:
    return [field for field in line.values if field.startswith("score_")]


def _visit_columns(line: Line) -> list[str]:
    return [*columns.INSPECTION, *columns.FINDING, *_scores(line)]
