"""Inspections with their scores and findings, and the ratings that follow from them."""

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from records.businesses.models import Establishment
from records.intake.models import Batch
from records.publication import states
from records.publication.constraints import no_personal_number
from records.publication.querysets import DisclosedQuerySet
from records.ratings.rulebook import Scheme, SchemeVersion
from records.ratings.verbs import InspectionVerbs


class InspectionQuerySet(DisclosedQuerySet):
    """Which inspections."""

    def published(self):
        """Those that are or were shown as they stand."""
        return self.filter(state=states.InspectionState.PUBLISHED)

    def due(self, now):
        """Approved, and the embargo is over."""
        return self.filter(state=states.InspectionState.APPROVED, publish_at__lte=now)


class Inspection(InspectionVerbs, models.Model):
    """One visit: when, under which scheme, the scores, and the grade that the scheme makes of them."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="inspections", verbose_name=_("establishment")
    )
    version = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="inspections", verbose_name=_("scheme"), db_index=False
    )
    source_id = models.CharField(_("number at the source"), max_length=100, blank=True)
    fingerprint = models.UUIDField(null=True, editable=False)
    kind = models.CharField(_("kind of inspection"), max_length=100, blank=True)
    inspected_on = models.DateField(_("inspected on"))
    scores = models.JSONField(_("scores"), null=True, blank=True)
    grade = models.GeneratedField(
        expression=models.Func(models.F("version_id"), models.F("scores"), function="disclosed.grade"),
        output_field=models.CharField(max_length=40),
        db_persist=True,
    )
    value_published = models.CharField(_("grade as published by the source"), max_length=40, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=states.inspection_states,
        default=states.InspectionState.DRAFT.value,
    )
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        editable=False,
        db_index=False,
    )
    publish_at = models.DateTimeField(_("public from"), null=True, blank=True)
    hide_at = models.DateTimeField(_("public until"), null=True, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("checked by"),
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("import"),
        db_index=False,
    )
    recorded_at = models.DateTimeField(_("recorded"), db_default=TransactionNow(), editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ("-inspected_on", "-id")
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        permissions = (("check_inspection", "Can check and publish inspections"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(entered_by__isnull=True)
                | models.Q(checked_by__isnull=True)
                | ~models.Q(entered_by=models.F("checked_by")),
                name="inspection_checked_by_another_person",
                violation_error_message=_(
                    "An inspection is checked by a person other than the one who entered it."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "in_review"])
                | models.Q(publish_at__isnull=False)
                | models.Q(state="withdrawn"),
                name="inspection_public_has_a_time",
            ),
            no_personal_number("inspection", "kind", "outcome"),
            no_personal_number("inspection_published", "source_id", "value_published"),
            # Entered by hand: nothing goes further than review without a second person.
            models.CheckConstraint(
                condition=models.Q(batch__isnull=False)
                | models.Q(state__in=["draft", "in_review"])
                | models.Q(entered_by__isnull=False, checked_by__isnull=False),
                name="inspection_needs_two_people_or_a_batch",
            ),
        )
        indexes = (
            models.Index(
                "state",
                "publish_at",
                name="inspection_waiting",
                condition=models.Q(state__in=["draft", "in_review", "approved"]),
            ),
        )

    def __str__(self):
        return f"{self.establishment}, {self.inspected_on}"


class Finding(models.Model):
    """Something the inspector found: code and text as published, whether critical, and points if any."""

    class Criticality(models.TextChoices):
        """How the source classes the finding; empty where it does not."""

        CRITICAL = "critical", _("critical")
        NOT_CRITICAL = "not_critical", _("not critical")

    inspection = models.ForeignKey(
        Inspection, models.CASCADE, related_name="findings", verbose_name=_("inspection")
    )
    position = models.SmallIntegerField(_("position"), default=0)
    code = models.CharField(_("code"), max_length=60, blank=True)
    text = models.TextField(_("what was found"))
    criticality = models.CharField(_("criticality"), max_length=20, blank=True, choices=Criticality.choices)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=1, null=True, blank=True)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("inspection", "position", "id")
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = (no_personal_number("finding", "code", "text"),)

    def __str__(self):
        return f"{self.code} {self.text}"[:80].strip()


class RatingQuerySet(DisclosedQuerySet):
    """Which ratings."""

    def current(self):
        """The one that stands for an establishment and scheme today."""
        return self.filter(state=states.RatingState.PUBLISHED)

    def graded(self):
        """Those with a grade, not only a status."""
        return self.filter(value__isnull=False)


class Rating(models.Model):
    """The standing of an establishment under one scheme: a grade, or a status and no grade."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="ratings", db_index=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="ratings", db_index=False)
    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="ratings", db_index=False)
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, related_name="ratings", db_constraint=False, db_index=False
    )
    value = models.CharField(_("grade"), max_length=40, null=True)  # noqa: DJ001 - a foreign key needs NULL
    status = models.CharField(_("status"), max_length=40, null=True)  # noqa: DJ001 - a foreign key needs NULL
    computed = models.CharField(_("grade computed from the scores"), max_length=40, blank=True, default="")
    by_source = models.BooleanField(_("as published by the source, other than computed"), default=False)
    rated_on = models.DateField(_("date of the rating"), null=True)
    pending = models.BooleanField(_("a new rating is on its way"), default=False)
    state = models.CharField(
        _("state"), max_length=20, choices=states.rating_states, default=states.RatingState.PUBLISHED.value
    )
    publish_at = models.DateTimeField(_("public from"), db_default=TransactionNow())
    hide_at = models.DateTimeField(_("public until"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(_("recorded"), db_default=TransactionNow())

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ("-recorded_at", "-id")
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = (
            models.UniqueConstraint(
                "establishment",
                "scheme",
                condition=models.Q(state="published"),
                name="rating_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, status__isnull=True)
                | models.Q(value__isnull=True, status__isnull=False),
                name="rating_is_a_grade_or_a_status",
            ),
            # The computed grade is the inspection's own, by foreign key; another must say who published it.
            models.CheckConstraint(
                condition=models.Q(by_source=True)
                | models.Q(value__isnull=False, value=models.F("computed"))
                | models.Q(value__isnull=True, computed=""),
                name="rating_is_the_computed_one",
            ),
            models.CheckConstraint(
                condition=models.Q(inspection__isnull=False) | models.Q(computed=""),
                name="rating_computed_needs_inspection",
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", ended_at__isnull=True)
                | models.Q(~models.Q(state="published"), ended_at__isnull=False) & ~models.Q(end_reason=""),
                name="rating_ends_with_a_reason",
            ),
        )
        indexes = (
            models.Index("establishment", name="rating_of_establishment"),
            models.Index(
                "scheme",
                "value",
                "status",
                "establishment",
                name="rating_current",
                condition=models.Q(state="published"),
            ),
            models.Index(
                "rated_on", "establishment", name="rating_by_date", condition=models.Q(state="published")
            ),
            models.Index(
                Coalesce("value", "status"),
                "rated_on",
                "establishment",
                name="rating_of_grade_by_date",
                condition=models.Q(state="published", rated_on__isnull=False),
            ),
            models.Index(
                "establishment",
                name="rating_undated",
                condition=models.Q(state="published", rated_on__isnull=True),
            ),
            models.Index(
                "inspection", name="rating_of_inspection", condition=models.Q(inspection__isnull=False)
            ),
        )

    def __str__(self):
        return f"{self.establishment}: {self.value or self.status}"


class Reply(models.Model):
    """The business's own words about a rating, as its source published them."""

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="replies")
    text = models.TextField(_("reply"))
    text_published = models.TextField(_("reply as published"), blank=True)
    replaced_at = models.DateTimeField(_("replaced or removed"), null=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(_("recorded"), db_default=TransactionNow())

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("-recorded_at", "-id")
        verbose_name = _("reply of the business")
        verbose_name_plural = _("replies of businesses")
        constraints = (no_personal_number("reply", "text", "text_published"),)

    def __str__(self):
        return self.text[:60]
