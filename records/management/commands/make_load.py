"""Fill a scratch database with a made-up register of any size, on which searches are measured."""

import os
from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.bench.load import filling, progress, verify
from records.bench.load.plan import TODAY, Plan
from records.bench.load.run import load


def _day(text: str) -> date:
    """A day to count from; one that is still to come would leave rows that nobody sees yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date; write it as {TODAY}") from None
    if day > timezone.localdate():
        raise ArgumentTypeError(f"{text} is still to come; choose today or a day before it")
    return day


def _count(text: str) -> int:
    """How many rows."""
    if not text.isdecimal() or not 1 <= int(text) <= 100_000_000:
        raise ArgumentTypeError(f"{text!r} is no number of rows; write one from 1 to 100000000")
    return int(text)


class Command(BaseCommand):
    """Changes nothing where anything else is held; a second start goes on where the first one stopped."""

    help = (
        "Fills an empty scratch database with made-up decisions and establishments, to measure searches on."
    )

    def add_arguments(self, parser):
        """How many rows, as of which day, by how many processes."""
        parser.add_argument("--penalties", type=_count, default=100_000, help="decisions (100000)")
        parser.add_argument("--establishments", type=_count, default=30_000, help="establishments (30000)")
        parser.add_argument(
            "--today",
            type=_day,
            default=TODAY,
            metavar="DATE",
            help=f"the day dates count back from ({TODAY})",
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            help="how many load at once (one for each core)",
        )

    def handle(self, *args, penalties, establishments, today, processes, **options):
        """Load what is missing, and say so."""
        plan = Plan(penalties, establishments, today)
        try:
            loaded = load(plan, max(1, processes), self._say)
        except (progress.Refused, filling.Interrupted, verify.Unsound) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is loaded stays; start again to go on.") from None
        held = f"{penalties:,} decisions and {establishments:,} establishments as of {today}"
        self.stdout.write(f"Loaded {held}." if loaded else f"Already loaded: {held}. Nothing was changed.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
