"""What happens to decisions because time passes: what is due is shown, what is over disappears.

Both are safe to run again, and twice at once: rows that another clock holds are left to it. Time is part of
what the public may read, so that nothing leaks while the clock stands still.
"""

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from records.penalties.models import Penalty
from records.publication.roles import acting_as_clock

AT_ONCE = 5_000
"""So many displays are ended in one transaction: a killed clock has done all of them or none."""

_EXPIRE = """
WITH over AS (
    SELECT id FROM records_penalty
    WHERE state IN ('published', 'suspended') AND hide_at <= now()
    ORDER BY hide_at LIMIT %s FOR UPDATE SKIP LOCKED
)
UPDATE records_penalty p SET state = 'expired' FROM over WHERE p.id = over.id
"""


def publish_due() -> tuple[int, list[str]]:
    """Show each approved decision whose day has come: how many, and what was not shown and why.

    Each in a transaction of its own, so that one that a gate stops keeps no other back.
    """
    published, failed = 0, []
    for pk in Penalty.objects.due(timezone.now()).order_by("publish_at", "pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                waiting = Penalty.objects.due(timezone.now()).filter(pk=pk)
                penalty = waiting.select_for_update(of=("self",), skip_locked=True).first()
                if penalty is not None:
                    penalty.publish()
                    published += 1
        except ValidationError as error:
            failed.append(f"Decision {pk}: {'; '.join(error.messages)}")
        except DatabaseError as error:
            failed.append(f"Decision {pk}: {str(error).splitlines()[0]}")
    return published, failed


def expire_over(at_once: int = AT_ONCE) -> int:
    """End the display of every decision whose time is over; how many."""
    ended = 0
    while True:
        with transaction.atomic(), acting_as_clock(), connection.cursor() as cursor:
            cursor.execute(_EXPIRE, [at_once])
            touched = cursor.rowcount
        ended += touched
        if touched < at_once:
            return ended
