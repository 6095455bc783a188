"""The bands and caps of a scheme's rule as tables: from which total which grade, and what limits it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from records.publication import joining
from records.ratings.badge import Spoken, spoken
from records.ratings.schemes import Scheme
from records.ratings.schemes.rule import Band, Condition, Ladder, Test
from records.ratings.schemes.vocabulary import plain


class Line(NamedTuple):
    """One band: the interval in words and the result."""

    interval: str
    result: Spoken


class Table(NamedTuple):
    """One ladder: what is measured, when it applies ('' always), its bands; `caps`: it limits a grade."""

    measured: str
    when: str
    lines: list[Line]
    caps: bool


def tables(scheme: Scheme) -> list[Table]:
    """Every ladder of the rule, in its order."""
    found = []
    for step in scheme.steps:
        for ladder, caps in ((step.ladder, False), (step.cap, True)):
            if ladder:
                found.append(_table(scheme, ladder, _condition(scheme, step.when), caps))
    return found


def _table(scheme: Scheme, ladder: Ladder, when: str, caps: bool) -> Table:
    lines = [Line(_interval(band), _result(scheme, band)) for band in ladder.bands]
    return Table(_measure(scheme, ladder.of), when, lines, caps)


def _interval(band: Band) -> str:
    low = plain(band.low) if band.low is not None else ""
    high = plain(band.high) if band.high is not None else ""
    if low and low == high:
        return low
    if low and high and not band.low_open:
        words = _("%(low)s up to but not %(high)s") if band.high_open else _("%(low)s to %(high)s")
        return words % {"low": low, "high": high}
    parts = []
    if low:
        parts.append((_("more than %(n)s") if band.low_open else _("%(n)s and more")) % {"n": low})
    if high:
        parts.append((_("less than %(n)s") if band.high_open else _("up to %(n)s")) % {"n": high})
    return joining.listed(parts) or _("anything")


def _result(scheme: Scheme, band: Band) -> Spoken:
    entry = scheme.entry(band.result.value or band.result.status)
    word = spoken(entry.label)
    if word.text.casefold() == entry.key.casefold() or len(entry.key) > 2:
        return word
    return Spoken(f"{entry.key}, {word.text}", word.lang)


def _measure(scheme: Scheme, name: str) -> str:
    """“The sum of Points, Hygiene”, or the label of the component itself."""
    measure = next((m for m in scheme.measures if m.key == name), None)
    if measure is None:
        return scheme.component(name).label()
    labels = joining.listed(scheme.component(key).label() for key in measure.of)
    words = {
        "sum": _("Sum of: %(of)s"),
        "max": _("Highest of: %(of)s"),
        "min": _("Lowest of: %(of)s"),
        "mean": _("Average of: %(of)s"),
        "count": _("How many of: %(of)s"),
        "first": _("The first that is known of: %(of)s"),
    }
    return words[measure.how] % {"of": labels}


def _condition(scheme: Scheme, condition: Condition | None) -> str:
    """When a step applies, in words; '' for always."""
    if not condition:
        return ""
    return _(" or ").join(joining.listed(_test(scheme, test) for test in tests) for tests in condition)


def _test(scheme: Scheme, test: Test) -> str:
    label = _measure(scheme, test.name)
    if test.op == "present":
        return (_("%(label)s known") if test.against else _("%(label)s not known")) % {"label": label}
    value = _measure(scheme, test.against) if test.other else _value(scheme, test)
    words = {
        "equals": _("%(label)s: %(value)s"),
        "at_least": _("%(label)s at least %(value)s"),
        "at_most": _("%(label)s at most %(value)s"),
        "over": _("%(label)s over %(value)s"),
        "under": _("%(label)s under %(value)s"),
    }
    return words[test.op] % {"label": label, "value": value}


def _value(scheme: Scheme, test: Test) -> str:
    component = next((c for c in scheme.components if c.key == test.name), None)
    if isinstance(test.against, bool):
        return _("yes") if test.against else _("no")
    values = test.against if isinstance(test.against, (tuple, list)) else (test.against,)
    words = ((component.word(value) if component else "") or plain(value) for value in values)
    return joining.listed(words)
