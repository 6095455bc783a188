"""What a decision says: the columns that the live record has, and so have its earlier and coming versions."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.authorities import domains
from records.businesses.models import Business, Establishment
from records.laws import kinds as ranks
from records.laws.models import Law
from records.penalties import kinds
from records.publication.documents import Document
from records.ratings.models import Inspection


def person(**options):
    """A foreign key to somebody who acted on a record; the desk writes it, no form shows it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        db_index=False, **options,
    )  # fmt: skip


class PenaltyContent(models.Model):
    """The words and facts of one decision, as far as they stand in its own row.

    Sanctions, provisions and types of violation are rows of their own, counted by version (`parts.py`).
    `basis_rank` and `public_security` repeat those of the law, held together by a composite foreign key, so
    that a constraint can speak of them.
    """

    decision_number = models.CharField(_("decision number"), max_length=120, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    respondent = models.CharField(
        _("respondent"), max_length=300, blank=True, help_text=_("As named in the decision.")
    )
    respondent_kind = models.CharField(
        _("kind of respondent"), max_length=20, choices=kinds.respondents, default="organisation"
    )
    premises = models.CharField(
        _("trading name and premises"),
        max_length=300,
        blank=True,
        help_text=_("Shown in place of the name where the respondent is a person."),
    )
    under_18 = models.BooleanField(
        _("under 18 on the day of the decision"),
        default=False,
        help_text=_("Such a decision is never shown."),
    )
    business = models.ForeignKey(
        Business, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("business"),
    )  # fmt: skip
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("establishment"),
    )  # fmt: skip
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("inspection that it followed from"),
    )  # fmt: skip
    domain = models.CharField(_("domain"), max_length=40, choices=domains.choices, blank=True)
    law = models.ForeignKey(
        Law, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("law that it rests on"),
    )  # fmt: skip
    basis_rank = models.CharField(max_length=30, choices=ranks.choices, blank=True, editable=False)
    public_security = models.BooleanField(default=False, editable=False)
    legal_basis = models.TextField(_("legal basis in the words of the decision"), blank=True)
    facts = models.TextField(_("facts"), blank=True, help_text=_("In the words of the decision."))
    sanction_kinds = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, editable=False, verbose_name=_("sanctions")
    )
    procedure = models.CharField(_("procedure"), max_length=20, choices=kinds.procedures, default="ordinary")
    seriousness = models.CharField(
        _("class"), max_length=60, blank=True,
        help_text=_("Decides for how long the decision is shown. Empty: that of the violations."),
    )  # fmt: skip
    served_on = models.DateField(_("served on"), null=True, blank=True)
    notice_served_on = models.DateField(
        _("told of the publication on"),
        null=True,
        blank=True,
        help_text=_("The day on which the respondent was told in writing that the decision will be shown."),
    )
    conduct_ended_on = models.DateField(_("conduct ended on"), null=True, blank=True)
    found_on = models.DateField(_("found on"), null=True, blank=True)
    restricted_until = models.DateField(
        _("restricted until"), null=True, blank=True,
        help_text=_("The last day of a restriction of activity or occupation."),
    )  # fmt: skip
    harm_removed = models.BooleanField(_("the respondent removed or reduced the harm unasked"), default=False)
    final_on = models.DateField(
        _("final on"), null=True, blank=True,
        help_text=_("The day from which no review or suit was possible, or the decision was upheld."),
    )  # fmt: skip
    remedy = models.TextField(_("how to contest it"), blank=True)
    remedy_until = models.DateField(_("contested until"), null=True, blank=True)
    necessity_note = models.TextField(_("why it must be shown although it is minor"), blank=True)
    person_rule = models.CharField(_("rule that lets the person be named"), max_length=300, blank=True)
    proportionality_note = models.TextField(_("why naming the person is proportionate"), blank=True)
    secrecy_checked_on = models.DateField(_("checked for secrets on"), null=True, blank=True)
    secrecy_checked_by = person(verbose_name=_("checked for secrets by"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("source document"),
    )  # fmt: skip
    language = models.CharField(_("language of the decision"), max_length=10, blank=True)
    overrule_reason = models.TextField(_("why what the guard found may be shown"), blank=True)
    overrule_of = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


CONTENT = tuple(field.name for field in PenaltyContent._meta.local_fields)
"""Names of the fields of a version, in order."""

PUBLIC_TEXTS = ("decision_number", "respondent", "premises", "legal_basis", "facts", "remedy")
"""The fields whose text the public reads, and the guard before it; those of the parts come beside them."""


def columns() -> tuple[str, ...]:
    """The database columns of a version, in order."""
    return tuple(field.attname for field in PenaltyContent._meta.local_fields)
