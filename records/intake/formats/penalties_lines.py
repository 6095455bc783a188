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
_SAME = {field for field in columns.DECISION if field not in columns.IDENTIFIER}
_EVERY = ("decision_number",)
_FIRST = tuple(field for field in columns.REQUIRED if field != "sanction")
_HEADS = {
    "sanction": columns.FIELDS["sanction"][1:],
    "event": columns.FIELDS["event"][1:],
    "law": ("article", "provision_is"),
}
_PARTS = {
    "sanction": "The sanction is missing that this belongs to. Name it in the column sanction.",
    "event": "The event is missing that this belongs to. Name it in the column event.",
    "law": "The law is missing that this is an article of. Name it in the column law.",
}


class Group(NamedTuple):
    """The lines of one decision as they are read together; their values without blanks and empty ones."""

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
        if line is first:
            continue
        for field, value in line.values.items():
            if field in _SAME and value != first.values.get(field):
                message = f"It differs from {first.where}, which is about the same decision."
                yield group.problem(line, field, f"{message} Write the same in both.")
    if not any("sanction" in line.values for line in group.lines):
        yield group.problem(first, "sanction", NO_SANCTION)


def _missing(line: Line, first: bool) -> Iterator[tuple[str, str]]:
    """What has to be filled in: the decision on its first line, and on each line the heads of its entries."""
    values = line.values
    for field in _FIRST if first else _EVERY:
        if field not in values:
            yield field, EMPTY
    for head, rest in _HEADS.items():
        if head not in values:
            yield from ((field, _PARTS[head]) for field in rest if field in values)
    for number, unit in (("amount", "currency"), ("event_amount", "event_currency")):
        if number in values and unit not in values:
            yield unit, "An amount needs its currency, such as EUR."
    if ("identifier" in values) != ("identifier_scheme" in values):
        yield "identifier", "A number and its numbering system belong together. Fill in both or neither."


def _wrong(line: Line) -> Iterator[tuple[str, str]]:
    """What is filled in and makes no sense."""
    for field, value in line.values.items():
        if field in _WORDS:
            if value.lower() not in _WORDS[field]:
                yield field, f"Write one of these: {', '.join(word for word in _WORDS[field] if word)}."
        elif field in _READERS:
            read, message = _READERS[field]
            try:
                read(line, field)
            except ValueError:
                yield field, message
        elif field in columns.SHAPES and (message := misshapen(columns.SHAPES[field], value)):
            yield field, message
        elif field == "identifier" and number_in(value):
            yield field, PERSONAL


def _row(group: Group) -> PenaltyRow:
    first = group.lines[0]
    plain = {field: _get(first, field) for field in columns.DECISION if field in PenaltyRow._fields}
    plain |= {field: _get(first, field).lower() for field in CHOICES}
    plain |= {field: _date(first, field) for field in _DATES if field in PenaltyRow._fields}
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
    if field not in line.values:
        return ""
    if field in _READERS:
        return _READERS[field][0](line, field)
    value = line.values[field]
    return value.lower() if field in ("sanction", "event") else value


def _date(line: Line, field: str) -> str:
    return table_date(_get(line, field))


def _amount(line: Line, field: str) -> str:
    return amount(_get(line, field), comma=line.delimiter != ",")


def _get(line: Line, field: str) -> str:
    return line.values.get(field, "")


_READERS = dict.fromkeys(_DATES, (_date, NOT_A_DATE.format(style="2026-01-31"))) | dict.fromkeys(
    _AMOUNTS, (_amount, NOT_AN_AMOUNT)
)
"""How columns that are converted are read, and what to do where that fails."""
