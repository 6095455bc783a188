"""Why a decision is public: the rule, since when, until when, counted from which day, written where."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from records.penalties import kinds
from records.publication import rules
from records.publication.rules import Periods, RuleSet, Source, UnknownClass, UnknownRuleSet


@dataclass(frozen=True)
class Why:
    """The rule under which a decision is shown. Dates are days where the authority, or the rule, is.

    `until` is the last day of its display. Of a rule whose file is gone only its key and version are known:
    `rule` is None. `lines` tell the rule in sentences.
    """

    key: str
    version: date
    level: str
    since: date | None
    until: date | None
    anchor: str = ""
    anchor_on: date | None = None
    article: str = ""
    early_from: date | None = None
    lines: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    rule: RuleSet | None = None

    @property
    def title(self) -> str:
        """The name of the rule in the language of the page."""
        return self.rule.title() if self.rule else self.key

    @property
    def unconfirmed(self) -> bool:
        """Whether the rule also shows what no tribunal has confirmed."""
        return self.rule is not None and "not_adjudicated" in self.rule.labels

    @property
    def link(self) -> str:
        """The official text of the rule; '' where none is known."""
        return next((source.link for source in self.sources if source.link), "")


def anchors() -> dict[str, str]:
    """The words for the days from which rules count."""
    return {
        "decided": _("the decision"),
        "published": _("its publication"),
        "conduct_ended": _("the end of the conduct"),
        "found": _("the finding"),
    }


def of_record(penalty) -> Why | None:
    """Why a decision is shown, as fixed when it was approved; None where nothing is fixed yet."""
    if penalty.rule_version_id is None or penalty.hide_at is None:
        return None
    version = penalty.rule_version
    try:
        rule = rules.get(version.rule_set.key, version.effective_from)
        rule.class_of(penalty.seriousness)
    except (UnknownRuleSet, UnknownClass):
        rule = None
    zone = (rule and rule.zone) or penalty.authority.time_zone
    hidden = penalty.hide_at.astimezone(ZoneInfo(zone)).date()
    periods = Periods(
        rule, penalty.seriousness, penalty.anchor_on, penalty.repair_from, hidden - timedelta(days=1), hidden
    )
    key, first_day = version.rule_set.key, version.effective_from
    return _told(key, first_day, periods, penalty.published_at, penalty.authority)


def of_verdict(verdict, authority) -> Why | None:
    """Why a draft would be shown, by what the gates say; None where they refuse it."""
    if verdict is None or verdict.periods is None:
        return None
    rule = verdict.periods.rule
    return _told(rule.key, rule.effective_from, verdict.periods, verdict.publish_at, authority)


def _told(key: str, version: date, periods: Periods, since: datetime | None, authority) -> Why:
    rule, level = periods.rule, periods.seriousness
    zone = ZoneInfo((rule and rule.zone) or authority.time_zone)
    shared = {
        "key": key, "version": version, "level": str(dict(kinds.seriousness_classes()).get(level, level)),
        "since": since.astimezone(zone).date() if since else None, "until": periods.last_day,
    }  # fmt: skip
    if rule is None:
        return Why(**shared, anchor_on=periods.anchor_on)
    found = rule.class_of(level)
    return Why(
        **shared, anchor=_("the restriction") if found.until else anchors()[rule.anchor],
        anchor_on=periods.anchor_on, article=found.citation or rule.source[0].citation,
        early_from=periods.repair_from if rule.early_end else None,
        lines=tuple(rules.told(rule, level, periods)), sources=rule.source, rule=rule,
    )  # fmt: skip
