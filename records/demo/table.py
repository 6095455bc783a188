"""Writes establishments as a ratings-csv table, as an authority that exports its register would."""

import csv
from collections.abc import Iterable
from pathlib import Path

from records.intake.formats import ratings_columns as columns
from records.intake.rows import Finding, Row, Visit

_BLANK = dict.fromkeys(Row._fields, "") | {"address": (), "visits": (), "pending": False, "private": False}
_CRITICAL = {"critical": "yes", "not_critical": "no", "": ""}


def row(source_id: str, name: str, scheme: str, **more) -> Row:
    """An establishment with these columns, the others empty."""
    visibility = more.setdefault("address_visibility", "shown")
    values = _BLANK | {"private": visibility != "shown"} | more
    return Row(**values | {"source_id": source_id, "name": name, "scheme": scheme})


def write(path: Path, rows: Iterable[Row]) -> None:
    """The table: UTF-8, one line per finding, visit or establishment, one score column per component."""
    rows = list(rows)
    components = dict.fromkeys(key for row in rows for visit in row.visits for key in visit.scores)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns.header(tuple(components)), restval="")
        writer.writeheader()
        for one in rows:
            writer.writerows(lines(one))


def lines(row: Row) -> list[dict[str, str]]:
    """The lines of one establishment; after the first of it, and of a visit, only what tells them apart."""
    own = {"authority": row.authority, "establishment_id": row.source_id}
    made = [own | _inspection_key(visit) | _finding(found) for visit in row.visits for found in _found(visit)]
    made = made or [own]
    made[0] |= _establishment(row)
    at = 0
    for visit in row.visits:
        made[at] |= _inspection(visit)
        at += len(_found(visit))
    return made


def _found(visit: Visit) -> tuple[Finding, ...]:
    return visit.findings or (Finding(),)


def _establishment(row: Row) -> dict[str, str]:
    same = (
        "authority",
        "local_id",
        "name",
        "postcode",
        "phone",
        "latitude",
        "longitude",
        "opened_on",
        "closed_on",
    )
    more = ("address_visibility", "company", "company_scheme", "company_id", "scheme", "rated_on", "reply")
    return {
        **{name: getattr(row, name) for name in same + more},
        **dict(zip(columns.ADDRESS, row.address, strict=False)),
        "establishment_id": row.source_id,
        "business_type": row.kind,
        "rating": row.standing,
        "new_rating_pending": "yes" if row.pending else "no",
    }


def _inspection_key(visit: Visit) -> dict[str, str]:
    return {
        "inspection_id": visit.source_id,
        "inspected_on": visit.inspected_on,
        "inspection_type": visit.kind,
    }


def _inspection(visit: Visit) -> dict[str, str]:
    return {
        "inspection_value": visit.value,
        "inspection_outcome": visit.outcome,
        **{f"score_{key}": value for key, value in visit.scores.items()},
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "finding_code": finding.code,
        "finding_text": finding.text,
        "finding_critical": _CRITICAL[finding.criticality],
        "finding_points": finding.points,
    }
