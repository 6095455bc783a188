"""Makes decisions of one line of OSHA's violations: the citation, and one for failing to abate it."""

import json
from collections.abc import Iterator

from records.intake.dates import NOT_A_DATE, compact_date
from records.intake.decisions import EMPTY
from records.intake.formats import osha_events
from records.intake.formats.osha_events import USD, dollars, life
from records.intake.formats.osha_standards import ACT, citation, words
from records.intake.rows import CitationRow, PenaltyRow, SanctionRow, ViolationRow

UNNAMED = "Employer not named in the source"
_SERIOUSNESS = {"W": "serious", "R": "serious", "S": "serious"}
_PUBLIC_OWNERS = {"B", "C", "D"}  # local, state and federal government
_MONEY = "This is not an amount. Write dollars with a decimal point, such as 750.00."
_CODE = "This code of an event is not in OSHA's data dictionary. Correct it, or remove the event."


class Refused(Exception):
    """The line cannot be taken: which column, its value, and what to do."""

    def __init__(self, column: str, value: str, message: str):
        super().__init__(message)
        self.column, self.value, self.message = column, value, message


def decisions(
    where: str, values: dict[str, str], number: str, history: list[dict[str, str]], inspection: dict[str, str]
) -> Iterator[PenaltyRow]:
    """The citation under that number, and the penalty for failing to abate it if there is one.

    `history` are the entries of the event table, `inspection` the line of the inspection table, both as
    printed and empty where the upload does not have them. Raises Refused.
    """
    get = {name: value.strip() for name, value in values.items()}.get
    standard = get("standard", "")
    if not standard:
        raise Refused("standard", "", EMPTY)
    for entry in history:
        if entry["hist_event"].strip().upper() not in osha_events.KNOWN:
            raise Refused("hist_event", entry["hist_event"], _CODE)
    cited = citation(standard)
    code = cited.article if cited else " ".join(standard.split())
    label = words(cited, standard).partition(" (cited")[0]
    title = f"{label}: {get('category', '')}" if get("category", "") else label
    base = _base(where, get, inspection)._replace(
        violations=(ViolationRow(code, title),),
        legal_basis=words(cited, standard),
        violated=(cited,) if cited else (),
        facts=f"Cited standard: {title}.",
        seriousness=_SERIOUSNESS.get(get("viol_type", "").upper(), "ordinary"),
    )
    penalties = [one for one in history if one["pen_fta"].strip().upper() != "F"]
    failures = [one for one in history if one["pen_fta"].strip().upper() == "F"]
    yield _citation(base, get, number, penalties)
    if get("fta_issuance_date", "") or _money(get, "fta_penalty").strip("0.") or failures:
        yield _failure(base, get, number, failures)


def _base(where: str, get, inspection: dict[str, str]) -> PenaltyRow:
    """What both decisions say alike."""
    site = {name: value.strip() for name, value in inspection.items()}.get
    city = " ".join(
        text for text in (site("site_city", ""), site("site_state", ""), site("site_zip", "")) if text
    )
    public = site("owner_type", "").upper() in _PUBLIC_OWNERS
    return PenaltyRow(
        where=where,
        authority="osha",
        authority_name="Occupational Safety and Health Administration",
        source_id="",
        decision_number="",
        respondent=site("estab_name", "") or UNNAMED,
        respondent_kind="public_body" if public else "organisation",
        decided_on="",
        violations=(),
        legal_basis="",
        violated=(),
        applied=(CitationRow(ACT, "9(a)"),),
        facts="",
        sanctions=(),
        premises=", ".join(text for text in (site("site_address", ""), city) if text),
        inspection_id=get("activity_nr"),
        domain="workplace-safety",
        language="en",
        extracted_on=_date(get, "load_dt"),
        country="US",
    )


def _citation(base: PenaltyRow, get, number: str, history: list[dict[str, str]]) -> PenaltyRow:
    issued = _needed(get, "issuance_date")
    initial, current = _money(get, "initial_penalty"), _money(get, "current_penalty")
    fined = bool(initial.strip("0.") or current.strip("0."))
    abate = _date(get, "abate_date")
    sanctions = [SanctionRow("fine", initial or current, USD)] if fined else []
    if abate or not fined:
        text = f"Abatement by {abate}." if abate else "Citation without a penalty."
        sanctions.append(SanctionRow("improvement_order", text=text))
    first = initial if fined else ""
    return base._replace(
        source_id=number,
        decision_number=number,
        decided_on=issued,
        applied=(*base.applied, CitationRow(ACT, "17")) if fined else base.applied,
        sanctions=tuple(sanctions),
        events=_life(issued, first, current if fined else "", _date(get, "contest_date"), history),
        final_on=_date(get, "final_order_date"),
    )


def _failure(base: PenaltyRow, get, number: str, history: list[dict[str, str]]) -> PenaltyRow:
    issued, penalty = _needed(get, "fta_issuance_date"), _money(get, "fta_penalty")
    return base._replace(
        source_id=f"{number}/FTA",
        decision_number=f"{number}/FTA",
        decided_on=issued,
        applied=(*base.applied, CitationRow(ACT, "17(d)")),
        facts=f"Failure to abate what was cited under {number}. {base.facts}",
        sanctions=(SanctionRow("daily_fine", penalty, USD if penalty else "", text="Failure to abate."),),
        events=_life(issued, penalty, penalty, _date(get, "fta_contest_date"), history),
        inspection_id=get("fta_insp_nr", "") or base.inspection_id,
        final_on=_date(get, "fta_final_order_date"),
    )


def _life(issued: str, initial: str, current: str, contested: str, history: list[dict[str, str]]):
    try:
        return life(issued, initial, current, contested, history)
    except ValueError:
        shown = json.dumps(history)
        raise Refused("hist_date", shown, "An event of it has a date or an amount that is none.") from None


def _needed(get, column: str) -> str:
    if not get(column, ""):
        raise Refused(column, "", EMPTY)
    return _date(get, column)


def _date(get, column: str) -> str:
    try:
        return compact_date(get(column, ""))
    except ValueError:
        raise Refused(column, get(column, ""), NOT_A_DATE.format(style="2020-01-31")) from None


def _money(get, column: str) -> str:
    try:
        return dollars(get(column, ""))
    except ValueError:
        raise Refused(column, get(column, ""), _MONEY) from None
