"""Who decides: a tree of public bodies, each with its domains, time zone and contact."""

import zoneinfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.authorities import domains, roles
from records.publication.calendars import Calendar
from records.publication.querysets import DisclosedQuerySet


def validate_time_zone(name: str) -> None:
    """Refuse a name that the tz database does not know."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Use a name such as Europe/London."), params={"name": name}
        )


def saturday_and_sunday() -> list[int]:
    """The usual days of rest."""
    return [6, 7]


class AuthorityQuerySet(DisclosedQuerySet):
    """Which authorities."""

    def rating(self):
        """Those that have at least one establishment in the register."""
        return self.filter(establishments__isnull=False).distinct()


class Authority(models.Model):
    """A public body that inspects or decides."""

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Ours, stable, used by files and commands, for example fhrs-075."),
    )
    slug = models.SlugField(_("address on this site"), max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    domains = ArrayField(
        models.CharField(max_length=40, choices=domains.choices),
        verbose_name=_("domains"),
        default=list,
        blank=True,
    )
    country = models.CharField(
        _("country or part of it"),
        max_length=10,
        blank=True,
        help_text=_(
            "ISO 3166 code, for example GB-ENG, GB-WLS, US-NY, CN. Decides languages and appeal windows."
        ),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[validate_time_zone]
    )
    weekend = ArrayField(
        models.SmallIntegerField(),
        verbose_name=_("days of rest"),
        default=saturday_and_sunday,
        help_text=_("Numbers from 1, Monday, to 7, Sunday."),
    )
    holidays = ArrayField(
        models.DateField(),
        verbose_name=_("public holidays"),
        default=list,
        blank=True,
        help_text=_("Days on which the authority does not work; they count in its time limits."),
    )
    rule_sets = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("publication rules"),
        default=list,
        blank=True,
        help_text=_(
            "Keys of the rule sets under which its decisions are published; where several hold, the one "
            "that hides first decides. Empty: the portal's neutral rules."
        ),
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    address = models.TextField(_("address"), blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="authority_not_its_own_parent",
                violation_error_message=_("An authority cannot be a part of itself."),
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The public page of the authority."""
        return reverse("authorities:detail", args=[self.slug])

    @property
    def calendar(self) -> Calendar:
        """Its working days, in which time limits are counted."""
        return Calendar(frozenset(self.weekend), frozenset(self.holidays))

    def today(self):
        """The date where the authority is."""
        return timezone.now().astimezone(zoneinfo.ZoneInfo(self.time_zone)).date()


class AuthorityIdentifier(models.Model):
    """A number or code under which another register knows the authority."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("numbering system"), max_length=40)
    value = models.CharField(_("value"), max_length=80)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "value")
        verbose_name = _("identifier of the authority")
        verbose_name_plural = _("identifiers of the authority")
        constraints = (models.UniqueConstraint("scheme", "value", name="authorityidentifier_once"),)

    def __str__(self):
        return f"{self.scheme} {self.value}"


class Membership(models.Model):
    """A person's role at one authority. Nobody sees or changes another authority's records."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=roles.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (models.UniqueConstraint("user", "authority", "role", name="membership_once"),)

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.authority}"

    @property
    def permissions(self) -> tuple[str, ...]:
        """What the role allows at this authority, as names of Django permissions."""
        return roles.BY_SLUG[self.role].permissions
