"""All of it in order: the register is filled, every part measures, the table is printed and written."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.db import connection, transaction

from records.bench.load import filling, progress, verify
from records.bench.load.plan import Plan
from records.bench.load.run import load
from records.bench.size import (
    beside,
    cleaning,
    counting,
    database,
    desk,
    ending,
    files,
    firsts,
    importing,
    maps,
    paging,
    places,
    publishing,
    relevance,
    report,
    sizes,
    suggestions,
)
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.phases import Phases, spoken
from records.bench.size.queries import COUNT
from records.bench.size.timing import BOUND
from records.penalties.index import BLOCK

PARTS = {
    "first": firsts.measure, "relevance": relevance.measure, "counts": counting.measure,
    "pages": paging.measure, "places": places.measure, "words": suggestions.measure,
    "desk": desk.measure, "map": maps.measure, "files": files.measure,
    "http": beside.measure, "publish": publishing.measure,
    "clock": ending.measure, "import": importing.measure,
}  # fmt: skip
"""What changes the register comes last."""


class Impossible(Exception):
    """It cannot be measured here; the message says why."""


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: how many decisions, which parts (all of them: none named), how thoroughly."""

    size: int
    parts: tuple[str, ...] = ()
    count: int = COUNT
    seconds: float = BOUND
    keep: bool = True
    write: Path | None = None


def run(wish: Wish, say: Callable[[str], object]) -> list[Line]:
    """Measure on the largest size that fits, and say all the while what is done."""
    if wish.write:
        report.check(wish.write)
    commit = report.commit()
    many, why = database.size_that_fits(wish.size)
    say(why)
    if not many:
        raise Impossible("Free some disk, or name a smaller size.")
    phases, name = Phases(say), database.name_of(many)
    begun = monotonic()
    with database.used(name, wish.keep):
        kept = "it is kept for the next run" if wish.keep else "it is dropped at the end"
        say(f"The database is {name}; {kept}.")
        ground = Ground(Plan(many, sizes.establishments(many)), phases, wish.count, wish.seconds)
        with phases.phase("The register is filled"):
            _fill(ground.plan, say)
        with phases.phase("All index cards are read once"):
            _read(ground.plan)
        found = _measure(ground, wish.parts or tuple(PARTS))
        taken = {name: spoken(seconds) for name, seconds in phases.taken.items() if name[0] != " "}
        taken["All of it"] = spoken(monotonic() - begun)
        told = report.about(ground.plan, commit, {"How long it took": ", ".join(
            f"{name.lower()} {long}" for name, long in taken.items())})  # fmt: skip
    say("\n" + report.table(found) + "\n\n" + "\n".join(told))
    if wish.write:
        report.write(wish.write, report.markdown(found, told))
        say(f"Written to {wish.write}.")
    return found


def _fill(plan: Plan, say) -> None:
    """Take the load up where it stopped; what an earlier run had to leave is taken back first."""
    with connection.cursor() as cursor:
        if progress.begun(cursor) and progress.finished(cursor):
            ending.put_back(cursor)
            cleaning.take_back(plan)
    try:
        load(plan, os.cpu_count() or 1, say)
    except (progress.Refused, filling.Interrupted, verify.Unsound) as problem:
        raise Impossible(str(problem)) from None


def _read(plan: Plan) -> None:
    """So that the first part finds them in memory, as on a site that is asked all day.

    By the text index: of a table that is read from one end to the other PostgreSQL keeps nothing.
    """
    blocks = " | ".join(f"'=n{block}'" for block in range(plan.penalties // BLOCK + 1))
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "SELECT count(authority_id) FROM records_indexcard WHERE words @@ %s::tsquery", [blocks]
        )


def _measure(ground: Ground, parts: tuple[str, ...]) -> list[Line]:
    """A part that fails costs its own lines and no others."""
    found = []
    for name in PARTS:
        if name not in parts:
            continue
        with ground.phases.phase(f"Measuring: {name}"):
            try:
                lines = PARTS[name](ground)
                ground.phases.say(report.table(lines))  # now, lest a later part take it along
                found += lines
            except Exception as problem:  # hours of measuring are behind it
                told = (str(problem).splitlines() or [type(problem).__name__])[0]
                ground.phases.say(f"  {name} could not be measured: {told}")
                found.append(Line(f"Not measured: {name}", told, "–"))
    return found
