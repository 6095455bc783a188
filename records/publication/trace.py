"""Says who acts and why, so that the database can write it beside each change of state."""

from contextlib import contextmanager

from django.db import connection, transaction

_NAMES = ("user", "reason", "reason_kind", "document", "second")
_SET = "SELECT " + ", ".join(f"set_config('placard.{name}', %s, true)" for name in _NAMES)
_GET = "SELECT " + ", ".join(f"current_setting('placard.{name}', true)" for name in _NAMES)


def because(reason: str) -> None:
    """The reason of the steps that follow in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('placard.reason', %s, true)", [reason])


@contextmanager
def acting(by=None, reason: str = "", reason_kind: str = "", document=None, second=None):
    """One transaction in which `by` acts (None: the clock) for `reason`; the triggers read what is given.

    `document` is the row that the step rests on, `second` the person who confirmed it. May be nested; outside
    again, the outer person and reason hold.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_GET)
            before = [value or "" for value in cursor.fetchone()]
            keys = [str(row.pk) if row else "" for row in (by, document, second)]
            cursor.execute(_SET, [keys[0], reason, reason_kind, *keys[1:]])
        yield
        with connection.cursor() as cursor:
            cursor.execute(_SET, before)
