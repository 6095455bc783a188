"""What templates ask about ratings: badges, the dossier of an establishment, figures of an authority."""

from django import template
from django.utils.translation import gettext as translated

from records.authorities import domains
from records.businesses import identifiers, kinds
from records.ratings import cards, changes, coverage, histogram, outline, past, statistics
from records.ratings.badge import Badge, Spoken, example, of_rating, spoken
from records.ratings.bands import tables
from records.ratings.dossier import Dossier
from records.ratings.figures import AuthorityFigures
from records.ratings.schemes.vocabulary import plain

register = template.Library()


@register.inclusion_tag("components/grade.html")
def grade(rating, size="", country=""):
    """The badge of a rating, or of a badge already made."""
    return {"badge": rating if isinstance(rating, Badge) else of_rating(rating, country), "size": size}


@register.simple_tag
def dossier(establishment):
    """Standings, visits and ended ratings of an establishment."""
    return Dossier(establishment)


@register.simple_tag
def passed_on(establishment):
    """Title and description of a link to an establishment, where somebody passes it on."""
    return cards.told(establishment)


@register.simple_tag
def grades_over_time(dossier):
    """Charts of the grades of an establishment, one for each scheme with two or more."""
    return past.charts(dossier)


@register.simple_tag
def coverage_of(authority):
    """What came from an authority month by month, against what usually comes."""
    return coverage.of(authority)


@register.simple_tag
def scores_of(scheme):
    """How the scores behind the current grades are spread, as a chart."""
    return histogram.chart(scheme)


@register.simple_tag
def surroundings(establishment):
    """An establishment among those near it, as a picture; None where its place is not shown."""
    return outline.around(establishment)


@register.simple_tag
def changes_of(scheme):
    """How the grades of a scheme changed from one inspection to the next."""
    return changes.of_scheme(scheme)


@register.simple_tag
def example_badge(scheme, key, on=None, country=""):
    """A badge of a scheme's grade or status, of no establishment."""
    return example(scheme, key, on, country)


@register.inclusion_tag("components/spoken.html")
def say(owner, name=""):
    """A text, with its language where that is not the page's: a `Spoken`, or the text `name` of an object.

    Templates call what can be called, which would leave of such a text the string without its language.
    """
    return {"spoken": spoken(getattr(owner, name)) if name else owner}


@register.filter
def kind_label(slug) -> str:
    """The words for a kind of establishment."""
    kind = kinds.BY_SLUG.get(slug)
    return kind.label if kind else slug


@register.filter
def number_label(key) -> str:
    """The words for a numbering system of businesses."""
    system = identifiers.BY_KEY.get(key)
    return translated(system.label) if system else key


@register.filter
def domain_label(slug) -> str:
    """The words for a field of supervision."""
    domain = domains.BY_SLUG.get(slug)
    return domain.label if domain else slug


@register.simple_tag
def allowed(component):
    """Pairs of number and `Spoken` word of the values that a component may have, where they are listed."""
    if component.kind == "flag":
        return []
    words = {plain(value): component.words.get(plain(value)) for value in component.allowed}
    if component.kind == "choice":
        return [("", spoken(word) if word else Spoken(key, "")) for key, word in words.items()]
    return [(number, spoken(word)) for number, word in words.items() if word]


@register.simple_tag
def authority_figures(authority):
    """Coverage, standings and ages of an authority's ratings."""
    return AuthorityFigures(authority)


@register.simple_tag
def authority_counts():
    """How many establishments each authority has, by its number."""
    return statistics.overview().by(statistics.of_authority)


@register.filter
def at(mapping, key):
    """An entry of a mapping."""
    return mapping[key]


@register.simple_tag
def bands(scheme):
    """The bands and caps of a scheme's rule, as tables."""
    return tables(scheme)
