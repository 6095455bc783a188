"""Create the database roles of the public site and the back office; run it before the first `migrate`."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from records.publication.roles import create_configured_roles


class Command(BaseCommand):
    """Safe to run again: roles that exist only get the password of the settings."""

    help = "Creates the database roles placard_public and placard_office where they are missing."
    # The checks connect to every alias, and one of them needs the role that is being made here.
    requires_system_checks = ()

    def handle(self, *args, **options):
        """Create what is missing and say so."""
        try:
            created = create_configured_roles()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Created {', '.join(created)}." if created else "Both roles exist.")
