"""Checks one row of a file and turns it into lines for the staging table: pure Python, run by worker processes.

One line per visit, the establishment repeated on each (`first` marks the one that counts). Nothing here asks the
database, so that a whole country can be read with every core busy.
"""

import json
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from records.businesses import kinds
from records.intake import clean
from records.intake.rows import Problem, Row, Visit
from records.ratings import schemes

COLUMNS = (
    ("no", "bigint"), ("first", "boolean"), ("place", "text"),
    ("authority_code", "text"), ("authority_name", "text"), ("authority_website", "text"), ("authority_email", "text"),
    ("source_id", "text"), ("local_id", "text"), ("fingerprint", "uuid"),
    ("name", "text"), ("name_published", "text"), ("kind", "text"), ("kind_published", "text"), ("address", "text"),
    ("postcode", "text"), ("phone", "text"), ("address_visibility", "text"), ("latitude", "float8"),
    ("longitude", "float8"), ("geocode_quality", "text"), ("opened_on", "date"), ("closed_on", "date"),
    ("company", "text"), ("company_scheme", "text"), ("company_id", "text"),
    ("version_id", "integer"), ("value", "text"), ("status", "text"), ("rated_on", "date"), ("pending", "boolean"),
    ("reply", "text"), ("reply_published", "text"),
    ("visit", "smallint"), ("visit_version_id", "integer"), ("visit_source_id", "text"), ("visit_fingerprint", "uuid"),
    ("visit_kind", "text"), ("visit_on", "date"), ("scores", "jsonb"), ("visit_value", "text"), ("outcome", "text"),
    ("findings", "jsonb"), ("standing", "boolean"),
)  # fmt: skip

LIMITS = {"name": 300, "kind": 200, "postcode": 20, "phone": 60, "source_id": 100, "local_id": 100}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Context(NamedTuple):
    """What a worker must know: the database's numbers of the scheme versions, and whose rows are taken.

    `versions` maps (scheme key, version) to a row number; `prefix` goes before the file's authority codes;
    `authority` is the one to use where the file names none; `only` refuses the rows of any other.
    """

    versions: dict[tuple[str, str], int]
    prefix: str = ""
    authority: str = ""
    only: str = ""
    today: str = ""


class Refused(Exception):
    """A row that cannot be taken: which field, which value, and what to do."""

    def __init__(self, field: str, value: object, message: str):
        super().__init__(message)
        self.field, self.value, self.message = field, str(value), message


@lru_cache(maxsize=4096)
def _scheme(key: str, on: str):
    """The scheme version in force on an ISO date, or the earliest one for dates before it began."""
    versions = [scheme for scheme in schemes.all_versions() if scheme.key == key]
    if not versions:
        known = ", ".join(sorted({scheme.key for scheme in schemes.all_versions()}))
        raise Refused("scheme", key, f"There is no rating scheme with this key. Use one of: {known}.")
    if not on:
        return versions[-1]
    day = date.fromisoformat(on)
    return next((scheme for scheme in versions if scheme.in_force(day)), versions[0])


@lru_cache(maxsize=4096)
def _standing(key: str, on: str, word: str):
    """("value" | "status", key) for a published word."""
    scheme = _scheme(key, on)
    try:
        return scheme.from_source(word)
    except LookupError:
        known = ", ".join([*(v.key for v in scheme.values), *(s.key for s in scheme.statuses)])
        raise Refused(
            "rating", word, f"The scheme {key} does not know this word. It knows: {known}."
        ) from None


@lru_cache(maxsize=65536)
def _grade(key: str, on: str, scores: tuple[tuple[str, str], ...]):
    """(scores as JSON, Outcome) of raw score texts; raises Refused naming the component."""
    scheme = _scheme(key, on)
    try:
        inputs = scheme.read(dict(scores))
        return json.dumps(inputs, ensure_ascii=False, sort_keys=True), scheme.grade(inputs)
    except schemes.InputError as error:
        raise Refused(error.component, error.value, error.message) from None


@lru_cache(maxsize=16384)
def _date(field: str, text: str) -> str | None:
    """The ISO date again, checked; None for none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(
            field, text, "This is not a date. Write it as year-month-day, for example 2026-05-12."
        ) from None


def _uuid(*parts: object) -> str:
    """A fingerprint of everything that was published, as 32 hexadecimal digits."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def line(values: tuple) -> str:
    """One line of COPY text format."""
    out = []
    for value in values:
        if value is None:
            out.append("\\N")
        elif value is True or value is False:
            out.append("t" if value else "f")
        else:
            out.append(str(value).translate(_ESCAPES))
    return "\t".join(out) + "\n"


def _visit_columns(visit: Visit, scheme_key: str, context: Context):
    """The columns of one visit, and the outcome that the scheme makes of its scores."""
    on = _date("inspected_on", visit.inspected_on)
    if on is None:
        raise Refused(
            "inspected_on", "", "An inspection needs its date. Add it, or leave the inspection out."
        )
    scheme = _scheme(scheme_key, on)
    scores, outcome = (None, None)
    if visit.scores:
        scores, outcome = _grade(scheme_key, on, tuple(visit.scores.items()))
    value = ""
    if visit.value:
        what, key = _standing(scheme_key, on, visit.value)
        value = key if what == "value" else ""
    findings = None
    if visit.findings:
        findings = json.dumps(
            [
                {"code": f.code[:60], "text": clean.display_name(f.text), "criticality": f.criticality,
                 "points": f.points or None}
                for f in visit.findings
            ],
            ensure_ascii=False,
        )  # fmt: skip
    version = context.versions[scheme.key, scheme.version]
    columns = (
        version, visit.source_id, _uuid(scheme_key, *visit), visit.kind[:100], on, scores, value,
        clean.display_name(visit.outcome), findings,
    )  # fmt: skip
    return columns, outcome


def _own_standing(row: Row, outcomes: list):
    """(value, status, date, index of the visit that carries it) of an establishment.

    The word that its source publishes wins; without one, the newest visit that yields a grade; without that, the
    newest visit's status.
    """
    rated_on = _date("rated_on", row.rated_on)
    if row.standing:
        what, key = _standing(row.scheme, rated_on or "", row.standing)
        carrier = None
        if what == "value":
            carrier = next(
                (i for i in reversed(range(len(row.visits))) if row.visits[i].inspected_on == row.rated_on),
                None,
            )
            if carrier is None and not row.rated_on and row.visits:
                carrier = len(row.visits) - 1
        return (key, None, rated_on, carrier) if what == "value" else (None, key, rated_on, carrier)
    for index in reversed(range(len(row.visits))):
        visit, outcome = row.visits[index], outcomes[index]
        if visit.value:
            what, key = _standing(row.scheme, visit.inspected_on, visit.value)
            return (
                (key, None, visit.inspected_on, index)
                if what == "value"
                else (None, key, visit.inspected_on, index)
            )
        if outcome is not None and outcome.value is not None:
            return outcome.value, None, visit.inspected_on, index
    newest = next((o for o in reversed(outcomes) if o is not None and o.status), None)
    if newest is not None:
        return None, newest.status, row.visits[-1].inspected_on, None
    return None, None, None, None


def _check_lengths(row: Row) -> None:
    for field, most in LIMITS.items():
        if len(getattr(row, field)) > most:
            raise Refused(field, getattr(row, field), f"This is longer than {most} characters. Shorten it.")
    if not row.source_id:
        raise Refused(
            "establishment_id",
            "",
            "The establishment needs its number at the source, so that it can be found again.",
        )
    if not row.name.strip():
        raise Refused("name", "", "The establishment needs a name.")


def _authority(row: Row, context: Context) -> str:
    code = context.prefix + row.authority if row.authority else context.authority
    if not code:
        raise Refused(
            "authority",
            "",
            "The file does not say whose record this is. Name the authority with --authority CODE.",
        )
    if context.only and code != context.only:
        raise Refused(
            "authority",
            code,
            f"Only records of {context.only} are taken here. Remove this row or import it as its authority.",
        )
    return code


def staged(row: Row, no: int, place: str, context: Context) -> list[str]:
    """The staging lines of one row. Raises Refused with the field, the value and what to do."""
    _check_lengths(row)
    authority = _authority(row, context)
    visits, outcomes = [], []
    for visit in row.visits:
        columns, outcome = _visit_columns(visit, row.scheme, context)
        visits.append(columns)
        outcomes.append(outcome)
    value, status, rated_on, carrier = _own_standing(row, outcomes)
    scheme = _scheme(row.scheme, rated_on or context.today)
    if carrier is not None:
        version = visits[carrier][0]
    else:
        version = context.versions[scheme.key, scheme.version]
    latitude, longitude, quality = clean.coordinates(row.latitude, row.longitude)
    visibility = "withheld" if row.private and row.address_visibility == "shown" else row.address_visibility
    establishment = (
        authority, row.authority_name, row.authority_website, row.authority_email, row.source_id, row.local_id,
        _uuid(*row[1:]),
        clean.display_name(row.name), row.name, kinds.of(row.kind), row.kind,
        "\n".join(filter(None, map(clean.display_name, row.address))), clean.postcode(row.postcode), row.phone, visibility,
        latitude, longitude, quality, _date("opened_on", row.opened_on), _date("closed_on", row.closed_on),
        clean.display_name(row.company), row.company_scheme, row.company_id,
        version, value, status, rated_on, row.pending, clean.reply_text(row.reply) if row.reply else "", row.reply,
    )  # fmt: skip
    if not visits:
        return [line((no, True, place, *establishment, 0, *(None,) * 9, False))]
    return [
        line((no, index == 0, place, *establishment, index + 1, *columns, index == carrier))
        for index, columns in enumerate(visits)
    ]


def stage_all(items, file: str, start: int, context: Context):
    """Lines and problems of what a format's `rows` yields: an iterator of str | Problem."""
    for no, item in enumerate(items, start):
        if isinstance(item, Problem):
            yield item
            continue
        try:
            yield "".join(staged(item, no, f"{file}, {item.where}", context))
        except Refused as refused:
            yield Problem(file, item.where, refused.field, refused.value[:200], refused.message)
