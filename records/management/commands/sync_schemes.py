"""Bring the rating scheme files into the database; run it after adding a file. `migrate` does it as well."""

from django.core.management.base import BaseCommand, CommandError

from records.ratings.registry import SchemeInUseError, sync


class Command(BaseCommand):
    """Needs the owner of the database."""

    help = "Brings the rating schemes of ratings/schemes/ and of PLACARD_SCHEMES_DIR into the database."

    def handle(self, *args, **options):
        """Say which versions were new or changed."""
        try:
            touched = sync()
        except SchemeInUseError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Synced {', '.join(touched)}." if touched else "Every scheme is in step.")
