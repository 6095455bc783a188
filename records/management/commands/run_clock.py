"""Publish what is due, end what is over. Run it every few minutes; twice, or twice at once, is the same."""

from django.core.management.base import BaseCommand, CommandError

from records.penalties import appeals, clock, months
from records.publication import edition
from records.ratings import changes, coverage, edges, figures, statistics
from records.ratings.clock import publish_due
from records.search import vocabulary

FIGURES = (
    figures.all_ages, edges.all_scores, changes.all_changes, coverage.visits, coverage.loads,
    appeals.outcomes, months.months,
)  # fmt: skip
"""What takes one walk through the register to count."""


class Command(BaseCommand):
    """The clock: the only one who acts without a person."""

    help = (
        "Publishes approved inspections and decisions whose day has come, and ends the display of decisions "
        "whose time is over. Safe to run again and twice at once."
    )

    def handle(self, *args, **options):
        """Say how many; exit with 1 when some could not be published."""
        expired = clock.expire_over()
        inspections, failed = publish_due()
        decisions, stopped = clock.publish_due()
        edition.compact()
        statistics.keep_tally()
        for figure in FIGURES:
            figure.keep()
        vocabulary.recount_daily()
        self.stdout.write(
            f"{inspections} inspections and {decisions} decisions published, {expired} decisions expired."
        )
        if failed or stopped:
            told = [*failed, *stopped]
            raise CommandError("\n".join([f"{len(told)} could not be published:", *told]))
