"""The columns of penalties-csv, with what belongs in each: reader, template and documentation share it."""

from records.intake import sources
from records.intake.formats.ratings_columns import Column


def _one_of(words: tuple[str, ...]) -> str:
    return ", ".join(words[:-1]) + f" or {words[-1]}"


COLUMNS = (
    Column("authority", "decision", "Code of the authority; may be left out when the import names it."),
    Column("decision_number", "decision", "Number of the decision, as the authority writes it.", True),
    Column("respondent", "decision", "Name of the respondent, as in the decision.", True),
    Column("respondent_kind", "decision", f"{_one_of(sources.RESPONDENTS)}.", True),
    Column("identifier_scheme", "decision", "Numbering system of identifier, such as gb-coh."),
    Column("identifier", "decision", "Registration number of the respondent. Never a personal number."),
    Column(
        "premises", "decision", "Trading name and address of the premises, where the decision names them."
    ),
    Column("establishment_id", "decision", "The authority's number for the premises, as in its ratings."),
    Column(
        "inspection_id", "decision", "The authority's number for the inspection that led to the decision."
    ),
    Column("domain", "decision", "Field of supervision, such as food-safety; empty is the authority's own."),
    Column("decided_on", "decision", "Date of the decision, as 2026-01-31.", True),
    Column("procedure", "decision", f"{_one_of(sources.PROCEDURES)}; empty if the decision does not say."),
    Column("seriousness", "decision", f"{_one_of(sources.SERIOUSNESS)}; empty follows from the violations."),
    Column("legal_basis", "decision", "The legal basis in the words of the decision.", True),
    Column("facts", "decision", "What was found, in the words of the decision.", True),
    Column("notice_served_on", "decision", "Date on which the intended decision was notified."),
    Column("served_on", "decision", "Date on which the decision was served."),
    Column("conduct_ended_on", "decision", "Date on which the conduct ended."),
    Column("found_on", "decision", "Date on which the violation was found."),
    Column("final_on", "decision", "Date on which the decision became final."),
    Column("remedy", "decision", "How and where the respondent can seek review or sue."),
    Column("remedy_until", "decision", "Last day for that."),
    Column("publicity_end", "decision", "Last day of display in the source; compared, never relied on."),
    Column("necessity_note", "decision", "Why a minor case has to be published, where a rule asks for it."),
    Column("under_18", "decision", "yes if the respondent is under 18; such a decision is never shown."),
    Column("document_title", "decision", "Title of the published decision."),
    Column("document_url", "decision", "Address of the published decision, beginning with https://."),
    Column("document_sha256", "decision", "SHA-256 of the published decision, 64 characters."),
    Column("language", "decision", "Code of the language of the decision, such as en or zh-hans."),
    Column("sanction", "sanction", f"{_one_of(sources.SANCTIONS)}.", True),
    Column("amount", "sanction", "Amount of money, as 1234.50."),
    Column("currency", "sanction", "Three capitals, such as EUR; needed with an amount."),
    Column("amount_text", "sanction", "The amount as the decision prints it, where it is written otherwise."),
    Column("duration", "sanction", "How long it lasts: P6M is six months, P1Y a year, P10D ten days."),
    Column("licence", "sanction", "Name and number of the licence that is affected."),
    Column("sanction_text", "sanction", "The sanction in the words of the decision."),
    Column("violation_code", "violation", "Code of the type of violation in the authority's catalogue."),
    Column("violation", "violation", "Type of violation in words."),
    Column("law", "provision", "Key or title of a law that the decision cites."),
    Column("article", "provision", "Article, section or paragraph of that law."),
    Column("provision_is", "provision", "violated or applied; empty is applied."),
    Column("event", "event", f"What happened to the fine: {_one_of(sources.EVENTS)}."),
    Column("event_on", "event", "Date of the event; empty if it is not known."),
    Column("event_amount", "event", "Amount that belongs to the event, as 1234.50."),
    Column("event_currency", "event", "Three capitals; needed with an amount."),
    Column("event_note", "event", "What there is to say about the event."),
    Column("event_url", "event", "Address of the document of the event, beginning with https://."),
)

KNOWN = tuple(column.name for column in COLUMNS)
REQUIRED = tuple(column.name for column in COLUMNS if column.required)
DECISION = tuple(column.name for column in COLUMNS if column.about == "decision")
IDENTIFIER = ("identifier_scheme", "identifier")

FIELDS = {
    "sanction": ("sanction", "amount", "currency", "amount_text", "duration", "licence", "sanction_text"),
    "event": ("event", "event_on", "event_amount", "event_currency", "event_note", "event_url"),
    "violation": ("violation_code", "violation"),
    "provision": ("law", "article"),
}
"""Columns that are one entry together, in the order of the fields of SanctionRow, EventRow and so on."""

SHAPES = {
    "amount": "amount",
    "event_amount": "amount",
    "currency": "currency",
    "event_currency": "currency",
    "duration": "duration",
    "document_url": "document_url",
    "event_url": "document_url",
    "document_sha256": "document_sha256",
    "language": "language",
}
"""Which pattern of `records.intake.decisions` a column has to match."""

_DECISION = {
    "decision_number": "EX 2026/17",
    "respondent": "Example Bakery Ltd",
    "respondent_kind": "organisation",
    "premises": "The Example Bakery, 1 Sample Street, Exampleton",
    "domain": "food-safety",
    "decided_on": "2026-03-02",
    "procedure": "ordinary",
    "legal_basis": "Example Food Act, sections 12 and 40",
    "facts": "Flour with insects was used on 3 February 2026.",
    "remedy": "Appeal to the Example Tribunal within 28 days.",
    "language": "en",
}

EXAMPLES = (
    {
        **_DECISION,
        "sanction": "fine",
        "amount": "1500.00",
        "currency": "EUR",
        "violation_code": "F12",
        "violation": "Use of unfit food",
        "law": "Example Food Act",
        "article": "s. 12",
        "provision_is": "violated",
    },
    {
        **_DECISION,
        "sanction": "improvement_order",
        "duration": "P10D",
        "law": "Example Food Act",
        "article": "s. 40",
        "provision_is": "applied",
        "event": "paid",
        "event_on": "2026-04-01",
        "event_amount": "1500.00",
        "event_currency": "EUR",
    },
)
