"""Files handed to the back office: kept privately, previewed, confirmed by another person, or discarded.

A file is stored under its SHA-256, readable by the server's user alone, and never served. A preview changes
nothing; confirming reads the file again in the one transaction that brings it in,
and only if its content and what
it would do are still what the person saw.
"""

import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from records.intake import pipeline
from records.intake.models import Batch, BatchState
from records.intake.preview import Preview
from records.intake.rows import Problem

logger = logging.getLogger(__name__)

LARGEST = 50 * 1024 * 1024
"""Bytes; larger files belong to `manage.py import_file`, which no browser waits for."""

COUNTS = ("new", "changed", "unchanged", "vanished", "refused")


class Changed(Exception):
    """What the file would do is no longer what was shown. Nothing has happened."""


def suffix_of(format, name: str) -> str:
    """The ending by which the format knows its files. Raises ValidationError naming those it reads."""
    for suffix in sorted(format.suffixes, key=len, reverse=True):
        if name.lower().endswith(suffix):
            return suffix
    raise ValidationError(
        _("%(format)s reads files that end in %(suffixes)s. Choose such a file, or another format.")
        % {"format": format.label, "suffixes": ", ".join(format.suffixes)}
    )


def store(upload, suffix: str) -> tuple[str, str, int]:
    """Keep an upload: its name under MEDIA_ROOT, SHA-256 and size. ValidationError when too large."""

    def bounded():
        size = 0
        for chunk in upload.chunks():
            size += len(chunk)
            if size > LARGEST:
                raise ValidationError(
                    _("The file is larger than %(most)d MB. Use manage.py import_file for it.")
                    % {"most": LARGEST // 1024**2}
                )
            yield chunk

    return _keep(bounded(), suffix)


def store_file(path: Path, suffix: str) -> tuple[str, str, int]:
    """Keep a file of any size that lies on the server, as an upload is kept."""
    with path.open("rb") as file:
        return _keep(iter(lambda: file.read(1 << 20), b""), suffix)


def _keep(chunks, suffix: str) -> tuple[str, str, int]:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, partial = tempfile.mkstemp(dir=folder, prefix="partial-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        name = f"{digest.hexdigest()}{suffix}"
        os.replace(partial, folder / name)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    return name, digest.hexdigest(), size


def path_of(batch: Batch) -> Path:
    """Where the file of a batch lies, checked to be the one that was handed in. Raises ValidationError."""
    path = Path(settings.MEDIA_ROOT) / Path(batch.upload).name
    if not batch.upload or not path.is_file():
        raise ValidationError(
            _("The file is no longer on the server. Discard this import and upload the file again.")
        )
    digest, _size = pipeline.provenance(path)
    if digest != batch.sha256:
        raise ValidationError(
            _(
                "The file on the server is not the one that was uploaded (its SHA-256 "
                "differs). Discard this import."
            )
        )
    return path


def _problems_path(batch: Batch) -> Path:
    return Path(settings.MEDIA_ROOT) / f"{batch.pk}.problems.json"


def _named(problem: Problem, batch: Batch) -> Problem:
    """The problem with the name that the person knows the file by."""
    return problem._replace(file=problem.file.replace(Path(batch.upload).name, batch.file_name))


def preview(batch: Batch, accepted) -> Preview:
    """Find out what the waiting batch would do now, and write that on it. Raises ValidationError."""
    path = path_of(batch)
    _unsaved, found = pipeline.run(
        accepted.room, accepted.format, path, authority=batch.authority_code, only=bool(batch.authority_code),
        dry_run=True, batch=batch,
    )  # fmt: skip
    batch.details |= {"existing": found.existing, "surprises": found.surprises(), "scopes": found.scopes}
    batch.details["previewed_at"] = timezone.now().isoformat(timespec="seconds")
    batch.state, batch.committed_at = BatchState.PREVIEWED, None
    batch.save()
    problems = [_named(problem, batch) for problem in found.problems[: pipeline.KEPT_PROBLEMS]]
    descriptor = os.open(_problems_path(batch), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(problems, out, ensure_ascii=False)
    return found


def problems(batch: Batch) -> list[Problem]:
    """What was refused and why: of an imported batch as kept, of a waiting one as last previewed."""
    if batch.state == BatchState.COMMITTED:
        kept = batch.problems.values_list("file", "where", "field", "value", "message")
        return [_named(Problem(*row), batch) for row in kept]
    try:
        return [Problem(*row) for row in json.loads(_problems_path(batch).read_text(encoding="utf-8"))]
    except (OSError, ValueError):
        return []


def confirm(batch: Batch, accepted, by, *, agreed: bool = False) -> Batch:
    """Bring a waiting batch into the register, if it does exactly what was shown.

    `agreed`: the person has agreed to more changes than expected. Raises ValidationError with what to do,
    Stopped when more would happen than expected, Changed when something else would happen than shown;
    after each of them nothing has happened and the batch still waits.
    """
    batch = Batch.objects.get(pk=batch.pk)
    if batch.state != BatchState.PREVIEWED:
        raise ValidationError(
            _("This import is %(state)s by now. Load the page again.") % {"state": batch.get_state_display()}
        )
    if batch.uploaded_by_id == by.pk:
        raise ValidationError(_("You uploaded this file; another person confirms it."))
    path, shown = path_of(batch), [getattr(batch, name) for name in COUNTS]

    def compare(found: Preview) -> None:
        if [getattr(found, name) for name in COUNTS] != shown:
            raise Changed

    batch.confirmed_by = by
    try:
        committed, _found = pipeline.run(
            accepted.room, accepted.format, path, authority=batch.authority_code,
            only=bool(batch.authority_code),
            confirmed=agreed, batch=batch, on_preview=compare,
        )  # fmt: skip
    except DatabaseError as error:
        committed = _after(error, batch, by)
    _problems_path(batch).unlink(missing_ok=True)
    return committed


def _after(error: DatabaseError, batch: Batch, by) -> Batch:
    """What an error of the database means by what stands there now: raised again unless the rows are in."""
    held = Batch.objects.get(pk=batch.pk)
    if held.state == BatchState.COMMITTED and held.confirmed_by_id == by.pk:
        logger.error("Import %s is in the register, but what follows it failed", batch.pk, exc_info=error)
        return held
    if held.state == BatchState.PREVIEWED:
        raise error
    raise ValidationError(
        _("Another person has just dealt with this import. Load the page again.")
    ) from error


def discard(batch: Batch) -> None:
    """Put a waiting batch aside and delete its file, unless another batch has the same one."""
    if batch.state != BatchState.PREVIEWED:
        raise ValidationError(_("Only an import that waits is discarded."))
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    _problems_path(batch).unlink(missing_ok=True)
    others = Batch.objects.filter(upload=batch.upload).exclude(state=BatchState.DISCARDED)
    if batch.upload and not others.exists():
        (Path(settings.MEDIA_ROOT) / Path(batch.upload).name).unlink(missing_ok=True)
