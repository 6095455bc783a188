"""The SQL that brings the register in step with the staged rows of a file, set by set.

It reads the temporary tables `diff` and `stage` of `matching` and makes two more: `visits` (the inspection
that each visit is or becomes) and `standings` (the rating that each establishment has or gets).
"""

_FACTS = (
    "name", "name_published", "kind", "kind_published", "address", "postcode", "phone", "address_visibility",
    "latitude", "longitude", "geocode_quality", "opened_on", "closed_on",
)  # fmt: skip
_OWN = (*_FACTS, "local_id", "fingerprint")

INSERT_ESTABLISHMENTS = f"""
INSERT INTO records_establishment
    (id, authority_id, source, source_id, batch_id, publish_at, {", ".join(_OWN)})
SELECT d.establishment_id, a.id, %(format)s, s.source_id, %(batch)s, now(),
    {", ".join("s." + c for c in _OWN)}
FROM diff d JOIN stage s ON s.no = d.no AND s.first JOIN records_authority a ON a.code = d.authority_code
WHERE d.what = 'new'
"""

UPDATE_ESTABLISHMENTS = f"""
UPDATE records_establishment e
SET ({", ".join(_OWN)}, source, batch_id, left_source_at, left_batch_id, publish_at)
    = ({", ".join("s." + c for c in _OWN)}, %(format)s, %(batch)s, NULL, NULL, coalesce(e.publish_at, now()))
FROM diff d JOIN stage s ON s.no = d.no AND s.first
WHERE d.what IN ('changed', 'returned') AND e.id = d.establishment_id
"""

MARK_VANISHED = """
UPDATE records_establishment e SET left_source_at = now(), left_batch_id = %(batch)s
FROM diff d WHERE d.what = 'vanished' AND e.id = d.establishment_id
"""

# A visit is the one already held when the source's own number is the same or, without numbers, scheme, day
# and kind. First those are paired about which the same was published; then, one by one, the others: the held
# one is superseded and a new one takes its place. What was withdrawn here stays so while its source says the
# same.
VISITS = """
CREATE TEMP TABLE visits ON COMMIT DROP AS
WITH told AS (
    SELECT d.establishment_id, s.no, s.visit, s.visit_fingerprint AS fingerprint, w.which,
        row_number() OVER (PARTITION BY s.no, w.which, s.visit_fingerprint ORDER BY s.visit) AS turn
    FROM stage s JOIN diff d ON d.no = s.no CROSS JOIN LATERAL (SELECT CASE WHEN s.visit_source_id = ''
        THEN concat_ws('|', s.visit_version_id, s.visit_on, s.visit_kind)
            ELSE 'no ' || s.visit_source_id END) w (which)
    WHERE s.visit > 0
), held AS (
    SELECT i.establishment_id, i.id, i.state, i.fingerprint, w.which, row_number() OVER (
        PARTITION BY i.establishment_id, w.which, i.fingerprint ORDER BY i.state = 'withdrawn', i.id) AS turn
    FROM records_inspection i JOIN diff d ON d.establishment_id = i.establishment_id
    CROSS JOIN LATERAL (SELECT CASE WHEN i.source_id = ''
        THEN concat_ws('|', i.version_id, i.inspected_on, i.kind)
            ELSE 'no ' || i.source_id END) w (which)
    WHERE d.what IN ('changed', 'returned') AND i.state IN ('published', 'withdrawn')
), same AS (
    SELECT t.no, t.visit, h.id FROM told t JOIN held h USING (establishment_id, which, fingerprint, turn)
), told_otherwise AS (
    SELECT t.*, row_number() OVER (PARTITION BY t.no, t.which ORDER BY t.visit) AS place
    FROM told t WHERE NOT EXISTS (SELECT FROM same s WHERE s.no = t.no AND s.visit = t.visit)
), held_otherwise AS (
    SELECT h.*, row_number() OVER (PARTITION BY h.establishment_id, h.which ORDER BY h.id) AS place
    FROM held h WHERE h.state = 'published' AND NOT EXISTS (SELECT FROM same s WHERE s.id = h.id)
)
SELECT no, visit, establishment_id, s.id AS held_id, true AS same, s.id AS inspection_id
FROM same s JOIN told t USING (no, visit)
UNION ALL
SELECT t.no, t.visit, t.establishment_id, h.id, false, nextval('records_inspection_id_seq')
FROM told_otherwise t LEFT JOIN held_otherwise h USING (establishment_id, which, place)
"""

VISITS_OF_NEW = """
CREATE TEMP TABLE visits ON COMMIT DROP AS
SELECT s.no, s.visit, d.establishment_id, NULL::bigint AS held_id, false AS same,
    nextval('records_inspection_id_seq') AS inspection_id
FROM stage s JOIN diff d ON d.no = s.no WHERE s.visit > 0
"""

# recorded_at is the transaction's own time: by it the database knows that findings arrive with their visit.
INSERT_INSPECTIONS = """
INSERT INTO records_inspection (id, establishment_id, version_id, source_id, fingerprint, kind, inspected_on,
    scores, value_published, outcome, state, publish_at, batch_id, recorded_at)
SELECT v.inspection_id, v.establishment_id, s.visit_version_id, s.visit_source_id, s.visit_fingerprint,
    s.visit_kind, s.visit_on, s.scores, s.visit_value, s.outcome, 'published', now(), %(batch)s, now()
FROM visits v JOIN stage s ON s.no = v.no AND s.visit = v.visit WHERE NOT v.same
"""

SUPERSEDE_INSPECTIONS = """
UPDATE records_inspection i SET state = 'superseded', superseded_by_id = v.inspection_id
FROM visits v WHERE NOT v.same AND i.id = v.held_id
"""

INSERT_FINDINGS = """
INSERT INTO records_finding (inspection_id, position, code, text, criticality, points)
SELECT v.inspection_id, f.position, f.item ->> 'code', f.item ->> 'text', f.item ->> 'criticality',
    (f.item ->> 'points')::numeric
FROM visits v JOIN stage s ON s.no = v.no AND s.visit = v.visit
CROSS JOIN LATERAL jsonb_array_elements(s.findings) WITH ORDINALITY AS f (item, position)
WHERE NOT v.same AND s.findings IS NOT NULL ORDER BY v.inspection_id, f.position
"""

# The standing that the file gives an establishment under its scheme.
_GIVEN = (
    "d.establishment_id, c.scheme_id, s.version_id, s.value, s.status, s.rated_on, s.pending, "
    "v.inspection_id, coalesce(i.grade, '') AS computed"
)
_GIVING = (
    "FROM diff d JOIN stage s ON s.no = d.no AND s.first JOIN records_schemeversion c ON c.id = s.version_id "
    "LEFT JOIN visits v ON v.no = s.no AND v.visit = s.carrier "
    "LEFT JOIN records_inspection i ON i.id = v.inspection_id"
)
_GIVES_ONE = "(s.value IS NOT NULL OR s.status IS NOT NULL)"

# Beside it, the one that the register holds.
STANDINGS = f"""
CREATE TEMP TABLE standings ON COMMIT DROP AS
SELECT {_GIVEN}, r.id AS held_id, r.pending AS held_pending,
    (r.version_id, r.value, r.status, r.rated_on, r.inspection_id, r.computed)
        IS NOT DISTINCT FROM
        (s.version_id, s.value, s.status, s.rated_on, v.inspection_id, coalesce(i.grade, ''))
        -- What the authority itself entered later than the day of the file's rating stands.
        OR r.batch_id IS NULL AND r.rated_on > s.rated_on IS TRUE AS same
{_GIVING}
LEFT JOIN records_rating r ON r.establishment_id = d.establishment_id AND r.scheme_id = c.scheme_id
    AND r.state = 'published'
WHERE {_GIVES_ONE} AND i.state IS DISTINCT FROM 'withdrawn'
"""

SUPERSEDE_RATINGS = """
UPDATE records_rating r
SET state = 'superseded', ended_at = now(), ended_batch_id = %(batch)s, end_reason = %(reason)s
FROM standings s WHERE NOT s.same AND r.id = s.held_id
"""

# The source gives the establishment no rating any more, neither grade nor status.
END_RATINGS = """
UPDATE records_rating r
SET state = 'ended', ended_at = now(), ended_batch_id = %(batch)s, end_reason = %(ended)s
FROM diff d JOIN stage s ON s.no = d.no AND s.first
JOIN records_schemeversion c ON c.id = s.version_id
WHERE d.what IN ('changed', 'returned') AND s.value IS NULL AND s.status IS NULL AND s.visit = 0
    AND r.establishment_id = d.establishment_id AND r.scheme_id = c.scheme_id AND r.state = 'published'
    AND r.batch_id IS NOT NULL
"""

_INTO_RATINGS = """
INSERT INTO records_rating (establishment_id, scheme_id, version_id, inspection_id, value, status, computed,
    by_source, rated_on, pending, state, publish_at, end_reason, batch_id)
SELECT establishment_id, scheme_id, version_id, inspection_id, value, status, computed,
    NOT (value IS NOT DISTINCT FROM nullif(computed, '') AND (value IS NOT NULL OR computed = '')),
    rated_on, pending, 'published', now(), '', %(batch)s
"""
INSERT_RATINGS = f"{_INTO_RATINGS} FROM standings WHERE NOT same OR held_id IS NULL"
INSERT_RATINGS_OF_NEW = f"{_INTO_RATINGS} FROM (SELECT {_GIVEN} {_GIVING} WHERE {_GIVES_ONE}) given"

FLAG_RATINGS = """
UPDATE records_rating r SET pending = s.pending FROM standings s
WHERE s.same AND r.id = s.held_id AND s.pending <> s.held_pending AND r.batch_id IS NOT NULL
"""

REPLACE_REPLIES = """
UPDATE records_reply p SET replaced_at = now()
FROM diff d JOIN stage s ON s.no = d.no AND s.first
WHERE d.what IN ('changed', 'returned') AND p.establishment_id = d.establishment_id AND p.replaced_at IS NULL
    AND p.text_published <> s.reply_published
"""

INSERT_REPLIES = """
INSERT INTO records_reply (establishment_id, text, text_published, batch_id)
SELECT d.establishment_id, s.reply, s.reply_published, %(batch)s
FROM diff d JOIN stage s ON s.no = d.no AND s.first
WHERE s.reply <> '' AND NOT EXISTS (
    SELECT FROM records_reply p WHERE p.establishment_id = d.establishment_id AND p.replaced_at IS NULL)
ORDER BY d.no
"""

# The order of the writing: what others point at comes first. An empty register has nothing to compare with.
INTO_NEW = (
    INSERT_ESTABLISHMENTS,
    VISITS_OF_NEW,
    "ANALYZE visits",
    INSERT_INSPECTIONS,
    INSERT_FINDINGS,
    INSERT_RATINGS_OF_NEW,
    INSERT_REPLIES,
)
INTO_KNOWN = (
    INSERT_ESTABLISHMENTS,
    UPDATE_ESTABLISHMENTS,
    MARK_VANISHED,
    "CREATE INDEX ON stage (no)",
    VISITS,
    "ANALYZE visits",
    INSERT_INSPECTIONS,
    SUPERSEDE_INSPECTIONS,
    INSERT_FINDINGS,
    STANDINGS,
    SUPERSEDE_RATINGS,
    END_RATINGS,
    INSERT_RATINGS,
    FLAG_RATINGS,
    REPLACE_REPLIES,
    INSERT_REPLIES,
)
