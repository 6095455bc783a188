"""How many scores lie exactly at the edge of a grade, and how many just miss it, where one number decides.

The number is one component, or the sum of several. Of a sum that a worst component can limit nothing is said
about edges: who misses one by a point may have missed another.
"""

import math
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from records.ratings import versions
from records.ratings.counted import Counted
from records.ratings.models import Rating
from records.ratings.schemes import Scheme, all_versions
from records.ratings.schemes.rule import Band, Ladder
from records.ratings.schemes.vocabulary import plain


@dataclass(frozen=True)
class Edge:
    """The last number that still gives a grade: how many have it, how many miss it by a point or less."""

    grade: str
    number: str
    at: int
    missed: int
    whole: int


def edges(scheme: Scheme) -> list[Edge]:
    """The edges at which anything lies, best grade first; [] where no single number decides."""
    by, scores = deciding(scheme), counted_scores(scheme)
    if by is None or by.is_sum or not scores:
        return []
    low_is_good = scheme.direction == "low"
    found = []
    for band in by.ladder.bands[:-1]:
        edge = band.high if low_is_good else band.low
        if edge is None or not band.result.value:
            continue
        step = 1 if low_is_good else -1
        missed = sum(n for score, n in scores.items() if 0 < (score - edge) * step <= 1)
        if scores[edge] or missed:
            found.append(Edge(_grade(scheme, band), plain(edge), scores[edge], missed, scores.total()))
    return found


def counted_scores(scheme: Scheme) -> Counter:
    """How many current grades of the scheme rest on each score."""
    return all_scores().value.get(scheme.key, Counter())


@dataclass(frozen=True)
class Deciding:
    """The last ladder of a rule and the components that it measures; `capped`: another can limit the grade.

    Scores are multiples of `unit`.
    """

    ladder: Ladder
    of: tuple[str, ...]
    unit: int
    capped: bool

    @property
    def is_sum(self) -> bool:
        """Whether several components are added up."""
        return len(self.of) > 1


def deciding(scheme: Scheme) -> Deciding | None:
    """By what a scheme decides, where that is one component, the first known of several, or their sum."""
    steps = [step for step in scheme.steps if step.ladder]
    if not steps:
        return None
    ladder, capped = steps[-1].ladder, steps[-1].cap is not None
    measure = next((measure for measure in scheme.measures if measure.key == ladder.of), None)
    if measure is None or measure.how == "first":
        return Deciding(ladder, (measure.of[-1] if measure else ladder.of,), 1, capped)
    if measure.how != "sum":
        return None
    return Deciding(ladder, measure.of, _unit(scheme, measure.of), capped)


def _unit(scheme: Scheme, components: tuple[str, ...]) -> int:
    """What all values that the components may have are multiples of."""
    values = [value for key in components for value in scheme.component(key).allowed or (1,)]
    return math.gcd(*map(int, values)) if all(value == int(value) for value in values) else 1


def _count() -> list:
    """[scheme, score, how many] of all schemes in which one number decides."""
    found = []
    for scheme in {version.key: version for version in all_versions()}.values():
        by, number = deciding(scheme), versions.number_of(scheme.key)
        if by and number:
            found += [[scheme.key, str(score), n] for score, n in _scores(number, by.of).items()]
    return found


def _scores(number: int, components: tuple[str, ...]) -> Counter:
    """How many current grades rest on each score, or on each sum of scores."""
    rows = Rating.objects.public().current().graded().filter(scheme=number).order_by()
    found = Counter()
    scores = [KeyTextTransform(component, "inspection__scores") for component in components]
    for *texts, count in rows.values_list(*scores).annotate(n=Count("pk")):
        try:
            found[sum(map(Decimal, texts))] += count
        except (InvalidOperation, TypeError):  # a rating without a visit, or a visit without the score
            continue
    return found


def _read(rows: list) -> dict[str, Counter]:
    found = {}
    for key, score, number in rows:
        found.setdefault(key, Counter())[Decimal(score)] = number
    return found


def _grade(scheme: Scheme, band: Band) -> str:
    return scheme.entry(band.result.value).label()


all_scores = Counted("scores", _count, _read)
"""By scheme how many current grades rest on each score."""
