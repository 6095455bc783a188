"""A decision by which an authority penalised somebody: the record that the public sees, as it stands."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.authorities.models import Authority
from records.intake.models import Batch
from records.penalties import ledger
from records.penalties.content import PenaltyContent, person
from records.penalties.verbs import PenaltyVerbs
from records.publication import states
from records.publication.querysets import DisclosedQuerySet
from records.publication.references import NewReference
from records.publication.rulebook import RuleVersion

HIDDEN = ("draft", "in_review", "refused", "withdrawn", "expired", "repaired", "sealed")


class PenaltyQuerySet(DisclosedQuerySet):
    """Which decisions."""

    def due(self, now):
        """Approved, and their day has come."""
        return self.filter(state=states.PenaltyState.APPROVED, publish_at__lte=now)

    def over(self, now):
        """Shown, or hidden for the time being, although their time is over."""
        shown = [states.PenaltyState.PUBLISHED, states.PenaltyState.SUSPENDED]
        return self.filter(state__in=shown, hide_at__lte=now)

    def waiting(self):
        """Handed in and not yet checked."""
        return self.filter(state=states.PenaltyState.IN_REVIEW)


class Penalty(PenaltyVerbs, PenaltyContent):
    """One decision of one authority against one respondent, with all its sanctions.

    The row is the current version: it keeps its key and its reference; what it said before is in
    `PenaltyVersion`. `imposed`, `owed`, `currency`, `fine_state`, `appeal` and `due_on` are folded out of the
    events by the database and written by nobody else.
    """

    reference = models.CharField(_("reference"), max_length=12, db_default=NewReference(), editable=False)
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="penalties", verbose_name=_("authority")
    )
    number_key = models.GeneratedField(
        expression=models.Func(models.F("decision_number"), function="disclosed.decision_key"),
        output_field=models.CharField(max_length=120),
        db_persist=True,
    )
    source_id = models.CharField(_("number at the source"), max_length=120, blank=True, editable=False)
    fingerprint = models.UUIDField(null=True, editable=False)
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("import")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=states.penalty_states,
        default=states.PenaltyState.DRAFT.value, editable=False,
    )  # fmt: skip
    version = models.SmallIntegerField(_("version"), default=1, editable=False)
    version_at = models.DateTimeField(_("version of"), db_default=TransactionNow(), editable=False)
    entered_by = person(verbose_name=_("entered by"))
    checked_by = person(verbose_name=_("checked by"))
    published_by = person(verbose_name=_("published by"))
    adjudicated_by = person(verbose_name=_("adjudicated by"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    rule_version = models.ForeignKey(
        RuleVersion, models.PROTECT, null=True, editable=False, related_name="+", db_index=False,
        verbose_name=_("rule"),
    )  # fmt: skip
    anchor_on = models.DateField(_("time counts from"), null=True, editable=False)
    repair_from = models.DateField(_("display may end early from"), null=True, editable=False)
    publish_at = models.DateTimeField(_("public from"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    hide_at = models.DateTimeField(_("public until"), null=True, editable=False)
    review_on = models.DateField(_("looked at again on"), null=True, editable=False)
    refused_gate = models.CharField(_("refused by"), max_length=40, blank=True, editable=False)
    imposed = models.DecimalField(_("imposed"), max_digits=20, decimal_places=3, null=True, editable=False)
    owed = models.DecimalField(_("now owed"), max_digits=20, decimal_places=3, null=True, editable=False)
    currency = models.CharField(_("currency"), max_length=3, blank=True, editable=False)
    fine_state = models.CharField(
        _("state of the fine"), max_length=20, choices=ledger.fine_states, blank=True, editable=False
    )
    appeal = models.CharField(_("appeal"), max_length=20, blank=True, editable=False)
    due_on = models.DateField(_("due"), null=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded"), db_default=TransactionNow(), editable=False)
    objects = PenaltyQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_on", "-id")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        permissions = (
            ("check_penalty", "Can check decisions"),
            ("publish_penalty", "Can publish decisions"),
            ("adjudicate_penalty", "Can decide on objections to decisions"),
            ("hide_penalty", "Can hide decisions"),
            ("protect_penalty", "Can hide and seal decisions for the protection of persons"),
        )
        constraints = (
            models.UniqueConstraint("reference", name="penalty_reference"),
            models.UniqueConstraint(
                "authority", "number_key",
                condition=~models.Q(number_key="")
                & ~models.Q(state__in=["withdrawn", "refused", "sealed"]),
                name="penalty_number_once",
                violation_error_message=_("This authority already has a decision with this number."),
            ),
            # I12: beyond a draft, a decision says what the law asks for.
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "sealed"])
                | ~models.Q(decision_number="") & ~models.Q(respondent="") & ~models.Q(domain="")
                & ~models.Q(facts="") & ~models.Q(legal_basis="")
                & models.Q(decided_on__isnull=False, law__isnull=False, document__isnull=False),
                name="penalty_says_what_it_rests_on",
                violation_error_message=_(
                    "A decision needs its number, date, respondent, facts, legal basis and source document."
                ),
            ),
            # I13: a memorandum alone is no basis.
            models.CheckConstraint(
                condition=models.Q(law__isnull=True)
                | ~models.Q(basis_rank="") & ~models.Q(basis_rank="memorandum")
                | models.Q(state="draft"),
                name="penalty_rests_on_a_law",
                violation_error_message=_("A memorandum is not a law; name the law behind the sanction."),
            ),
            models.CheckConstraint(
                condition=models.Q(entered_by__isnull=True)
                | (models.Q(checked_by__isnull=True) | ~models.Q(entered_by=models.F("checked_by")))
                & (models.Q(published_by__isnull=True) | ~models.Q(entered_by=models.F("published_by")))
                & (models.Q(adjudicated_by__isnull=True) | ~models.Q(entered_by=models.F("adjudicated_by"))),
                name="penalty_maker_does_nothing_else",
                violation_error_message=_("Whoever entered a decision neither checks nor publishes it."),
            ),
            models.CheckConstraint(
                condition=models.Q(adjudicated_by__isnull=True)
                | models.Q(checked_by__isnull=True)
                | ~models.Q(adjudicated_by=models.F("checked_by")),
                name="penalty_adjudicator_is_not_the_checker",
                violation_error_message=_("Whoever checked a decision does not decide on objections to it."),
            ),
            # By hand: nothing leaves review without two people.
            models.CheckConstraint(
                condition=models.Q(batch__isnull=False)
                | models.Q(state__in=["draft", "in_review", "sealed"])
                | models.Q(entered_by__isnull=False, checked_by__isnull=False),
                name="penalty_needs_two_people_or_a_batch",
            ),
            # I21: public means that it is fixed under which rule, since when and until when.
            models.CheckConstraint(
                condition=models.Q(state__in=HIDDEN)
                | models.Q(
                    rule_version__isnull=False, anchor_on__isnull=False, publish_at__isnull=False,
                    hide_at__isnull=False, publish_at__lt=models.F("hide_at"),
                ) & ~models.Q(seriousness=""),
                name="penalty_public_under_a_rule",
            ),
            # I26: never, whatever the rule set says.
            models.CheckConstraint(
                condition=models.Q(state__in=HIDDEN)
                | models.Q(under_18=False, public_security=False)
                & ~models.Q(sanction_kinds__contains=["detention"]),
                name="penalty_never_public",
                violation_error_message=_("A law seals decisions of this kind; they are never shown."),
            ),
            # I27: a person is named only under a written rule, with a note on proportion.
            models.CheckConstraint(
                condition=models.Q(state__in=HIDDEN)
                | ~models.Q(respondent_kind="natural_person")
                | ~models.Q(person_rule="") & ~models.Q(proportionality_note=""),
                name="penalty_person_needs_a_rule",
                violation_error_message=_("A natural person is shown only under a written rule."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=HIDDEN)
                | ~models.Q(respondent_kind="sole_trader")
                | ~models.Q(person_rule="") & ~models.Q(proportionality_note="")
                | models.Q(person_rule="") & ~models.Q(premises=""),
                name="penalty_sole_trader_shows_premises",
                violation_error_message=_("Give the trading name and premises that stand for the name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sealed")
                | models.Q(
                    respondent="", premises="", facts="", legal_basis="", remedy="", necessity_note="",
                    proportionality_note="", overrule_reason="", business__isnull=True,
                    establishment__isnull=True,
                ),
                name="penalty_sealed_says_nothing",
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="penalty_version_from_one"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["draft", "in_review", "approved", "refused", "withdrawn", "sealed"]
                )
                | models.Q(published_at__isnull=False),
                name="penalty_shown_since",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "in_review", "refused", "withdrawn", "sealed"])
                | models.Q(approved_at__isnull=False),
                name="penalty_approved_since",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(
                models.F("decided_on").desc(), models.F("id").desc(), name="penalty_newest",
                condition=models.Q(state="published"),
            ),
            models.Index("business", name="penalty_business", condition=models.Q(business__isnull=False)),
            models.Index("establishment", name="penalty_establishment",
                condition=models.Q(establishment__isnull=False)),
            models.Index("law", name="penalty_law"), models.Index("document", name="penalty_document"),
            models.Index(
                "state", "publish_at", name="penalty_waiting",
                condition=models.Q(state__in=["draft", "in_review", "approved", "suspended", "refused"]),
            ),
            models.Index(
                "authority", "number_key", name="penalty_number_gone",
                condition=models.Q(state__in=["withdrawn", "refused", "sealed"]),
            ),
            models.Index(
                "reference", name="penalty_gone",  # what is said in place of those that are shown no more
                condition=models.Q(state__in=["withdrawn", "suspended", "expired", "repaired", "sealed"]),
            ),
            models.Index("hide_at", name="penalty_over",
                condition=models.Q(state__in=["published", "suspended"])),
            # Walked backward, the largest first; the key decides among equals.
            *(
                models.Index("currency", amount, "id", name=f"penalty_{amount}",
                    condition=models.Q(state="published", **{f"{amount}__isnull": False}))
                for amount in ("imposed", "owed")
            ),
            models.Index("published_at", "id", name="penalty_shown_since",  # for feeds
                condition=models.Q(state="published")),
        )  # fmt: skip

    def __str__(self):
        return self.decision_number or str(_("draft without a number"))

    def get_absolute_url(self):
        """The public page."""
        return reverse("penalties:detail", args=[self.reference])

    @property
    def names_the_person(self) -> bool:
        """Whether the name is shown: always of organisations, of persons only under a written rule."""
        return self.respondent_kind in ("organisation", "public_body") or bool(self.person_rule)

    @property
    def shown_name(self) -> str:
        """What the public reads as the respondent."""
        return self.respondent if self.names_the_person else self.premises

    @property
    def first_day(self):
        """The day from which it is shown, where its rule counts days; None before an approval."""
        return self.publish_at and self.publish_at.astimezone(self.zone).date()

    @property
    def last_day(self):
        """The last day on which it is shown: it is hidden in the first moment of the next one."""
        return self.hide_at and self.day_before(self.hide_at)

    def day_before(self, end):
        """The last day of a display that ends at an instant."""
        return (end.astimezone(self.zone) - timedelta(microseconds=1)).date()

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin: the place that its rule names, else where the authority is."""
        return ZoneInfo((self.rule_version_id and self.rule_version.zone) or self.authority.time_zone)

    def is_due(self) -> bool:
        """Approved, and its day has come."""
        return self.publish_at is not None and self.publish_at <= timezone.now()
