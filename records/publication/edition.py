"""Which state of the register a page shows: a number that grows with each change, and the last instant.

A page is a function of its address and of what is public. What is public changes in two ways: a transaction
changes a row (each leaves one row in `records_edition`, by triggers), or an instant passes at which a display
begins or ends (each such instant is a row in `records_instant`). So a tag of both lets a repeat visit cost
one small query. The number is the sum of the rows and not the newest of them: a long transaction commits
late, and has an early number.
"""

import time
from functools import cache
from hashlib import md5
from pathlib import Path

from django.contrib.postgres.functions import TransactionNow
from django.db import connection, connections, models, transaction
from psycopg import Error
from psycopg.pq import ExecStatus

QUARTER = 15 * 60
"""Seconds after which a page is made anew in any case: the date is another somewhere, and ages grow."""

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("portal", "records", "templates", "static", "locale")
"""What a new version of the software changes."""

KEPT = "1 hour"
ASKED = "SELECT number::text, since::text FROM edition"


class Edition(models.Model):
    """Changes to what may be public: `rows` transactions, as a rule one."""

    rows = models.BigIntegerField(default=1, db_default=1)
    at = models.DateTimeField(db_default=TransactionNow())

    def __str__(self):
        return f"{self.rows}, {self.at:%Y-%m-%d %H:%M}"


class Instant(models.Model):
    """An instant at which something begins or ceases to be shown; it may stand here more than once."""

    at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


def now(request) -> str:
    """The edition that is shown to this request: asked for once, before anything of the page is read."""
    known = getattr(request, "edition", None)
    if known is None:
        number, since = _current()
        quarter = int(time.time()) // QUARTER
        known = request.edition = f"{number} {since} {quarter} {release()}"
    return known


def tag(request) -> str:
    """A weak entity tag: as long as it stays the same, so does the page at this address."""
    parts = (now(request), request.get_host(), request.get_full_path())
    return f'W/"{md5(repr(parts).encode(), usedforsecurity=False).hexdigest()}"'


def _current() -> tuple:
    """Number and last instant of the edition, as texts."""
    public = connections["public"]
    return _quickly(public) or _ordinarily(public)


def _ordinarily(public) -> tuple:
    with public.cursor() as cursor:
        cursor.execute(ASKED)
        return cursor.fetchone()


def _quickly(public) -> tuple | None:
    """The same from libpq, at a fifth of the cost of a cursor; None where it fails or others listen.

    As a rule it is the first statement of a request, and so the proof that the connection still works, for
    which Django would ask `SELECT 1`.
    """
    driver = public.connection
    if driver is None or public.in_atomic_block or public.execute_wrappers or public.queries_logged:
        return None
    try:
        result = driver.pgconn.exec_(ASKED.encode())
    except Error:
        return None
    if result.status != ExecStatus.TUPLES_OK:
        return None
    public.health_check_done = True
    number, since = result.get_value(0, 0), result.get_value(0, 1)
    return number.decode(), since and since.decode()


@cache
def release() -> float:
    """When the newest file of the software was changed."""
    files = (path for name in FOLDERS for path in (ROOT / name).rglob("*"))
    return max((path.stat().st_mtime for path in files if path.is_file()), default=0)


def compact() -> None:
    """Add up old rows, and forget instants that are past or stand here twice; the tag stays the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"WITH old AS (DELETE FROM records_edition WHERE at < now() - interval '{KEPT}' RETURNING rows) "
            f"INSERT INTO records_edition (rows, at) SELECT sum(rows), now() - interval '{KEPT}' "
            "FROM old HAVING count(*) > 0"
        )
        cursor.execute(
            "DELETE FROM records_instant i "
            "WHERE i.at < (SELECT max(at) FROM records_instant WHERE at <= now()) "
            "OR EXISTS (SELECT FROM records_instant o WHERE o.at = i.at AND o.id < i.id)"
        )
