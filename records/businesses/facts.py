"""What the register says of an establishment: the same columns in its row and in what the row said before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.businesses import kinds


class AddressVisibility(models.TextChoices):
    """How much of an address the public sees; a private home shows no address and no map."""

    SHOWN = "shown", _("address shown")
    AREA = "area", _("area only")
    WITHHELD = "withheld", _("address withheld")


class GeocodeQuality(models.TextChoices):
    """Where the coordinates come from and whether they can be relied on."""

    SOURCE = "source", _("given by the source")
    CLERK = "clerk", _("set by the authority")
    SUSPECT = "suspect", _("given by the source, not plausible")
    NONE = "none", _("none")


class EstablishmentFacts(models.Model):
    """The columns that describe an establishment: the live row has them, and so has every earlier version."""

    name = models.CharField(_("name"), max_length=300)
    name_published = models.CharField(_("name as published"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=kinds.choices, default="other")
    kind_published = models.CharField(_("kind as published"), max_length=200, blank=True)
    address = models.TextField(
        _("address"), blank=True, help_text=_("One line for each part; without the postcode.")
    )
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    address_visibility = models.CharField(
        _("address"),
        max_length=10,
        choices=AddressVisibility.choices,
        default=AddressVisibility.SHOWN,
        help_text=_("Choose “address withheld” where the establishment is a private home."),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    geocode_quality = models.CharField(
        _("quality of the coordinates"),
        max_length=10,
        choices=GeocodeQuality.choices,
        default=GeocodeQuality.NONE,
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        abstract = True
