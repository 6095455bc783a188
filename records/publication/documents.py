"""Source documents: a file kept privately with its SHA-256, or an address elsewhere."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.publication.constraints import no_personal_number
from records.publication.querysets import DisclosedQuerySet

LARGEST = 20 * 1024 * 1024
"""Bytes of one document."""

# What the first bytes of a file must be for it to be taken as what its name says.
KINDS = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".tif": ("image/tiff", (b"II*\x00", b"MM\x00*")),
    ".odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    ".txt": ("text/plain", ()),
}


class Document(models.Model):
    """A document that a record or a step rests on. It never changes; another one is another row."""

    title = models.CharField(gettext_lazy("title"), max_length=300)
    file_name = models.CharField(gettext_lazy("name of the file"), max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.BigIntegerField(gettext_lazy("size in bytes"), null=True, blank=True)
    url = models.URLField(gettext_lazy("address"), max_length=600, blank=True)
    recorded_at = models.DateTimeField(gettext_lazy("recorded"), db_default=TransactionNow(), editable=False)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = gettext_lazy("document")
        verbose_name_plural = gettext_lazy("documents")
        constraints = (
            no_personal_number("document", "title"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$", size__isnull=False)
                | models.Q(sha256="", size__isnull=True) & ~models.Q(url=""),
                name="document_is_a_file_or_an_address",
            ),
        )

    def __str__(self):
        return self.title or self.file_name or self.url

    @property
    def path(self) -> Path | None:
        """Where its file lies, or None; files lie under their SHA-256, the same one once."""
        return folder() / f"{self.sha256}{Path(self.file_name).suffix.lower()}" if self.sha256 else None


def folder() -> Path:
    """The private folder of the documents, made where it is missing."""
    found = Path(settings.MEDIA_ROOT) / "documents"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def store(upload, title: str = "") -> Document:
    """Keep an uploaded file and make its row. Raises ValidationError with what to do."""
    suffix = Path(upload.name).suffix.lower()
    if suffix not in KINDS:
        raise ValidationError(
            _("Documents end in %(suffixes)s. Save it as one of these, best as PDF.")
            % {"suffixes": ", ".join(KINDS)}
        )
    if upload.size > LARGEST:
        raise ValidationError(_("The document is larger than %(most)d MB.") % {"most": LARGEST // 1024**2})
    media_type, begins = KINDS[suffix]
    digest, descriptor = hashlib.sha256(), None
    descriptor, partial = tempfile.mkstemp(dir=folder(), prefix="partial-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as out:
            for number, chunk in enumerate(upload.chunks()):
                if not number and begins and not chunk.startswith(begins):
                    raise ValidationError(
                        _("The content is not what “%(suffix)s” says. Export the document again.")
                        % {"suffix": suffix}
                    )
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        document = Document(
            title=title or Path(upload.name).stem[:300], file_name=Path(upload.name).name[-200:],
            media_type=media_type, sha256=digest.hexdigest(), size=upload.size,
        )  # fmt: skip
        os.replace(partial, document.path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    document.save()
    return document
