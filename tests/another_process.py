"""Runs manage.py in a process of its own against the test database; what it did is committed.

Only for tests with `transaction=True`: they see what others commit, and the database is emptied afterwards.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

CHECKOUT = Path(__file__).resolve().parents[1]


def url(database: str | None = None) -> str:
    """The address of the test database, or of another one on the same server, for its owner."""
    held = connection.settings_dict
    secret = f":{quote(held['PASSWORD'], safe='')}" if held["PASSWORD"] else ""
    where = urlencode({name: held[name.upper()] for name in ("host", "port") if held[name.upper()]})
    return f"postgresql://{quote(held['USER'], safe='')}{secret}@/{database or held['NAME']}?{where}"


def start(*arguments: object, database: str | None = None, **options) -> subprocess.Popen:
    """manage.py with these arguments, its output readable as text."""
    surroundings = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    surroundings |= {"DATABASE_URL": url(database), "PLACARD_LOCAL": "on"}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.Popen(command, cwd=CHECKOUT, env=surroundings, **streams | options)


def finish(process: subprocess.Popen, seconds: float = 60) -> tuple[int, list[str], str]:
    """Exit status, lines of the output, and the messages of a process once it has ended."""
    out, messages = process.communicate(timeout=seconds)
    return process.returncode, out.splitlines(), messages


def until(question: str, *parameters, seconds: float = 30) -> tuple:
    """The first row that a query gives, asked again and again until it gives one."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(question, parameters)
            if row := cursor.fetchone():
                return row
        time.sleep(0.02)
    raise AssertionError(f"Nothing came of {question}")


# A process of this database that waits for a lock: of the table `%s`, or an advisory one.
WAITS_FOR_TABLE = (
    "SELECT pid FROM pg_locks WHERE NOT granted AND relation = %s::regclass "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
WAITS_FOR_ANOTHER = (
    "SELECT pid FROM pg_locks WHERE NOT granted AND locktype = 'advisory' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@contextmanager
def nobody_writes(table: str):
    """Within the block, whoever wants to write into the table waits: an import stands still in its middle."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        yield
    finally:
        other.rollback()
        other.close()
