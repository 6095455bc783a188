"""Takes back what a measurement has changed, so that the register is again what its plan says.

What the load made has the lowest numbers; what came later is deleted, with all that points at it. Only the
triggers that forbid this stand still meanwhile: those that keep the search, the editions and the ledger in
step go on. Documents and people stay, to whom nothing leads any more: not every table that may name one has
an index for it, so that each would cost walks through the register.
"""

from contextlib import contextmanager

from django.db import connection, transaction

from records.bench import decisions
from records.bench.load.plan import Plan
from records.bench.load.tables import TABLES

GUARDS = (
    "records_is_kept", "records_part_locked", "records_penaltyevent_kept", "records_penaltyversion_kept",
    "records_penalty_steps", "records_penalty_clock",
)  # fmt: skip
"""The functions of triggers that keep, lock, or ask who takes a step."""

PEOPLE = "bench-"
"""User names of the bench begin with this."""

_LATER = (
    ("records_transition", "kind = 'penalty' AND record_id > %(penalties)s"),
    ("records_penalty", "id > %(penalties)s"),
    ("records_business", "id > %(businesses)s"),
    ("records_violationtype", "catalogue = %(catalogue)s"),
    ("records_provision", "law_id IN (SELECT id FROM records_law WHERE key = %(catalogue)s)"),
    ("records_law", "key = %(catalogue)s"),
    ("records_batch", "id > 2"),
    ("records_authority", "code = %(authority)s"),
)

_POINTING = """
SELECT DISTINCT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.confrelid = %s::regclass AND c.conrelid <> c.confrelid ORDER BY 1, 2
"""

_TRIGGERS = """
SELECT t.tgrelid::regclass::text, quote_ident(t.tgname) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = ANY (%s) AND NOT t.tgisinternal ORDER BY 1, 2
"""


@contextmanager
def unguarded(cursor):
    """Within the block, in one transaction, nothing is kept from being deleted or changed."""
    with transaction.atomic():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # pending checks would forbid altering the tables
        cursor.execute(_TRIGGERS, [list(GUARDS)])
        triggers = cursor.fetchall()
        for table, name in triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name in triggers:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # as they are without us, in a longer transaction too


def take_back(plan: Plan) -> int:
    """Delete what is not of the plan; how many decisions that were."""
    values = {
        "penalties": plan.penalties, "businesses": plan.businesses,
        "catalogue": decisions.CATALOGUE, "authority": decisions.AUTHORITY,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_penalty WHERE id > %s", [plan.penalties])
        (many,) = cursor.fetchone()
        with unguarded(cursor):
            for table, condition in _LATER:
                _delete(cursor, table, condition, values, ())
        if many:
            tidy(cursor)
    return many


def _delete(cursor, table: str, condition: str, values: dict, above: tuple[str, ...]) -> None:
    """The rows, and before them those that point at them."""
    cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE {condition})", values)
    if not cursor.fetchone()[0]:
        return
    cursor.execute(_POINTING, [table])
    for other, column in cursor.fetchall():
        if other not in above:
            inner = f'"{column}" IN (SELECT id FROM {table} WHERE {condition})'
            _delete(cursor, other, inner, values, (*above, table))
    cursor.execute(f"DELETE FROM {table} WHERE {condition}", values)


def tidy(cursor) -> None:
    """Let no dead row and no waiting entry of an index weigh on what is measured next."""
    plain = connection.in_atomic_block
    cursor.execute(f"{'' if plain else 'VACUUM '}ANALYZE {', '.join(TABLES)}")
