"""All that is public about the ratings of one establishment, for its page: standings, visits, what ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from records.businesses.models import Establishment
from records.publication.states import RatingState
from records.ratings import badge, versions
from records.ratings.badge import Badge, Spoken
from records.ratings.models import Finding, Inspection, Rating
from records.ratings.publication import VARIANTS
from records.ratings.schemes import InputError, Scheme
from records.ratings.schemes.vocabulary import Component, plain


@dataclass(frozen=True)
class Score:
    """One component of a visit: what was looked at, the scheme's word for the result, and the number."""

    component: Component
    value: object

    @property
    def label(self) -> Spoken:
        """What was looked at."""
        return badge.spoken(self.component.label)

    @property
    def explanation(self) -> Spoken:
        """What belongs to it."""
        return badge.spoken(self.component.explain)

    @property
    def word(self) -> str:
        """“Good”; '' where the scheme has only numbers."""
        return self.component.word(self.value)

    @property
    def number(self) -> str:
        """The value as a number; '' where a word says it all."""
        return "" if self.component.kind in ("choice", "flag") and self.word else plain(self.value)

    @property
    def brief(self) -> str:
        """“Points 31”, “Ordered closed”; '' for what did not happen and what other words say."""
        if self.component.kind == "flag":
            return self.label.text if self.value else ""
        return (
            ""
            if self.component.kind == "choice"
            else f"{self.label.text}\N{NO-BREAK SPACE}{plain(self.value)}"
        )


@dataclass(frozen=True)
class Visit:
    """One inspection with the grade that the scheme makes of it."""

    inspection: Inspection

    @cached_property
    def scheme(self) -> Scheme:
        """The version it was graded by."""
        return versions.file_of(self.inspection.version_id)

    @cached_property
    def scores(self) -> list[Score]:
        """The components that were written down, in the order of the scheme."""
        held = self.inspection.scores or {}
        return [Score(c, held[c.key]) for c in self.scheme.components if held.get(c.key) is not None]

    @property
    def lang(self) -> str:
        """The language of the scheme's own words where it is not that of the page."""
        return badge.spoken(self.scheme.title).lang

    @property
    def has_words(self) -> bool:
        """Whether the scheme has words for any of the scores."""
        return any(score.word for score in self.scores)

    @property
    def brief(self) -> str:
        """The scores in a line: “Points 31 · Ordered closed”."""
        return " · ".join(filter(None, (score.brief for score in self.scores)))

    @cached_property
    def reason(self) -> str:
        """The rule's own sentence: “The three scores add up to 20; the worst of them is 10.”"""
        try:
            return self.scheme.grade(self.inspection.scores).reason if self.inspection.scores else ""
        except InputError:
            return ""

    @cached_property
    def badge(self) -> Badge | None:
        """The published grade, else the computed one; None for a visit that gave none."""
        key = self.inspection.value_published or self.inspection.grade
        return badge.Badge(self.scheme, self.scheme.entry(key), self.inspection.inspected_on) if key else None

    @cached_property
    def findings(self) -> Sequence:
        """What was found, in the order of the report."""
        return list(self.inspection.findings.all())

    @property
    def critical(self) -> int:
        """How many of the findings are critical."""
        return sum(finding.criticality == "critical" for finding in self.findings)

    @property
    def replaced(self) -> bool:
        """Whether the source later published this visit otherwise."""
        return self.inspection.state == "superseded"


@dataclass(frozen=True)
class Standing:
    """The rating under one scheme, current or ended, and the visit that it rests on."""

    rating: Rating
    visit: Visit | None
    country: str

    @cached_property
    def badge(self) -> Badge:
        """Its badge."""
        return badge.of_rating(self.rating, self.country)

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme version it was given under."""
        return versions.file_of(self.rating.version_id)

    @cached_property
    def computed(self) -> Badge | None:
        """What the scores give, where the source published something else."""
        if not self.rating.by_source or not self.rating.computed:
            return None
        return badge.Badge(self.scheme, self.scheme.entry(self.rating.computed), self.badge.on)

    @property
    def appeal(self):
        """The right to contest the grade under the rules of the authority's country, or None."""
        return self.scheme.appeal(VARIANTS.get(self.country)) if self.badge.graded else None

    @property
    def revisit(self):
        """The interval to the next inspection by the scheme's own rule, or None."""
        return self.scheme.revisit(self.badge.entry.key) if self.badge.graded else None

    @property
    def ended_on(self) -> date | None:
        """The day it ended."""
        return self.rating.ended_at.date() if self.rating.ended_at else None


class Dossier:
    """The ratings and visits of one establishment, as its page shows them. Three queries."""

    def __init__(self, establishment: Establishment):
        # Sorted as within one visit: the order of the model begins with the visit, which would be joined.
        findings = Prefetch("findings", Finding.objects.public().order_by("position", "id"))
        visits = establishment.inspections.public().prefetch_related(findings)
        self.all_visits = [Visit(inspection) for inspection in visits.order_by("-inspected_on", "-id")]
        by_id = {visit.inspection.pk: visit for visit in self.all_visits}
        country = establishment.authority.country
        ratings = establishment.ratings.public().select_related("batch").order_by("-rated_on", "-id")
        self.standings, self.ended = [], []
        for rating in ratings:
            visit = by_id.get(rating.inspection_id)
            rating.inspection = visit.inspection if visit else None
            current = rating.state == RatingState.PUBLISHED
            (self.standings if current else self.ended).append(Standing(rating, visit, country))
        self.ended.sort(key=lambda standing: standing.rating.ended_at, reverse=True)

    @cached_property
    def visits(self) -> list[Visit]:
        """The visits that no current rating rests on, newest first."""
        shown = {standing.visit.inspection.pk for standing in self.standings if standing.visit}
        return [visit for visit in self.all_visits if visit.inspection.pk not in shown]

    @property
    def rests_on_a_visit(self) -> bool:
        """Whether any current rating names the visit it rests on."""
        return any(standing.visit for standing in self.standings)

    @property
    def pending(self) -> bool:
        """Whether a new rating is on its way under any scheme."""
        return any(standing.rating.pending for standing in self.standings)
