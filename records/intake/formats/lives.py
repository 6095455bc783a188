"""Reads LIVES 1.0, the open standard of US counties for restaurant scores: a zip of tables.

Businesses, inspections with a score from 0 to 100 or none, violations, a legend that names bands of scores,
and a file about the feed. A score is never turned into the grade of a scheme that did not give it.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from records.intake.formats.lives_tables import FILES, Feed, Tables, read_tables
from records.intake.parts import READ_ERRORS, explained, refused
from records.intake.rows import Part, Problem, Row, Visit

MUNICIPALITIES = {"wake county": "us-wake-county"}
"""Whose feeds are measured by which scheme; any other feed needs to be told."""

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[a-zA-Z]{2,}")


@dataclass(frozen=True)
class Lives:
    """A feed; `scheme` is the rating scheme's key, '' = by the municipality that the feed names."""

    scheme: str = ""
    key: str = "lives"
    label: str = "LIVES 1.0 (zip)"
    explanation: str = (
        "The open standard of US counties: a zip with businesses.csv, inspections.csv, feed_info.csv and,"
        " if there are any, violations.csv and legend.csv."
    )
    suffixes: tuple[str, ...] = (".zip",)
    licence: str = ""
    authority_prefix: str = "us-"
    whole_authorities: bool = False
    country: str = "US"
    time_zone: str = "America/New_York"

    def parts(self, path: Path) -> Iterator[Part]:
        """One part: the tables belong together."""
        try:
            if not zipfile.is_zipfile(path):
                path.open("rb").close()
                yield refused(
                    path.name, "", "This is not a zip archive, or it is cut off. Download it again."
                )
                return
        except OSError as error:
            yield refused(path.name, "", explained(error))
            return
        yield Part(path.name, path=path)

    def rows(self, part: Part) -> Iterator[Row | Problem]:
        """The businesses in the order of businesses.csv, after the problems of all tables."""
        if part.problem:
            yield part.problem
            return
        tables = Tables()
        try:
            with zipfile.ZipFile(part.path) as archive:
                yield from read_tables(archive, part.name, tables)
        except READ_ERRORS as error:
            yield Problem.at(part.name, "", explained(error))
            return
        scheme = self.scheme or MUNICIPALITIES.get(tables.feed.municipality.lower(), "")
        if not scheme and tables.businesses:
            message = "No rating scheme is known for this municipality. Name the scheme when importing."
            where, municipality = "line 2", tables.feed.municipality
            yield Problem.at(f"{part.name}/{FILES.feed}", where, message, "municipality_name", municipality)
            return
        for business_id in tables.businesses:
            yield _row(business_id, tables, scheme)


FORMAT = Lives()


def _row(business_id: str, tables: Tables, scheme: str) -> Row:
    line = tables.businesses[business_id]
    get = {name: value.strip() for name, value in line.values.items()}.get
    place = " ".join(part for part in (get("city", ""), get("state", "")) if part)
    feed = tables.feed
    return Row(
        where=f"{FILES.businesses} {line.where}",
        authority=_slug(feed.municipality),
        authority_name=feed.municipality,
        authority_website=feed.website,
        authority_email=_email(feed),
        source_id=business_id,
        local_id="",
        name=line.values["name"],
        kind="",
        address=tuple(text for text in (get("address", ""), place) if text),
        postcode=get("postal_code", ""),
        phone=get("phone_number", ""),
        latitude=get("latitude", ""),
        longitude=get("longitude", ""),
        opened_on="",
        closed_on="",
        scheme=scheme,
        visits=tuple(_visits(business_id, tables)),
    )


def _visits(business_id: str, tables: Tables) -> Iterator[Visit]:
    """The inspections by date, each day's findings with the inspection that they explain.

    The standard joins the two by day only. Of several inspections on one day, the findings go with the lowest
    score: it is the one that lost points for them.
    """
    by_day: dict[str, list] = {}
    for inspection in tables.inspections.get(business_id, ()):
        by_day.setdefault(inspection.inspected_on, []).append(inspection)
    for day in sorted(by_day):
        inspections = sorted(by_day[day], key=lambda one: (one.score == "", one.number, one.kind))
        for position, one in enumerate(inspections):
            findings = tables.violations.get((business_id, day), ()) if position == 0 else ()
            scores = {"score": one.score} if one.score else {}
            value = tables.word(one.number) if one.score else ""
            yield Visit("", one.kind, day, scores, value, one.outcome, tuple(findings))


def _email(feed: Feed) -> str:
    """The contact's address, which some feeds write into the contact's name."""
    found = _EMAIL.search(f"{feed.email} {feed.contact}")
    return found[0] if found else ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
