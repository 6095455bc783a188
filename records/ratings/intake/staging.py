"""Turns one row of a file into lines for the staging table: pure Python, run by worker processes.

One line per visit, the establishment repeated on each (`first` marks the one that counts). Nothing here asks
the database, so that a whole country can be read with every core busy.
"""

import json
from typing import NamedTuple

from records.businesses import kinds
from records.intake import clean, copying
from records.intake.reading import EVERYTHING, Incomplete, Staged
from records.intake.rows import Problem, Row, Visit
from records.ratings.intake import checks

COLUMNS = (
    ("no", "bigint"), ("first", "boolean"), ("place", "text"),
    ("authority_code", "text"), ("authority_name", "text"), ("authority_website", "text"),
    ("authority_email", "text"), ("country", "text"),
    ("source_id", "text"), ("local_id", "text"), ("fingerprint", "uuid"),
    ("name", "text"), ("name_published", "text"), ("kind", "text"), ("kind_published", "text"),
    ("address", "text"), ("postcode", "text"), ("phone", "text"), ("address_visibility", "text"),
    ("latitude", "float8"), ("longitude", "float8"), ("geocode_quality", "text"),
    ("opened_on", "date"), ("closed_on", "date"),
    ("company", "text"), ("company_scheme", "text"), ("company_id", "text"),
    ("version_id", "integer"), ("value", "text"), ("status", "text"), ("rated_on", "date"),
    ("pending", "boolean"), ("reply", "text"), ("reply_published", "text"),
    ("visit", "smallint"), ("visit_version_id", "integer"), ("visit_source_id", "text"),
    ("visit_fingerprint", "uuid"), ("visit_kind", "text"), ("visit_on", "date"), ("scores", "jsonb"),
    ("visit_value", "text"), ("outcome", "text"), ("findings", "jsonb"), ("carrier", "smallint"),
)  # fmt: skip

_NO_VISIT = (None,) * 9
# What a row says about its establishment, and not about its authority, its file and its day.
_OWN = slice(Row._fields.index("source_id"), Row._fields.index("country"))


class Context(NamedTuple):
    """What a worker must know: the database's numbers of the scheme versions, and whose rows are taken.

    `versions` maps (scheme key, version) to a row number; `prefix` goes before the file's authority codes;
    `authority` is the one to use where the file names none; `only` refuses the rows of any other; `whole`
    says that each part of the file holds all that the file says about its authorities.
    """

    versions: dict[tuple[str, str], int]
    prefix: str = ""
    authority: str = ""
    only: str = ""
    today: str = ""
    whole: bool = False


def _visit_columns(visit: Visit, scheme_key: str, context: Context):
    """The columns of one visit, and the outcome that the scheme makes of its scores."""
    on = checks.iso_date("inspected_on", visit.inspected_on)
    if on is None:
        raise checks.Refused(
            "inspected_on", "", "An inspection needs its date. Add it, or leave the inspection out."
        )
    scheme = checks.scheme_on(scheme_key, on)
    scores, outcome = (None, None)
    if visit.scores:
        scores, outcome = checks.graded(scheme_key, on, tuple(visit.scores.items()))
    value = ""
    if visit.value:
        what, key = checks.standing(scheme_key, on, visit.value)
        value = key if what == "value" else ""
    findings = None
    if visit.findings:
        findings = json.dumps(
            [
                {"code": f.code[:60], "text": clean.display_name(f.text), "criticality": f.criticality,
                 "points": checks.points(f.points)}
                for f in visit.findings
            ],
            ensure_ascii=False,
        )  # fmt: skip
    version = context.versions[scheme.key, scheme.version]
    columns = (
        version, checks.fitting("inspection_id", visit.source_id, 100),
        copying.fingerprint(scheme_key, *visit),
        visit.kind[:100], on, scores, value,
        clean.display_name(visit.outcome), findings,
    )  # fmt: skip
    return columns, outcome


class Standing(NamedTuple):
    """A grade or a status, its date, the index of the visit that carries it, and the day whose rules hold."""

    value: str | None = None
    status: str | None = None
    rated_on: str | None = None
    carrier: int | None = None
    ruled_on: str = ""


def _standing(row: Row, outcomes: list, today: str) -> Standing:
    """The standing of an establishment.

    The word that its source publishes wins; without one, the newest visit that yields a grade; without that,
    the newest visit's status.
    """
    rated_on = checks.iso_date("rated_on", row.rated_on)
    newest_first = range(len(row.visits) - 1, -1, -1)
    days = [visit.inspected_on for visit in row.visits]
    if row.standing:
        carrier = next((i for i in newest_first if not rated_on or days[i] == rated_on), None)
        on = rated_on or (today if carrier is None else days[carrier])
        what, key = checks.standing(row.scheme, on, row.standing)
        if what == "status":
            return Standing(None, key, rated_on, None, on)
        return Standing(key, None, rated_on, carrier, on)
    for i in newest_first:
        if row.visits[i].value:
            what, key = checks.standing(row.scheme, days[i], row.visits[i].value)
            value, status = (key, None) if what == "value" else (None, key)
            return Standing(value, status, days[i], i, days[i])
        if outcomes[i] is not None and outcomes[i].value is not None:
            return Standing(outcomes[i].value, None, days[i], i, days[i])
    for i in newest_first:
        if outcomes[i] is not None and outcomes[i].status:
            return Standing(None, outcomes[i].status, days[i], None, days[i])
    return Standing(ruled_on=rated_on or today)


def _authority(row: Row, context: Context) -> str:
    code = context.prefix + row.authority if row.authority else context.authority
    if not code:
        raise checks.Refused(
            "authority",
            "",
            "The file does not say whose record this is. Name the authority with --authority CODE.",
        )
    if context.only and code != context.only:
        raise checks.Refused(
            "authority",
            code,
            f"Only records of {context.only} are taken here. Remove this row or import it as its authority.",
        )
    return checks.fitting("authority", code)


def staged(row: Row, no: int, place: str, context: Context) -> tuple[str, str]:
    """The key line and the staging lines of one row. Raises Refused: the field, the value and what to do."""
    checks.check_lengths(row)
    checks.check_dates(row)
    checks.check_no_personal_number(row)
    authority = _authority(row, context)
    visits, outcomes = [], []
    for visit in row.visits:
        columns, outcome = _visit_columns(visit, row.scheme, context)
        visits.append(columns)
        outcomes.append(outcome)
    standing = _standing(row, outcomes, context.today)
    scheme = checks.scheme_on(row.scheme, standing.ruled_on)
    version = context.versions[scheme.key, scheme.version]
    latitude, longitude, quality = clean.coordinates(row.latitude, row.longitude)
    visibility = "withheld" if row.private and row.address_visibility == "shown" else row.address_visibility
    facts = (
        checks.shown_name(row), row.name, kinds.of(row.kind), row.kind,
        "\n".join(filter(None, map(clean.display_name, row.address))),
        checks.fitting("postcode", clean.postcode(row.postcode)),
        row.phone, visibility, latitude, longitude, quality,
        checks.iso_date("opened_on", row.opened_on), checks.iso_date("closed_on", row.closed_on),
        checks.fitting("company", clean.display_name(row.company)), row.company_scheme,
        checks.company_number(row),
        version, standing.value, standing.status, standing.rated_on, row.pending,
        clean.reply_text(row.reply) if row.reply else "", row.reply,
    )  # fmt: skip
    fingerprint = copying.fingerprint(row.authority, *row[_OWN])
    establishment = (
        authority, row.authority_name, row.authority_website, row.authority_email, row.country,
        row.source_id, row.local_id, fingerprint, *facts,
    )  # fmt: skip
    key = copying.line((no, authority, row.source_id, fingerprint, place, row.extracted_on or None))
    carried = None if standing.carrier is None else standing.carrier + 1
    if not visits:
        return key, copying.line((no, True, place, *establishment, 0, *_NO_VISIT, None))
    return key, "".join(
        copying.line((no, index == 0, place, *establishment, index + 1, *columns, carried))
        for index, columns in enumerate(visits)
    )


def stage_all(items, file: str, start: int, context: Context):
    """What a format's `rows` yields, staged: an iterator of Staged, Incomplete and Problem.

    A refused row that names its establishment leaves its key, so that nobody takes the establishment for
    vanished; a row of somebody else's leaves none, lest the file seem to be about them. If something could
    not be read at all, the authorities of the part are incomplete; where a part need not hold all that a
    file says about an authority, so is every other.
    """
    scopes, unread = set(), False
    for no, item in enumerate(items, start):
        if isinstance(item, Problem):
            unread = True
            yield item
            continue
        code = context.prefix + item.authority if item.authority else context.authority
        if not context.only or code == context.only:
            scopes.add(code)
        try:
            key, lines = staged(item, no, f"{file}, {item.where}", context)
            yield Staged(key, lines)
        except checks.Refused as refused:
            if item.source_id and code in scopes:
                key = (no, code, item.source_id, None, f"{file}, {item.where}", None)
                yield Staged(copying.line(key), "")
            yield Problem.at(file, item.where, refused.message, refused.field, refused.value)
    if unread:
        yield from map(Incomplete, sorted(scopes) if context.whole else [EVERYTHING])
