"""All that blocks draw from: the plan, the words and places, and the numbers that the database gave."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from json import dumps

from records.bench.load.names import Names
from records.bench.load.phrases import phrases
from records.bench.load.places import Places
from records.bench.load.plan import CHINESE, Plan
from records.bench.load.rulebook import Rulebook
from records.ratings.rulebook import SchemeVersion

SCHEME = "uk-fhrs"
_SCORES = {
    "hygiene": (0, 5, 10, 15, 20, 25),
    "structural": (0, 5, 10, 15, 20, 25),
    "confidence": (0, 5, 10, 20, 30),
}


@dataclass(frozen=True)
class Scheme:
    """The rating scheme: its numbers, the grade of each combination of scores (best first), its statuses."""

    number: int
    version: int
    results: list[tuple[str, str]]
    statuses: list[str]


def scheme(cursor) -> Scheme:
    """The scheme as the database grades it."""
    version = SchemeVersion.objects.filter(scheme__key=SCHEME).latest("effective_from")
    combined = sorted(product(*_SCORES.values()), key=lambda scores: (sum(scores), scores))
    texts = [dumps(dict(zip(_SCORES, scores, strict=True))) for scores in combined]
    cursor.execute(
        "SELECT disclosed.grade(%s, t.scores::jsonb) "
        "FROM unnest(%s::text[]) WITH ORDINALITY AS t(scores, place) ORDER BY t.place",
        [version.pk, texts],
    )
    results = [(text, grade) for text, (grade,) in zip(texts, cursor.fetchall(), strict=True) if grade]
    statuses = list(version.statuses.order_by("key").values_list("key", flat=True))
    return Scheme(version.scheme_id, version.pk, results, statuses)


class World:
    """What a plan is filled from. Made once; the processes that load share it."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.phrases = phrases()
        self.names = Names(self.phrases.words, self.phrases.chinese_words)
        self.places = Places(self.phrases.words)
        self.rulebook = Rulebook(self.phrases.words)
        self.begun = datetime.combine(plan.first_day, datetime.min.time(), UTC).isoformat()
        # Beyond the last day, until which a decision is shown; before the first, when a notice was served.
        self.days = [(plan.first_day + timedelta(days=at - 60)).isoformat() for at in range(16_000)]
        self.latest = (plan.today - plan.first_day).days
        self.scheme = self.rule = self.rating_batch = self.penalty_batch = None

    def know(self, scheme: Scheme, rule: int, rating_batch: int, penalty_batch: int) -> None:
        """Take the numbers that the database gave."""
        self.scheme, self.rule = scheme, rule
        self.rating_batch, self.penalty_batch = rating_batch, penalty_batch

    def business(self, place: int, chinese: bool) -> int:
        """The number of the Chinese or other business nearest to a place, from 0."""
        number = place - place % CHINESE
        if chinese:
            return max(CHINESE, number)
        return number + (1 + place % (CHINESE - 1) if number + CHINESE <= self.plan.businesses else -1)

    def day(self, at: int) -> str:
        """The day so many days after the first, as COPY reads it."""
        return self.days[at + 60]
