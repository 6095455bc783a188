"""Where records came from: one batch per imported file, its coverage and its problems."""

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.publication.querysets import DisclosedQuerySet


class BatchState(models.TextChoices):
    """Where an import stands."""

    PREVIEWED = "previewed", _("waiting to be confirmed")
    COMMITTED = "committed", _("imported")
    STOPPED = "stopped", _("stopped")
    DISCARDED = "discarded", _("discarded")


class BatchQuerySet(DisclosedQuerySet):
    """Which batches."""

    def committed(self):
        """Those whose rows went into the register."""
        return self.filter(state=BatchState.COMMITTED)

    def waiting(self):
        """Those that somebody uploaded and nobody has confirmed yet."""
        return self.filter(state=BatchState.PREVIEWED)


class Batch(models.Model):
    """One imported file, or one folder or archive of files, with its counts."""

    format = models.CharField(_("format"), max_length=40)
    file_name = models.CharField(_("file"), max_length=300)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField(_("size in bytes"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    authority_code = models.CharField(
        _("authority"), max_length=60, blank=True, help_text=_("Empty: the file names its authorities.")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=BatchState.choices, default=BatchState.PREVIEWED
    )
    new = models.IntegerField(_("new"), default=0)
    changed = models.IntegerField(_("changed"), default=0)
    unchanged = models.IntegerField(_("unchanged"), default=0)
    vanished = models.IntegerField(_("vanished"), default=0)
    refused = models.IntegerField(_("refused"), default=0)
    details = models.JSONField(_("details"), default=dict)
    upload = models.CharField(max_length=100, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=TransactionNow())
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    committed_at = models.DateTimeField(_("imported"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        permissions = (("confirm_batch", "Can confirm an import"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(uploaded_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("uploaded_by")),
                name="batch_confirmed_by_another_person",
                violation_error_message=_(
                    "An import is confirmed by a person other than the one who uploaded it."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="committed") | models.Q(committed_at__isnull=False),
                name="batch_committed_has_time",
            ),
        )

    def __str__(self):
        return f"{self.file_name} ({self.format})"

    @property
    def brings_nothing(self) -> bool:
        """Whether no row of the file could be taken, so that there is nothing to confirm."""
        return not (self.new or self.changed or self.unchanged or self.vanished)

    @property
    def summary(self) -> str:
        """The counts as one line, the same in the command's output, the desk and the log."""
        return (
            f"{self.new} new, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.vanished} vanished, {self.refused} refused"
        )


class BatchScope(models.Model):
    """An authority that a batch covered: how many establishments, and the date of its data."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="scopes")
    authority_code = models.CharField(_("authority"), max_length=60)
    establishments = models.IntegerField(_("establishments"))
    extracted_on = models.DateField(_("date of the data"), null=True, blank=True)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("authority_code",)
        verbose_name = _("coverage of the import")
        verbose_name_plural = _("coverage of the import")
        constraints = (models.UniqueConstraint("batch", "authority_code", name="batchscope_once"),)
        indexes = (models.Index("authority_code", models.F("batch").desc(), name="batchscope_newest"),)

    def __str__(self):
        return f"{self.authority_code}: {self.establishments}"


class ImportProblem(models.Model):
    """A row that could not be read or taken: where it stands, what is wrong, what to do."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="problems")
    file = models.CharField(_("file"), max_length=300)
    where = models.CharField(_("where"), max_length=120)
    field = models.CharField(_("field"), max_length=80, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    message = models.TextField(_("what to do"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("problem in a file")
        verbose_name_plural = _("problems in files")

    def __str__(self):
        return f"{self.file}, {self.where}: {self.message}"
