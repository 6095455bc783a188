"""A load from its beginning to its end; each step is done once, whatever happened in between."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from records.bench.load import progress, taking_down, verify
from records.bench.load.filling import CARDS, ROWS, fill
from records.bench.load.plan import Plan
from records.bench.load.rulebook import CODE, RULES
from records.bench.load.tables import BIG
from records.bench.load.world import World, scheme
from records.intake.models import Batch, BatchState
from records.publication.rulebook import RuleVersion
from records.search.vocabulary import recount

CHUNK = 10
"""Blocks in a transaction."""

BATCHES = {1: ("ratings-csv", "establishments"), 2: ("penalties-csv", "penalties")}
"""The imports that the rows name: number, format, and what they brought."""


def load(plan: Plan, processes: int, say: Callable[[str], object], size: int = CHUNK) -> bool:
    """Fill the database; False where that was done before. Raises progress.Refused where it must not be."""
    with connection.cursor() as cursor:
        progress.refuse(cursor, plan)
        if progress.begun(cursor) and progress.finished(cursor):
            return False
        world = World(plan)
        if not progress.begun(cursor):
            with transaction.atomic():
                progress.begin(cursor, plan)
                world.rulebook.create(world.places)
                _create_batches(plan)
                taking_down.take_down(cursor)
        world.know(scheme(cursor), _rule(), *BATCHES)
    fill(world, processes, size, say, ROWS)
    with connection.cursor() as cursor:
        say("Keys and indexes:")
        taking_down.build(cursor, say)
        cursor.execute(f"ANALYZE {', '.join(BIG)}")
    fill(world, processes, size, say, CARDS)
    with connection.cursor() as cursor:
        say("Spots on the map, and the indexes of both:")
        cursor.execute("SELECT records_spot_fill()")
        taking_down.build(cursor, say, last=True)
        say("Statistics and the vocabulary of the search:")
        cursor.execute(f"{'' if connection.in_atomic_block else 'VACUUM '}ANALYZE {', '.join(BIG)}")
        recount(cursor)
        say(f"The database's own checks hold for a sample of {verify.verify(cursor, plan):,} decisions.")
        cursor.execute("SELECT setval('records_reference', %s)", [plan.references])
        progress.finish(cursor)
    return True


def _create_batches(plan: Plan) -> None:
    """The two imports that the rows name, and the two people who stand for them, who cannot sign in."""
    users = get_user_model().objects
    clerk, checker = (
        users.create(username=f"{CODE}{name}", password="!", is_active=False) for name in ("clerk", "checker")
    )
    for number, (kind, count) in BATCHES.items():
        Batch.objects.create(
            id=number, format=kind, file_name=f"{CODE}{kind}", sha256="", size=0, source="A made-up load",
            licence=CODE, state=BatchState.COMMITTED, new=plan.rows(count), uploaded_by=clerk,
            confirmed_by=checker, committed_at=timezone.now(),
        )  # fmt: skip


def _rule() -> int:
    return RuleVersion.objects.filter(rule_set__key=RULES).latest("effective_from").pk
