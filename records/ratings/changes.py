"""How grades changed from one inspection to the next, under each scheme and with each authority.

A pair is two visits to one establishment under one scheme, one after the other, both of which gave a grade.
It says what was found twice, not why: who did badly is often visited again sooner, and nobody draws places by
lot. Of few pairs nothing is said, so that no single visit is taken for a habit.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db import connections
from django.utils.translation import gettext as _

from records.authorities.models import Authority
from records.chart import Bar, Bars
from records.chart.scale import whole
from records.ratings import statistics, versions
from records.ratings.badge import example
from records.ratings.counted import Counted
from records.ratings.schemes import Scheme

FEWEST = 30
"""Of fewer pairs than that no figure is shown."""

PAIRS = """
SELECT e.authority_id, p.scheme_id, p.before, p.after, count(*)
FROM (
    SELECT i.establishment_id, v.scheme_id, i.key AS after,
        lag(i.key) OVER (PARTITION BY i.establishment_id, v.scheme_id ORDER BY i.inspected_on, i.id) AS before
    FROM (
        SELECT id, establishment_id, version_id, inspected_on,
            coalesce(nullif(value_published, ''), grade) AS key
        FROM records_inspection WHERE state = 'published'
    ) i
    JOIN records_schemeversion v ON v.id = i.version_id
    JOIN records_schemevalue g ON g.version_id = i.version_id AND g.key = i.key
) p
JOIN records_establishment e ON e.id = p.establishment_id
WHERE p.before IS NOT NULL
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Changes:
    """The pairs of one scheme, of one authority or of all: how often which grade followed which."""

    scheme: Scheme
    pairs: Counter
    authority: Authority | None = None

    @property
    def number(self) -> int:
        """How many pairs there are."""
        return self.pairs.total()

    @property
    def enough(self) -> bool:
        """Whether there are so many that something can be said."""
        return self.number >= FEWEST

    @property
    def same(self) -> int:
        """Pairs in which the grade stayed."""
        return sum(n for (before, after), n in self.pairs.items() if before == after)

    @property
    def better(self) -> int:
        """Pairs in which the later grade is better."""
        return sum(n for (before, after), n in self.pairs.items() if self._place[after] < self._place[before])

    @property
    def worse(self) -> int:
        """Pairs in which the later grade is worse."""
        return self.number - self.same - self.better

    @property
    def sentence(self) -> str:
        """“Of 300 graded inspections that followed another one, 214 gave the same grade …”"""
        said = {"all": self.number, "same": self.same, "better": self.better, "worse": self.worse}
        return _(
            "Of %(all)s graded inspections that followed another one, %(same)s gave the same grade, "
            "%(better)s a better one and %(worse)s a worse one."
        ) % {key: whole(number) for key, number in said.items()}

    @property
    def chart(self) -> Bars | None:
        """The three as bars of all pairs; None of too few."""
        if not self.enough:
            return None
        each = (
            (_("The same grade"), self.same),
            (_("A better one"), self.better),
            (_("A worse one"), self.worse),
        )
        bars = [Bar(label, number, whole(number)) for label, number in each]
        head = (_("The next inspection gave"), _("Pairs of inspections"))
        rows = [(bar.label, bar.words) for bar in bars]
        return Bars(f"changes-{self.scheme.key}", "", self.sentence, bars, head, rows, whole=self.number)

    @property
    def columns(self) -> list[str]:
        """The grades that came next, best first."""
        return [self._said(value) for value in self.scheme.values]

    @property
    def table(self) -> list[tuple[str, list[int]]]:
        """A row for each grade that another one followed: how often which, in the order of `columns`."""
        keys = [value.key for value in self.scheme.values]
        rows = [(value, [self.pairs[value.key, key] for key in keys]) for value in self.scheme.values]
        return [(self._said(value), numbers) for value, numbers in rows if any(numbers)]

    def _said(self, value) -> str:
        return example(self.scheme, value.key).short

    @cached_property
    def _place(self) -> dict[str, int]:
        return {value.key: place for place, value in enumerate(self.scheme.values)}


def _count() -> list:
    with connections["public"].cursor() as cursor:
        cursor.execute(PAIRS)
        return [list(row) for row in cursor.fetchall()]


def _read(rows: list) -> dict[int, dict[int, Counter]]:
    found = {}
    for authority, scheme, before, after, number in rows:
        found.setdefault(scheme, {}).setdefault(authority, Counter())[before, after] += number
    return found


all_changes = Counted("changes", _count, _read)
"""By scheme and authority how often which grade followed which."""


def of_scheme(scheme: Scheme) -> Changes:
    """The pairs of all authorities together."""
    together = Counter()
    for pairs in _held(scheme).values():
        together.update(pairs)
    return Changes(scheme, together)


def by_authority(scheme: Scheme) -> list[Changes]:
    """Those of each authority with enough of them, by name."""
    known = statistics.authorities()
    found = [Changes(scheme, pairs, known[pk]) for pk, pairs in _held(scheme).items() if pk in known]
    return sorted((one for one in found if one.enough), key=lambda one: one.authority.name.casefold())


def _held(scheme: Scheme) -> dict[int, Counter]:
    """By authority, without grades that the scheme no longer gives: they are neither better nor worse."""
    held = all_changes().value.get(versions.number_of(scheme.key), {})
    known = scheme.value_keys
    return {
        authority: Counter({pair: n for pair, n in pairs.items() if known.issuperset(pair)})
        for authority, pairs in held.items()
    }
