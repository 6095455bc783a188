"""How many scores lie exactly at the edge of a grade, and how many just miss it, where one number decides."""

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
    ladder = deciding(scheme)[0]
    scores = counted_scores(scheme)
    if ladder is None or not scores:
        return []
    low_is_good = scheme.direction == "low"
    found = []
    for band in ladder.bands[:-1]:
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


def deciding(scheme: Scheme) -> tuple[Ladder | None, str]:
    """The last ladder of the rule, where it measures one component or the first known of several."""
    ladders = [step.ladder for step in scheme.steps if step.ladder]
    if not ladders:
        return None, ""
    of = ladders[-1].of
    measure = next((measure for measure in scheme.measures if measure.key == of), None)
    if measure is None:
        return ladders[-1], of
    return (ladders[-1], measure.of[-1]) if measure.how == "first" else (None, "")


def _count() -> list:
    """[scheme, score, how many] of all schemes in which one number decides."""
    found = []
    for scheme in {version.key: version for version in all_versions()}.values():
        component, number = deciding(scheme)[1], versions.number_of(scheme.key)
        if component and number:
            found += [[scheme.key, str(score), n] for score, n in _scores(number, component).items()]
    return found


def _scores(number: int, component: str) -> Counter:
    """How many current grades rest on each score."""
    rows = Rating.objects.public().current().graded().filter(scheme=number).order_by()
    found = Counter()
    score = KeyTextTransform(component, "inspection__scores")
    for text, count in rows.values_list(score).annotate(n=Count("pk")):
        try:
            found[Decimal(text)] += count
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
