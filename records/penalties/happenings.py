"""What happens to a decision after it was made: events of the fine, withdrawal, steps of two people."""

from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.intake.models import Batch
from records.penalties import ledger
from records.publication import states
from records.publication.constraints import no_personal_number
from records.publication.documents import Document
from records.publication.querysets import DisclosedQuerySet


class PenaltyEventQuerySet(DisclosedQuerySet):
    """Which events."""

    def confirmed(self):
        """Those that a second person, or the approval of an import, has confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self):
        """Those that wait for a second person."""
        return self.filter(confirmed_at__isnull=True)


class PenaltyEvent(models.Model):
    """Something that happened to the fine in the world, with its own date, amount and document.

    Entered by one person, confirmed by another; then it counts, is shown, and never changes.
    """

    penalty = models.ForeignKey("records.Penalty", models.CASCADE, related_name="events")
    kind = models.CharField(_("what happened"), max_length=30, choices=ledger.choices)
    on = models.DateField(_("date"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=3, null=True, blank=True)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[RegexValidator(r"^[A-Z]{3}$")]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("document"),
    )  # fmt: skip
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_index=False,
        verbose_name=_("entered by"),
    )  # fmt: skip
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, db_index=False,
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, related_name="+", editable=False, db_index=False,
        verbose_name=_("import"),
    )  # fmt: skip
    recorded_at = models.DateTimeField(_("recorded"), db_default=TransactionNow(), editable=False)

    objects = PenaltyEventQuerySet.as_manager()

    class Meta:
        ordering = ("penalty", "id")
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True)
                | models.Q(amount__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="penaltyevent_amount_has_a_currency",
                violation_error_message=_("An amount has a currency, such as GBP, and is not negative."),
            ),
            no_personal_number("penaltyevent", "note"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, batch__isnull=False)
                | models.Q(confirmed_at__isnull=False, entered_by__isnull=False, confirmed_by__isnull=False)
                & ~models.Q(entered_by=models.F("confirmed_by")),
                name="penaltyevent_confirmed_by_another_person",
                violation_error_message=_(
                    "An event is confirmed by a person other than the one who entered it."
                ),
            ),
        )
        # What the desk looks for among very many: events to confirm, and decisions that were set aside.
        indexes = (
            models.Index(
                "recorded_at", name="penaltyevent_waiting", condition=models.Q(confirmed_at__isnull=True)
            ),
            models.Index("penalty", name="penaltyevent_annulled", condition=models.Q(kind="annulled")),
        )

    def __str__(self):
        return f"{self.get_kind_display()}, {self.on or '?'}"


class Withdrawal(models.Model):
    """Why a decision was withdrawn, on which document, and by when it had to be.

    `caused_on` is the day on which the reason arose (the decision was annulled, the mistake was found);
    `due_on`, set by the database, three working days of the authority later (行政处罚法 48(2) and 85).
    """

    penalty = models.OneToOneField("records.Penalty", models.PROTECT, related_name="withdrawal")
    reason_kind = models.CharField(_("kind of reason"), max_length=30, choices=states.reasons)
    reason = models.TextField(_("reason, as shown"))
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", db_index=False, verbose_name=_("document")
    )
    caused_on = models.DateField(_("reason known since"))
    due_on = models.DateField(_("to be withdrawn by"), editable=False)
    name_on_notice = models.BooleanField(_("the respondent asks to be named on the notice"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        indexes = (
            models.Index(models.F("withdrawn_at").desc(), models.F("id").desc(), name="withdrawal_newest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(reason_kind__in=states.WITHDRAWAL_REASONS) & ~models.Q(reason=""),
                name="withdrawal_has_a_reason",
            ),
            no_personal_number("withdrawal", "reason"),
        )

    def __str__(self):
        return f"{self.get_reason_kind_display()}, {self.withdrawn_at:%Y-%m-%d}"


class Proposal(models.Model):
    """A step that two people take together: one proposes it, another confirms or declines.

    `verb` is resume, seal or extend (a later end of display, which also needs a document); `hide_at` belongs
    to the last.
    """

    penalty = models.ForeignKey("records.Penalty", models.PROTECT, related_name="proposals")
    verb = models.CharField(max_length=20)
    reason = models.TextField(_("why"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("document"),
    )  # fmt: skip
    hide_at = models.DateTimeField(_("public until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(pgettext_lazy("when", "proposed"), db_default=TransactionNow())
    confirmed = models.BooleanField(_("confirmed"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(confirmed__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                & ~models.Q(decided_by=models.F("by")),
                name="proposal_decided_by_another_person",
                violation_error_message=_(
                    "A proposal is decided by a person other than the one who made it."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(verb__in=["resume", "seal"])
                | models.Q(verb="extend", document__isnull=False, hide_at__isnull=False),
                name="proposal_to_extend_has_a_document",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="proposal_has_a_reason"),
            models.UniqueConstraint(
                "penalty", "verb", condition=models.Q(confirmed__isnull=True), name="proposal_one_open"
            ),
        )

    def __str__(self):
        return f"{self.verb}: {self.penalty}"

    @property
    def last_day(self):
        """The last day of the display that it asks for; None where it asks for none."""
        return self.hide_at and self.penalty.day_before(self.hide_at)


class LedgerRule(models.Model):
    """What a kind of event does to the sums, copied from `ledger.EVENTS` for the database to fold by."""

    kind = models.CharField(max_length=30, unique=True)
    sets = models.BooleanField()
    pays = models.BooleanField()
    ends = models.BooleanField()
    corrects = models.BooleanField()
    appeal = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, blank=True)

    def __str__(self):
        return self.kind
