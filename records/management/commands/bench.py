"""Measure imports and searches on a scratch database and print each figure beside its yardstick."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from records.bench import crowd, exporting, importing, scratch, searching, serving
from records.bench.files import source
from records.bench.results import table
from records.publication.roles import create_configured_roles

SERVED = {
    "serving": lambda options: serving.measure(options["runs"]),
    "crowd": lambda options: crowd.measure(options["minutes"]),
}


class Command(BaseCommand):
    """Changes nothing in the register: it makes a database of its own and drops it."""

    # The checks connect to every alias, and on a new machine one of them needs the role that is made below.
    requires_system_checks = ()
    help = (
        "Measures imports and searches on a UK food hygiene archive or, without one, on made-up rows; "
        "and how made-up decisions are imported."
    )

    def add_arguments(self, parser):
        """Which file, what of it, and how often."""
        parser.add_argument("--file", default="", metavar="PATH", help="a file or tar of UK food hygiene XML")
        parser.add_argument("--runs", type=int, default=3, help="runs of which the median counts (3)")
        parser.add_argument(
            "--only", choices=("ratings", "decisions", *SERVED),
            help="measure only these; serving and crowd read the register as it is, over HTTP",
        )  # fmt: skip
        parser.add_argument("--minutes", type=float, default=2, help="how long the crowd stays (2)")

    def handle(self, *args, **options):
        """Run everything, print one table."""
        if options["file"] and not Path(options["file"]).exists():
            raise CommandError(f"There is no file {options['file']}. Check the path.")
        create_configured_roles()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise asks for it
        if options["only"] in SERVED:
            self.stdout.write(table(SERVED[options["only"]](options)))
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
