"""The append-only trace of every change of state: who, when, from, to, why."""

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from records.publication.documents import Document
from records.publication.querysets import DisclosedQuerySet


class AllowedTransition(models.Model):
    """A permitted step, copied from `states.TRANSITIONS` so that the database can refuse every other one."""

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint("kind", "source", "target", name="allowedtransition_once"),)

    def __str__(self):
        return f"{self.kind}: {self.source} to {self.target}"


class TransitionQuerySet(models.QuerySet):
    """Which steps."""

    def to_draft(self, kind: str, record):
        """Those by which what had been submitted became a draft again, newest first."""
        steps = self.filter(kind=kind, record_id=record, source="in_review", target="draft")
        return steps.order_by("-at", "-pk")


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
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("who confirmed it"),
        related_name="+",
    )
    reason = models.TextField(_("why"), blank=True)
    reason_kind = models.CharField(_("kind of reason"), max_length=30, blank=True, default="", db_default="")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )

    objects = TransitionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index("kind", "record_id", name="transition_record"),
            # The newest of what the public is told: `disclosed.records_penaltychange` asks for just these.
            models.Index(
                models.F("at").desc(), models.F("id").desc(), name="transition_told",
                condition=models.Q(kind="penalty") & (
                    models.Q(target__in=["suspended", "expired", "repaired"])
                    | models.Q(source="suspended", target="published")
                ),
            ),
        )  # fmt: skip
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")

    def __str__(self):
        return f"{self.kind} {self.record_id}: {self.source} to {self.target}"

    @property
    def is_taken_back(self) -> bool:
        """Whether a clerk took back what they had submitted; who checks returns nothing without a reason."""
        return (self.source, self.target) == ("in_review", "draft") and not self.reason


def why_returned(kind: str) -> Coalesce:
    """The reason with which a draft last came back; '' of one that never did or that was taken back."""
    newest = Transition.objects.to_draft(kind, models.OuterRef("pk")).values("reason")[:1]
    return Coalesce(models.Subquery(newest), models.Value("", models.TextField()))


def returned(kind: str, record) -> Transition | None:
    """The step by which a record last came back with a reason, unless it was taken back since."""
    step = Transition.objects.to_draft(kind, record.pk).select_related("by").first()
    return step if step and not step.is_taken_back else None


class Dataset(models.Model):
    """A body of records that is published: what for, on which law, under which licence, for how long."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"))
    legal_basis = models.TextField(_("legal basis"))
    licence = models.CharField(_("licence"), max_length=200)
    source_licence = models.CharField(_("licence of the sources"), max_length=300)
    retention = models.TextField(_("how long it is kept"))

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(purpose="") & ~models.Q(legal_basis="") & ~models.Q(licence="")
                & ~models.Q(source_licence="") & ~models.Q(retention=""),
                name="dataset_says_what_it_is_for",
            ),
        )  # fmt: skip

    def __str__(self):
        return self.title
