"""The tables of a LIVES feed, read from the zip and joined by business and day."""

import codecs
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from records.intake.dates import NOT_A_DATE, compact_date
from records.intake.parts import LARGEST_MEMBER, Bounded, TooLarge, explained, label
from records.intake.rows import Finding, Problem
from records.intake.table import Line, lines


class Files(NamedTuple):
    """The names the standard gives to the tables."""

    businesses: str = "businesses.csv"
    inspections: str = "inspections.csv"
    feed: str = "feed_info.csv"
    violations: str = "violations.csv"
    legend: str = "legend.csv"


FILES = Files()
_NEEDED = (FILES.businesses, FILES.inspections, FILES.feed)
_REQUIRED = {
    FILES.businesses: ("business_id", "name", "address"),
    FILES.inspections: ("business_id", "score", "date"),
    FILES.feed: ("municipality_name",),
    FILES.violations: ("business_id", "date"),
    FILES.legend: ("minimum_score", "maximum_score", "description"),
}


class Inspection(NamedTuple):
    """One line of inspections.csv: the score as published and as a number."""

    inspected_on: str
    score: str
    number: float
    outcome: str
    kind: str


class Feed(NamedTuple):
    """Who publishes the feed."""

    municipality: str = ""
    website: str = ""
    email: str = ""
    contact: str = ""


@dataclass
class Tables:
    """The whole feed in memory; texts that repeat are held once."""

    businesses: dict[str, Line] = field(default_factory=dict)
    inspections: dict[str, list[Inspection]] = field(default_factory=dict)
    violations: dict[tuple[str, str], list[Finding]] = field(default_factory=dict)
    legend: list[tuple[float, float, str]] = field(default_factory=list)
    feed: Feed = field(default_factory=Feed)
    shared: dict = field(default_factory=dict)
    seen: dict[tuple, str] = field(default_factory=dict)

    def word(self, score: float) -> str:
        """The legend's word for a score, '' where no band holds it (89.5 lies between two)."""
        return next((word for low, high, word in self.legend if low <= score <= high), "")


class Fault(ValueError):
    """A line that cannot be taken: column and what to do."""


def read_tables(archive: zipfile.ZipFile, file: str, tables: Tables) -> Iterator[Problem]:
    """Fill the tables; whatever cannot be read comes as a problem that names the table and the line."""
    members = {label(info.filename).lower(): info for info in archive.infolist() if not info.is_dir()}
    for name in _NEEDED:
        if name not in members:
            message = "The zip lacks this table, and nothing was read. Pack it again with all tables."
            yield Problem.at(file, name, message)
    if any(name not in members for name in _NEEDED):
        return
    readers = {
        FILES.feed: _feed,
        FILES.legend: _legend,
        FILES.businesses: _business,
        FILES.inspections: _inspection,
        FILES.violations: _violation,
    }
    for name, reader in readers.items():
        if name in members:
            yield from _table(archive, members[name], f"{file}/{name}", _REQUIRED[name], reader, tables)


def _table(archive, info, file, required, reader, tables) -> Iterator[Problem]:
    if info.file_size > LARGEST_MEMBER:
        yield Problem.at(file, "", explained(TooLarge()))
        return
    encoding = _encoding(archive, info)
    with archive.open(info) as member:
        for line in lines(Bounded(member, LARGEST_MEMBER), file, required, encoding=encoding):
            if isinstance(line, Problem):
                yield line
                continue
            try:
                reader(line, tables)
            except Fault as fault:
                column, message = fault.args
                yield Problem.at(file, line.where, message, column, line.values.get(column, ""))


def _encoding(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """UTF-8 when the whole table is, otherwise the code page of Western Windows, as most such exports."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with archive.open(info) as member, Bounded(member, LARGEST_MEMBER) as stream:
        try:
            while chunk := stream.read(256 * 1024):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _feed(line: Line, tables: Tables) -> None:
    get = line.values.get
    if not tables.feed.municipality:
        municipality, website = get("municipality_name", "").strip(), get("municipality_url", "").strip()
        tables.feed = Feed(municipality, website, get("contact_email", ""), get("contact_name", ""))


def _legend(line: Line, tables: Tables) -> None:
    low, high = _number(line, "minimum_score"), _number(line, "maximum_score")
    tables.legend.append((low, high, line.values["description"].strip()))


def _business(line: Line, tables: Tables) -> None:
    business_id = _needed(line, "business_id")
    _needed(line, "name")
    before = tables.businesses.setdefault(business_id, line)
    if before.values != line.values:
        raise Fault("business_id", f"It differs from {before.where}, which has the same id and was taken.")


def _inspection(line: Line, tables: Tables) -> None:
    business_id, inspected_on = _joined(line, tables)
    get = line.values.get
    score = get("score", "").strip()
    number = _number(line, "score") if score else math.inf
    inspection = Inspection(
        inspected_on, score, number, get("description", "").strip(), get("type", "").strip()
    )
    before = tables.seen.setdefault((business_id, inspection), line.where)
    if before != line.where:
        raise Fault(
            "date", f"This inspection stands in {before} already, word for word, and was counted once."
        )
    tables.inspections.setdefault(business_id, []).append(inspection)


def _violation(line: Line, tables: Tables) -> None:
    business_id, inspected_on = _joined(line, tables)
    if all(one.inspected_on != inspected_on for one in tables.inspections.get(business_id, ())):
        raise Fault("date", "The business was not inspected on this day according to inspections.csv.")
    finding = Finding(line.values.get("code", "").strip(), line.values.get("description", "").strip())
    finding = tables.shared.setdefault(finding, finding)
    tables.violations.setdefault((business_id, inspected_on), []).append(finding)


def _joined(line: Line, tables: Tables) -> tuple[str, str]:
    business_id = _needed(line, "business_id")
    if business_id not in tables.businesses:
        raise Fault("business_id", "businesses.csv has no such business, or its line was refused.")
    _needed(line, "date")
    try:
        return business_id, compact_date(line.values["date"])
    except ValueError:
        raise Fault("date", NOT_A_DATE.format(style="20200131")) from None


def _needed(line: Line, column: str) -> str:
    value = line.values[column].strip()
    if not value:
        raise Fault(column, "It is empty, but it is needed.")
    return value


def _number(line: Line, column: str) -> float:
    try:
        number = float(line.values[column])
    except ValueError:
        number = math.nan
    if not 0 <= number <= 100:
        raise Fault(column, "A score is a number from 0 to 100, or empty when none was given.")
    return number
