"""The parts of a decision that are rows of their own: sanctions, provisions, types of violation.

Each row belongs to one version of its decision. Those of the current version and of earlier ones never
change; those of a coming version are a draft, until its correction is handed in. The database holds both.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.laws.models import Law, Provision, ViolationType
from records.penalties import kinds
from records.publication.constraints import no_personal_number
from records.publication.querysets import DisclosedQuerySet


class PartQuerySet(DisclosedQuerySet):
    """Which rows of the parts."""

    def current(self):
        """Those of the version that stands."""
        return self.filter(version=models.F("penalty__version"))


class Part(models.Model):
    """A row of one version of a decision, at its place in the decision."""

    version = models.SmallIntegerField(default=1, editable=False)
    position = models.SmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True


class PenaltySanction(Part):
    """One sanction: its kind, and the amount, duration or licence that go with it."""

    penalty = models.ForeignKey("records.Penalty", models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("kind"), max_length=40, choices=kinds.choices)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=3, null=True, blank=True)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[RegexValidator(r"^[A-Z]{3}$")]
    )
    amount_text = models.CharField(_("amount as printed"), max_length=300, blank=True)
    duration = models.CharField(
        _("duration"), max_length=20, blank=True,
        validators=[RegexValidator(r"^P(?=\d)(\d+Y)?(\d+M)?(\d+D)?$", _("Write P6M, P1Y or P10D."))],
    )  # fmt: skip
    licence = models.CharField(_("licence affected"), max_length=300, blank=True)
    text = models.TextField(_("in the words of the decision"), blank=True)

    class Meta:
        ordering = ("penalty", "version", "position", "id")
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | models.Q(amount__isnull=True, currency__regex=r"^[A-Z]{3}$")
                | models.Q(amount__isnull=False, amount__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="penaltysanction_amount_has_a_currency",
                violation_error_message=_("An amount has a currency, such as GBP, and is not negative."),
            ),
            models.CheckConstraint(condition=~models.Q(kind=""), name="penaltysanction_has_a_kind"),
        )

    def __str__(self):
        return self.get_kind_display()


class PenaltyCitation(Part):
    """A provision that was violated, or that the sanction rests on; `text` is how the decision prints it."""

    class Role(models.TextChoices):
        """What the decision cites it for."""

        VIOLATED = "violated", _("violated")
        APPLIED = "applied", _("applied")

    penalty = models.ForeignKey("records.Penalty", models.CASCADE, related_name="citations")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    law = models.ForeignKey(Law, models.PROTECT, related_name="citations", verbose_name=_("law"))
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="citations",
        verbose_name=_("provision"),
    )  # fmt: skip
    text = models.CharField(_("as printed"), max_length=300, blank=True)

    class Meta:
        ordering = ("penalty", "version", "role", "position", "id")
        verbose_name = _("provision cited")
        verbose_name_plural = _("provisions cited")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=["violated", "applied"]), name="penaltycitation_role_known"
            ),
            no_personal_number("penaltycitation", "text"),
        )

    def __str__(self):
        return str(self.provision or self.law)


class PenaltyViolation(Part):
    """A type of violation of the catalogue that the decision finds."""

    # Without an index of its own: `penaltyviolation_once` begins with it.
    penalty = models.ForeignKey(
        "records.Penalty", models.CASCADE, related_name="violations", db_index=False
    )  # fmt: skip
    violation = models.ForeignKey(
        ViolationType, models.PROTECT, related_name="found", verbose_name=_("type of violation")
    )

    class Meta:
        ordering = ("penalty", "version", "position", "id")
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        constraints = (
            models.UniqueConstraint("penalty", "version", "violation", name="penaltyviolation_once"),
        )

    def __str__(self):
        return str(self.violation)


PARTS = (PenaltySanction, PenaltyCitation, PenaltyViolation)
