"""The SQL that brings decisions in step which their source has changed: what happened since, new versions.

Events are added and never changed. A held event and one of the file are the same where kind and amount are,
and the dates, as far as both are known. A decision is imposed once: if the file gives another amount for
that, the sum was changed since, and the day is not known.
"""

from records.intake.models import Batch
from records.penalties.intake.merge import COLUMNS, LINKED, LINKS, PARTS, PARTS_OF, values_of

_NOTE = "The source published another amount."

# First those that are alike in all, then those of which one has no date.
_MISSING = """
CREATE TEMP TABLE missing ON COMMIT DROP AS
WITH told AS (
    SELECT e.*, row_number() OVER (
        PARTITION BY e.penalty_id, e.kind, e.amount, e."on" ORDER BY e.position) AS turn
    FROM entries e WHERE e.what IN ('events', 'content')
), held AS (
    SELECT h.penalty_id, h.id, h.kind, h.amount, h."on", row_number() OVER (
        PARTITION BY h.penalty_id, h.kind, h.amount, h."on" ORDER BY h.id) AS turn
    FROM records_penaltyevent h
    WHERE h.penalty_id IN (SELECT penalty_id FROM told) AND h.confirmed_at IS NOT NULL
), alike AS (
    SELECT t.penalty_id, t.position, h.id
    FROM told t JOIN held h ON h.penalty_id = t.penalty_id AND h.kind = t.kind AND h.turn = t.turn
        AND (h.amount, h."on") IS NOT DISTINCT FROM (t.amount, t."on")
), told_otherwise AS (
    SELECT t.*, row_number() OVER (
        PARTITION BY t.penalty_id, t.kind, t.amount ORDER BY t."on" NULLS FIRST, t.position) AS place
    FROM told t WHERE NOT EXISTS (
        SELECT FROM alike a WHERE a.penalty_id = t.penalty_id AND a.position = t.position)
), held_otherwise AS (
    SELECT h.*, row_number() OVER (
        PARTITION BY h.penalty_id, h.kind, h.amount ORDER BY h."on" NULLS FIRST, h.id) AS place
    FROM held h WHERE NOT EXISTS (SELECT FROM alike a WHERE a.id = h.id)
)
SELECT t.penalty_id, t.position, CASE WHEN i.held THEN 'varied' ELSE t.kind END AS kind,
    CASE WHEN NOT i.held THEN t."on" END AS "on", t.amount, t.currency,
    CASE WHEN i.held THEN %(note)s ELSE t.note END AS note, t.url
FROM told_otherwise t
CROSS JOIN LATERAL (SELECT t.kind = 'imposed' AND EXISTS (
    SELECT FROM held h WHERE h.penalty_id = t.penalty_id AND h.kind = 'imposed') AS held) i
WHERE NOT EXISTS (
        SELECT FROM held_otherwise h WHERE h.penalty_id = t.penalty_id AND h.kind = t.kind
            AND h.amount IS NOT DISTINCT FROM t.amount AND h.place = t.place
            AND (h."on" IS NULL OR t."on" IS NULL))
    AND NOT (i.held AND (t.amount IS NULL OR EXISTS (
        SELECT FROM held h WHERE h.penalty_id = t.penalty_id
            AND h.kind IN ('imposed', 'varied', 'corrected') AND h.amount = t.amount)))
"""

_EVENTS = """
INSERT INTO records_penaltyevent
    (penalty_id, kind, "on", amount, currency, note, document_id, batch_id, confirmed_at)
SELECT m.penalty_id, m.kind, m."on", m.amount, m.currency, m.note, o.id, %(batch)s, now()
FROM missing m LEFT JOIN documents o ON o.url = m.url AND o.title = '' AND m.url <> ''
ORDER BY m.penalty_id, m.position
"""

_MARKS = """
UPDATE records_penalty p SET fingerprint = s.fingerprint
FROM diff d JOIN stage s ON s.no = d.no WHERE d.what = 'events' AND p.id = d.penalty_id
"""

# A correction that was put aside leaves its parts under the number of the coming version.
_PUT_ASIDE = tuple(
    f"DELETE FROM {table} x USING diff d "
    "WHERE d.what = 'content' AND x.penalty_id = d.penalty_id AND x.version = d.version"
    for table in PARTS[:3]
)

# The earliest end that any of the authority's rule sets of today asks for, counted from the day on which the
# decision was first shown.
_BOUND = """
SELECT min(records_rule_bound(w.id, s.seriousness, a.time_zone, s.decided_on,
    (q.publish_at AT TIME ZONE coalesce(nullif(w.zone, ''), a.time_zone))::date, s.conduct_ended_on,
    s.found_on, NULL))
FROM records_ruleset k JOIN records_ruleversion w ON w.rule_set_id = k.id
    AND daterange(w.effective_from, w.effective_until, '[]') @> (now() AT TIME ZONE a.time_zone)::date
WHERE k.key = ANY (
    CASE WHEN a.rule_sets = '{}' THEN ARRAY['neutral']::text[] ELSE a.rule_sets::text[] END)
"""

# A new version is never shown for longer than the one before it, nor than the rules of today allow.
_LINKS = ("law_id", "business_id", "establishment_id", "inspection_id", "document_id")
_VERSIONS = f"""
UPDATE records_penalty p SET ({", ".join((*COLUMNS, *_LINKS))}, secrecy_checked_on, secrecy_checked_by_id,
        fingerprint, batch_id, version, version_at, approved_at, rule_version_id, anchor_on, repair_from,
        hide_at)
    = ({", ".join(f"n.{column}" for column in (*COLUMNS, *_LINKS))},
        (now() AT TIME ZONE n.time_zone)::date, %(uploaded_by)s, n.fingerprint, %(batch)s, n.version, now(),
        now(), n.rule_version_id, n.anchor_on, n.repair_from, n.until)
FROM (
    SELECT d.penalty_id, d.version, a.time_zone, s.*, x.*, least(q.hide_at, s.hide_at, ({_BOUND})) AS until
    FROM diff d JOIN stage s ON s.no = d.no JOIN records_penalty q ON q.id = d.penalty_id
    JOIN records_authority a ON a.id = s.authority_id {LINKS}
    CROSS JOIN LATERAL (SELECT {LINKED}) AS x ({", ".join(_LINKS)})
    WHERE d.what = 'content'
) n WHERE p.id = n.penalty_id
"""


def bring_changed(cursor, batch: Batch, reason: str) -> None:
    """Add what happened since, and write new versions; two people stand for each step of the trace."""
    values = values_of(batch) | {"note": _NOTE, "what": "content"}
    cursor.execute(
        "SELECT set_config('placard.reason', %s, true), set_config('placard.user', %s, true), "
        "set_config('placard.second', %s, true)",
        [reason, str(batch.uploaded_by_id), str(batch.confirmed_by_id)],
    )
    cursor.execute("SELECT EXISTS (SELECT FROM diff WHERE what IN ('events', 'content'))")
    if cursor.fetchone()[0]:
        for statement in (_MISSING, _EVENTS, _MARKS, *_PUT_ASIDE, *PARTS_OF, _VERSIONS):
            cursor.execute(statement, values if "%(" in statement else None)
