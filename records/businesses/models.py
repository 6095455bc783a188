"""Organisations and the establishments they run: who, where, and what they were called before."""

from django.contrib.postgres.functions import TransactionNow
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.authorities.models import Authority
from records.businesses.facts import EstablishmentFacts
from records.intake.models import Batch
from records.publication.constraints import no_personal_number
from records.publication.querysets import DisclosedQuerySet
from records.publication.references import NewReference
from records.search.point import PointField
from records.search.ranking import beginning


class BusinessQuerySet(DisclosedQuerySet):
    """Which organisations."""

    def searchable(self):
        """With `search`, the words of the name as establishments have them; an index holds them."""
        return self.alias(search=name_words())


def name_words() -> models.Func:
    """The search column of a name alone: an expression, because few ask for businesses by their name."""
    return models.Func(
        models.F("name"), models.Value(""), models.Value(""), function="disclosed.name_vector",
        output_field=SearchVectorField(),
    )  # fmt: skip


class Business(models.Model):
    """An organisation or sole trader that runs establishments or is named in decisions."""

    class Kind(models.TextChoices):
        """What the law takes it for; a sole trader's name is personal data."""

        ORGANISATION = "organisation", _("organisation")
        SOLE_TRADER = "sole_trader", _("sole trader")
        PUBLIC_BODY = "public_body", _("public body")

    reference = models.CharField(
        _("reference"), max_length=12, unique=True, db_default=NewReference(), editable=False
    )
    name = models.CharField(_("name"), max_length=300)
    name_published = models.CharField(_("name as published"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ORGANISATION)
    country = models.CharField(_("country"), max_length=10, blank=True)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("business")
        verbose_name_plural = _("businesses")
        constraints = (
            no_personal_number("business", "name"),
            no_personal_number("business_published", "name_published"),
        )
        indexes = (
            GinIndex(name_words(), name="business_search"),
            models.Index(beginning(), name="business_begins"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The public page; of a sole trader there is none."""
        return reverse("businesses:detail", args=[self.reference])


class BusinessIdentifier(models.Model):
    """A number of a business in one numbering system, normalised; unique within the system."""

    business = models.ForeignKey(Business, models.PROTECT, related_name="identifiers")
    scheme = models.CharField(_("numbering system"), max_length=40)
    value = models.CharField(_("number"), max_length=80)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "value")
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = (
            models.UniqueConstraint(
                "scheme",
                "value",
                name="businessidentifier_once",
                violation_error_message=_("Another business already has this number."),
            ),
        )

    def __str__(self):
        return f"{self.scheme} {self.value}"


class EstablishmentQuerySet(DisclosedQuerySet):
    """Which establishments."""

    def open(self):
        """Those without a closing date."""
        return self.filter(closed_on__isnull=True)

    def in_source(self):
        """Those that the last file of their source still held, and those that never came from a file."""
        return self.filter(left_source_at__isnull=True)


class Establishment(EstablishmentFacts):
    """A place that is inspected: the premises under one operator."""

    reference = models.CharField(_("reference"), max_length=12, db_default=NewReference(), editable=False)
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="establishments", verbose_name=_("authority"), db_index=False
    )
    business = models.ForeignKey(
        Business,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="establishments",
        verbose_name=_("run by"),
    )
    source = models.CharField(_("format of the source"), max_length=40, blank=True, editable=False)
    source_id = models.CharField(  # noqa: DJ001 - entered by hand there is none, and "" would be unique
        _("number at the source"), max_length=100, null=True, blank=True
    )
    local_id = models.CharField(_("number at the authority"), max_length=100, blank=True)
    fingerprint = models.UUIDField(null=True, editable=False)
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("import"),
        db_index=False,
    )
    left_source_at = models.DateTimeField(_("no longer in the source since"), null=True, editable=False)
    left_batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    publish_at = models.DateTimeField(_("public from"), null=True, editable=False)
    hide_at = models.DateTimeField(_("public until"), null=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded"), db_default=TransactionNow(), editable=False)
    search = models.GeneratedField(
        expression=models.Func(
            models.F("name"),
            models.F("address"),
            models.F("postcode"),
            models.F("address_visibility"),
            function="disclosed.establishment_vector",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    location = models.GeneratedField(
        expression=models.Func(
            models.F("latitude"),
            models.F("longitude"),
            models.F("address_visibility"),
            function="disclosed.establishment_location",
        ),
        output_field=PointField(),
        db_persist=True,
    )

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        constraints = (
            # Not unique=True: that adds an index for LIKE, and nobody asks for a part of a reference.
            models.UniqueConstraint("reference", name="establishment_reference"),
            models.UniqueConstraint(
                "authority",
                "source_id",
                name="establishment_once_per_source",
                violation_error_message=_("This authority already has an establishment with this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="establishment_coordinates",
                violation_error_message=_(
                    "Latitude lies between -90 and 90, longitude between -180 and 180; give both or none."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(opened_on__isnull=True)
                | models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on")),
                name="establishment_closes_after_opening",
                violation_error_message=_("The closing date lies before the opening date."),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="establishment_has_a_name"),
            no_personal_number("establishment", "name", "address", "postcode", "phone", "local_id"),
            no_personal_number("establishment_published", "name_published", "kind_published", "source_id"),
        )
        indexes = (
            GinIndex("search", name="establishment_search"),
            models.Index("name", "id", name="establishment_by_name"),
            models.Index(beginning(), name="establishment_begins"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The public page."""
        return reverse("establishments:detail", args=[self.reference])


class EstablishmentVersion(EstablishmentFacts):
    """What an establishment's row said before a change; written by the database, never by code."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="versions", verbose_name=_("establishment")
    )
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("import that brought it"),
    )
    replaced_at = models.DateTimeField(_("replaced"), db_default=TransactionNow())

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("-replaced_at", "-id")
        verbose_name = _("earlier version of an establishment")
        verbose_name_plural = _("earlier versions of establishments")

    def __str__(self):
        return f"{self.name}, until {self.replaced_at:%Y-%m-%d}"


class EstablishmentAlias(models.Model):
    """A reference that an establishment had before two rows were found to be one; it redirects for ever."""

    reference = models.CharField(_("old reference"), max_length=12, unique=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="aliases", verbose_name=_("establishment")
    )
    merged_at = models.DateTimeField(_("merged"), db_default=TransactionNow())
    reason = models.TextField(_("why"))

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("-merged_at",)
        verbose_name = _("old reference")
        verbose_name_plural = _("old references")

    def __str__(self):
        return self.reference
