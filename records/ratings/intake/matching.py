"""The SQL that compares a file with the register: what is new, changed, back or gone, and what is refused.

Temporary tables: `keys` (every row of the file: number and fingerprint), `diff` (an establishment that is
new, changed, returned or vanished) and `stage` (what the file says about those, a line per visit). An
unchanged establishment is met once, by its fingerprint, in the join that makes `diff`; what the file says
about it never reaches the database.
"""

from records.ratings.intake.staging import COLUMNS

KEYS = (
    "CREATE TEMP TABLE keys (no bigint, authority_code text, source_id text, fingerprint uuid, place text, "
    "extracted_on date) ON COMMIT DROP"
)
COPY_KEYS = "COPY keys (no, authority_code, source_id, fingerprint, place, extracted_on) FROM STDIN"
STAGE = (
    "CREATE TEMP TABLE stage (" + ", ".join(f"{name} {kind}" for name, kind in COLUMNS) + ") ON COMMIT DROP"
)
COPY = "COPY stage (" + ", ".join(name for name, _ in COLUMNS) + ") FROM STDIN"

# Rows under one number cannot be told apart. The one that the register already has counts, so that the order
# of a file does not matter; else the first. A refused one counts only where there is no other.
REFUSED = "CREATE TEMP TABLE repeated (no bigint, place text, source_id text, kept text) ON COMMIT DROP"
REPEATED = """
WITH twice AS (
    SELECT authority_code, source_id FROM keys GROUP BY 1, 2 HAVING count(*) > 1
), chosen AS (
    SELECT DISTINCT ON (k.authority_code, k.source_id) k.authority_code, k.source_id, k.no AS kept
    FROM keys k JOIN twice t ON t.authority_code = k.authority_code AND t.source_id = k.source_id
    LEFT JOIN records_authority a ON a.code = k.authority_code
    LEFT JOIN records_establishment e
        ON e.authority_id = a.id AND e.source_id = k.source_id AND e.fingerprint = k.fingerprint
    ORDER BY k.authority_code, k.source_id, k.fingerprint IS NULL, e.id IS NULL, k.no
), gone AS (
    DELETE FROM keys k USING chosen c
    WHERE k.authority_code = c.authority_code AND k.source_id = c.source_id AND k.no <> c.kept
    RETURNING k.no, k.place, k.source_id, k.fingerprint, c.kept
)
INSERT INTO repeated SELECT g.no, g.place, g.source_id, k.place
FROM gone g JOIN keys k ON k.no = g.kept WHERE g.fingerprint IS NOT NULL
"""
TOLD_REPEATED = "SELECT place, source_id, kept FROM repeated ORDER BY no"

# A key without a fingerprint belongs to a refused row: its establishment stays as it is.
DIFF = """
CREATE TEMP TABLE diff ON COMMIT DROP AS
WITH held AS (
    SELECT e.id, e.source_id, e.fingerprint, a.code, e.source, e.left_source_at
    FROM records_establishment e JOIN records_authority a ON a.id = e.authority_id
    WHERE e.source_id IS NOT NULL AND a.code IN (SELECT DISTINCT authority_code FROM keys)
)
SELECT k.no, coalesce(k.authority_code, h.code) AS authority_code,
    CASE WHEN h.id IS NULL THEN nextval('records_establishment_id_seq') ELSE h.id END AS establishment_id,
    CASE WHEN h.id IS NULL THEN 'new' WHEN k.no IS NULL THEN 'vanished' WHEN h.left_source_at IS NOT NULL
        THEN 'returned' ELSE 'changed' END AS what
FROM keys k FULL JOIN held h ON h.code = k.authority_code AND h.source_id = k.source_id
WHERE CASE
    WHEN h.id IS NULL THEN k.fingerprint IS NOT NULL
    WHEN k.no IS NULL THEN h.source = %(format)s AND h.left_source_at IS NULL
        AND h.code <> ALL (%(incomplete)s) AND %(everything)s <> ALL (%(incomplete)s)
    ELSE k.fingerprint IS NOT NULL
        AND (h.fingerprint IS DISTINCT FROM k.fingerprint OR h.left_source_at IS NOT NULL)
END
"""

WANTED = "SELECT no FROM diff WHERE no IS NOT NULL ORDER BY no"

# What the planner must know of the wide table; to look at every column would take as long as all the rest.
ANALYZE_STAGE = "ANALYZE stage (no, first, authority_code, version_id, visit, carrier)"

NEW_AUTHORITIES = """
SELECT s.authority_code, max(s.authority_name), max(s.authority_website), max(s.authority_email),
    max(c.domain), max(s.country)
FROM stage s JOIN records_schemeversion v ON v.id = s.version_id JOIN records_scheme c ON c.id = v.scheme_id
WHERE s.first AND s.authority_name <> ''
    AND NOT EXISTS (SELECT FROM records_authority a WHERE a.code = s.authority_code)
GROUP BY s.authority_code ORDER BY s.authority_code
"""

UNKNOWN_AUTHORITY = """
WITH gone AS (
    DELETE FROM stage s WHERE NOT EXISTS (SELECT FROM records_authority a WHERE a.code = s.authority_code)
    RETURNING s.no, s.first, s.place, s.authority_code
), dropped AS (DELETE FROM diff d USING gone g WHERE d.no = g.no AND g.first)
SELECT place, authority_code FROM gone WHERE first ORDER BY no
"""

OTHER_DOMAIN = """
WITH gone AS (
    DELETE FROM stage s USING records_authority a, records_schemeversion v, records_scheme c
    WHERE a.code = s.authority_code AND v.id = s.version_id AND c.id = v.scheme_id
        AND NOT c.domain = ANY (a.domains)
    RETURNING s.no, s.first, s.place, s.authority_code, c.key, c.domain
), dropped AS (DELETE FROM diff d USING gone g WHERE d.no = g.no AND g.first)
SELECT place, authority_code, key, domain FROM gone WHERE first ORDER BY no
"""

SCOPES = """
SELECT k.authority_code, count(*), max(k.extracted_on) FROM keys k
WHERE k.authority_code IN (SELECT code FROM records_authority) GROUP BY 1 ORDER BY 1
"""

COUNTS = """
SELECT (SELECT count(*) FROM keys WHERE fingerprint IS NOT NULL), count(*) FILTER (WHERE what = 'new'),
    count(*) FILTER (WHERE what IN ('changed', 'returned')), count(*) FILTER (WHERE what = 'vanished'),
    count(*) FILTER (WHERE what = 'returned')
FROM diff
"""

# How many establishments of this source each authority has, and how many of them the file no longer names.
EXISTING = """
SELECT a.code, count(*), coalesce(max(v.count), 0)
FROM records_establishment e JOIN records_authority a ON a.id = e.authority_id
LEFT JOIN (SELECT authority_code, count(*) FROM diff WHERE what = 'vanished' GROUP BY 1) v
    ON v.authority_code = a.code
WHERE a.code IN (SELECT DISTINCT authority_code FROM keys) AND e.source = %(format)s
    AND e.left_source_at IS NULL
GROUP BY a.code
"""

# What of a changed establishment is different: key of the kind, and how to tell.
CHANGES = {
    "rating": "(s.value, s.status) IS DISTINCT FROM (r.value, r.status)",
    "rated_on": "s.rated_on IS DISTINCT FROM r.rated_on",
    "pending": "s.pending IS DISTINCT FROM r.pending",
    "name": "s.name_published <> e.name_published",
    "address": "s.address <> e.address OR s.address_visibility <> e.address_visibility",
    "postcode": "s.postcode <> e.postcode",
    "place": "(s.latitude, s.longitude) IS DISTINCT FROM (e.latitude, e.longitude)",
    "kind": "s.kind_published <> e.kind_published",
    "dates": "(s.opened_on, s.closed_on) IS DISTINCT FROM (e.opened_on, e.closed_on)",
}

CHANGED = (
    "FROM diff d JOIN stage s ON s.no = d.no AND s.first "
    "JOIN records_establishment e ON e.id = d.establishment_id "
    "LEFT JOIN records_schemeversion v ON v.id = s.version_id LEFT JOIN records_rating r "
    "ON r.establishment_id = e.id AND r.scheme_id = v.scheme_id AND r.state = 'published' "
    "WHERE d.what IN ('changed', 'returned')"
)

CHANGE_COUNTS = (
    "SELECT "
    + ", ".join(f"count(*) FILTER (WHERE {test}) AS {kind}" for kind, test in CHANGES.items())
    + " "
    + CHANGED
)

EXAMPLES = {
    "new": "SELECT s.name, s.postcode, coalesce(s.value, s.status) "
    "FROM (SELECT no FROM diff WHERE what = 'new' "
    "ORDER BY no LIMIT 5) d JOIN stage s ON s.no = d.no AND s.first ORDER BY d.no",
    "vanished": "SELECT e.name, e.postcode, '' "
    "FROM diff d JOIN records_establishment e ON e.id = d.establishment_id "
    "WHERE d.what = 'vanished' ORDER BY e.name, e.id LIMIT 5",
    "rating": "SELECT e.name, coalesce(r.value, r.status), coalesce(s.value, s.status) "
    f"{CHANGED} AND ({CHANGES['rating']}) ORDER BY d.no LIMIT 5",
    "name": f"SELECT e.name, '', s.name {CHANGED} AND {CHANGES['name']} ORDER BY d.no LIMIT 5",
}
