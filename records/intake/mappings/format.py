"""The import format that a mapping makes: like any other, with its file of columns in place of code."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from records.intake.decisions import EMPTY
from records.intake.jsonlines import objects
from records.intake.mappings.mapping import Mapping
from records.intake.mappings.merge import Conflict, merged
from records.intake.mappings.values import Refused
from records.intake.parts import parts, reading, streamed
from records.intake.rows import Part, PenaltyRow, Problem
from records.intake.shelf import Shelf
from records.intake.sources import AuthorityFacts, CatalogueFacts, LawFacts
from records.intake.table import UNKNOWN, lines

Item = tuple[str, dict[str, tuple[str, ...]]]

_REPEATED = "It repeats {where} word for word, so it was counted once."
_AGAIN = "This decision stood in {where} already. Remove one of the two."


@dataclass(frozen=True)
class Mapped:
    """A file without a standard, read by a mapping."""

    mapping: Mapping
    key: str
    label: str
    explanation: str
    suffixes: tuple[str, ...]
    licence: str
    country: str
    time_zone: str
    laws: tuple[LawFacts, ...]
    catalogue: CatalogueFacts
    rule_set: str
    authority: AuthorityFacts
    authority_prefix: str = ""
    whole_authorities: bool = False

    def parts(self, path: Path) -> Iterator[Part]:
        """One part per file."""
        return parts(path, lambda name: name.lower().endswith(self.suffixes))

    def rows(self, part: Part) -> Iterator[PenaltyRow | Problem]:
        """The decisions in the order in which their numbers first occur, after the problems of lines where
        decisions are gathered from several.
        """
        return reading(part, streamed(part, lambda stream, file: _Reading(self.mapping, file).rows(stream)))


def mapped(mapping: Mapping) -> Mapped:
    """The format of a mapping."""
    return Mapped(
        mapping=mapping,
        key=mapping.key,
        label=mapping.label,
        explanation=mapping.explanation,
        suffixes=tuple(f".{mapping.file}{packed}" for packed in ("", ".gz", ".xz")),
        licence=mapping.licence,
        country=mapping.authority.country,
        time_zone=mapping.authority.time_zone,
        laws=mapping.laws,
        catalogue=mapping.catalogue,
        rule_set=mapping.rule_set,
        authority=mapping.authority,
    )


class _Reading:
    """One file being read by a mapping."""

    def __init__(self, mapping: Mapping, file: str):
        self._mapping, self._file = mapping, file
        self._seen: dict[int, str] = {}

    def rows(self, stream) -> Iterator[PenaltyRow | Problem]:
        items = self._csv(stream) if self._mapping.file == "csv" else self._jsonl(stream)
        yield from self._gathered(items) if self._mapping.group_by else self._single(items)

    def _csv(self, stream) -> Iterator[Item | Problem]:
        known = (*self._mapping.columns, *self._mapping.ignored)
        for line in lines(stream, self._file, self._mapping.columns, known, self._mapping.encoding):
            if isinstance(line, Problem):
                yield line
            else:
                yield line.where, {name: (value,) for name, value in line.values.items()}

    def _jsonl(self, stream) -> Iterator[Item | Problem]:
        told = {*self._mapping.columns, *self._mapping.ignored}
        empty = True
        for found in objects(stream, self._file):
            empty = False
            if isinstance(found, Problem):
                yield found
                continue
            number, values = found
            for name in [name for name in values if name not in told]:
                told.add(name)
                yield Problem.at(self._file, f"line {number}", UNKNOWN, name, name)
            yield f"line {number}", values
        if empty:
            yield Problem.at(self._file, "line 1", "The file is empty.")

    def _single(self, items: Iterator[Item | Problem]) -> Iterator[PenaltyRow | Problem]:
        """Each record is a decision; one that has the number of another is refused."""
        for item in items:
            if isinstance(item, Problem):
                yield item
                continue
            try:
                row = self._mapping.row(*item)
            except Refused as refused:
                yield self._problem(item[0], refused)
                continue
            key = hash((row.authority, row.decision_number))
            if key in self._seen:
                message = _AGAIN.format(where=self._seen[key])
                yield Problem.at(self._file, row.where, message, "decision_number", row.decision_number)
            else:
                self._seen[key] = row.where
                yield row

    def _gathered(self, items: Iterator[Item | Problem]) -> Iterator[PenaltyRow | Problem]:
        """Records with one number are one decision, wherever they stand."""
        number = self._mapping.fields[self._mapping.group_by]
        with Shelf() as shelf:
            for item in items:
                if isinstance(item, Problem):
                    yield item
                    continue
                try:
                    key = number.text(item[1])
                    if not key:
                        raise Refused(next(number.columns(), self._mapping.group_by), "", EMPTY)
                except Refused as refused:
                    yield self._problem(item[0], refused)
                else:
                    shelf.add(key, json.dumps(item))
            for _key, texts in shelf.groups():
                yield from self._decision([json.loads(text) for text in texts])

    def _decision(self, items: list[Item]) -> Iterator[PenaltyRow | Problem]:
        rows, problems, before = [], [], []
        for where, record in items:
            same = next((place for place, values in before if values == record), None)
            if same:
                column = next(self._mapping.fields[self._mapping.group_by].columns(), "")
                refused = Refused(column, "; ".join(record.get(column, ())), _REPEATED.format(where=same))
                yield self._problem(where, refused)
                continue
            before.append((where, record))
            try:
                rows.append(self._mapping.row(where, record))
            except Refused as refused:
                problems.append(self._problem(where, refused, len(items)))
        found = merged(rows) if rows and not problems else None
        if isinstance(found, Conflict):
            value = self._mapping.fields.get(found.field)
            column = next(value.columns(), found.field) if value else found.field
            refused = Refused(column, found.value, found.message)
            problems.append(self._problem(rows[found.place].where, refused, len(items)))
        yield from problems or [found]

    def _problem(self, where: str, refused: Refused, count: int = 1) -> Problem:
        column = self._mapping.columns.get(refused.column, refused.column)
        message = refused.message
        if count > 1:
            message = f"{message} The {count} lines of this decision were not imported."
        return Problem.at(self._file, where, message, column, refused.value)
