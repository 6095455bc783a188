"""The SQL that compares a file of decisions with the register: what is new, changed or stands against it.

Temporary tables: `keys` (every row of the file that could be read: number, fingerprint, what became of it),
`diff` (a decision that is new or changed, or that the register does not let change), `stage` (what the file
says about the new and changed ones), and what `stage` names: `cited` (provisions), `found` (violations).

The first half of a fingerprint is that of the decision, the second that of its events, so that a payment is
told from a correction.
"""

from records.penalties.intake.staging import COLUMNS

KEYS = """
CREATE TEMP TABLE keys (no bigint, authority_id bigint, number text, fingerprint uuid, outcome text,
    place text, number_key text GENERATED ALWAYS AS (disclosed.decision_key(number)) STORED) ON COMMIT DROP
"""
COPY_KEYS = "COPY keys (no, authority_id, number, fingerprint, outcome, place) FROM STDIN"
REPEATED_TABLE = "CREATE TEMP TABLE repeated (no bigint, place text, number text, kept text) ON COMMIT DROP"
STAGE = (
    "CREATE TEMP TABLE stage (" + ", ".join(f"{name} {kind}" for name, kind in COLUMNS) + ") ON COMMIT DROP"
)
COPY = "COPY stage (" + ", ".join(name for name, _ in COLUMNS) + ") FROM STDIN"

# A number that stands twice: the row counts that the register already has, else the first that is taken.
REPEATED = """
WITH twice AS (
    SELECT authority_id, number_key FROM keys GROUP BY 1, 2 HAVING count(*) > 1
), chosen AS (
    SELECT DISTINCT ON (k.authority_id, k.number_key) k.authority_id, k.number_key, k.no AS kept
    FROM keys k JOIN twice t ON t.authority_id = k.authority_id AND t.number_key = k.number_key
    LEFT JOIN records_penalty p ON p.authority_id = k.authority_id AND p.number_key = k.number_key
        AND p.number_key <> '' AND p.state NOT IN ('withdrawn', 'refused', 'sealed')
        AND p.fingerprint = k.fingerprint
    ORDER BY k.authority_id, k.number_key, p.id IS NULL, k.outcome <> '', k.no
), gone AS (
    DELETE FROM keys k USING chosen c
    WHERE k.authority_id = c.authority_id AND k.number_key = c.number_key AND k.no <> c.kept
    RETURNING k.no, k.place, k.number, k.outcome, c.kept
)
INSERT INTO repeated SELECT g.no, g.place, g.number, k.place
FROM gone g JOIN keys k ON k.no = g.kept WHERE g.outcome IN ('', 'archive', 'hold')
"""
TOLD_REPEATED = "SELECT place, number, kept FROM repeated ORDER BY no"

# The record of a number: the one that is or may still be shown, else the last that no longer is. Two
# look-ups, each with an index of its own.
HELD = """
CREATE TEMP TABLE held ON COMMIT DROP AS
WITH live AS (
    SELECT k.no, p.id, p.reference, p.fingerprint, p.version, p.batch_id, p.entered_by_id,
        CASE WHEN p.state = 'published' AND p.hide_at <= now() THEN 'expired' ELSE p.state END AS state
    FROM keys k JOIN records_penalty p ON p.authority_id = k.authority_id AND p.number_key = k.number_key
    WHERE p.number_key <> '' AND p.state NOT IN ('withdrawn', 'refused', 'sealed')
)
SELECT * FROM live
UNION ALL
SELECT DISTINCT ON (k.no) k.no, p.id, p.reference, p.fingerprint, p.version, p.batch_id, p.entered_by_id,
    p.state
FROM keys k JOIN records_penalty p ON p.authority_id = k.authority_id AND p.number_key = k.number_key
WHERE p.state IN ('withdrawn', 'refused', 'sealed') AND NOT EXISTS (SELECT FROM live l WHERE l.no = k.no)
ORDER BY no, id DESC
"""

_SAME_CONTENT = "left(h.fingerprint::text, 18) = left(k.fingerprint::text, 18)"

# What was not taken for a reason that may pass, or was refused, stands against a record only where that is
# shown, or soon will be.
DIFF = f"""
CREATE TEMP TABLE diff ON COMMIT DROP AS
SELECT k.no, k.authority_id, k.number, k.place, h.reference,
    CASE WHEN h.id IS NULL THEN nextval('records_penalty_id_seq') ELSE h.id END AS penalty_id,
    CASE WHEN h.id IS NULL THEN 1 WHEN {_SAME_CONTENT} THEN h.version ELSE h.version + 1 END AS version,
    CASE WHEN h.id IS NULL THEN 'new'
        WHEN k.outcome = 'archive' THEN 'over'
        WHEN k.outcome = 'hold' THEN 'contested'
        WHEN k.outcome <> '' THEN 'annulled'
        WHEN h.batch_id IS NULL THEN 'by_hand'
        WHEN h.state NOT IN ('published', 'approved') THEN h.state
        WHEN {_SAME_CONTENT} THEN 'events'
        WHEN h.state = 'approved' THEN 'approved'
        WHEN h.entered_by_id IS NOT NULL THEN 'corrected'
        WHEN EXISTS (SELECT FROM records_correction c
            WHERE c.penalty_id = h.id AND c.state IN ('draft', 'in_review')) THEN 'correcting'
        ELSE 'content' END AS what
FROM keys k LEFT JOIN held h ON h.no = k.no
WHERE CASE WHEN h.id IS NULL THEN k.outcome = ''
    WHEN h.fingerprint = k.fingerprint THEN k.outcome = 'annulled' AND h.state IN ('approved', 'published')
    WHEN k.outcome = '' THEN true
    WHEN k.outcome = 'archive' THEN h.batch_id IS NOT NULL AND h.state = 'published'
    WHEN k.outcome = 'hold' THEN h.state = 'approved'
    ELSE k.outcome = 'annulled' AND h.state IN ('approved', 'published') END
"""

WANTED = "SELECT no FROM diff WHERE what IN ('new', 'events', 'content') ORDER BY no"

# What the planner must know of the wide table; to look at every column would take as long as all the rest.
ANALYZE_STAGE = "ANALYZE stage (no, authority_id, law, document_url, establishment, inspection)"

CITED = """
CREATE TEMP TABLE cited ON COMMIT DROP AS
SELECT s.no, c.position, c.item ->> 0 AS role, c.item ->> 1 AS law, c.item ->> 2 AS key, c.item ->> 3 AS text
FROM stage s CROSS JOIN LATERAL jsonb_array_elements(s.citations) WITH ORDINALITY AS c (item, position)
"""
FOUND = """
CREATE TEMP TABLE found ON COMMIT DROP AS
SELECT s.no, v.position, (v.item ->> 0)::bigint AS type_id, v.item ->> 1 AS code, v.item ->> 2 AS title
FROM stage s CROSS JOIN LATERAL jsonb_array_elements(s.violations) WITH ORDINALITY AS v (item, position)
"""

CLASHING = """
SELECT place, number, what, reference FROM diff WHERE what NOT IN ('new', 'events', 'content') ORDER BY no
"""

COUNTS = """
SELECT count(*) FILTER (WHERE what = 'new'), count(*) FILTER (WHERE what = 'content'),
    count(*) FILTER (WHERE what = 'events'), (
        SELECT count(*) FROM keys k JOIN held h ON h.no = k.no
        WHERE k.outcome IN ('', 'archive', 'hold') AND h.fingerprint = k.fingerprint)
FROM diff
"""

# By what became of it: rows that were not taken, apart from those that the register has as they are.
OUTCOMES = """
SELECT k.outcome, count(*) FROM keys k
WHERE k.outcome NOT IN ('', 'archive', 'hold') OR k.outcome <> ''
    AND NOT EXISTS (SELECT FROM held h WHERE h.no = k.no AND h.fingerprint = k.fingerprint)
    AND NOT EXISTS (SELECT FROM diff d WHERE d.no = k.no)
GROUP BY 1 ORDER BY 2 DESC, 1
"""

REMARKS = """
SELECT count(*) FILTER (WHERE s.publish_at IS NOT NULL) AS waiting,
    count(*) FILTER (WHERE s.listed) AS listed,
    count(*) FILTER (WHERE s.establishment <> '' AND NOT EXISTS (SELECT FROM records_establishment e
        WHERE e.authority_id = s.authority_id AND e.source_id = s.establishment)) AS places,
    count(*) FILTER (WHERE s.publicity_end < s.hide_at::date) AS longer,
    (SELECT count(*) FROM (SELECT law FROM stage UNION SELECT law FROM cited) one
        WHERE NOT EXISTS (SELECT FROM records_law l WHERE l.key = one.law)) AS laws,
    (SELECT count(*) FROM (SELECT DISTINCT law, key FROM cited WHERE key <> '') one
        WHERE NOT EXISTS (SELECT FROM records_law l JOIN records_provision p ON p.law_id = l.id
            WHERE l.key = one.law AND p.key = one.key)) AS provisions,
    (SELECT count(DISTINCT code) FROM found WHERE type_id IS NULL) AS offences,
    (SELECT count(*) FROM diff WHERE what = 'annulled') AS annulled
FROM stage s JOIN diff d ON d.no = s.no
"""

# How many decisions of this format each authority of the file has.
EXISTING = """
SELECT a.code, count(*) FROM records_penalty p JOIN records_batch b ON b.id = p.batch_id
JOIN records_authority a ON a.id = p.authority_id
WHERE b.format = %(format)s AND p.authority_id IN (SELECT DISTINCT authority_id FROM keys) GROUP BY 1
"""

_EXAMPLE = (
    "SELECT s.decision_number, s.decided_on::text, {told} FROM (SELECT no, penalty_id FROM diff "
    "WHERE what = '{what}' ORDER BY no LIMIT 5) d JOIN stage s ON s.no = d.no {more} ORDER BY d.no"
)
_KINDS = "array_to_string(s.sanction_kinds, ', ')"
EXAMPLES = {
    "new": _EXAMPLE.format(what="new", told=_KINDS, more=""),
    "content": _EXAMPLE.format(what="content", told=_KINDS, more=""),
    "events": _EXAMPLE.format(
        what="events",
        told="p.fine_state || ' > ' || (s.events -> -1 ->> 0)",
        more="JOIN records_penalty p ON p.id = d.penalty_id",
    ),
}
