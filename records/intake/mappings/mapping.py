"""A mapping as it is used: which record becomes which decision."""

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass

from records.intake.decisions import faults
from records.intake.mappings.citations import Cited
from records.intake.mappings.values import ALWAYS, NOTHING, Record, Refused, Value, When
from records.intake.rows import CitationRow, EventRow, PenaltyRow, SanctionRow, ViolationRow
from records.intake.sources import AuthorityFacts, CatalogueFacts, LawFacts

FIELDS = tuple(
    name
    for name in PenaltyRow._fields
    if name not in {"where", "violations", "violated", "applied", "sanctions", "events", "identifiers"}
)
"""The fields of a decision that a mapping may fill in one by one."""

_UNKNOWN = "The mapping does not expect this value. Correct it, or say in the mapping what it means."
_UNEVEN = "There are as many codes of violations as titles, or none. Correct the mapping."
_SEVERAL = "It holds several amounts, and the mapping does not say what they are."


@dataclass(frozen=True)
class SanctionRule:
    """A sanction of each record where `when` holds. With an amount that is empty there is none.

    Of several amounts none is taken and none are added up: they stay text, if `several` allows it.
    """

    kind: Value
    amount: Value | None = None
    currency: str = ""
    amount_text: Value = NOTHING
    duration: Value = NOTHING
    licence: Value = NOTHING
    text: Value = NOTHING
    several: bool = False
    when: When = ALWAYS

    def of(self, record: Record) -> Iterator[SanctionRow]:
        """No sanction or one."""
        if not self.when.holds(record):
            return
        amounts = self.amount.texts(record) if self.amount else ("",)
        if not amounts:
            return
        if len(amounts) > 1 and not self.several:
            raise Refused(next(self.amount.columns(), ""), "; ".join(amounts), _SEVERAL)
        amount = amounts[0] if len(amounts) == 1 else ""
        rest = (rule.text(record) for rule in (self.amount_text, self.duration, self.licence, self.text))
        yield SanctionRow(self.kind.text(record), amount, self.currency if amount else "", *rest)


@dataclass(frozen=True)
class EventRule:
    """An event of each record where `when` holds."""

    kind: str
    on: Value = NOTHING
    amount: Value = NOTHING
    currency: str = ""
    note: Value = NOTHING
    document_url: Value = NOTHING
    when: When = ALWAYS

    def of(self, record: Record) -> Iterator[EventRow]:
        """No event or one."""
        if self.when.holds(record):
            amount = self.amount.text(record)
            money = amount, self.currency if amount else ""
            yield EventRow(
                self.kind,
                self.on.text(record),
                *money,
                self.note.text(record),
                self.document_url.text(record),
            )


@dataclass(frozen=True)
class Mapping:
    """All that a mapping file says. `columns` are those it reads, by the names it gives them."""

    key: str
    label: str
    explanation: str
    file: str
    encoding: str
    licence: str
    language: str
    domain: str
    rule_set: str
    group_by: str
    authority: AuthorityFacts
    catalogue: CatalogueFacts
    laws: tuple[LawFacts, ...]
    columns: Dict[str, str]
    ignored: tuple[str, ...]
    fields: Dict[str, Value]
    code: Value
    title: Value
    identifiers: tuple[tuple[str, Value], ...]
    citations: tuple[Cited, ...]
    sanctions: tuple[SanctionRule, ...]
    events: tuple[EventRule, ...]
    refusals: tuple[tuple[When, str], ...]
    known: Dict[str, frozenset[str]]

    def row(self, where: str, record: Record) -> PenaltyRow:
        """The decision in a record. Raises Refused."""
        self._expected(record)
        plain = {name: value.text(record) for name, value in self.fields.items()}
        plain["under_18"] = plain.get("under_18") == "yes"
        usual = {
            "authority": self.authority.code,
            "authority_name": self.authority.name,
            "language": self.language,
            "domain": self.domain,
            "country": self.authority.country,
        }
        cited = {"violated": [], "applied": []}
        for rule in self.citations:
            cited[rule.role] += rule.of(record)
        numbers = ((scheme, value.text(record)) for scheme, value in self.identifiers)
        made = {
            "where": where,
            "violations": self._violations(record),
            "violated": _once(cited["violated"]),
            "applied": _once(cited["applied"]),
            "sanctions": tuple(one for rule in self.sanctions for one in rule.of(record)),
            "events": tuple(one for rule in self.events for one in rule.of(record)),
            "identifiers": tuple(pair for pair in numbers if pair[1]),
        }
        row = PenaltyRow(**dict.fromkeys(FIELDS, "") | usual | plain | made)
        for field, value, message in faults(row):
            raise Refused(next(self.fields.get(field, NOTHING).columns(), field), value, message)
        return row

    def _expected(self, record: Record) -> None:
        for column, values in self.known.items():
            for text in record.get(column, ()) or ("",):
                if text.strip().casefold() not in values:
                    raise Refused(column, text, _UNKNOWN)
        for when, message in self.refusals:
            if when.holds(record):
                raise Refused(when.column, "; ".join(record.get(when.column, ())), message)

    def _violations(self, record: Record) -> tuple[ViolationRow, ...]:
        codes, titles = self.code.texts(record), self.title.texts(record)
        if codes and titles and len(codes) != len(titles):
            raise Refused(next(self.title.columns(), ""), "; ".join(titles), _UNEVEN)
        count = max(len(codes), len(titles))
        pairs = zip(codes or [""] * count, titles or [""] * count, strict=True)
        return _once(ViolationRow(*pair) for pair in pairs)


def _once(entries) -> tuple[ViolationRow | CitationRow, ...]:
    return tuple(dict.fromkeys(entries))
