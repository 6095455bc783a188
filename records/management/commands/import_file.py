"""Import one file: read it, check it, say what it would do, and do all of it or nothing."""

import csv
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from records.authorities.models import Authority
from records.backoffice import access
from records.catalogue import ACCEPTED, Accepted
from records.intake import uploads, words
from records.intake.models import Batch
from records.intake.pipeline import run
from records.intake.preview import Preview, Stopped

SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    """The last line of the output is always the five counts."""

    help = (
        "Imports a file: all of it or, when it would do more than expected, nothing. Two people stand for a "
        "file of decisions: with --by alone it waits for another person's approval in the back office."
    )

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
        parser.add_argument("--by", default="", metavar="USER", help="who brings the file")
        parser.add_argument(
            "--approved-by", default="", metavar="USER2", help="another person, who approves it at once"
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
        by, approver = self._people(entry, options)
        try:
            if by and not approver and not options["dry_run"]:
                preview = self._hand_in(entry, path, by, options)
            else:
                preview = self._import(entry, path, by, approver, options)
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

    def _import(self, entry: Accepted, path: Path, by, approver, options) -> Preview:
        """All of it or nothing, now."""
        batch = Batch(
            format=entry.format.key, file_name=path.name[-300:], authority_code=options["authority"],
            uploaded_by=by, confirmed_by=approver,
        )  # fmt: skip
        with tqdm(unit=" rows", disable=not sys.stderr.isatty(), leave=False) as bar:
            _batch, preview = run(
                entry.room,
                entry.format,
                path,
                authority=options["authority"],
                only=bool(options["authority"]) and entry.room.two_people,
                dry_run=options["dry_run"],
                confirmed=options["yes"],
                batch=batch,
                progress=lambda rows, _size: bar.update(rows),
                on_preview=lambda preview: self._tell(preview, options),
            )
        return preview

    def _hand_in(self, entry: Accepted, path: Path, by, options) -> Preview:
        """Keep the file for another person to approve, and say what it would do."""
        if path.is_dir():
            raise CommandError("A folder cannot wait for approval. Pack it as one file, such as a tar.")
        try:
            name, digest, size = uploads.store_file(path, uploads.suffix_of(entry.format, path.name))
            batch = Batch.objects.create(
                format=entry.format.key, file_name=path.name[-300:], sha256=digest, size=size, upload=name,
                authority_code=options["authority"], uploaded_by=by,
            )  # fmt: skip
            preview = uploads.preview(batch, entry)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self._tell(preview, options)
        self.stdout.write(
            f"Nothing is in the register yet: import {batch.pk} waits in the back office, where another "
            "person approves it."
        )
        return preview

    # -- who

    def _people(self, entry: Accepted, options) -> tuple:
        """Who brings the file and who approves it; None where nobody is named and nobody has to be."""
        if options["approved_by"] and not options["by"]:
            raise CommandError("--approved-by needs --by: whoever approves a file has not brought it.")
        if entry.room.two_people and not options["by"] and not options["dry_run"]:
            raise CommandError(
                "Two people stand for an import of decisions. Name with --by USER who brings the file: it "
                "waits for another person in the back office, or --approved-by USER2 approves it at once."
            )
        by = self._person("--by", options["by"], "records.add_batch", options["authority"])
        approver = self._person(
            "--approved-by", options["approved_by"], "records.confirm_batch", options["authority"]
        )
        if by and by == approver:
            raise CommandError("--by and --approved-by name the same person; two have to look at it.")
        return by, approver

    def _person(self, option: str, name: str, permission: str, authority: str):
        if not name:
            return None
        user = get_user_model().objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"{option}: nobody who may sign in is called {name}.")
        reach = access.reach(user, permission)
        if not (reach.everywhere or (authority and reach.holds(authority))):
            where = f"for {authority}" if authority else "for a file that names its authorities itself"
            raise CommandError(
                f"{option}: {name} may not do this {where}. Give the person the role in the back office, or "
                "name the authority with --authority."
            )
        return user

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

    # -- what

    def _tell(self, preview: Preview, options) -> None:
        for kind, count in preview.kinds.items():
            if count:
                self.stdout.write(f"  {count:>9,} with {words.kind(kind, preview.nouns)}")
        for kind, examples in preview.examples.items():
            if examples:
                told = words.kind(kind, preview.nouns)
                self.stdout.write(f"  {told}, for example: {'; '.join(examples[:3])}")
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
