"""Loads that more than double a table: keys and indexes are taken down and built once, in one transaction.

Checking half a million rows one by one takes ten times as long as one join, and an index grows slowly that is
built fast. Whatever was taken down stands again, checked, before the transaction ends; if it cannot, nothing
has happened. Meanwhile the tables are locked, which is why it is only for a register that was nearly empty.
"""

from contextlib import contextmanager

WORTH_IT = 20_000
"""With fewer new rows than this the ordinary way is fast enough."""

_CONSTRAINTS = """
SELECT c.conrelid::regclass::text, quote_ident(c.conname), c.contype, pg_get_constraintdef(c.oid)
FROM pg_constraint c WHERE c.conrelid = ANY (%s::regclass[]) AND c.contype IN ('f', 'u')
ORDER BY c.contype = 'u', c.conrelid::regclass::text, c.conname
"""

_INDEXES = """
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i
WHERE i.indrelid = ANY (%s::regclass[])
    AND NOT EXISTS (
        SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
ORDER BY 1
"""

_OWNED = """
SELECT bool_and(pg_has_role(current_user, c.relowner, 'USAGE'))
FROM pg_class c WHERE c.oid = ANY (%s::regclass[])
"""


def worth_it(cursor, tables: list[str], new: int) -> bool:
    """Whether `new` rows would more than double the first table, and the tables are ours to alter."""
    if new < WORTH_IT:
        return False
    cursor.execute(f"SELECT count(*) FROM (SELECT FROM {tables[0]} LIMIT %s) held", [new])
    (held,) = cursor.fetchone()
    cursor.execute(_OWNED, [tables])
    (owned,) = cursor.fetchone()
    return held < new and owned


class Down:
    """What was taken down of some tables, and how it is built again."""

    def __init__(self, cursor, tables: list[str]):
        self._cursor = cursor
        # Pending checks would forbid altering the tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_CONSTRAINTS, [tables])
        self._constraints = cursor.fetchall()
        for table, name, _kind, _definition in self._constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(_INDEXES, [tables])
        self._indexes = cursor.fetchall()
        for index, _table, _definition in self._indexes:
            cursor.execute(f"DROP INDEX {index}")

    def index(self, tables=None) -> None:
        """Build the indexes of these tables, by default all that are missing still."""
        waiting = self._indexes
        self._indexes = [entry for entry in waiting if tables is not None and entry[1] not in tables]
        for entry in waiting:
            if entry not in self._indexes:
                self._cursor.execute(entry[2])

    def constrain(self) -> None:
        """Add the unique constraints and foreign keys."""
        for table, name, _kind, definition in reversed(self._constraints):
            self._cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


@contextmanager
def rebuilt(cursor, tables: list[str]):
    """Take down foreign keys, unique constraints and indexes of the tables; build them again afterwards.

    Yields a `Down`, by which the indexes of a table that is complete can be built before the others.
    """
    down = Down(cursor, tables)
    yield down
    down.index()
    down.constrain()
