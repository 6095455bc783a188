"""Measure imports and searches on a database of its own and print each figure beside its yardstick."""

from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from records.bench import crowd, exporting, importing, painting, scratch, searching, serving
from records.bench.chromium import NoBrowser
from records.bench.files import source
from records.bench.results import table
from records.bench.size import database, report, run, sizes
from records.bench.size.queries import COUNT
from records.bench.size.timing import BOUND
from records.publication.roles import create_configured_roles

SERVED = {
    "serving": lambda options: serving.measure(options["runs"]),
    "crowd": lambda options: crowd.measure(options["minutes"]),
    "pages": lambda options: painting.measure(options["runs"]),
}


def _size(text: str) -> int:
    """How many decisions: 10m, 100k or 2000000."""
    try:
        return sizes.parse(text)
    except ValueError as problem:
        raise ArgumentTypeError(str(problem)) from None


class Command(BaseCommand):
    """Changes nothing in the register: it makes a database of its own; that of a size is kept."""

    # The checks connect to every alias, and on a new machine one of them needs the role that is made below.
    requires_system_checks = ()
    help = (
        "Measures imports and searches on a UK food hygiene archive or, without one, on made-up rows; "
        "and how made-up decisions are imported. With --size: searches, files and changes on a made-up "
        "register of so many decisions."
    )

    def add_arguments(self, parser):
        """Which file, what of it, and how often."""
        parser.add_argument("--file", default="", metavar="PATH", help="a file or tar of UK food hygiene XML")
        parser.add_argument("--runs", type=int, default=3, help="runs of which the median counts (3)")
        parser.add_argument(
            "--only", choices=("ratings", "decisions", *SERVED),
            help="measure only these; serving, crowd and pages read the register as it is, over HTTP",
        )  # fmt: skip
        parser.add_argument("--minutes", type=float, default=2, help="how long the crowd stays (2)")
        size = parser.add_argument_group("at size", "on a made-up register of any size, which is kept")
        size.add_argument("--size", type=_size, metavar="SIZE", help="decisions: 100k, 10m or 2000000")
        size.add_argument(
            "--part",
            action="append",
            choices=tuple(run.PARTS),
            default=[],
            help="measure only this; may be given again",
        )
        size.add_argument("--queries", type=int, default=COUNT, help=f"queries of a class ({COUNT})")
        size.add_argument(
            "--seconds", type=float, default=BOUND, help=f"the most that a class may take ({BOUND:.0f})"
        )
        size.add_argument("--drop", action="store_true", help="drop the database at the end")
        size.add_argument(
            "--write", type=Path, metavar="PATH", help="write the table into this Markdown file"
        )

    def handle(self, *args, **options):
        """Run everything, print one table."""
        if options["file"] and not Path(options["file"]).exists():
            raise CommandError(f"There is no file {options['file']}. Check the path.")
        create_configured_roles()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise asks for it
        if options["only"] in SERVED:
            try:
                self.stdout.write(table(SERVED[options["only"]](options)))
            except NoBrowser as problem:
                raise CommandError(str(problem)) from None
            return
        if options["size"]:
            self._at_size(options)
            return
        results = []
        with scratch.database():
            if options["only"] != "decisions":
                with source(options["file"]) as file:
                    self.stdout.write(f"Measuring {file.path.name}, {options['runs']} runs.")
                    results += [*importing.measure(file, options["runs"]), *searching.measure()]
            if options["only"] != "ratings":
                self.stdout.write(f"Measuring made-up decisions, {options['runs']} runs.")
                results += importing.measure_decisions(options["runs"])
                results += exporting.measure(options["runs"])
        self.stdout.write(table(results))

    def _at_size(self, options) -> None:
        wish = run.Wish(
            options["size"], tuple(options["part"]), max(1, options["queries"]), options["seconds"],
            not options["drop"], options["write"],
        )  # fmt: skip
        try:
            run.run(wish, self._say)
        except (run.Impossible, database.NotMade, report.NoPlace) as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What is loaded stays; start again to go on.") from None

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
