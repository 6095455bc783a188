"""Laws, their provisions with the text as in force, and the catalogue of violations that rest on them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.authorities import domains
from records.laws import kinds
from records.publication.querysets import DisclosedQuerySet


class Law(models.Model):
    """A legal text: an act, a regulation, a rule; or a memorandum, on which alone no sanction rests."""

    key = models.SlugField(
        _("key"), max_length=80, unique=True, help_text=_("Ours, stable, used in addresses and files.")
    )
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    rank = models.CharField(_("rank"), max_length=30, choices=kinds.choices)
    jurisdiction = models.CharField(
        _("country or part of it"), max_length=10, help_text=_("ISO 3166 code, for example GB, US-MA, CN.")
    )
    number = models.CharField(
        _("official number"), max_length=120, blank=True, help_text=_("For example 1990 c. 16.")
    )
    official_url = models.URLField(_("official text"), max_length=600, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    public_security = models.BooleanField(
        _("law on public-security offences"),
        default=False,
        help_text=_("Decisions under it are sealed by law and never shown (China, since 2026)."),
    )

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        constraints = (
            # The triple is what composite foreign keys point at: a decision's rank is that of its law.
            models.UniqueConstraint("id", "rank", "public_security", name="law_has_one_rank"),
            models.CheckConstraint(
                condition=models.Q(rank__in=[rank.slug for rank in kinds.RANKS]), name="law_rank_known"
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_from__isnull=True)
                | models.Q(in_force_until__isnull=True)
                | models.Q(in_force_until__gte=models.F("in_force_from")),
                name="law_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self):
        return self.short_title or self.title

    def get_absolute_url(self):
        """The public page."""
        return reverse("laws:detail", args=[self.key])


class Provision(models.Model):
    """An article, section or paragraph of a law; what it says is in its dated texts."""

    law = models.ForeignKey(Law, models.PROTECT, related_name="provisions", verbose_name=_("law"))
    key = models.CharField(_("key"), max_length=80, editable=False)
    article = models.CharField(
        _("article"), max_length=120, help_text=_("As it is cited, for example s. 17(1) or 第十四条.")
    )
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    official_url = models.URLField(_("official text"), max_length=600, blank=True)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("law", "key")
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = (
            models.UniqueConstraint(
                "law", "key", name="provision_once",
                violation_error_message=_("This law already has this article."),
            ),
            models.UniqueConstraint("id", "law", name="provision_of_law"),
            models.CheckConstraint(condition=~models.Q(key=""), name="provision_has_a_key"),
        )  # fmt: skip

    def __str__(self):
        return f"{self.law}, {self.article}"

    def get_absolute_url(self):
        """The public page: the text, and all penalties under it."""
        return reverse("laws:provision", args=[self.law.key, self.key])

    def clean(self):
        """The key follows from the article."""
        self.key = kinds.article_key(self.article)

    def text_on(self, day):
        """The text in force on a day, or None where it is not held."""
        held = [text for text in self.texts.all() if text.in_force(day)]
        return held[-1] if held else None


class ProvisionText(models.Model):
    """What a provision says between two days. The database refuses two texts for one day."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="texts")
    text = models.TextField(_("text"))
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("provision", models.F("in_force_from").asc(nulls_first=True))
        verbose_name = _("text of a provision")
        verbose_name_plural = _("texts of provisions")

    def __str__(self):
        return self.text[:80]

    def in_force(self, day) -> bool:
        """Whether it was the law on that day."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_until is None or day <= self.in_force_until
        )


class ViolationTypeQuerySet(DisclosedQuerySet):
    """Which types of violation."""

    def in_force(self, day):
        """Those that a decision of that day may name."""
        return self.filter(
            models.Q(in_force_from__isnull=True) | models.Q(in_force_from__lte=day),
            models.Q(in_force_until__isnull=True) | models.Q(in_force_until__gte=day),
        )


class ViolationType(models.Model):
    """An entry of a catalogue of violations: what may be recorded at all, under which provision."""

    class Seriousness(models.TextChoices):
        """How serious a violation of this type is as a rule; the decision may say otherwise."""

        MINOR = "minor", _("minor")
        ORDINARY = "ordinary", _("ordinary")
        SERIOUS = "serious", _("serious")

    catalogue = models.SlugField(
        _("catalogue"), max_length=60, help_text=_("Whose list it is, for example almond-food.")
    )
    code = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    domain = models.CharField(_("domain"), max_length=40, choices=domains.choices)
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="violation_types",
        verbose_name=_("provision"),
    )  # fmt: skip
    seriousness = models.CharField(
        _("seriousness"), max_length=20, choices=Seriousness.choices, default=Seriousness.ORDINARY
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)

    objects = ViolationTypeQuerySet.as_manager()

    class Meta:
        ordering = ("catalogue", "code")
        verbose_name = _("type of violation")
        verbose_name_plural = _("types of violation")
        constraints = (
            models.UniqueConstraint(
                "catalogue", "code", name="violationtype_once",
                violation_error_message=_("The catalogue already has this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(seriousness__in=["minor", "ordinary", "serious"]),
                name="violationtype_seriousness_known",
            ),
        )  # fmt: skip

    def __str__(self):
        return f"{self.code} {self.title}"
