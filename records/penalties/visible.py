"""What the public reads about decisions that are no longer shown: rows of the disclosed views alone."""

from django.db import models
from django.urls import reverse

from records.authorities.models import Authority
from records.publication import states
from records.publication.querysets import DisclosedQuerySet


class PenaltyNotice(models.Model):
    """What is said in place of a decision that is no longer shown; exists in the disclosed views alone.

    `state` is withdrawn, suspended or gone (expired, ended early, sealed). Of what is gone the notice holds
    the reference and nothing else; the name only where the respondent asked for it.
    """

    reference = models.CharField(max_length=12)
    state = models.CharField(max_length=20)
    authority = models.ForeignKey(Authority, models.DO_NOTHING, null=True, related_name="+")
    decision_number = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True)
    respondent = models.CharField(max_length=300, blank=True)
    reason_kind = models.CharField(max_length=30, choices=states.reasons, blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(null=True)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "records_penaltynotice"

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        """The page that says so, in place of the decision."""
        return reverse("penalties:detail", args=[self.reference])


class PenaltyChange(models.Model):
    """One line of the public list of corrections and withdrawals; exists in the disclosed views alone.

    `kind` is corrected, withdrawn, hidden, shown_again or gone; a decision that is gone is named by its
    reference alone. `number` tells apart what happened at once: a clock ends thousands.
    """

    id = models.CharField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=12)
    authority = models.ForeignKey(Authority, models.DO_NOTHING, null=True, related_name="+")
    decision_number = models.CharField(max_length=120, blank=True)
    version = models.SmallIntegerField(null=True)
    reason_kind = models.CharField(max_length=30, choices=states.reasons, blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    number = models.BigIntegerField()

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "records_penaltychange"
        ordering = ("-at", "-number", "-id")

    def __str__(self):
        return f"{self.kind} {self.reference}"
