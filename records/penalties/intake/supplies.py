"""What decisions point at is there before them: laws, provisions, types of violation, documents, businesses.

Only what the format declares is added; everything else was refused. A business is known by a number, never by
its name alone: equal names are not one company.
"""

import json

from records.businesses import identifiers
from records.businesses.models import Business
from records.intake.models import Batch
from records.laws.models import Law
from records.penalties.intake.merge import values_of

_LAWS = "SELECT law FROM stage UNION SELECT law FROM cited"

_PROVISIONS = """
INSERT INTO records_provision (law_id, key, article, heading, official_url)
SELECT DISTINCT ON (l.id, c.key) l.id, c.key, left(c.text, 120), '', ''
FROM cited c JOIN records_law l ON l.key = c.law WHERE c.key <> ''
    AND NOT EXISTS (SELECT FROM records_provision p WHERE p.law_id = l.id AND p.key = c.key)
ORDER BY l.id, c.key, c.no ON CONFLICT DO NOTHING
"""

# A type that the file introduces is of the provision that it violates, where there is only one of each.
_OFFENCES = """
WITH introduced AS (
    SELECT DISTINCT ON (f.code) f.code, f.title, f.no
    FROM found f WHERE f.type_id IS NULL ORDER BY f.code, f.no
), alone AS (
    SELECT c.no, min(c.law) AS law, min(c.key) AS key FROM cited c
    WHERE c.role = 'violated' AND c.no IN (SELECT no FROM introduced)
        AND (SELECT count(*) FROM found f WHERE f.no = c.no) = 1
    GROUP BY c.no HAVING count(*) = 1 AND min(c.key) <> ''
)
INSERT INTO records_violationtype (catalogue, code, title, domain, seriousness, provision_id)
SELECT %(catalogue)s, i.code, i.title, s.domain, %(seriousness)s, p.id
FROM introduced i JOIN stage s ON s.no = i.no LEFT JOIN alone a ON a.no = i.no
LEFT JOIN records_law l ON l.key = a.law LEFT JOIN records_provision p ON p.law_id = l.id AND p.key = a.key
ORDER BY i.no ON CONFLICT DO NOTHING
"""
_TYPES = """
UPDATE found f SET type_id = t.id FROM records_violationtype t
WHERE f.type_id IS NULL AND t.catalogue = %(catalogue)s AND t.code = f.code
"""

# Many decisions share a document. A changed decision keeps the one it has, if the address is still the same.
_DOCUMENTS = (
    """
    CREATE TEMP TABLE documents ON COMMIT DROP AS
    SELECT nextval('records_document_id_seq') AS id, one.* FROM (
        SELECT DISTINCT s.document_url AS url,
            CASE WHEN s.listed THEN %(list)s ELSE s.document_title END AS title
        FROM stage s JOIN diff d ON d.no = s.no WHERE d.what <> 'events'
        UNION SELECT DISTINCT e.item ->> 5, ''
        FROM stage s CROSS JOIN LATERAL jsonb_array_elements(s.events) AS e (item) WHERE e.item ->> 5 <> ''
    ) one
    """,
    "ANALYZE documents",
    """
    INSERT INTO records_document (id, title, file_name, media_type, sha256, url)
    SELECT id, title, '', '', '', url FROM documents ORDER BY id
    """,
)

_NUMBERED = """
SELECT DISTINCT ON (s.identifiers) s.identifiers, s.respondent, s.respondent_kind
FROM stage s JOIN diff d ON d.no = s.no WHERE d.what <> 'events' AND s.identifiers <> '[]'
ORDER BY s.identifiers, s.no
"""
_HELD = """
SELECT i.scheme, i.value, i.business_id FROM records_businessidentifier i
JOIN unnest(%s::text[], %s::text[]) AS n (scheme, value) ON i.scheme = n.scheme AND i.value = n.value
"""
_NUMBERS = "SELECT nextval('records_business_id_seq') FROM generate_series(1, %s)"
_BUSINESSES = "COPY records_business (id, name, name_published, kind, country) FROM STDIN"
_IDENTIFIERS = "COPY records_businessidentifier (scheme, value, business_id) FROM STDIN"
_RUN_BY_TABLE = "CREATE TEMP TABLE run_by (identifiers jsonb, business_id bigint) ON COMMIT DROP"
_RUN_BY = "COPY run_by (identifiers, business_id) FROM STDIN"


def add(cursor, batch: Batch, format) -> None:
    """Add what is missing."""
    _laws(cursor, format)
    catalogue = {
        "catalogue": format.catalogue.key, "seriousness": format.catalogue.seriousness or "ordinary"
    }  # fmt: skip
    cursor.execute(_PROVISIONS)
    cursor.execute(_OFFENCES, catalogue)
    cursor.execute(_TYPES, catalogue)
    for statement in _DOCUMENTS:
        cursor.execute(statement, values_of(batch) if "%(" in statement else None)
    _businesses(cursor)


def _laws(cursor, format) -> None:
    cursor.execute(_LAWS)
    keys = {key for (key,) in cursor.fetchall()}
    held = set(Law.objects.filter(key__in=keys).values_list("key", flat=True))
    Law.objects.bulk_create(
        Law(
            key=law.key, title=law.title[:300], rank=law.rank, jurisdiction=law.jurisdiction,
            official_url=law.link, public_security=law.public_security,
        )
        for law in format.laws if law.key in keys - held
    )  # fmt: skip


def _businesses(cursor) -> None:
    """The business of each set of numbers: the one that has any of them, else a new one."""
    cursor.execute(_RUN_BY_TABLE)
    cursor.execute(_NUMBERED)
    named = [(told, [tuple(one) for one in json.loads(told)], *more) for told, *more in cursor.fetchall()]
    owner = _owners(cursor, {number for _told, numbers, _name, _kind in named for number in numbers})
    new = [told for told, numbers, *_more in named if not any(number in owner for number in numbers)]
    cursor.execute(_NUMBERS, [len(new)])
    ids = iter([number for (number,) in cursor.fetchall()])
    made, known, run_by = [], [], []
    for told, numbers, name, respondent in named:
        business = next((owner[number] for number in numbers if number in owner), None)
        if business is None:
            business = next(ids)
            made.append((business, name, name, _kind(respondent, numbers), ""))
        known += [(*number, business) for number in numbers if number not in owner]
        owner |= {number: owner.get(number, business) for number in numbers}
        run_by.append((told, business))
    for statement, rows in ((_BUSINESSES, made), (_IDENTIFIERS, known), (_RUN_BY, run_by)):
        _copy(cursor, statement, rows)
    cursor.execute("ANALYZE run_by")


def _copy(cursor, statement: str, rows) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _owners(cursor, numbers: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The businesses that the register has under these numbers."""
    cursor.execute(_HELD, [[number[place] for number in numbers] for place in (0, 1)])
    return {(scheme, value): business for scheme, value, business in cursor.fetchall()}


def _kind(respondent: str, numbers: list[tuple[str, str]]) -> str:
    """What the law takes it for. The name of a sole trader is that of a person."""
    if any(identifiers.BY_KEY[scheme].names_a_person(value) for scheme, value in numbers):
        return Business.Kind.SOLE_TRADER
    known = {kind.value: kind for kind in Business.Kind}
    return known.get(respondent, Business.Kind.ORGANISATION)
