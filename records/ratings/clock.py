"""What happens to inspections because time passes: the appeal is over, and the rating is shown."""

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from records.ratings.models import Inspection


def publish_due() -> tuple[int, list[str]]:
    """Publish each approved inspection whose day has come: how many, and what could not be published and why.

    Each in a transaction of its own, so that one that fails keeps no other back. Rows that another clock
    holds
    are left to it.
    """
    published, failed = 0, []
    due = Inspection.objects.due(timezone.now()).order_by("publish_at", "inspected_on", "pk")
    for pk in due.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                waiting = Inspection.objects.due(timezone.now()).filter(pk=pk)
                inspection = waiting.select_for_update(of=("self",), skip_locked=True).first()
                if inspection is not None:
                    inspection.publish()
                    published += 1
        except (ValidationError, DatabaseError, LookupError) as error:
            reason = (
                "; ".join(error.messages)
                if isinstance(error, ValidationError)
                else str(error).splitlines()[0]
            )
            failed.append(f"Inspection {pk}: {reason}")
    return published, failed
