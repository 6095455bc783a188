"""Says who acts and why, so that the database can write it beside each change of state."""

from contextlib import contextmanager

from django.db import connection, transaction

_SET = "SELECT set_config('placard.user', %s, true), set_config('placard.reason', %s, true)"


def because(reason: str) -> None:
    """The reason of the steps that follow in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('placard.reason', %s, true)", [reason])


@contextmanager
def acting(by=None, reason: str = ""):
    """One transaction in which `by` acts (None: the clock) for `reason`; the triggers read both.

    May be nested; outside again, the outer person and reason hold.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('placard.user', true), current_setting('placard.reason', true)"
            )
            before = [value or "" for value in cursor.fetchone()]
            cursor.execute(_SET, [str(by.pk) if by else "", reason])
        yield
        with connection.cursor() as cursor:
            cursor.execute(_SET, before)
