"""Tells a rule in words, for the public page: why a decision is shown, from when, and until when."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, ngettext_lazy

from records.publication import joining
from records.publication.rules.counting import Periods
from records.publication.rules.ruleset import RuleSet
from records.publication.rules.vocabulary import Period, PeriodClass

SHOWN = {
    "decided": gettext_noop(
        "%(label)s decisions are shown for %(length)s from the date of the decision (%(source)s)."
    ),
    "published": gettext_noop(
        "%(label)s decisions are shown for %(length)s from the day of their publication (%(source)s)."
    ),
    "conduct_ended": gettext_noop(
        "%(label)s decisions are shown for %(length)s from the end of the conduct (%(source)s)."
    ),
    "found": gettext_noop(
        "%(label)s decisions are shown for %(length)s from the day of the finding (%(source)s)."
    ),
}
LENGTHS = {
    "days": ngettext_lazy("one day", "%(count)d days", "count"),
    "months": ngettext_lazy("one month", "%(count)d months", "count"),
    "years": ngettext_lazy("one year", "%(count)d years", "count"),
}
CONDITIONS = {
    "min_reached": gettext_noop("the shortest time of display has passed"),
    "corrected": gettext_noop("the breach is put right"),
    "duties_done": gettext_noop("all obligations of the decision are met"),
    "harm_removed": gettext_noop("the harm is removed"),
    "public_commitment": gettext_noop("a public commitment is made"),
    "no_repeat": gettext_noop("no breach of the same kind followed"),
    "on_no_list": gettext_noop("the business is on no list of serious breaches"),
}
PERSONS = {
    "never": gettext_noop("People are not published, and sole traders are not either."),
    "premises_only": gettext_noop(
        "People are not named; of a sole trader, trade name and premises may be shown."
    ),
    "named": gettext_noop("People may be named, because a written rule says so (%(source)s)."),
}
MARKS = {
    "V": gettext_noop("The rule was read in its own text."),
    "S": gettext_noop("The rule is known from reports of it; its own text was not read."),
    "M": gettext_noop("The rule is still to be checked against its own text."),
    "D": gettext_noop("This limit is the portal's own; no law sets it."),
}


def told(rule: RuleSet, seriousness: str, periods: Periods | None = None) -> list[str]:
    """Short sentences that tell the rule for a class in the language that is active.

    With the periods of a decision they name its dates. Raises UnknownClass.
    """
    found = rule.class_of(seriousness)
    lines = [_shown(rule, found)]
    if text := found.words():
        lines.append(text)
    if found.publish != "no":
        lines += [*_dated(found, periods), *_necessity(found), *_waiting(rule), *_labels(rule)]
        lines += [*_early_end(rule, found, periods), _withdrawal(rule)]
        lines.append(_(PERSONS[rule.persons]) % {"source": rule.persons_rule})
    return [*lines, _(MARKS[rule.source[0].mark])]


def length(period: Period) -> str:
    """The length of a period in words: one year, 3 months."""
    return LENGTHS[period.unit] % {"count": period.count}


def _shown(rule: RuleSet, found: PeriodClass) -> str:
    values = {"label": found.label(), "source": found.citation or rule.source[0].citation}
    if found.publish == "no":
        return _("%(label)s decisions are not published (%(source)s).") % values
    if found.until:
        text = _("%(label)s decisions are shown for as long as the restriction lasts (%(source)s).")
        return text % values
    return _(SHOWN[rule.anchor]) % (values | {"length": length(found.max)})


def _dated(found: PeriodClass, periods: Periods | None) -> Iterator[str]:
    if not periods:
        return
    if not found.until:
        yield _("The time counts from %(day)s.") % {"day": date_format(periods.anchor_on)}
    text = _("This decision is shown until the end of %(day)s and then disappears by itself.")
    yield text % {"day": date_format(periods.last_day)}


def _necessity(found: PeriodClass) -> Iterator[str]:
    if found.publish == "only_if_necessary":
        yield _("They are published only where that is necessary, for a reason that the authority states.")


def _waiting(rule: RuleSet) -> Iterator[str]:
    if embargo := rule.embargo:
        if embargo.working:
            text = ngettext(
                "Nothing is published before the time to appeal, one working day, has passed.",
                "Nothing is published before the time to appeal, %(count)d working days, has passed.",
                embargo.days,
            )
        else:
            text = ngettext(
                "Nothing is published before the time to appeal, one day, has passed.",
                "Nothing is published before the time to appeal, %(count)d days, has passed.",
                embargo.days,
            )
        yield text % {"count": embargo.days}
        text = ngettext(
            "It appears on the day after.", "It appears %(count)d days after that.", embargo.plus_days
        )
        yield text % {"count": embargo.plus_days}
    if rule.finality:
        yield _(
            "A decision is published only once it is final: nobody contested it in time, or it was upheld."
        )


def _labels(rule: RuleSet) -> Iterator[str]:
    if "not_adjudicated" in rule.labels:
        yield _("What no tribunal has confirmed yet is shown too, and labelled so.")


def _early_end(rule: RuleSet, found: PeriodClass, periods: Periods | None) -> Iterator[str]:
    early = rule.early_end
    if not early or found.until:
        return
    values = {"source": early.citation}
    if not found.min:
        yield _("An earlier end may be asked for as soon as the conditions are met (%(source)s).") % values
    elif periods:
        day = date_format(periods.repair_from)
        yield _("An earlier end may be asked for from %(day)s on (%(source)s).") % (values | {"day": day})
    else:
        text = _("An earlier end may be asked for after %(length)s (%(source)s).")
        yield text % (values | {"length": length(found.min)})
    conditions = joining.apart(
        _(CONDITIONS[name]) for name in early.conditions if found.min or name != "min_reached"
    )
    yield _("Conditions of an earlier end: %(conditions)s.") % {"conditions": conditions}


def _withdrawal(rule: RuleSet) -> str:
    text = ngettext(
        "What is annulled or changed is withdrawn within one working day, with the reason.",
        "What is annulled or changed is withdrawn within %(count)d working days, with the reason.",
        rule.withdraw_within,
    )
    return text % {"count": rule.withdraw_within}
