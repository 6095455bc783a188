"""Pictures of the pages for whoever judges how they look."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from records.authorities.models import Authority
from records.bench import pictures
from records.bench.chromium import NoBrowser
from records.demo import people


class Command(BaseCommand):
    """What `make screenshots` runs."""

    help = "Takes pictures of ten key pages in both themes and two widths into var/screenshots."
    requires_system_checks = ()  # they connect as roles that do not exist yet

    def handle(self, *args, **options):
        """Fill an empty register with the demo, serve it, take the pictures."""
        for step in ("create_roles", "migrate", "sync_schemes"):
            call_command(step, verbosity=0, stdout=self.stdout)
        call_command("load_demo", if_empty=True, stdout=self.stdout)
        clerk = people.account("clerk", Authority.objects.get(code=people.AUTHORITIES[0]["code"]))
        try:
            account = clerk, people.PASSWORD
            index = pictures.take(settings.VAR / "screenshots", account, self.stdout.write)
        except NoBrowser as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(self.style.SUCCESS(f"Look through them: {index}"))
