"""The rule sets as the database knows them: rows for records to point at, and limits for triggers to hold.

The rules themselves are files (`rules/`); `sync` brings these rows in step with them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from records.publication import rules
from records.publication.models import AllowedTransition
from records.publication.querysets import DisclosedQuerySet
from records.publication.states import TRANSITIONS


class RuleSet(models.Model):
    """A set of publication rules: one key, one version at a time."""

    key = models.CharField(_("key"), max_length=60, unique=True)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")

    def __str__(self):
        return self.key


class RuleVersion(models.Model):
    """One dated version of a rule set, as its file said when it was taken in; unchangeable once used.

    `never` are the reasons for which it keeps a decision from the public, `unless_necessary` those of them
    that a note on the necessity overcomes, `needs` what must be on record before one is shown. Where `zone`
    is empty, days are those of the authority.
    """

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="versions", db_index=False)
    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("in force until"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True)
    never = ArrayField(models.CharField(max_length=40), default=list)
    unless_necessary = ArrayField(models.CharField(max_length=40), default=list)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("rule_set", "effective_from")
        verbose_name = _("version of a rule set")
        verbose_name_plural = _("versions of rule sets")
        constraints = (models.UniqueConstraint("rule_set", "effective_from", name="ruleversion_once"),)

    def __str__(self):
        return f"{self.rule_set.key}, {self.effective_from}"


class RulePeriod(models.Model):
    """For how long a version shows the decisions of a class: from which day it counts, and its maximum."""

    version = models.ForeignKey(RuleVersion, models.CASCADE, related_name="periods", db_index=False)
    seriousness = models.CharField(max_length=60)
    anchor = models.CharField(max_length=20)
    publish = models.CharField(max_length=20)
    most_months = models.SmallIntegerField(null=True)
    most_days = models.SmallIntegerField(null=True)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("version", "seriousness", name="ruleperiod_once"),)

    def __str__(self):
        return f"{self.version_id} {self.seriousness}"


class RuleInUseError(Exception):
    """A version under which decisions were published was changed; it needs a new version instead."""


def sync(using: str = "default") -> list[str]:
    """Make the database know every rule set on disk; the versions that were added or changed.

    Raises RuleInUseError when the file of a version says something else than when it was first used.
    """
    touched = []
    with transaction.atomic(using=using):
        sync_steps(using)
        for rule in rules.rule_sets():
            if _sync_version(rule, using):
                touched.append(f"{rule.key} {rule.effective_from}")
    return touched


def version_of(rule, using: str = "default") -> RuleVersion:
    """The row of a rule set's version; DoesNotExist when the files were not synced."""
    return RuleVersion.objects.using(using).get(rule_set__key=rule.key, effective_from=rule.effective_from)


def sync_steps(using: str = "default") -> None:
    """The table of permitted steps into the database, which then refuses every other one."""
    wanted = {(t.kind, t.source, t.target) for t in TRANSITIONS}
    rows = AllowedTransition.objects.using(using)
    held = set(rows.values_list("kind", "source", "target"))
    rows.bulk_create(AllowedTransition(kind=k, source=s, target=t) for k, s, t in sorted(wanted - held))
    for kind, source, target in held - wanted:
        rows.filter(kind=kind, source=source, target=target).delete()


def _sync_version(rule, using: str) -> bool:
    """One version: its row and its periods. True when anything was new."""
    parent, _created = RuleSet.objects.using(using).get_or_create(key=rule.key)
    facts = {
        "effective_until": rule.effective_until,
        "zone": rule.zone,
        "never": sorted(never.when for never in rule.never),
        "unless_necessary": sorted(never.when for never in rule.never if never.unless_necessary),
        "needs": sorted(rule.needs),
        "sha256": rule.fingerprint,
    }
    row, created = RuleVersion.objects.using(using).get_or_create(
        rule_set=parent, effective_from=rule.effective_from, defaults=facts
    )
    if not created and row.sha256 == rule.fingerprint:
        if row.effective_until != rule.effective_until:
            row.effective_until = rule.effective_until
            row.save(using=using, update_fields=["effective_until"])
        return False
    try:
        with transaction.atomic(using=using):
            if not created:
                RuleVersion.objects.using(using).filter(pk=row.pk).update(**facts)
                row.periods.using(using).all().delete()
            RulePeriod.objects.using(using).bulk_create(_periods(rule, row))
    except IntegrityError as error:
        raise RuleInUseError(
            f"The rule set {rule.key} {rule.effective_from} was changed in its file, but decisions are shown "
            "under it. Undo the change, and put the new rule into a file with a later effective_from."
        ) from error
    return True


def _periods(rule, row: RuleVersion) -> list[RulePeriod]:
    return [
        RulePeriod(
            version=row, seriousness=bound.class_key, anchor=bound.anchor, publish=bound.publish,
            most_months=bound.months, most_days=bound.days,
        )
        for bound in rules.bounds([rule])
    ]  # fmt: skip
