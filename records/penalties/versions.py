"""What a decision said before a correction, and what it will say after one that is being prepared."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.intake.models import Batch
from records.penalties.content import PenaltyContent, person
from records.penalties.correcting import CorrectionVerbs
from records.penalties.models import Penalty
from records.publication import states
from records.publication.querysets import DisclosedQuerySet


class PenaltyVersion(PenaltyContent):
    """What a decision said before a correction; written by the database, never by code."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="versions")
    version = models.SmallIntegerField(_("version"))
    since = models.DateTimeField(_("shown from"), null=True)
    replaced_at = models.DateTimeField(_("replaced"), db_default=TransactionNow())
    reason = models.TextField(_("what was wrong"))
    entered_by = person()
    checked_by = person()
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("penalty", "-version")
        verbose_name = _("earlier version of a decision")
        verbose_name_plural = _("earlier versions of decisions")
        indexes = (
            models.Index(models.F("replaced_at").desc(), models.F("id").desc(), name="penaltyversion_newest"),
        )
        constraints = (models.UniqueConstraint("penalty", "version", name="penaltyversion_once"),)

    def __str__(self):
        return f"{self.decision_number}, {self.version}"


class Correction(CorrectionVerbs, PenaltyContent):
    """A version of a published decision that is being prepared: entered by one person, applied by another."""

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="corrections")
    version = models.SmallIntegerField(_("version"), editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=states.correction_states,
        default=states.CorrectionState.DRAFT.value, editable=False,
    )  # fmt: skip
    reason = models.TextField(_("what was wrong"), blank=True)
    entered_by = person()
    checked_by = person()
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded"), db_default=TransactionNow(), editable=False)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = (
            models.UniqueConstraint(
                "penalty", condition=models.Q(state__in=["draft", "in_review"]), name="correction_one_open",
                violation_error_message=_("A correction of this decision is already being prepared."),
            ),
            models.CheckConstraint(
                condition=models.Q(entered_by__isnull=False)
                & (models.Q(checked_by__isnull=True) | ~models.Q(entered_by=models.F("checked_by"))),
                name="correction_checked_by_another_person",
                violation_error_message=_("A correction is checked by a person other than who entered it."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "dropped"]) | ~models.Q(reason=""),
                name="correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="applied") | models.Q(checked_by__isnull=False),
                name="correction_applied_by_two_people",
            ),
        )  # fmt: skip

    def __str__(self):
        return f"{self.penalty}, {self.version}"
