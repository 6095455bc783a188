"""How fast a file enters the register, beside a plain COPY of the same rows into a bare table."""

import pickle
import resource
import tempfile
from statistics import median

from django.db import connection, transaction

from records.bench import scratch
from records.bench.files import Source, made_up_decisions
from records.bench.results import Result, seconds
from records.intake import pipeline, reading
from records.intake.models import Batch


def measure(source: Source, runs: int) -> list[Result]:
    """Reading, the first import, the same file again, and the memory of it all."""
    things = source.things
    with tempfile.TemporaryFile() as spool:
        _empty(source)
        rows, taken = read(source, spool)
        copies = [plain_copy(source, spool) for _ in range(runs)]
        firsts, settled, again = [], [], []
        for _ in range(runs):
            _empty(source)
            firsts.append(seconds(lambda: _database_part(source, spool)))
            settled.append(seconds(lambda: source.room.settle(Batch(new=rows))))
            again.append(seconds(lambda: _database_part(source, spool)))
        copies += [plain_copy(source, spool) for _ in range(runs)]
    plain = rows / median(copies)
    return [
        _compared(f"{things} read and checked, all cores", rows / taken, plain, 0),
        _compared(f"first import of {things}, database part", rows / median(firsts), plain, 1),
        _compared(f"the same {things} again, database part", rows / median(again), plain, 0),
        Result("vocabulary of the search, after the first import", f"{median(settled):.1f} s"),
        Result("memory of the importing process, and of its largest worker",
               f"{_peak(resource.RUSAGE_SELF)} MB, {_peak(resource.RUSAGE_CHILDREN)} MB", "300 MB in all"),
    ]  # fmt: skip


def measure_decisions(runs: int) -> list[Result]:
    """The same for decisions, with all that the gates look at; and what a later file of them costs."""
    with made_up_decisions() as source:
        results = measure(source, runs)
        rows, taken = whole(source)
    with made_up_decisions(begin=500_000) as more:
        _rows, into_held = whole(more, empty=False)
    with made_up_decisions(changed=True) as changed:
        _rows, later = whole(changed, empty=False)
    return [
        *results,
        Result("decisions, the whole import into an empty register", f"{rows / taken:,.0f} decisions/s"),
        Result("as many more into a register that has them", f"{rows / into_held:,.0f} decisions/s"),
        Result("the first ones again, 12 % of them changed", f"{rows / later:,.0f} decisions/s"),
    ]


def _compared(what: str, rate: float, plain: float, places: int) -> Result:
    """A rate beside that of COPY."""
    return Result(what, f"{rate:,.0f}/s", f"COPY {plain:,.0f}/s", f"{rate / plain:.{places}%}")


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


def read(source: Source, spool) -> tuple[int, float]:
    """Read the file once into the spool; how many rows, how many seconds."""
    room, counts = source.room, []
    context = room.context(source.format, source.authority, only=False)

    def work():
        blocks = reading.read(source.format, source.path, room.stage, context, divisible=room.divisible)
        for block in blocks:
            counts.append(block.rows)
            pickle.dump(block, spool)

    taken = seconds(work)
    return sum(counts), taken


def _blocks(spool):
    spool.seek(0)
    while True:
        try:
            yield pickle.load(spool)
        except EOFError:
            return


def plain_copy(source: Source, spool) -> float:
    """Seconds to COPY every staged row into a table without key, index, constraint or trigger."""
    with connection.cursor() as cursor:
        with transaction.atomic():
            source.room.open(cursor)
            cursor.execute("CREATE TABLE yardstick AS TABLE stage WITH NO DATA")

        def work():
            with cursor.copy(source.room.copy_rows.replace("COPY stage", "COPY yardstick")) as copy:
                for block in _blocks(spool):
                    copy.write(block.data)

        taken = seconds(work)
        cursor.execute("DROP TABLE yardstick")
    return taken


def _empty(source: Source) -> None:
    with connection.cursor() as cursor:
        scratch.emptied(cursor)
    source.prepare()


def whole(source: Source, empty: bool = True) -> tuple[int, float]:
    """An import as it happens, from the file to the words of the search; rows that went in, and seconds."""
    if empty:
        _empty(source)
    found = []

    def work():
        found.append(
            pipeline.run(
                source.room, source.format, source.path, authority=source.authority, confirmed=True,
                batch=source.batch(),
            )[1]
        )  # fmt: skip

    taken = seconds(work)
    return sum(getattr(found[0], name) for name in ("new", "changed", "unchanged", "refused")), taken


def _database_part(source: Source, spool) -> None:
    """What `pipeline.run` does once the rows are read, constraints checked, committed."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            pipeline.prepare(cursor)
        staged = pipeline.stage(source.room, source.format, _blocks(spool))
        preview = pipeline.preview_of(source.room, source.format, staged)
        batch = preview.describe(source.batch())
        pipeline.commit(source.room, batch, preview, source.format)
