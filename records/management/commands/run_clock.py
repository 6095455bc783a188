"""Publish what is due. Run it every few minutes or once a day; twice, or twice at once, is the same."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
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


class Command(BaseCommand):
    """The clock: the only one who acts without a person."""

    help = "Publishes approved inspections whose time to appeal is over. Safe to run again and twice at once."

    def handle(self, *args, **options):
        """Say how many; exit with 1 when some could not be published."""
        published, failed = publish_due()
        self.stdout.write(f"{published} published.")
        if failed:
            raise CommandError("\n".join([f"{len(failed)} could not be published:", *failed]))
