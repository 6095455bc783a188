"""The append-only trace of every change of state: who, when, from, to, why."""

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _


class AllowedTransition(models.Model):
    """A permitted step, copied from `states.TRANSITIONS` so that the database can refuse every other one."""

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint("kind", "source", "target", name="allowedtransition_once"),)

    def __str__(self):
        return f"{self.kind}: {self.source} to {self.target}"


class Transition(models.Model):
    """One step that was taken. Rows are added, never changed or removed; the database refuses both."""

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField(_("record"))
    source = models.CharField(_("from"), max_length=20)
    target = models.CharField(_("to"), max_length=20)
    at = models.DateTimeField(_("when"), db_default=TransactionNow())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("who"),
        related_name="+",
    )
    reason = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index("kind", "record_id", name="transition_record"),)
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")

    def __str__(self):
        return f"{self.kind} {self.record_id}: {self.source} to {self.target}"
