"""The site beside Datasette, for three tasks of visitors."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from records.bench.chromium import NoBrowser
from records.bench.compare.run import compare
from records.bench.compare.wanted import Nothing


class Command(BaseCommand):
    """What `make compare` runs."""

    help = "Walks three tasks here and in Datasette, counts the steps, takes pictures into var/compare."
    requires_system_checks = ()  # they connect as roles that do not exist yet

    def handle(self, *args, **options):
        """Fill an empty register with the demo, serve it, walk."""
        for step in ("create_roles", "migrate", "sync_schemes"):
            call_command(step, verbosity=0, stdout=self.stdout)
        call_command("load_demo", if_empty=True, stdout=self.stdout)
        try:
            index = compare(settings.VAR / "compare", self.stdout.write)
        except (NoBrowser, Nothing) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(self.style.SUCCESS(f"Look at them side by side: {index}"))
