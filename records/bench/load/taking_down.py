"""Keys, indexes and triggers of the big tables: away while rows come in, built again one by one afterwards.

Unlike the import's (`records/intake/bulk.py`) this lasts longer than a transaction, so what is missing is
noted in the database, each in the statement that brings it back.
"""

from collections.abc import Callable

from django.db import transaction

from records.bench.load.tables import BIG

_MISSING = """
INSERT INTO made_load.missing
SELECT row_number() OVER (ORDER BY t.turn, t.statement), t.statement, t.turn = 5 FROM (
    SELECT CASE WHEN i.indrelid IN ('records_indexcard'::regclass, 'records_spot'::regclass) THEN 5 ELSE 1
        END AS turn,
        pg_get_indexdef(i.indexrelid) AS statement FROM pg_index i
    WHERE i.indrelid = ANY (%(tables)s::regclass[])
        AND NOT EXISTS (
            SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
    UNION ALL
    SELECT CASE c.contype WHEN 'u' THEN 2 ELSE 3 END,
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
            c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c WHERE c.conrelid = ANY (%(tables)s::regclass[]) AND c.contype IN ('f', 'u')
    UNION ALL
    SELECT 4, format('ALTER TABLE %%s ENABLE TRIGGER USER', t.name)
    FROM unnest(%(tables)s::text[]) AS t(name)
) t
"""

_DROPS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
    c.contype = 'u' AS behind
FROM pg_constraint c WHERE c.conrelid = ANY (%(tables)s::regclass[]) AND c.contype IN ('f', 'u')
UNION ALL
SELECT format('DROP INDEX %%s', i.indexrelid::regclass), true FROM pg_index i
WHERE i.indrelid = ANY (%(tables)s::regclass[])
    AND NOT EXISTS (
        SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT format('ALTER TABLE %%s DISABLE TRIGGER USER', t.name), true
FROM unnest(%(tables)s::text[]) AS t(name)
ORDER BY behind
"""


def take_down(cursor) -> None:
    """Note what there is, and take it away; within one transaction of the caller."""
    tables = {"tables": list(BIG)}
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # pending checks would forbid altering the tables
    cursor.execute(_MISSING, tables)
    cursor.execute(_DROPS, tables)
    for statement, _behind in cursor.fetchall():
        cursor.execute(statement)


def build(cursor, say: Callable[[str], object], last: bool = False) -> None:
    """Bring back what is missing still, each in a transaction of its own; at `last` what cards wait for."""
    cursor.execute("SET maintenance_work_mem = '1GB'")
    cursor.execute("SET max_parallel_maintenance_workers = 2")
    while True:
        with transaction.atomic():
            cursor.execute(
                "DELETE FROM made_load.missing WHERE place = "
                "(SELECT min(place) FROM made_load.missing WHERE last = %s) RETURNING statement",
                [last],
            )
            found = cursor.fetchone()
            if not found:
                return
            say(f"  {found[0][:100]}")
            cursor.execute(found[0])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
