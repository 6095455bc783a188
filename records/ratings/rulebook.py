"""The rating schemes as the database knows them: rows for foreign keys to point at.

The rules themselves are files (`schemes/`); `registry` brings these rows in step with them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.publication.querysets import DisclosedQuerySet


class Scheme(models.Model):
    """A rating scheme: one key, one domain, one version at a time."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    domain = models.CharField(_("domain"), max_length=40)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        verbose_name = _("rating scheme")
        verbose_name_plural = _("rating schemes")
        # The pair is what composite foreign keys point at: a rating's domain is its scheme's, and no other.
        constraints = (models.UniqueConstraint("id", "domain", name="scheme_has_one_domain"),)

    def __str__(self):
        return self.key


class SchemeVersion(models.Model):
    """One dated version of a scheme, as its file said when it was taken in; unchangeable once used."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions", db_index=False)
    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("in force until"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "effective_from")
        verbose_name = _("version of a scheme")
        verbose_name_plural = _("versions of schemes")
        constraints = (
            models.UniqueConstraint("scheme", "effective_from", name="schemeversion_once"),
            models.UniqueConstraint("id", "scheme", name="schemeversion_of_scheme"),
        )

    def __str__(self):
        return f"{self.scheme.key}, {self.effective_from}"


class SchemeValue(models.Model):
    """A grade that a scheme version knows; a rating's value is one of them, by foreign key."""

    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="values", db_index=False)
    key = models.CharField(max_length=40)
    position = models.SmallIntegerField()

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("version", "position")
        constraints = (models.UniqueConstraint("version", "key", name="schemevalue_once"),)

    def __str__(self):
        return self.key


class SchemeStatus(models.Model):
    """A standing without a grade that a scheme version knows, such as awaiting inspection."""

    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="statuses", db_index=False)
    key = models.CharField(max_length=40)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("version", "key")
        constraints = (models.UniqueConstraint("version", "key", name="schemestatus_once"),)

    def __str__(self):
        return self.key
