"""Figures about the grades that stand: how they are spread, how old they are, what is overdue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Aggregate, Count, DateField, Q
from django.utils.timezone import localdate

from records.authorities.models import Authority
from records.ratings import statistics, versions
from records.ratings.ages import OLD_YEARS
from records.ratings.counted import Counted
from records.ratings.models import Rating
from records.ratings.schemes import Scheme, Status, Value, all_versions
from records.ratings.schemes.vocabulary import add, add_months
from records.ratings.search import establishments


class Median(Aggregate):
    """The value in the middle, one of those that occur."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DateField()


@dataclass(frozen=True)
class Share:
    """One grade or status and how many establishments have it, of how many."""

    entry: Value | Status
    count: int
    whole: int


@dataclass(frozen=True)
class Ages:
    """The graded ratings of one authority under one scheme: number, middle date, old ones, overdue ones.

    `overdue` is None where the scheme states no interval between inspections.
    """

    authority_id: int
    scheme_id: int
    count: int
    median: date | None
    old: int
    overdue: int | None

    @property
    def authority(self) -> Authority | None:
        """The authority."""
        return statistics.authorities().get(self.authority_id)

    @property
    def scheme(self) -> Scheme:
        """The latest version of the scheme."""
        return versions.latest(versions.key_of(self.scheme_id))


def ages(today: date | None = None, **filters) -> list[Ages]:
    """Ages by authority and scheme, of the current graded ratings under `filters`; one query."""
    return _read_ages(_count_ages(today, **filters))


def _count_ages(today: date | None = None, **filters) -> list:
    today = today or localdate()
    old = Count("pk", filter=Q(rated_on__lte=add_months(today, -12 * OLD_YEARS)))
    condition, ruled = overdue_condition(today)
    late = Count("pk", filter=condition & Q(establishment__closed_on=None))
    rows = (
        Rating.objects.public().current().graded().filter(**filters).order_by()
        .values("establishment__authority_id", "scheme_id")
        .annotate(n=Count("pk"), median=Median("rated_on"), old=old, late=late)
    )  # fmt: skip
    return [
        [
            row["establishment__authority_id"], row["scheme_id"], row["n"],
            row["median"] and row["median"].isoformat(), row["old"],
            row["late"] if row["scheme_id"] in ruled else None,
        ]
        for row in rows
    ]  # fmt: skip


def _read_ages(rows: list) -> list[Ages]:
    return [Ages(a, s, n, m and date.fromisoformat(m), old, late) for a, s, n, m, old, late in rows]


def overdue_condition(today: date) -> tuple[Q, set[int]]:
    """The condition that a rating's next inspection is overdue by its scheme's rule; the schemes with one."""
    condition, ruled = Q(pk__in=[]), set()
    for scheme in all_versions():
        number = versions.number_of(scheme.key)
        for value in scheme.values:
            revisit = scheme.revisit(value.key)
            if revisit and number:
                ruled.add(number)
                condition |= Q(
                    scheme=number, value=value.key, rated_on__lt=_latest_late(revisit.latest, today)
                )
    return condition, ruled


def _latest_late(interval: str, today: date) -> date:
    """The first date from which, plus the interval, today is not yet passed."""
    day = today - (add(today, interval) - today) - timedelta(days=4)
    while add(day, interval) < today:
        day += timedelta(days=1)
    return day


all_ages = Counted("ages", _count_ages, _read_ages)
"""The ages of everything public, counted once in a while."""


class SchemeFigures:
    """The figures of one scheme over all authorities."""

    def __init__(self, scheme: Scheme):
        self.scheme, self.number = scheme, versions.number_of(scheme.key)

    @cached_property
    def _counts(self):
        counter = statistics.overview().by(statistics.of_standing)
        return {key: n for (number, key), n in counter.items() if number == self.number}

    @property
    def at(self) -> datetime:
        """When it was counted."""
        return statistics.overview().at

    @property
    def graded(self) -> int:
        """Establishments with a grade."""
        return sum(self._counts.get(value.key, 0) for value in self.scheme.values)

    @property
    def total(self) -> int:
        """Establishments with a grade or a status."""
        return sum(self._counts.values())

    @property
    def grades(self) -> list[Share]:
        """The grades, best first, as shares of those graded."""
        return [Share(value, self._counts.get(value.key, 0), self.graded) for value in self.scheme.values]

    @property
    def statuses(self) -> list[Share]:
        """The statuses as shares of all."""
        return [Share(status, self._counts.get(status.key, 0), self.total) for status in self.scheme.statuses]

    @cached_property
    def ages(self) -> list[Ages]:
        """Per authority, the oldest middle first."""
        found = [row for row in all_ages().value if row.scheme_id == self.number and row.authority]
        return sorted(found, key=lambda row: (row.median or date.max, row.authority.name))

    @property
    def old(self) -> int:
        """Grades older than three years."""
        return sum(row.old for row in self.ages)

    @property
    def overdue(self) -> int | None:
        """Grades whose next inspection is overdue; None where no interval is stated."""
        return (
            sum(row.overdue for row in self.ages) if self.ages and self.ages[0].overdue is not None else None
        )


@dataclass(frozen=True)
class SchemeOfAuthority:
    """What an authority has under one scheme."""

    scheme: Scheme
    shares: list[Share]
    graded: int
    total: int
    ages: Ages | None


class AuthorityFigures:
    """The figures of one authority, without the bodies below it."""

    def __init__(self, authority: Authority):
        self.authority = authority

    @property
    def total(self) -> int:
        """Establishments."""
        return statistics.overview().total(authorities={self.authority.pk})

    @property
    def closed(self) -> int:
        """Those with a closing date."""
        return self.authority.establishments.public().filter(closed_on__isnull=False).count()

    @property
    def left(self) -> int:
        """Those that the newest file left out."""
        return self.authority.establishments.public().filter(left_source_at__isnull=False).count()

    @cached_property
    def schemes(self) -> list[SchemeOfAuthority]:
        """By scheme, the most used first."""
        held = {row.scheme_id: row for row in all_ages().value if row.authority_id == self.authority.pk}
        standings = statistics.overview().by(statistics.of_standing, authorities={self.authority.pk})
        found = []
        for number in {scheme for scheme, _key in standings if scheme is not None}:
            scheme = versions.latest(versions.key_of(number))
            total = sum(n for (other, _key), n in standings.items() if other == number)
            entries = [e for e in (*scheme.values, *scheme.statuses) if standings[number, e.key]]
            shares = [Share(entry, standings[number, entry.key], total) for entry in entries]
            graded = sum(share.count for share in shares if isinstance(share.entry, Value))
            found.append(SchemeOfAuthority(scheme, shares, graded, total, held.get(number)))
        return sorted(found, key=lambda row: -row.total)

    @property
    def newest(self) -> list:
        """The five establishments rated last."""
        rows = (
            Rating.objects.public()
            .current()
            .filter(establishment__authority=self.authority.pk, rated_on__isnull=False)
        )
        keys = list(rows.order_by("-rated_on", "-pk").values_list("establishment", flat=True)[:5])
        found = establishments().in_bulk(keys)
        return [found[key] for key in dict.fromkeys(keys) if key in found]
