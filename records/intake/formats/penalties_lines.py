"""Checks the lines of one decision of penalties-csv against each other and makes a row of them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from records.intake import sources
from records.intake.amounts import NOT_AN_AMOUNT, amount
from records.intake.dates import NOT_A_DATE, table_date
from records.intake.decisions import CHOICES, DATES, EMPTY, NO_SANCTION, PERSONAL, misshapen
from records.intake.formats import penalties_columns as columns
from records.intake.rows import CitationRow, EventRow, PenaltyRow, Problem, SanctionRow, ViolationRow
from records.intake.table import Line
from records.publication.personal import number_in

_YES_NO = {"": False, "no": False, "false": False, "yes": True, "true": True}
_WORDS = {
    **CHOICES,
    "sanction": ("", *sources.SANCTIONS),
    "event": ("", *sources.EVENTS),
    "provision_is": ("", "violated", "applied"),
    "under_18": tuple(_YES_NO),
}
_DATES = (*(field for field in DATES if field in columns.DECISION), "event_on")
_AMOUNTS = ("amount", "event_amount")
_PARTS = {
    "sanction": "The sanction is missing that this belongs to. Name it in the column sanction.",
    "event": "The event is missing that this belongs to. Name it in the column event.",
    "law": "The law is missing that this is an article of. Name it in the column law.",
}


class Group(NamedTuple):
    """The lines of one decision as they are read together."""

    file: str
    lines: list[Line]

    def problem(self, line: Line, field: str, message: str) -> Problem:
        """What is wrong with a line, and how much is left out because of it."""
        count = len(self.lines)
        refusal = (
            "The line was not imported."
            if count == 1
            else f"The {count} lines of this decision were not imported."
        )
        return Problem.at(self.file, line.where, f"{message} {refusal}", field, line.values.get(field, ""))


def decision(group: Group) -> Iterator[PenaltyRow | Problem]:
    """The row, or everything that is wrong with the lines."""
    problems = list(_problems(group))
    if problems:
        yield from problems
    else:
        yield _row(group)


def _problems(group: Group) -> Iterator[Problem]:
    first = group.lines[0]
    for line in group.lines:
        for field, message in (*_missing(line, line is first), *_wrong(line)):
            yield group.problem(line, field, message)
        for field in columns.DECISION:
            value, before = _get(line, field), _get(first, field)
            if field not in columns.IDENTIFIER and value and value != before:
                message = f"It differs from {first.where}, which is about the same decision."
                yield group.problem(line, field, f"{message} Write the same in both.")
    if not any(_get(line, "sanction") for line in group.lines):
        yield group.problem(first, "sanction", NO_SANCTION)


def _missing(line: Line, first: bool) -> Iterator[tuple[str, str]]:
    """What has to be filled in: the decision on its first line, and on each line the heads of its entries."""
    for field in columns.REQUIRED:
        if field != "sanction" and (first or field == "decision_number") and not _get(line, field):
            yield field, EMPTY
    for head, rest in (
        ("sanction", columns.FIELDS["sanction"][1:]),
        ("event", columns.FIELDS["event"][1:]),
        ("law", ("article", "provision_is")),
    ):
        for field in rest:
            if _get(line, field) and not _get(line, head):
                yield field, _PARTS[head]
    for number, unit in (("amount", "currency"), ("event_amount", "event_currency")):
        if _get(line, number) and not _get(line, unit):
            yield unit, "An amount needs its currency, such as EUR."
    if bool(_get(line, "identifier")) != bool(_get(line, "identifier_scheme")):
        yield "identifier", "A number and its numbering system belong together. Fill in both or neither."


def _wrong(line: Line) -> Iterator[tuple[str, str]]:
    """What is filled in and makes no sense."""
    for field, allowed in _WORDS.items():
        word = _get(line, field).lower()
        if word not in ("", *allowed):
            yield field, f"Write one of these: {', '.join(word for word in allowed if word)}."
    for field in _DATES:
        try:
            table_date(_get(line, field))
        except ValueError:
            yield field, NOT_A_DATE.format(style="2026-01-31")
    for field in _AMOUNTS:
        try:
            _amount(line, field)
        except ValueError:
            yield field, NOT_AN_AMOUNT
    if number_in(_get(line, "identifier")):
        yield "identifier", PERSONAL
    for field, shape in columns.SHAPES.items():
        if field not in _AMOUNTS and (message := misshapen(shape, _get(line, field))):
            yield field, message


def _row(group: Group) -> PenaltyRow:
    first = group.lines[0]
    plain = {field: _get(first, field) for field in columns.DECISION if field in PenaltyRow._fields}
    plain |= {field: _get(first, field).lower() for field in CHOICES}
    plain |= {field: table_date(_get(first, field)) for field in _DATES if field in PenaltyRow._fields}
    cited = {"violated": [], "applied": []}
    for line in group.lines:
        if _get(line, "law"):
            law = CitationRow(_get(line, "law"), _get(line, "article"))
            cited[_get(line, "provision_is").lower() or "applied"].append(law)
    return PenaltyRow(
        **plain
        | {
            "where": first.where,
            "authority_name": "",
            "source_id": "",
            "under_18": _YES_NO[_get(first, "under_18").lower()],
            "identifiers": _once(tuple(_entry(line, columns.IDENTIFIER)) for line in group.lines),
            "violations": _once(
                ViolationRow(*_entry(line, columns.FIELDS["violation"])) for line in group.lines
            ),
            "violated": _once(cited["violated"]),
            "applied": _once(cited["applied"]),
            "sanctions": _once(
                SanctionRow(*_entry(line, columns.FIELDS["sanction"])) for line in group.lines
            ),
            "events": _once(EventRow(*_entry(line, columns.FIELDS["event"])) for line in group.lines),
        }
    )


def _once(entries: Iterable[tuple[str, ...]]) -> tuple:
    """The entries that are not empty, each once: a line that adds an event may repeat the sanction."""
    return tuple(dict.fromkeys(entry for entry in entries if any(entry)))


def _entry(line: Line, fields: tuple[str, ...]) -> list[str]:
    return [_value(line, field) for field in fields]


def _value(line: Line, field: str) -> str:
    if field in _AMOUNTS:
        return _amount(line, field)
    value = _get(line, field)
    if field == "event_on":
        return table_date(value)
    return value.lower() if field in ("sanction", "event") else value


def _amount(line: Line, field: str) -> str:
    return amount(_get(line, field), comma=line.delimiter != ",")


def _get(line: Line, field: str) -> str:
    return line.values.get(field, "").strip()
