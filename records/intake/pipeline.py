"""Read, check, preview, commit: one file into the register in one transaction, or nothing at all.

A room plugs in with an object that has the methods of `Room`; this module knows none of them.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from records.intake import reading
from records.intake.models import Batch, BatchScope, BatchState, ImportProblem
from records.intake.rows import Problem

KEPT_PROBLEMS = 10_000
"""So many problems of one file are stored; beyond that the file as a whole is wrong, and the count still says so."""


@dataclass
class Preview:
    """What an import would do: counts of establishments, what kinds of change, and a few examples of each."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    refused: int = 0
    existing: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    scopes: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The counts as one line."""
        return self.batch().summary

    def batch(self, **more) -> Batch:
        """An unsaved batch with these counts."""
        counts = {
            name: getattr(self, name) for name in ("new", "changed", "unchanged", "vanished", "refused")
        }
        return Batch(**counts, details={"kinds": self.kinds, "examples": self.examples}, **more)

    def surprises(self) -> list[str]:
        """Why the file should be looked at before it goes in; empty when it keeps within the expectations."""
        found = []
        for count, share, words in (
            (self.vanished, settings.PLACARD_MOST_VANISHED, _("would leave the register")),
            (self.changed, settings.PLACARD_MOST_CHANGED, _("would change")),
        ):
            if self.existing and count > share * self.existing:
                found.append(
                    _("%(count)d of %(all)d establishments (%(percent).1f %%) %(words)s; more than %(limit)g %% needs a confirmation.")
                    % {"count": count, "all": self.existing, "percent": 100 * count / self.existing,
                       "words": words, "limit": 100 * share}
                )  # fmt: skip
        return found


class Stopped(Exception):
    """The file would do more than expected, and nobody has confirmed it. Nothing has happened."""

    def __init__(self, preview: Preview, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.preview, self.reasons = preview, reasons


class Room(Protocol):
    """What a room's `intake.py` provides. All methods run inside the one transaction of the batch."""

    stage: reading.Stager

    def context(self, format, authority: str, only: bool) -> object:
        """What a worker process must know; picklable."""

    def open(self, cursor) -> str:
        """Make the staging table; the COPY statement that fills it."""

    def compare(self, cursor, format) -> Preview:
        """Compare the staged rows with the register."""

    def commit(self, cursor, batch: Batch) -> None:
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


def stage(
    room: Room, format, path: Path, context, progress: Callable[[int, int], None] | None = None
) -> list[Problem]:
    """Fill the staging table from the file; the problems met. `progress` is told rows and bytes of each block."""
    problems = []
    with connection.cursor() as cursor:
        statement = room.open(cursor)
        with cursor.copy(statement) as copy:
            for block in reading.read(format, path, room.stage, context):
                copy.write(block.data)
                problems.extend(block.problems)
                if progress:
                    progress(block.rows, len(block.data))
    return problems


def preview_of(room: Room, format, problems: list[Problem]) -> Preview:
    """What the staged rows would do."""
    with connection.cursor() as cursor:
        preview = room.compare(cursor, format)
    preview.problems = [*problems, *preview.problems]
    preview.refused = len(preview.problems)
    return preview


def run(
    room: Room, format, path: Path, *, authority: str = "", only: bool = False, dry_run: bool = False,
    confirmed: bool = False, batch: Batch | None = None, progress=None, on_preview=None,
) -> tuple[Batch, Preview]:  # fmt: skip
    """Import one file: all of it, or (dry run, stop, crash) nothing.

    `authority` is the code used where the file names none; with `only`, rows of any other are refused. `batch` is
    the waiting one of an upload; without it a new one is made. Raises Stopped when the file would change or remove
    more than expected and `confirmed` is false.
    """
    digest, size = provenance(path)
    context = room.context(format, authority, only)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # One import at a time: two at once would both find the same establishment new.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('placard.intake'))")
            cursor.execute("SET LOCAL work_mem = '128MB'; SET LOCAL maintenance_work_mem = '512MB'")
        preview = preview_of(room, format, stage(room, format, path, context, progress))
        if on_preview:
            on_preview(preview)
        batch = batch or Batch(format=format.key, file_name=path.name[:300], authority_code=authority)
        _describe(batch, preview, digest, size, format)
        if dry_run:
            transaction.set_rollback(True)
            return batch, preview
        if not confirmed and (reasons := preview.surprises()):
            raise Stopped(preview, reasons)
        _commit(room, batch, preview)
    room.settle(batch)
    return batch, preview


def _describe(batch: Batch, preview: Preview, digest: str, size: int, format) -> None:
    for name in ("new", "changed", "unchanged", "vanished", "refused"):
        setattr(batch, name, getattr(preview, name))
    batch.details = {"kinds": preview.kinds, "examples": preview.examples}
    batch.sha256, batch.size = digest, size
    batch.licence = batch.licence or format.licence
    batch.source = batch.source or str(format.label)


def _commit(room: Room, batch: Batch, preview: Preview) -> None:
    """Write the batch, its problems and scopes, and let the room bring the register in step."""
    if batch.pk is None:
        batch.save()
    with connection.cursor() as cursor:
        room.commit(cursor, batch)
    batch.state, batch.committed_at = BatchState.COMMITTED, timezone.now()
    batch.save()
    store_problems(batch, preview.problems)
    BatchScope.objects.bulk_create(
        BatchScope(batch=batch, authority_code=code, establishments=count)
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
