"""Import one file: read it, check it, say what it would do, and do all of it or nothing."""

import csv
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from records.authorities.models import Authority
from records.catalogue import ACCEPTED
from records.intake.pipeline import run
from records.intake.preview import Preview, Stopped

SHOWN_PROBLEMS = 20

KINDS = {
    "rating": "another rating",
    "rated_on": "another date of the rating",
    "pending": "a new rating on its way, or no longer",
    "name": "another name",
    "address": "another address",
    "postcode": "another postcode",
    "place": "other coordinates",
    "kind": "another kind of establishment",
    "dates": "other opening or closing dates",
    "returned": "back in the source",
}


class Command(BaseCommand):
    """The last line of the output is always the five counts."""

    help = "Imports a file of ratings: all of it or, when it would do more than expected, nothing."

    def add_arguments(self, parser):
        """FORMAT PATH and what a careful person wants to say beside them."""
        parser.add_argument("format", choices=ACCEPTED, metavar="FORMAT", help=", ".join(ACCEPTED))
        parser.add_argument("path", type=Path, metavar="PATH", help="a file, or a folder of files")
        parser.add_argument(
            "--authority",
            default="",
            metavar="CODE",
            help="whose records they are, where the file does not say",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument(
            "--yes", action="store_true", help="go on even where more would change or vanish than expected"
        )
        parser.add_argument(
            "--problems", type=Path, metavar="FILE", help="write every problem to this CSV file"
        )

    def handle(self, *args, **options):
        """Run the pipeline with a progress bar; tell everything, then the counts."""
        entry, path = ACCEPTED[options["format"]], options["path"]
        if not path.exists():
            raise CommandError(f"There is no file or folder {path}. Check the path.")
        self._check_authority(options["authority"])
        try:
            with tqdm(unit=" rows", disable=not sys.stderr.isatty(), leave=False) as bar:
                _batch, preview = run(
                    entry.room,
                    entry.format,
                    path,
                    authority=options["authority"],
                    dry_run=options["dry_run"],
                    confirmed=options["yes"],
                    progress=lambda rows, _size: bar.update(rows),
                    on_preview=lambda preview: self._tell(preview, options),
                )
        except Stopped as stopped:
            self.stdout.write(stopped.preview.summary)
            raise CommandError(
                f"Stopped; nothing was imported. {stopped} If that is right, run it again with --yes."
            ) from None
        except OSError as error:
            raise CommandError(f"Nothing was imported: {error}") from None
        if options["dry_run"]:
            self.stdout.write("Nothing was imported: this was a dry run.")
        self.stdout.write(preview.summary)

    def _check_authority(self, code: str) -> None:
        if code and not Authority.objects.filter(code=code).exists():
            known = (
                ", ".join(Authority.objects.order_by("code").values_list("code", flat=True)[:20])
                or "none yet"
            )
            raise CommandError(
                f"No authority has the code {code} (known: {known}). "
                "Add it with manage.py add_authority or in the back office."
            )

    def _tell(self, preview: Preview, options) -> None:
        for kind, count in preview.kinds.items():
            if count:
                self.stdout.write(f"  {count:>9,} with {KINDS[kind]}")
        for kind, examples in preview.examples.items():
            if examples:
                self.stdout.write(f"  {KINDS.get(kind, kind)}, for example: {'; '.join(examples[:3])}")
        for note in preview.notes():
            self.stdout.write(note)
        if options["problems"]:
            self._write(preview, options["problems"])
        for problem in preview.problems[:SHOWN_PROBLEMS]:
            self.stderr.write(
                f"{problem.file}, {problem.where}: {problem.field} {problem.value!r}: {problem.message}"
            )
        if len(preview.problems) > SHOWN_PROBLEMS:
            more = len(preview.problems) - SHOWN_PROBLEMS
            self.stderr.write(f"and {more} more problems; --problems FILE writes them all.")

    def _write(self, preview: Preview, path: Path) -> None:
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "where", "field", "value", "what to do"))
            writer.writerows(preview.problems)
