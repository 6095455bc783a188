"""A decision as the gates look at it: plain facts, whether of a record or of a line of a file."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from records.publication import rules

LEVELS = ("minor", "ordinary", "serious")


@dataclass(frozen=True)
class Basis:
    """A law that the decision rests on: where it ranks, and whether it is about public security."""

    title: str
    rank: str
    public_security: bool = False


@dataclass(frozen=True)
class Violated:
    """A type of violation that it finds, as the catalogue has it."""

    code: str
    seriousness: str = "ordinary"
    in_force_from: date | None = None
    in_force_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the catalogue had it on that day."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or day <= self.in_force_until
        )


@dataclass(frozen=True)
class Case:
    """What the gates ask about. `today` is the date at the authority, `texts` all that the public would read.

    `authority` has domains, rule_sets, time_zone and calendar. `duplicate`: another record of the authority
    has the number. `annulled`: an event says that the decision was set aside. `contested`: an appeal is open.
    """

    authority: object
    today: date
    decision_number: str = ""
    decided_on: date | None = None
    respondent: str = ""
    respondent_kind: str = "organisation"
    premises: str = ""
    person_rule: str = ""
    proportionality_note: str = ""
    under_18: bool = False
    domain: str = ""
    laws: tuple[Basis, ...] = ()
    violations: tuple[Violated, ...] = ()
    sanctions: tuple[str, ...] = ()
    procedure: str = "ordinary"
    seriousness: str = ""
    served_on: date | None = None
    notice_served_on: date | None = None
    conduct_ended_on: date | None = None
    found_on: date | None = None
    final_on: date | None = None
    restricted_until: date | None = None
    harm_removed: bool = False
    necessity_note: str = ""
    secrecy_checked: bool = False
    has_document: bool = False
    overrule_reason: str = ""
    overrule_of: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    duplicate: bool = False
    annulled: bool = False
    contested: bool = False
    maker: int | None = None
    checker: int | None = None

    @property
    def names_the_person(self) -> bool:
        """Whether the respondent's own name would be shown."""
        return self.respondent_kind in ("organisation", "public_body") or bool(self.person_rule)

    @cached_property
    def rules(self) -> tuple:
        """The versions of the rule sets under which it would be shown, in force today."""
        return rules.governing(tuple(self.authority.rule_sets) or ("neutral",), self.today)

    @cached_property
    def counted(self) -> dict:
        """The periods by day of publication, as far as they were asked for (`timing.periods`)."""
        return {}

    @cached_property
    def level(self) -> str:
        """The class of the decision: its own, else the gravest of its violations."""
        if self.seriousness:
            return self.seriousness
        found = [v.seriousness for v in self.violations if v.seriousness in LEVELS]
        return max(found, key=LEVELS.index, default="ordinary")

    def level_in(self, rule) -> str:
        """The class under a rule set; one that knows no such class takes it for serious."""
        return self.level if self.level in rule.names else LEVELS[-1]

    @property
    def digest(self) -> str:
        """SHA-256 of all that the public would read; an overruling of the guard holds for just this text."""
        return hashlib.sha256(json.dumps(self.texts, sort_keys=True).encode("utf-8", "replace")).hexdigest()


def of(content, parts, *, authority, **facts) -> Case:
    """The case of a decision or of a correction: `content` its row, `parts` a `Parts` of the same version."""
    laws = [content.law] if content.law_id else []
    laws += [c.law for c in parts.citations if c.role == "applied" and c.law_id != content.law_id]
    sanctions = tuple(dict.fromkeys(s.kind for s in parts.sanctions))
    return Case(
        authority=authority, today=authority.today(), decision_number=content.decision_number.strip(),
        decided_on=content.decided_on, respondent=content.respondent.strip(),
        respondent_kind=content.respondent_kind, premises=content.premises.strip(),
        person_rule=content.person_rule.strip(), proportionality_note=content.proportionality_note.strip(),
        under_18=content.under_18, domain=content.domain,
        laws=tuple(Basis(law.title, law.rank, law.public_security) for law in laws),
        violations=tuple(
            Violated(v.code, v.seriousness, v.in_force_from, v.in_force_until)
            for v in (found.violation for found in parts.violations)
        ),
        sanctions=sanctions, procedure=content.procedure, seriousness=content.seriousness,
        served_on=content.served_on, notice_served_on=content.notice_served_on,
        conduct_ended_on=content.conduct_ended_on, found_on=content.found_on, final_on=content.final_on,
        restricted_until=content.restricted_until, harm_removed=content.harm_removed,
        necessity_note=content.necessity_note.strip(),
        secrecy_checked=bool(content.secrecy_checked_on and content.secrecy_checked_by_id),
        has_document=content.document_id is not None, overrule_reason=content.overrule_reason.strip(),
        overrule_of=content.overrule_of, texts=texts(content, parts), **facts,
    )  # fmt: skip


def texts(content, parts) -> dict[str, str]:
    """All that the public would read of it, by field; the name of a person who is not named is left out."""
    named = content.respondent_kind in ("organisation", "public_body") or content.person_rule.strip()
    found = {
        "decision_number": content.decision_number, "respondent": content.respondent if named else "",
        "premises": content.premises, "legal_basis": content.legal_basis, "facts": content.facts,
        "remedy": content.remedy, "necessity_note": content.necessity_note,
    }  # fmt: skip
    for number, sanction in enumerate(parts.sanctions, 1):
        found[f"sanction {number}"] = " · ".join(
            filter(None, (sanction.text, sanction.licence, sanction.amount_text))
        )
    for number, citation in enumerate(parts.citations, 1):
        found[f"citation {number}"] = citation.text
    return {name: text for name, text in found.items() if text}
