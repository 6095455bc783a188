"""Bring scheme and rule files into the database; run it after adding a file. `migrate` does it as well."""

from django.core.management.base import BaseCommand, CommandError

from records.catalogue import sync
from records.publication.rulebook import RuleInUseError
from records.publication.rules import RuleError
from records.ratings.registry import SchemeInUseError


class Command(BaseCommand):
    """Needs the owner of the database."""

    help = (
        "Brings the rating schemes and publication rules of this project, of PLACARD_SCHEMES_DIR and of "
        "PLACARD_RULES_DIR into the database."
    )

    def handle(self, *args, **options):
        """Say which versions were new or changed."""
        try:
            touched = sync()
        except (SchemeInUseError, RuleInUseError, RuleError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Synced {', '.join(touched)}." if touched else "Every file is in step.")
