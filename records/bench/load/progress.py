"""What was begun and how far it came: kept in the database itself, so that a second start goes on.

A schema of its own, beside the register: what it says comes and goes with the database that was filled.
"""

import json

from django.db import transaction

from records.authorities.models import Authority
from records.bench.load.plan import Plan
from records.bench.load.rulebook import CODE
from records.bench.load.tables import TABLES

SCHEMA = """
CREATE SCHEMA made_load;
CREATE TABLE made_load.plan (words jsonb NOT NULL, done boolean NOT NULL DEFAULT false);
CREATE TABLE made_load.block (kind text, block integer, PRIMARY KEY (kind, block));
CREATE TABLE made_load.missing (place integer PRIMARY KEY, statement text NOT NULL, last boolean NOT NULL);
"""

# Whatever a register of somebody's own would hold.
_HELD = (
    "auth_user", "records_authority", "records_business", "records_establishment", "records_inspection",
    "records_rating", "records_law", "records_violationtype", "records_document", "records_batch",
    "records_penalty", "records_correction", "records_transition",
)  # fmt: skip

_SMALL = (
    "records_authority", "records_batch", "records_law", "records_provision", "records_violationtype",
)  # fmt: skip

_ADVICE = (
    "Make an empty database for the load: name a new one in DATABASE_URL, or a new folder in PLACARD_VAR for "
    "the PostgreSQL that comes along, then run create_roles, migrate and make_load."
)


class Refused(Exception):
    """The database is not one to fill; the message says what to do."""


def begun(cursor) -> bool:
    """Whether a load has been begun here."""
    cursor.execute("SELECT to_regclass('made_load.plan') IS NOT NULL")
    return cursor.fetchone()[0]


def finished(cursor) -> bool:
    """Whether the load has come to its end."""
    cursor.execute("SELECT done FROM made_load.plan")
    return cursor.fetchone()[0]


def refuse(cursor, plan: Plan) -> None:
    """Raise Refused where the database holds anything but a load of this plan."""
    if not begun(cursor):
        for table in _HELD:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")
            if cursor.fetchone()[0]:
                raise Refused(f"This database holds rows that make_load did not make ({table}). {_ADVICE}")
        return
    cursor.execute("SELECT words FROM made_load.plan")
    words = json.loads(cursor.fetchone()[0])
    if words != plan.words():
        raise Refused(
            f"This database holds another load, of {words['penalties']} decisions and "
            f"{words['establishments']} establishments as of {words['today']}. Start make_load with these "
            f"numbers, or: {_ADVICE}"
        )
    if stranger := _stranger(cursor, plan):
        raise Refused(f"This database holds rows that make_load did not make ({stranger}). {_ADVICE}")


def _stranger(cursor, plan: Plan) -> str:
    """A table with rows beside the load's, which have the lowest numbers; '' where there are none."""
    if Authority.objects.exclude(code__startswith=CODE).exists():
        return Authority._meta.db_table
    cursor.execute("SELECT EXISTS (SELECT FROM records_batch WHERE licence <> %s)", [CODE])
    if cursor.fetchone()[0]:
        return "records_batch"
    for kind, table in (
        ("businesses", "records_business"), ("establishments", "records_establishment"),
        ("penalties", "records_penalty"),
    ):  # fmt: skip
        cursor.execute(f"SELECT coalesce(max(id), 0) > %s FROM {table}", [plan.rows(kind)])
        if cursor.fetchone()[0]:
            return table
    return ""


def begin(cursor, plan: Plan) -> None:
    """Make the schema, and note the plan."""
    cursor.execute(SCHEMA)
    cursor.execute("INSERT INTO made_load.plan (words) VALUES (%s)", [json.dumps(plan.words())])


def claim(cursor, kind: str, blocks: range) -> list[int]:
    """Those of the blocks that nobody has loaded, noted as loaded if this transaction comes to its end."""
    cursor.execute(
        "INSERT INTO made_load.block SELECT %s, block FROM generate_series(%s, %s) AS block "
        "ON CONFLICT DO NOTHING RETURNING block",
        [kind, blocks.start, blocks.stop - 1],
    )
    return sorted(block for (block,) in cursor.fetchall())


def loaded(cursor) -> dict[str, int]:
    """How many blocks of each kind are there."""
    cursor.execute("SELECT kind, count(*) FROM made_load.block GROUP BY kind")
    return dict(cursor.fetchall())


def finish(cursor) -> None:
    """Let every sequence go on behind the load, and note its end."""
    with transaction.atomic():
        for table in (*TABLES, *_SMALL):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) "
                f"FROM {table} HAVING count(*) > 0"
            )
        cursor.execute("UPDATE made_load.plan SET done = true")
