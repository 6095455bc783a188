"""Read, check, preview, commit: one file into the register in one transaction, or nothing at all.

A room plugs in with an object that has the methods of `Room`; this module knows none of them.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone

from records.intake import reading
from records.intake.models import Batch, BatchScope, BatchState, ImportProblem
from records.intake.preview import Preview, Stopped
from records.intake.reading import Block
from records.intake.rows import Problem
from records.intake.words import Nouns

KEPT_PROBLEMS = 10_000
"""So many problems of a file are stored; beyond that the whole file is wrong, and the count still says so."""


class Room(Protocol):
    """What a room's `intake` provides. All methods but the last run inside the batch's transaction.

    `nouns` is how it speaks of what a file brings; `two_people` says that nothing of it goes in unless one
    person uploaded the file and another confirmed it; `divisible` that a part may be staged in pieces.
    """

    nouns: Nouns
    two_people: bool
    divisible: bool
    stage: reading.Stager
    copy_keys: str
    copy_rows: str

    def context(self, format, authority: str, only: bool) -> object:
        """What a worker process must know; picklable."""

    def open(self, cursor) -> None:
        """Make the staging tables that `copy_keys` and `copy_rows` fill."""

    def match(self, cursor, format, incomplete: list[str]) -> str:
        """Compare the keys with the register; a query for the numbers of the needed rows, in order."""

    def compare(self, cursor, format) -> Preview:
        """Check the needed rows and say what they would do."""

    def commit(self, cursor, batch: Batch, format) -> None:
        """Bring the register to what the file says."""

    def settle(self, batch: Batch) -> None:
        """What may follow in a transaction of its own, such as the vocabulary of the search."""


def provenance(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file; of a folder, those of its files' names and contents in order."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    whole, size = hashlib.sha256(), 0
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        digest, length = provenance(file)
        whole.update(f"{file.relative_to(path)}\0{digest}\n".encode())
        size += length
    return whole.hexdigest(), size


def stage(room: Room, format, blocks: Iterable[Block], progress: Callable[[int, int], None] | None = None):
    """Bring what was read into the staging tables: a Preview with the problems met, and nothing else yet.

    Keys go to the database, rows to a file that nobody else can open; only the rows that turn out to be new
    or changed follow. `progress` hears rows and bytes.
    """
    problems, incomplete = [], []
    with connection.cursor() as cursor, TemporaryFile() as spool:
        room.open(cursor)
        with cursor.copy(room.copy_keys) as copy:
            for block in blocks:
                copy.write(block.keys)
                spool.write(block.data)
                problems.extend(block.problems)
                incomplete.extend(block.incomplete)
                if progress:
                    progress(block.rows, len(block.data))
        feed(cursor, room, spool, room.match(cursor, format, incomplete))
    return Preview(problems=problems, incomplete=bool(incomplete))


def feed(cursor, room: Room, spool, wanted: str) -> None:
    """Copy the wanted rows from the spool: its lines begin with the row's number, and numbers only grow."""
    cursor.execute(wanted)
    numbers = array("q", (number for (number,) in cursor))
    if not numbers:
        return
    spool.seek(0)
    index, last = 0, len(numbers) - 1
    with cursor.copy(room.copy_rows) as copy:
        lines = []
        for line in spool:
            number = int(line[: line.index(b"\t")])
            while numbers[index] < number and index < last:
                index += 1
            if numbers[index] == number:
                lines.append(line)
                if len(lines) == 1000:
                    copy.write(b"".join(lines))
                    lines.clear()
        copy.write(b"".join(lines))


def preview_of(room: Room, format, staged: Preview) -> Preview:
    """What the staged rows would do."""
    with connection.cursor() as cursor:
        preview = room.compare(cursor, format)
    preview.nouns = room.nouns
    preview.problems = [*staged.problems, *preview.problems]
    preview.refused, preview.incomplete = len(preview.problems), staged.incomplete
    return preview


def run(
    room: Room, format, path: Path, *, authority: str = "", only: bool = False, dry_run: bool = False,
    confirmed: bool = False, batch: Batch | None = None, progress=None, on_preview=None,
) -> tuple[Batch, Preview]:  # fmt: skip
    """Import one file: all of it, or (dry run, stop, crash) nothing.

    `authority` is the code used where the file names none; with `only`, rows of any other are refused.
    `batch` is the waiting one of an upload; without it a new one is made. Raises Stopped when the file would
    change or remove more than expected and `confirmed` is false.
    """
    digest, size = provenance(path)
    context = room.context(format, authority, only)
    with transaction.atomic():
        with connection.cursor() as cursor:
            prepare(cursor)
        blocks = reading.read(format, path, room.stage, context, divisible=room.divisible)
        preview = preview_of(room, format, stage(room, format, blocks, progress))
        if on_preview:
            on_preview(preview)
        batch = batch or Batch(format=format.key, file_name=path.name[:300], authority_code=authority)
        _describe(batch, preview, digest, size, format)
        if dry_run:
            transaction.set_rollback(True)
            return batch, preview
        if not confirmed and (reasons := preview.surprises()):
            raise Stopped(preview, reasons)
        commit(room, batch, preview, format)
    room.settle(batch)
    return batch, preview


def prepare(cursor) -> None:
    """One import at a time: two at once would both find the same establishment new. Room for large joins.

    Compiling a statement takes longer than any of them saves by it.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('placard.intake'))")
    cursor.execute("SET LOCAL work_mem = '128MB'; SET LOCAL maintenance_work_mem = '512MB'")
    cursor.execute("SET LOCAL jit = off")


def _describe(batch: Batch, preview: Preview, digest: str, size: int, format) -> None:
    preview.describe(batch)
    batch.sha256, batch.size = digest, size
    batch.licence = batch.licence or format.licence
    batch.source = batch.source or str(format.label)


def commit(room: Room, batch: Batch, preview: Preview, format) -> None:
    """Write the batch, its problems and scopes, and let the room bring the register in step."""
    # Before the rows: the database asks who stands for them.
    batch.save(update_fields=["confirmed_by"] if batch.pk else None)
    with connection.cursor() as cursor:
        room.commit(cursor, batch, format)
    batch.state, batch.committed_at = BatchState.COMMITTED, timezone.now()
    batch.save()
    store_problems(batch, preview.problems)
    BatchScope.objects.bulk_create(
        BatchScope(
            batch=batch, authority_code=code, establishments=count, extracted_on=preview.extracted.get(code)
        )
        for code, count in preview.scopes.items()
    )


def store_problems(batch: Batch, problems: list[Problem]) -> None:
    """Keep what was refused and why, so that nobody has to run the file again to see it."""
    ImportProblem.objects.bulk_create(
        [
            ImportProblem(
                batch=batch, file=p.file[:300], where=p.where[:120], field=p.field[:80],
                value=p.value[:200].replace("\0", ""), message=p.message,
            )
            for p in problems[:KEPT_PROBLEMS]
        ],
        batch_size=1000,
    )  # fmt: skip
