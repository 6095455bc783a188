"""Checks that a scheme is sound as a whole: nothing unknown is named, and every input has exactly one
result."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from math import gcd
from string import Formatter
from typing import NamedTuple

from records.ratings.schemes.rule import Band, Condition, Ladder, Measure, Step
from records.ratings.schemes.scheme import Scheme, fold
from records.ratings.schemes.strict import SchemeError
from records.ratings.schemes.vocabulary import Component, plain

NUMERIC = ("integer", "decimal")


class Span(NamedTuple):
    """What a component or measure can be: from `low` to `high` in steps (None: no bound, no step)."""

    low: Decimal | None
    high: Decimal | None
    step: Decimal | None


class Checker:
    """Checks one scheme; `run` raises SchemeError naming the file and the key."""

    def __init__(self, scheme: Scheme):
        self.scheme = scheme
        self.components = {component.key: component for component in scheme.components}
        self.measures = {measure.key: measure for measure in scheme.measures}

    def fail(self, where: str, message: str):
        raise SchemeError(self.scheme.file, where, message)

    def run(self) -> Scheme:
        scheme = self.scheme
        if scheme.effective_until and scheme.effective_until < scheme.effective_from:
            self.fail("effective_until", "is before effective_from")
        if scheme.carried_over_from and scheme.carried_over_from > scheme.effective_from:
            self.fail("carried_over_from", "is after effective_from")
        for component in scheme.components:
            self.component(component)
        for measure in scheme.measures:
            self.measure(measure)
        for at, check in enumerate(scheme.checks, 1):
            if check.component not in self.components:
                self.fail(f"check[{at}].component", f"{check.component!r} is not a component")
            for condition in (check.when, check.must):
                self.condition(condition, f"check[{at}]")
        for at, step in enumerate(scheme.steps, 1):
            self.step(step, f"step[{at}]", last=at == len(scheme.steps))
        self.names()
        return scheme

    def names(self) -> None:
        scheme = self.scheme
        entries = {entry.key for entry in (*scheme.values, *scheme.statuses)}
        if len(entries) < len(scheme.values) + len(scheme.statuses):
            self.fail("statuses", "a status has the key of a value")
        seen: dict[str, str] = {fold(key): key for key in entries}
        for word, key in scheme.published_words.items():
            if key not in entries:
                self.fail(f"from_source.{word}", f"{key!r} is neither a value nor a status")
            if seen.setdefault(fold(word), key) != key:
                self.fail(f"from_source.{word}", f"reads like {seen[fold(word)]!r}, which is another rating")
        for revisit in scheme.revisits:
            self.every(revisit.after, entries, "revisit.after")
        for variant in (scheme.default, *scheme.variants):
            where = f"variants.{variant.key}." if variant.key else ""
            self.every(variant.languages, set(scheme.languages), f"{where}languages")
            if variant.appeal:
                self.every(variant.appeal.at_once, scheme.value_keys, f"{where}appeal.at_once")
                if (variant.appeal.embargo == "days") != (variant.appeal.embargo_days is not None):
                    self.fail(f"{where}appeal.embargo_days", 'belongs to embargo = "days", and only there')
        for value in scheme.values:
            self.every(
                (value.shows,) if value.shows else (), set(self.components), f"values.{value.key}.shows"
            )

    def every(self, keys, known, where: str) -> None:
        for key in keys:
            if key not in known:
                self.fail(where, f"{key!r} is not known here; known are {', '.join(sorted(known))}")

    def component(self, component: Component) -> None:
        where = f"components.{component.key}"
        numeric = component.kind in (*NUMERIC, "list")
        if component.kind == "choice" and not component.allowed:
            self.fail(f"{where}.allowed", "is missing; a choice needs its allowed values")
        for item in component.allowed:
            if component.kind == "flag" or isinstance(item, Decimal) != numeric:
                self.fail(f"{where}.allowed", f"{plain(item)!r} does not fit the kind {component.kind}")
        if component.kind != "list" and component.max_items is not None:
            self.fail(f"{where}.max_items", "belongs to lists only")
        if component.step is not None and component.step <= 0:
            self.fail(f"{where}.step", "must be above 0")
        if not numeric and (component.minimum, component.maximum, component.step) != (None, None, None):
            self.fail(where, f"a {component.kind} has no minimum, maximum or step")
        if component.words:
            self.every(component.words, {plain(item) for item in component.allowed}, f"{where}.words")

    def measure(self, measure: Measure) -> None:
        where = f"measures.{measure.key}"
        if measure.key in self.components:
            self.fail(where, "has the key of a component")
        parts = [self.components.get(name) for name in measure.of]
        kinds = [part.kind if part else "" for part in parts]
        if kinds != ["list"] and (not kinds or set(kinds) - set(NUMERIC) or measure.how in ("mean", "count")):
            self.fail(where, "can be made of numeric components or of one list; mean and count of one list")
        if measure.how == "sum" and kinds != ["list"] and not all(part.required for part in parts):
            self.fail(where, "a sum needs required components: what is absent cannot be added")

    def condition(self, condition: Condition | None, where: str) -> None:
        for test in (test for group in condition or () for test in group):
            component = self.components.get(test.name)
            kind = component.kind if component else "decimal"
            wanted = test.against if isinstance(test.against, tuple) else (test.against,)
            if test.op == "present":
                fits = isinstance(test.against, bool)
            elif test.other:
                fits = kind in NUMERIC and test.op != "equals"
            elif test.op == "equals":
                fits = all(
                    isinstance(item, {"choice": str, "flag": bool}.get(kind, Decimal)) and kind != "list"
                    for item in wanted
                )
                if fits and kind == "choice":
                    self.every(wanted, set(component.allowed), f"{where}.{test.name}")
            else:
                fits = kind in NUMERIC and isinstance(test.against, Decimal)
            if not fits:
                self.fail(
                    f"{where}.{test.name}", f"{test.op} {plain(test.against)!r} does not fit this component"
                )

    def step(self, step: Step, where: str, last: bool) -> None:
        self.condition(step.when, f"{where}.when")
        if last != (step.when is None):
            self.fail(where, "the last step, and only that one, has no when: it takes what is left")
        for ladder, name in ((step.ladder, "bands"), (step.cap, "caps")):
            if ladder:
                self.ladder(ladder, f"{where}.{name}")
        if step.cap and any(band.result.status for band in (*step.ladder.bands, *step.cap.bands)):
            self.fail(where, "bands with caps give values, not statuses: the worse of two values is taken")
        if step.picked:
            picked = self.components.get(step.picked)
            if not picked or picked.kind != "choice" or not picked.required:
                self.fail(f"{where}.picked", "must name a required choice")
            for key in picked.allowed:
                self.result(key if key in self.scheme.value_keys else None, key, None, f"{where}.picked")
        if step.result:
            self.result(step.result.value, step.result.status, step.result.card, where)
        if step.card_from and getattr(self.components.get(step.card_from), "kind", "") != "choice":
            self.fail(f"{where}.card_from", "must name a choice of cards")
        for key in self.components[step.card_from].allowed if step.card_from else ():
            self.card(key, f"{where}.card_from")
        for text in step.reason.values() if step.reason else ():
            for _, name, _, _ in Formatter().parse(text):
                if name is not None and name not in self.components | self.measures:
                    self.fail(f"{where}.reason", f"{{{name}}} is neither a component nor a measure")

    def result(self, value: str | None, status: str | None, card: str | None, where: str) -> None:
        if value is not None:
            self.every((value,), self.scheme.value_keys, where)
        elif status is not None:
            self.every((status,), {entry.key for entry in self.scheme.statuses}, where)
        if card is not None:
            self.card(card, where)

    def card(self, key: str, where: str) -> None:
        self.every((key,), {card.key for card in self.scheme.cards} | self.scheme.value_keys, where)

    def ladder(self, ladder: Ladder, where: str) -> None:
        """Whether the bands, taken upwards, cover every number once."""
        for band in ladder.bands:
            self.result(band.result.value, band.result.status, band.result.card, where)
        span = self.span(ladder.of, where)
        bands = sorted(ladder.bands, key=lambda band: (band.low is not None, band.low or 0, band.low_open))
        first, last = bands[0], bands[-1]
        if first.low is not None and (span.low is None or not first.holds(span.low)):
            self.fail(where, f"nothing below {plain(first.low)}, but {ladder.of} can be lower")
        if last.high is not None and (span.high is None or not last.holds(span.high)):
            self.fail(where, f"nothing above {plain(last.high)}, but {ladder.of} can be higher")
        for below, above in pairwise(bands):
            self.joint(below, above, span, where)

    def joint(self, below: Band, above: Band, span: Span, where: str) -> None:
        if below.high is None or above.low is None:
            self.fail(where, "a band without bound stands between others")
        between = f"between {plain(below.high)} and {plain(above.low)}"
        closed = not below.high_open and not above.low_open
        if above.low < below.high or (above.low == below.high and closed):
            self.fail(where, f"two bands overlap {between}")
        if span.step is None:
            gap = above.low > below.high or (below.high_open and above.low_open)
        else:
            gap = self.reaches(below, above, span)
        if gap:
            self.fail(where, f"no band for numbers {between}; write them so that they meet")

    def reaches(self, below: Band, above: Band, span: Span) -> bool:
        """Whether a number in steps falls between two bands."""
        number = (below.high / span.step).to_integral_value(ROUND_FLOOR) * span.step
        if number < below.high or not below.high_open:
            number += span.step
        return number < above.low or (number == above.low and above.low_open)

    def span(self, name: str, where: str) -> Span:
        measure = self.measures.get(name)
        if measure is None:
            component = self.components[name]
            if component.kind not in NUMERIC:
                self.fail(where, f"{name} is not a number")
            return _span(component)
        spans = [_span(self.components[part]) for part in measure.of]
        if measure.how == "count":
            return Span(Decimal(1), None, Decimal(1))
        if self.components[measure.of[0]].kind == "list":
            return spans[0] if measure.how in ("max", "min") else Span(spans[0].low, spans[0].high, None)
        lows, highs = [span.low for span in spans], [span.high for span in spans]
        step = _common(span.step for span in spans)
        if measure.how == "sum":
            return Span(*(None if None in ends else sum(ends) for ends in (lows, highs)), step)
        pick = {"max": (max, max), "min": (min, min), "first": (min, max)}[measure.how]
        return Span(
            *(None if None in ends else how(ends) for how, ends in zip(pick, (lows, highs), strict=True)),
            step,
        )


def _span(component: Component) -> Span:
    if component.allowed:
        return Span(min(component.allowed), max(component.allowed), _common(component.allowed))
    return Span(component.minimum, component.maximum, component.step)


def _common(numbers) -> Decimal | None:
    """The largest step that all the numbers are multiples of; None when one of them has no step."""
    found = list(numbers)
    if None in found:
        return None
    scale = 10 ** max(0, *(-number.as_tuple().exponent for number in found))
    return Decimal(gcd(*(int(number * scale) for number in found))) / scale or None
