"""Load the made-up county into an empty database; a second run finds it there and changes nothing."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.businesses.models import Establishment
from records.demo import load, people
from records.ratings.models import Finding, Inspection, Rating


def _day(text: str) -> date:
    """A date from which the demo can be counted."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-23") from None
    if day < load.EARLIEST:
        raise ArgumentTypeError(f"choose {load.EARLIEST} or a later day; before it the schemes were others")
    return day


class Command(BaseCommand):
    """The accounts stand in the output and in the README; their password is no secret."""

    help = (
        "Loads the demo: a fictional county of two authorities, three schemes and some 2,000 establishments."
    )

    def add_arguments(self, parser):
        """Which day it is, and how sure the person is."""
        parser.add_argument(
            "--today",
            type=_day,
            metavar="DATE",
            help="the day that all dates count from: 2026-11-23",
        )
        parser.add_argument(
            "--force", action="store_true", help="also into a DATABASE_URL that has users of its own"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="where other records are, leave them alone and succeed"
        )

    def handle(self, *args, today=None, force=False, if_empty=False, **options):
        """Load what is missing; say what is there and who may sign in."""
        try:
            load.refuse(force)
        except load.Refused as refused:
            if if_empty:
                self.stdout.write(f"The demo was not loaded. {refused}")
                return
            raise CommandError(str(refused)) from None
        if load.is_loaded():
            self.stdout.write("The demo is already loaded.")
        else:
            load.load(today or timezone.localdate(), self.stdout.write)
        self._tell()

    def _tell(self):
        counts = (
            (Establishment.objects.count(), "establishments"),
            (Inspection.objects.count(), "inspections"),
            (Finding.objects.count(), "findings"),
            (Rating.objects.current().count(), "current ratings"),
            (Rating.objects.exclude(state="published").count(), "earlier ratings"),
        )
        self.stdout.write(", ".join(f"{count:,} {what}" for count, what in counts))
        self.stdout.write(f"Accounts (password {people.PASSWORD}): {', '.join(people.accounts())}")
