"""The SQL that writes the new decisions of a file, set by set.

It reads the temporary tables of `matching` and `supplies`. Parts and events are written before their
decisions, whose numbers are known: the database takes them only as long as the decision does not stand, and
checks decision, parts and sums together when it arrives.
"""

from records.intake import bulk
from records.intake.models import Batch

PARTS = (
    "records_penaltysanction", "records_penaltycitation", "records_penaltyviolation", "records_penaltyevent",
)  # fmt: skip
TABLES = ("records_penalty", *PARTS, "records_indexcard")

COLUMNS = (
    "decision_number", "decided_on", "respondent", "respondent_kind", "premises", "domain", "legal_basis",
    "facts", "sanction_kinds", "procedure", "seriousness", "served_on", "notice_served_on",
    "conduct_ended_on", "found_on", "final_on", "remedy", "remedy_until", "necessity_note", "language",
)  # fmt: skip
"""What a decision says, as far as the staging table has it under the name of the register."""

_STAGED = ", ".join(f"s.{column}" for column in COLUMNS)

LINKS = """
LEFT JOIN records_law l ON l.key = s.law
LEFT JOIN run_by r ON r.identifiers = s.identifiers
LEFT JOIN seen v ON v.no = s.no
LEFT JOIN records_establishment e ON e.authority_id = s.authority_id AND e.source_id = s.establishment
LEFT JOIN documents o ON o.url = s.document_url
    AND o.title = CASE WHEN s.listed THEN %(list)s ELSE s.document_title END
"""
"""What a staged decision points at. A visit says where it was, so it stands in for an establishment."""

LINKED = "l.id, r.business_id, coalesce(e.id, v.establishment_id), v.inspection_id, o.id"

# The visit of that number at the source: at the establishment that is named, else anywhere of the authority.
SEEN = """
CREATE TEMP TABLE seen ON COMMIT DROP AS
SELECT DISTINCT ON (s.no) s.no, i.id AS inspection_id, i.establishment_id
FROM stage s JOIN records_inspection i ON i.source_id = s.inspection
JOIN records_establishment e ON e.id = i.establishment_id AND e.authority_id = s.authority_id
WHERE s.inspection <> '' AND i.state IN ('published', 'superseded')
    AND (s.establishment = '' OR e.source_id = s.establishment)
ORDER BY s.no, i.state = 'superseded', i.id DESC
"""

_WHOSE = "FROM diff d JOIN stage s ON s.no = d.no"

SANCTIONS = f"""
INSERT INTO records_penaltysanction
    (penalty_id, version, position, kind, amount, currency, amount_text, duration, licence, text)
SELECT d.penalty_id, d.version, p.position, p.item ->> 0, (p.item ->> 1)::numeric, p.item ->> 2, p.item ->> 3,
    p.item ->> 4, p.item ->> 5, p.item ->> 6
{_WHOSE} CROSS JOIN LATERAL jsonb_array_elements(s.sanctions) WITH ORDINALITY AS p (item, position)
WHERE d.what = %(what)s ORDER BY d.penalty_id, p.position
"""
CITATIONS = """
INSERT INTO records_penaltycitation (penalty_id, version, position, role, law_id, provision_id, text)
SELECT d.penalty_id, d.version, c.position, c.role, l.id, p.id, c.text
FROM diff d JOIN cited c ON c.no = d.no JOIN records_law l ON l.key = c.law
LEFT JOIN records_provision p ON p.law_id = l.id AND p.key = c.key AND c.key <> ''
WHERE d.what = %(what)s ORDER BY d.penalty_id, c.position
"""
VIOLATIONS = """
INSERT INTO records_penaltyviolation (penalty_id, version, position, violation_id)
SELECT d.penalty_id, d.version, f.position, f.type_id
FROM diff d JOIN found f ON f.no = d.no WHERE d.what = %(what)s ORDER BY d.penalty_id, f.position
"""
PARTS_OF = (SANCTIONS, CITATIONS, VIOLATIONS)
"""The parts of new decisions, or of new versions of decisions, as `what` says."""

ENTRIES = f"""
CREATE TEMP TABLE entries ON COMMIT DROP AS
SELECT d.no, d.penalty_id, d.what, p.position, p.item ->> 0 AS kind, (p.item ->> 1)::date AS "on",
    (p.item ->> 2)::numeric AS amount, p.item ->> 3 AS currency, p.item ->> 4 AS note, p.item ->> 5 AS url
{_WHOSE} CROSS JOIN LATERAL jsonb_array_elements(s.events) WITH ORDINALITY AS p (item, position)
"""

EVENTS = """
INSERT INTO records_penaltyevent
    (penalty_id, kind, "on", amount, currency, note, document_id, batch_id, confirmed_at)
SELECT e.penalty_id, e.kind, e."on", e.amount, e.currency, e.note, o.id, %(batch)s, now()
FROM entries e LEFT JOIN documents o ON o.url = e.url AND o.title = '' AND e.url <> ''
WHERE e.what = 'new' ORDER BY e.penalty_id, e.position
"""
BALANCES = """
CREATE TEMP TABLE balances ON COMMIT DROP AS
SELECT b.* FROM records_balances(ARRAY(SELECT penalty_id FROM diff WHERE what = 'new')) b
"""

PENALTIES = f"""
INSERT INTO records_penalty (id, authority_id, source_id, fingerprint, batch_id, state, version,
    law_id, business_id, establishment_id, inspection_id, document_id, {", ".join(COLUMNS)},
    basis_rank, public_security, under_18, harm_removed, person_rule, proportionality_note,
    secrecy_checked_on, secrecy_checked_by_id, overrule_reason, overrule_of, refused_gate,
    approved_at, rule_version_id, anchor_on, repair_from, publish_at, published_at, hide_at,
    imposed, owed, currency, fine_state, appeal, due_on)
SELECT d.penalty_id, s.authority_id, s.source_id, s.fingerprint, %(batch)s,
    CASE WHEN s.publish_at IS NULL THEN 'published' ELSE 'approved' END, 1, {LINKED}, {_STAGED},
    '', false, false, false, '', '',
    (now() AT TIME ZONE a.time_zone)::date, %(uploaded_by)s, '', '', '',
    now(), s.rule_version_id, s.anchor_on, s.repair_from, coalesce(s.publish_at, now()),
    CASE WHEN s.publish_at IS NULL THEN now() END, s.hide_at,
    b.imposed, b.owed, b.currency, b.fine_state, b.appeal, b.due_on
{_WHOSE} JOIN records_authority a ON a.id = s.authority_id
JOIN balances b ON b.penalty_id = d.penalty_id {LINKS}
WHERE d.what = 'new'
"""


# New entries of the text index are gathered, to be sorted in at once before the transaction ends: by the
# owner alone, because every search reads what waits.
_PENDING = """
SELECT set_config('gin_pending_list_limit', '512MB', true) FROM pg_class
WHERE oid = 'records_indexcard'::regclass AND pg_has_role(relowner, 'USAGE')
"""


def values_of(batch: Batch) -> dict:
    """What the statements need to know of the batch."""
    return {
        "batch": batch.pk, "uploaded_by": batch.uploaded_by_id, "list": list_title(batch), "what": "new",
    }  # fmt: skip


def list_title(batch: Batch) -> str:
    """The title of the published list, where its address stands in for that of a document."""
    return f"{batch.source}, {batch.file_name}"[:300]


def bring_new(cursor, batch: Batch) -> None:
    """Write the new decisions with their parts and events."""
    values = values_of(batch)
    for statement in (SEEN, ENTRIES, "ANALYZE seen, entries"):
        cursor.execute(statement)
    cursor.execute(_PENDING)
    if not bulk.worth_it(cursor, list(TABLES), batch.new):
        for statement in (*PARTS_OF, EVENTS, BALANCES, PENALTIES):
            cursor.execute(statement, values)
        return
    with bulk.rebuilt(cursor, list(TABLES)) as down:
        for statement in (*PARTS_OF, EVENTS):
            cursor.execute(statement, values)
        down.index(PARTS)  # what the database checks about a decision it looks up there
        for statement in (f"ANALYZE {', '.join(PARTS)}", BALANCES, PENALTIES):
            cursor.execute(statement, values if "%(" in statement else None)
