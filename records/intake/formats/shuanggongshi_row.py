"""Makes a decision of one line of the double publicity form."""

import re

from records.intake.amounts import wan
from records.intake.dates import NOT_A_DATE, cn_date
from records.intake.decisions import EMPTY, PERSONAL
from records.intake.formats import shuanggongshi_words as words
from records.intake.rows import EventRow, PenaltyRow, SanctionRow, ViolationRow
from records.intake.table import Line
from records.publication.personal import number_in

_NOTHING = {"", "/", "\\", "-", "—", "——", "无", "空", "null", "NULL", "长期"}
_IDENTIFIERS = (("cn-uscc", "cf_xdr_shxym"), ("cn-reg", "cf_xdr_gszc"), ("cn-org", "cf_xdr_zzjg"))
_NUMBERS = ("cf_xdr_shxym", "cf_xdr_gszc", "cf_xdr_zzjg", "cf_xdr_swdj", "cf_xdr_sydw", "cf_xdr_shzz")
_ROUNDED = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]+")
_SPOILT = "A spreadsheet has rounded this number. Make the column text, and copy the number in again."
_MONEY = "This is not an amount in 万元. Write digits, such as 0.2 for 2,000 yuan."
_MISFIT = "The amount does not fit the category of the penalty. Name {category} there, or empty the amount."
_KIND = "Write 法人及非法人组织, 自然人 or 个体工商户."
_STATE = "The state of the record is not clear. Write 正常, 撤销 or 异议, or leave the line out."
_SCOPE = "The source does not allow that this record is published. Leave the line out."


class Refused(Exception):
    """The line cannot be taken: which column, its value, and what to do."""

    def __init__(self, column: str, value: str, message: str):
        super().__init__(message)
        self.column, self.value, self.message = column, value, message


def row_of(line: Line) -> PenaltyRow:
    """The decision of a line. Raises Refused."""
    values = {column: text.strip() for column, text in line.values.items()}

    def get(column: str) -> str:
        text = values.get(column, "")
        return "" if text in _NOTHING else text

    for column in ("cf_wsh", "cf_xdr_mc", "cf_cflb", "cf_jdrq"):
        if not get(column):
            raise Refused(column, "", EMPTY)
    if get("cf_syfw") not in words.PUBLIC_SCOPES:
        raise Refused("cf_syfw", get("cf_syfw"), _SCOPE)
    kind = _respondent_kind(get)
    violation = get("cf_wfxw") or get("cf_cfmc")
    basis, authority = get("cf_yj"), get("cf_cfjgdm")
    return PenaltyRow(
        where=line.where,
        authority=_checked("cf_cfjgdm", authority),
        authority_name=get("cf_cfjg"),
        source_id="",
        decision_number=get("cf_wsh"),
        respondent=get("cf_xdr_mc"),
        respondent_kind=kind,
        decided_on=_date(get, "cf_jdrq"),
        violations=(ViolationRow("", violation),) if violation else (),
        legal_basis=basis,
        violated=(),
        applied=words.cited(basis),
        facts=get("cf_sy"),
        sanctions=_sanctions(get),
        events=_events(get),
        identifiers=() if kind == "natural_person" else _identifiers(get),
        language="zh-hans",
        publicity_end=_date(get, "cf_gsjzq"),
        extracted_on=_date(get, "sjc"),
        country="CN",
    )


def _respondent_kind(get) -> str:
    """What the form says, or what its numbers say where it says nothing; without any number a person.

    Codes that begin with 92 are those of sole traders, who are also entered as organisations.
    """
    said = get("cf_xdr_lb")
    kind = words.RESPONDENTS.get(said, "")
    if said and not kind:
        raise Refused("cf_xdr_lb", said, _KIND)
    if kind in ("", "organisation") and get("cf_xdr_shxym").startswith("92"):
        return "sole_trader"
    if not kind:
        return "organisation" if any(map(get, _NUMBERS)) else "natural_person"
    return kind


def _identifiers(get) -> tuple[tuple[str, str], ...]:
    return tuple((scheme, _checked(column, get(column))) for scheme, column in _IDENTIFIERS if get(column))


def _checked(column: str, number: str) -> str:
    if number_in(number):
        raise Refused(column, "", PERSONAL)
    if _ROUNDED.fullmatch(number):
        raise Refused(column, number, _SPOILT)
    return number


def _sanctions(get) -> tuple[SanctionRow, ...]:
    """The categories with their amounts; the words of the decision stand with the first."""
    content, said = get("cf_nr"), f"{get('cf_cflb')}、{get('cf_cflb2')}"
    try:
        kinds = words.categories(said, content)
    except ValueError as error:
        raise Refused("cf_cflb", said.strip("、"), str(error)) from None
    fine, taken = _yuan(get, "cf_nr_fk"), _yuan(get, "cf_nr_wfff")
    fines = [kind for kind in kinds if kind in ("fine", "daily_fine")]
    confiscations = [kind for kind in kinds if kind.startswith("confiscation_")]
    if fine.strip("0.") and not fines:
        raise Refused("cf_nr_fk", get("cf_nr_fk"), _MISFIT.format(category="罚款"))
    if taken.strip("0.") and not confiscations:
        category = "没收违法所得 or 没收非法财物"
        raise Refused("cf_nr_wfff", get("cf_nr_wfff"), _MISFIT.format(category=category))
    found = []
    for kind in kinds:
        amount = printed = ""
        if kind in fines[:1]:
            amount, printed = fine, get("cf_nr_fk")
        elif kind in confiscations:
            # One amount for both is not divided: it stays text.
            amount, printed = taken if len(confiscations) == 1 else "", get("cf_nr_wfff")
        found.append(
            SanctionRow(
                kind,
                amount,
                "CNY" if amount else "",
                f"{printed}万元" if printed else "",
                licence=get("cf_nr_zkdx") if kind.startswith("licence_") else "",
                text="" if found else content,
            )
        )
    return tuple(found)


def _yuan(get, column: str) -> str:
    try:
        return wan(get(column).removesuffix("万元"))
    except ValueError:
        raise Refused(column, get(column), _MONEY) from None


def _events(get) -> tuple[EventRow, ...]:
    state = get("cf_zt")
    if state not in words.STATES:
        raise Refused("cf_zt", state, _STATE)
    kind = words.STATES[state]
    return (EventRow(kind, note=f"数据状态：{state}"),) if kind else ()


def _date(get, column: str) -> str:
    try:
        return cn_date(get(column))
    except ValueError:
        raise Refused(column, get(column), NOT_A_DATE.format(style="2026/01/31")) from None
