"""The shapes in which every import format hands over what it read: plain text, nothing interpreted.

Text is as it stands in the file and '' means absent, so that what was published can be kept beside what is
shown. All shapes are named tuples: cheap to make, cheap to send between processes.
"""

from pathlib import Path
from typing import NamedTuple

from records.publication.personal import number_in

LONGEST_VALUE = 200
"""A problem quotes at most this many characters of the value it complains about."""


class Finding(NamedTuple):
    """One thing the inspector found: criticality is critical, not_critical or '', `points` the raw text."""

    code: str = ""
    text: str = ""
    criticality: str = ""
    points: str = ""


class Visit(NamedTuple):
    """One inspection: `value` is the grade word as published, `outcome` the action sentence as published."""

    source_id: str
    kind: str
    inspected_on: str
    scores: dict[str, str]
    value: str = ""
    outcome: str = ""
    findings: tuple[Finding, ...] = ()


class Row(NamedTuple):
    """One establishment of a file with all its visits, oldest first.

    `where` says where it stands in the file ("record 312", "line 45"). `authority` '' means the one named by
    whoever imports. `standing` is the rating word that holds now ('' = that of the newest graded visit),
    `rated_on` its ISO date. `private` is true where the address is withheld because it is a home;
    `address_visibility` says how much may be shown: shown, area (the district of the postcode) or withheld.
    `country` is the nation of the authority where the file tells it, `extracted_on` the ISO date of the data.
    """

    where: str
    authority: str
    authority_name: str
    authority_website: str
    authority_email: str
    source_id: str
    local_id: str
    name: str
    kind: str
    address: tuple[str, ...]
    postcode: str
    phone: str
    latitude: str
    longitude: str
    opened_on: str
    closed_on: str
    scheme: str
    visits: tuple[Visit, ...]
    standing: str = ""
    rated_on: str = ""
    pending: bool = False
    reply: str = ""
    company: str = ""
    company_scheme: str = ""
    company_id: str = ""
    private: bool = False
    address_visibility: str = "shown"
    country: str = ""
    extracted_on: str = ""


class Problem(NamedTuple):
    """Why a line or record was refused, or what is wrong with a file: what, where, and what to do next."""

    file: str
    where: str
    field: str
    value: str
    message: str

    @classmethod
    def at(cls, file: str, where: str, message: str, field: str = "", value: str = "") -> "Problem":
        """The same with the value cut to a length that a list can show; a person's number is not repeated."""
        return cls(file, where, field, "" if number_in(value) else value[:LONGEST_VALUE], message)


class Part(NamedTuple):
    """A piece of an import that can be read on its own: bytes already taken out of an archive, or a file.

    A part that could not be opened carries the problem instead, so that it travels the same way as others.
    """

    name: str
    data: bytes | None = None
    path: Path | None = None
    problem: Problem | None = None


class CitationRow(NamedTuple):
    """A provision as the source cites it: key or title of the law, article as printed, '' where none."""

    law: str
    article: str = ""


class ViolationRow(NamedTuple):
    """A type of violation as the source names it: its code in a catalogue, and its words."""

    code: str = ""
    title: str = ""


class SanctionRow(NamedTuple):
    """One sanction of a decision: `kind` a slug of `penalties.kinds`, `amount` a plain decimal or ''.

    `amount_text` is the amount as printed where it was converted (0.2 of 10,000 yuan). `duration` is an
    ISO 8601 period such as P6M, `licence` the licence affected.
    """

    kind: str
    amount: str = ""
    currency: str = ""
    amount_text: str = ""
    duration: str = ""
    licence: str = ""
    text: str = ""


class EventRow(NamedTuple):
    """Something that happened to a fine: `kind` a slug of the ledger, `on` an ISO date or '' (not known)."""

    kind: str
    on: str = ""
    amount: str = ""
    currency: str = ""
    note: str = ""
    document_url: str = ""


class PenaltyRow(NamedTuple):
    """One decision of a file. Dates are ISO, `language` is the one the decision is written in.

    `authority` '' means the one named by whoever imports; `source_id` is the row's own number where it is not
    the decision number. `identifiers` are pairs of numbering system and number. `publicity_end` is what the
    source thinks: compared, never trusted. `under_18` only ever keeps a record from the public.
    """

    where: str
    authority: str
    authority_name: str
    source_id: str
    decision_number: str
    respondent: str
    respondent_kind: str
    decided_on: str
    violations: tuple[ViolationRow, ...]
    legal_basis: str
    violated: tuple[CitationRow, ...]
    applied: tuple[CitationRow, ...]
    facts: str
    sanctions: tuple[SanctionRow, ...]
    events: tuple[EventRow, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    premises: str = ""
    establishment_id: str = ""
    inspection_id: str = ""
    domain: str = ""
    procedure: str = ""
    seriousness: str = ""
    served_on: str = ""
    notice_served_on: str = ""
    conduct_ended_on: str = ""
    found_on: str = ""
    final_on: str = ""
    remedy: str = ""
    remedy_until: str = ""
    necessity_note: str = ""
    under_18: bool = False
    document_title: str = ""
    document_url: str = ""
    document_sha256: str = ""
    language: str = ""
    publicity_end: str = ""
    extracted_on: str = ""
    country: str = ""
