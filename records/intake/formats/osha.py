"""Reads OSHA's enforcement data: the table of violations alone, or with those of events and inspections.

Each citation item is a decision. The events are joined by inspection and citation, the names and places by
inspection; both wait on disk, because the whole country has millions of them.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from records.intake.formats import osha_tables as tables
from records.intake.formats.osha_citation import Refused, decisions
from records.intake.formats.osha_events import PETITION
from records.intake.formats.osha_standards import LAWS
from records.intake.parts import explained, parts, reading, refused
from records.intake.rows import Part, PenaltyRow, Problem
from records.intake.shelf import Shelf
from records.intake.sources import AuthorityFacts, CatalogueFacts, LawFacts
from records.intake.table import Line, lines

_CATALOGUE = CatalogueFacts("us-osha-standards", "ordinary")
_AUTHORITY = AuthorityFacts(
    "us-osha",
    "Occupational Safety and Health Administration",
    "US",
    "America/New_York",
    "workplace-safety",
    "https://www.osha.gov/",
)
_DELETED = "The source marks this citation as deleted, so it was left out."
_OTHER = "This table holds neither violations nor their events nor inspections, so it was not read."
_NO_VIOLATIONS = "It holds no table of violations. Add the one that begins with activity_nr, citation_id."
_ORPHAN = "The table of violations has no such citation. Add its line there, or remove the event."


@dataclass(frozen=True)
class Osha:
    """The tables of the Department of Labor's data catalogue as CSV, alone or together in a zip or folder."""

    key: str = "osha"
    label: str = "OSHA citations, United States (CSV, zip)"
    explanation: str = (
        "The violation table of OSHA's enforcement data. In a zip or a folder together with the tables of"
        " violation events and of inspections, their events and names are joined to it."
    )
    suffixes: tuple[str, ...] = (".csv", ".csv.gz", ".csv.xz", ".zip")
    licence: str = "US public domain"
    authority_prefix: str = "us-"
    whole_authorities: bool = False
    country: str = "US"
    time_zone: str = "America/New_York"
    laws: tuple[LawFacts, ...] = LAWS
    catalogue: CatalogueFacts = _CATALOGUE
    rule_set: str = "us.open-record"
    authority: AuthorityFacts = _AUTHORITY

    def parts(self, path: Path) -> Iterator[Part]:
        """One part: the tables belong together."""
        try:
            if path.is_dir() or zipfile.is_zipfile(path):
                yield Part(path.name, path=path)
                return
        except OSError as error:
            yield refused(path.name, "", explained(error))
            return
        yield from parts(path, lambda name: name.lower().endswith(self.suffixes[:3]))

    def rows(self, part: Part) -> Iterator[PenaltyRow | Problem]:
        """The citations in the order of their table, after the problems of the other tables."""
        return reading(part, _read(part))


FORMAT = Osha()


def _read(part: Part) -> Iterator[PenaltyRow | Problem]:
    with tables.tables(part) as found:
        yield from _rows(found, part.name)


def _rows(found: list[tables.Table], file: str) -> Iterator[PenaltyRow | Problem]:
    by_kind: dict[str, list[tables.Table]] = {"violations": [], "events": [], "inspections": []}
    for table in found:
        kind = table.holds()
        if kind or len(found) == 1:
            by_kind[kind or "violations"].append(table)
        else:
            yield Problem.at(table.name, "", _OTHER)
    if not by_kind["violations"]:
        yield Problem.at(file, "", _NO_VIOLATIONS)
        return
    with ExitStack() as stack:
        events, inspections = stack.enter_context(Shelf()), stack.enter_context(Shelf())
        for table in by_kind["events"]:
            yield from _shelve(table, tables.EVENTS, events, ("activity_nr", "citation_id"))
        for table in by_kind["inspections"]:
            yield from _shelve(table, tables.INSPECTIONS, inspections, ("activity_nr",))
        numbers = _Numbers()
        for table in by_kind["violations"]:
            yield from _violations(table, numbers, events, inspections)
        for key in events.rest():
            yield Problem.at(file, "", _ORPHAN, "citation_id", key)


def _shelve(table: tables.Table, columns: tuple[str, ...], shelf: Shelf, key: tuple[str, ...]):
    """Put a table on the shelf by key; yields the problems of its lines, and how much of it is not used."""
    petitions = 0
    with table.open() as stream:
        for line in lines(stream, table.name, columns):
            if isinstance(line, Problem):
                yield line
            elif line.values.get("hist_event", "").strip().upper() == PETITION:
                petitions += 1
            else:
                name = "/".join(line.values[column].strip() for column in key)
                wanted = {column: line.values[column] for column in columns}
                shelf.add(name, json.dumps(wanted | {"owner_type": line.values.get("owner_type", "")}))
    if petitions:
        message = (
            f"{petitions} events are petitions for another day of abatement. They say nothing about a"
            " penalty, so they were not read."
        )
        yield Problem.at(table.name, "", message, "hist_event", PETITION)


def _violations(
    table: tables.Table, numbers: "_Numbers", events: Shelf, inspections: Shelf
) -> Iterator[PenaltyRow | Problem]:
    held: tuple[str, dict[str, str]] = ("", {})
    with table.open() as stream:
        for line in lines(stream, table.name, tables.NEEDED, tables.VIOLATIONS):
            if isinstance(line, Problem):
                yield line
                continue
            values = line.values
            activity, citation = values["activity_nr"].strip(), values.get("citation_id", "").strip()
            history = [json.loads(text) for text in events.take(f"{activity}/{citation}")]
            if activity != held[0]:  # the citations of one inspection mostly stand together
                texts = inspections.look(activity)
                held = activity, json.loads(texts[0]) if texts else {}
            try:
                yield from _decisions(line, numbers, history, held[1])
            except Refused as problem:
                yield Problem.at(table.name, line.where, problem.message, problem.column, problem.value)


def _decisions(line: Line, numbers: "_Numbers", history: list[dict], inspection: dict) -> list[PenaltyRow]:
    values = line.values
    if values.get("delete_flag", "").strip():
        raise Refused("delete_flag", values["delete_flag"], _DELETED)
    return list(decisions(line.where, values, numbers.of(values), history, inspection))


class _Numbers:
    """The numbers of citations, which extracts without names leave out."""

    def __init__(self):
        self._seen: Counter[int] = Counter()

    def of(self, values: dict[str, str]) -> str:
        """Inspection and citation; without the latter the cited standard, counted where it occurs again."""
        activity, citation = values["activity_nr"].strip(), values.get("citation_id", "").strip()
        if not activity:
            raise Refused("activity_nr", "", "It is empty, and the citation has no other number.")
        if "citation_id" in values:
            if not citation:
                raise Refused("citation_id", "", "It is empty, and the citation has no other number.")
            return f"{activity}/{citation}"
        number = f"{activity}/{''.join(values['standard'].split())}"
        self._seen[hash(number)] += 1
        count = self._seen[hash(number)]
        return number if count == 1 else f"{number}/{count}"
