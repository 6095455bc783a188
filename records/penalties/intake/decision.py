"""Makes of a row what the register would hold, and what the gates look at."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from records.intake import clean, sources
from records.intake.rows import PenaltyRow
from records.penalties.case import LEVELS, Basis, Case, Violated
from records.penalties.intake import pieces
from records.penalties.intake.checks import Refused, day, identifier, line, one_of
from records.penalties.intake.shapes import Context, Offence, Office, Statute

DATES = (
    "served_on", "notice_served_on", "conduct_ended_on", "found_on", "final_on", "remedy_until",
    "publicity_end",
)  # fmt: skip
PROSE = ("legal_basis", "facts", "remedy", "necessity_note")
BODIES = ("organisation", "public_body")
NO_DATES = dict.fromkeys(DATES)


@dataclass(slots=True)
class Decision:
    """A row as the register would hold it: texts repaired, names resolved, pieces read.

    `law` is the one that it rests on, `website` true where the address of the list stands in for that of a
    document. `sanctions`, `citations` and `events` are lists of texts as `pieces` makes them.
    """

    office: Office
    number: str
    source_id: str
    decided_on: date | None
    respondent: str
    respondent_kind: str
    premises: str
    domain: str
    law: Statute | None
    laws: list[Statute]
    offences: list[Offence]
    sanctions: list[list]
    citations: list[list]
    events: list[list]
    identifiers: list[tuple[str, str]]
    procedure: str
    seriousness: str
    dates: dict[str, date | None]
    prose: dict[str, str]
    establishment: str
    inspection: str
    language: str
    document_url: str
    document_title: str
    website: bool

    @property
    def kinds(self) -> list[str]:
        """The kinds of sanction, each once, in the order in which the record keeps them."""
        return sorted({sanction[0] for sanction in self.sanctions})


def office_of(row: PenaltyRow, context: Context) -> Office:
    """The authority of a row, which must be in the register. Raises Refused."""
    code = context.prefix + row.authority if row.authority else context.authority
    if not code:
        message = _("The file does not say whose decision this is. Name the authority with --authority CODE.")
        raise Refused("authority", row.authority_name, message)
    if context.only and code != context.only:
        message = _("Only records of %(code)s are taken here. Remove this row or import it as its authority.")
        raise Refused("authority", code, message % {"code": context.only})
    office = context.offices.get(code)
    if office is None:
        message = _("No authority has this code. Add it, with its publication rules, in the back office.")
        raise Refused("authority", code, message)
    return office


def read(row: PenaltyRow, context: Context) -> Decision:
    """What the register would hold of the row. Raises Refused: the field, the value and what to do."""
    office = office_of(row, context)
    numbers = _identifiers(row)
    kind = one_of("respondent_kind", row.respondent_kind, sources.RESPONDENTS)
    if kind == "organisation" and any(person for _scheme, _value, person in numbers):
        kind = "sole_trader"  # the numbering system knows better than the column
    sanctions = [pieces.sanction(one) for one in row.sanctions]
    citations, applied, violated = pieces.citations(row, context)
    offences = pieces.violations(row.violations, office, context)
    url = line("document_url", row.document_url)
    own = context.domain or (office.domains[0] if len(office.domains) == 1 else "")
    return Decision(
        office, line("decision_number", row.decision_number), line("source_id", row.source_id),
        day("decided_on", row.decided_on), line("respondent", row.respondent), kind,
        line("premises", row.premises), row.domain or own,
        _basis(applied, violated, offences, context),
        applied + [law for law in violated if law.public_security],
        offences, sanctions, citations, pieces.events(row, sanctions),
        [(scheme, value) for scheme, value, _person in numbers],
        one_of("procedure", row.procedure, ("", *sources.PROCEDURES)),
        one_of("seriousness", row.seriousness, ("", *LEVELS)),
        {name: day(name, text) for name in DATES if (text := getattr(row, name))},
        {name: clean.prose(text) for name in PROSE if (text := getattr(row, name))},
        line("establishment_id", row.establishment_id), line("inspection_id", row.inspection_id),
        line("language", row.language), url or context.website or office.website,
        line("document_title", row.document_title), not url,
    )  # fmt: skip


def _identifiers(row: PenaltyRow) -> list[tuple[str, str, bool]]:
    if row.respondent_kind == "natural_person":
        return []
    return [identifier(scheme, number) for scheme, number in dict.fromkeys(row.identifiers)]


def _basis(applied, violated, offences, context: Context) -> Statute | None:
    """The law that the decision rests on: the first that it applies, else violates, that is more than a
    memorandum; else that of a type of violation.
    """
    cited = [*applied, *violated]
    found = next((law for law in cited if law.rank != "memorandum"), cited[0] if cited else None)
    if found is None:
        key = next((offence.law for offence in offences if offence.law), "")
        found = context.statutes.get(key)
    return found


def case_of(decision: Decision, row: PenaltyRow) -> Case:
    """What the gates look at. The check for secrets is the confirming person's, who stands for the batch."""
    kinds_of_events = {event[0] for event in decision.events}
    laws = dict.fromkeys(filter(None, (decision.law, *decision.laws)))
    dates = NO_DATES | decision.dates
    return Case(
        authority=decision.office, today=decision.office.today, decision_number=decision.number,
        decided_on=decision.decided_on, respondent=decision.respondent,
        respondent_kind=decision.respondent_kind, premises=decision.premises, under_18=row.under_18,
        domain=decision.domain,
        laws=tuple(Basis(law.title, law.rank, law.public_security) for law in laws),
        violations=tuple(
            Violated(o.code, o.seriousness, o.in_force_from, o.in_force_until) for o in decision.offences
        ),
        sanctions=tuple(decision.kinds), procedure=decision.procedure, seriousness=decision.seriousness,
        served_on=dates["served_on"], notice_served_on=dates["notice_served_on"],
        conduct_ended_on=dates["conduct_ended_on"], found_on=dates["found_on"], final_on=dates["final_on"],
        necessity_note=decision.prose.get("necessity_note", ""), secrecy_checked=True,
        has_document=bool(decision.document_url), texts=texts(decision),
        annulled="annulled" in kinds_of_events,
        contested="contested" in kinds_of_events
        and not kinds_of_events & {"upheld", "varied", "contest_withdrawn"},
    )  # fmt: skip


def texts(decision: Decision) -> dict[str, str]:
    """All that the public would read of it, by field, as `records.penalties.case.texts` has it; beside that
    what an import brings unseen: notes of events, titles of documents and of new types of violation, and the
    number at the source, which is not shown but kept.
    """
    found = {"decision_number": decision.number, "premises": decision.premises, **decision.prose}
    if decision.respondent_kind in BODIES:
        found["respondent"] = decision.respondent
    for number, (_kind, _amount, _currency, printed, _duration, licence, words) in enumerate(
        decision.sanctions, 1
    ):
        if words or licence or printed:
            found[f"sanction {number}"] = " · ".join(filter(None, (words, licence, printed)))
    for number, cited in enumerate(decision.citations, 1):
        found[f"citation {number}"] = cited[3]
    for number, event in enumerate(decision.events, 1):
        found[f"event {number}"] = event[4]
    for number, offence in enumerate(decision.offences, 1):
        if offence.id is None:
            found[f"violation {number}"] = offence.title
    found |= {"document_title": decision.document_title, "source_id": decision.source_id}
    return {name: text for name, text in found.items() if text}


def content_of(row: PenaltyRow) -> tuple:
    """All that was published about the decision itself, for its fingerprint."""
    return row._replace(where="", authority_name="", events=(), publicity_end="", extracted_on="", country="")
