"""How fast a country enters the register, beside a plain COPY of the same rows into a bare table."""

import pickle
import resource
import tempfile
from statistics import median

from django.db import connection, transaction

from records.authorities.models import Authority
from records.bench import scratch
from records.bench.files import Source
from records.bench.results import Result, seconds
from records.intake import pipeline, reading
from records.intake.models import Batch
from records.ratings.intake.matching import COPY
from records.ratings.intake.staging import COLUMNS


def measure(source: Source, runs: int) -> list[Result]:
    """Reading, the first import, the same file again, and the memory of it all."""
    context = source.room.context(source.format, source.authority, only=False)
    with tempfile.TemporaryFile() as spool:
        rows, taken = _read(source, context, spool)
        copies = [_plain_copy(spool) for _ in range(runs)]
        firsts, settled, again = [], [], []
        for _ in range(runs):
            _empty(source)
            firsts.append(seconds(lambda: _database_part(source, spool)))
            settled.append(seconds(lambda: source.room.settle(Batch(new=rows))))
            again.append(seconds(lambda: _database_part(source, spool)))
        copies += [_plain_copy(spool) for _ in range(runs)]
    plain = rows / median(copies)
    return [
        Result("rows read and checked, all cores", f"{rows / taken:,.0f} rows/s", f"COPY {plain:,.0f} rows/s",
               f"{rows / taken / plain:.0%}"),
        Result("first import, database part", f"{rows / median(firsts):,.0f} rows/s",
               f"COPY {plain:,.0f} rows/s", f"{rows / median(firsts) / plain:.1%} (wanted: 10 %)"),
        Result("the same file again, database part", f"{rows / median(again):,.0f} rows/s",
               f"COPY {plain:,.0f} rows/s", f"{rows / median(again) / plain:.0%} (wanted: 50 %)"),
        Result("vocabulary of the search, after the first import", f"{median(settled):.1f} s"),
        Result("memory of the importing process, and of its largest worker",
               f"{_peak(resource.RUSAGE_SELF)} MB, {_peak(resource.RUSAGE_CHILDREN)} MB", "300 MB in all"),
    ]  # fmt: skip


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


def _read(source: Source, context, spool) -> tuple[int, float]:
    """Read the file once into the spool; how many rows, how many seconds."""
    counts = []

    def work():
        for block in reading.read(source.format, source.path, source.room.stage, context):
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


def _plain_copy(spool) -> float:
    """Seconds to COPY every staged row into a table without key, index, constraint or trigger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE yardstick (" + ", ".join(f"{name} {kind}" for name, kind in COLUMNS) + ")"
        )

        def work():
            with cursor.copy(COPY.replace("COPY stage", "COPY yardstick")) as copy:
                for block in _blocks(spool):
                    copy.write(block.data)

        taken = seconds(work)
        cursor.execute("DROP TABLE yardstick")
    return taken


def _empty(source: Source) -> None:
    with connection.cursor() as cursor:
        scratch.emptied(cursor)
    if source.authority:
        Authority.objects.create(
            code=source.authority, slug=source.authority, name="Bench", domains=["food-safety"]
        )


def _database_part(source: Source, spool) -> None:
    """What `pipeline.run` does once the rows are read, constraints checked, committed."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            pipeline.prepare(cursor)
        staged = pipeline.stage(source.room, source.format, _blocks(spool))
        preview = pipeline.preview_of(source.room, source.format, staged)
        batch = preview.describe(Batch(format=source.key, file_name=source.path.name, sha256="", size=0))
        pipeline.commit(source.room, batch, preview, source.format)
