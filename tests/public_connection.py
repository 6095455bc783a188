"""Lets the alias `public` read inside a test's transaction, still as its role and through its views.

Public pages read through a second connection, which cannot see what another transaction has not committed.
Tests that commit are slow, because the database has to be emptied after each. Here the alias borrows the
connection of `default` and becomes, for each of its statements, the role placard_public with its search path:
what the role may not read, it cannot read here either; a COPY bypasses Django's cursors and is dressed alike.
What this does not show: the timeouts, and that the connection is read-only. Tests of those use
`django_db(transaction=True)`.
"""

from contextlib import contextmanager
from unittest.mock import patch

from records.opendata.formats import csv
from records.opendata.handing import in_blocks

BECOME_PUBLIC = "SET LOCAL ROLE placard_public; SET LOCAL search_path TO disclosed"
SAVEPOINTS = ("SAVEPOINT", "ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT")
BE_ONESELF = "SET LOCAL ROLE NONE; SET LOCAL search_path TO DEFAULT"


@contextmanager
def reading_through(default, public):
    """Within the block, statements of the connection `public` run in the transaction of `default`."""
    default.ensure_connection()
    own, public.connection = public.connection, default.connection

    def as_public(execute, sql, params, many, context):
        if sql.startswith(SAVEPOINTS):  # a rollback also restores the role: the owner's, at the savepoint
            return execute(sql, params, many, context)
        raw = default.connection
        raw.execute(BECOME_PUBLIC, prepare=False)
        result = execute(sql, params, many, context)
        # After an error the transaction, or the savepoint, is rolled back and the role with it.
        raw.execute(BE_ONESELF, prepare=False)
        return result

    def copied(sql, params):
        raw = default.connection
        raw.execute(BECOME_PUBLIC, prepare=False)
        with raw.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
            blocks = list(in_blocks(copy))
        raw.execute(BE_ONESELF, prepare=False)
        yield from blocks

    try:
        with public.execute_wrapper(as_public), patch.object(csv, "copied", copied):
            yield
    finally:
        public.connection = own
