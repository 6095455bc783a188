"""What the page of an organisation asks: its ratings and its decisions, beside each other by field."""

from collections import defaultdict
from dataclasses import dataclass, field

from django import template
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from records.authorities import domains
from records.businesses.models import Business, Establishment
from records.penalties.models import Penalty
from records.publication.caching import keep_until
from records.ratings.badge import Badge, of_rating
from records.ratings.models import Rating
from records.templatetags.penalties import BODIES

register = template.Library()
MOST = 10


@dataclass
class Field:
    """One field of supervision: what stands there about an organisation. Nothing is summed, here or across.

    `places` are the establishments with their current ratings, `decisions` the newest against it, `more` how
    many others there are; those about `persons` are counted only, because search engines may keep the page.
    """

    slug: str
    places: list[tuple[Establishment, list[Badge]]] = field(default_factory=list)
    decisions: list[Penalty] = field(default_factory=list)
    more: int = 0
    persons: int = 0


@register.simple_tag(takes_context=True)
def fields_of(context, business: Business, places: list[Establishment]) -> list[Field]:
    """The fields where `business` has a decision or one of `places` a rating, in the order of the domains."""
    fields: dict[str, Field] = {}

    def of(slug: str) -> Field:
        return fields.setdefault(slug, Field(slug))

    for slug, place, badges in _rated(places):
        of(slug).places.append((place, badges))
    for penalty in _decisions(business):
        keep_until(context["request"], penalty.hide_at)
        of(penalty.domain).decisions.append(penalty)
    for row in _counted(business):
        found = of(row["domain"])
        found.persons, found.more = row["all"] - row["bodies"], row["bodies"] - len(found.decisions)
    order = list(domains.BY_SLUG)
    return sorted(
        fields.values(), key=lambda f: (order.index(f.slug) if f.slug in order else len(order), f.slug)
    )


@register.filter
def without_rating(places: list[Establishment], fields: list[Field]) -> list[Establishment]:
    """Those of the establishments that stand in none of the fields."""
    rated = {place.pk for found in fields for place, _badges in found.places}
    return [place for place in places if place.pk not in rated]


def _rated(places):
    """Field, establishment and badges of the current ratings, in the order of the establishments."""
    known = defaultdict(list)
    ratings = Rating.objects.public().current().select_related("inspection").order_by("scheme_id")
    for rating in ratings.filter(establishment__in=[place.pk for place in places]):
        known[rating.establishment_id].append(rating)
    for place in places:
        badges = defaultdict(list)
        for rating in known[place.pk]:
            rating.establishment = place
            badge = of_rating(rating, place.authority.country)
            badges[badge.scheme.domain].append(badge)
        for slug, of_field in badges.items():
            yield slug, place, of_field


def _against(business):
    return Penalty.objects.public().filter(business=business.pk)


def _decisions(business):
    """The newest decisions of each field against the organisation."""
    newest = Window(
        RowNumber(), partition_by="domain", order_by=[F("decided_on").desc(nulls_last=True), "-pk"]
    )
    rows = (
        _against(business).filter(respondent_kind__in=BODIES).annotate(place=newest).filter(place__lte=MOST)
    )
    rows = rows.select_related("authority", "law").defer("legal_basis", "remedy")
    return rows.order_by(F("decided_on").desc(nulls_last=True), "-pk")


def _counted(business):
    rows = _against(business).order_by().values("domain")
    return rows.annotate(all=Count("pk"), bodies=Count("pk", Q(respondent_kind__in=BODIES)))
