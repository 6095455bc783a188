"""What templates ask about decisions: amounts, excerpts, documents, those of a place, a law or an article."""

from pathlib import PurePath
from types import SimpleNamespace

from django import template
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from records.penalties import appeals, facets, ledger, months, reading, words
from records.penalties.models import Penalty
from records.penalties.search import PenaltySearch
from records.penalties.tally import bearing, counted, tally
from records.publication.caching import keep_until
from records.search.highlight import pieces
from records.search.pages import Count, capped_count
from records.templatetags.search import marked

register = template.Library()
EXCERPT = 180
BODIES = ("organisation", "public_body")
FEW = 1_000
"""Up to so many decisions under an article, those about persons are counted."""
LOOKED_THROUGH = 100
"""So many of the newest are looked through for those that are not about persons, where there are more."""


@register.inclusion_tag("records/penalties/_document.html")
def document_link(document, reference=""):
    """A link to a document: to its file here, or to its address; without `reference` a file has no link."""
    address = document.url
    if document.sha256:
        address = reverse("decisions_files:document", args=[reference, document.pk]) if reference else ""
    kind = PurePath(document.file_name).suffix[1:].upper()
    return {"document": document, "address": address, "elsewhere": not document.sha256, "kind": kind}


@register.filter
def money(amount, currency) -> str:
    """An amount with its currency."""
    return words.money(amount, currency)


@register.filter
def sanctions_in_words(penalty) -> str:
    """The kinds of sanction of a decision in a line."""
    return words.sanction_kinds(penalty.sanction_kinds)


@register.filter
def fine_state(state) -> str:
    """Where a fine stands, in words; Django's own lookup hashes every label on the way."""
    return next((str(label) for key, label in ledger.fine_states() if key == state), "")


@register.simple_tag
def excerpt(text, step):
    """The beginning of a text, or what stands around the first word that the search matched, with marks."""
    at = 0
    for piece, hit in pieces(text, step):
        if hit:
            break
        at += len(piece)
    else:
        at = 0
    begin = 0 if at < EXCERPT - 40 else text.rfind(" ", 0, at - 60) + 1
    end = len(text) if len(text) - begin <= EXCERPT else begin + EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + EXCERPT // 2)
    cut = f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"
    return marked(cut, step)


def _listed(context, rows, most: int) -> list[Penalty]:
    """The newest of the rows, of which the page is then kept no longer than the first one is shown."""
    rows = rows.select_related("authority", "law").defer("legal_basis", "remedy")
    found = list(rows.order_by("-decided_on", "-pk")[:most])
    for penalty in found:
        keep_until(context["request"], penalty.hide_at)
    return found


@register.simple_tag(takes_context=True)
def decisions_at(context, establishment, most=5):
    """The newest decisions of an establishment: `rows`, `all` and `more` as numbers; `persons` counts those
    about persons, who are named on no page that search engines keep."""
    known = Penalty.objects.public().filter(establishment=establishment.pk)
    counted = known.aggregate(
        all=models.Count("pk"), bodies=models.Count("pk", Q(respondent_kind__in=BODIES))
    )
    # Most places have none, and the rows are what costs.
    rows = _listed(context, known.filter(respondent_kind__in=BODIES), most) if counted["bodies"] else []
    persons, more = counted["all"] - counted["bodies"], counted["bodies"] - len(rows)
    return SimpleNamespace(rows=rows, all=counted["all"], persons=persons, more=more)


@register.simple_tag(takes_context=True)
def newest_decisions(context, most=5):
    """The newest decisions against organisations and public bodies."""
    return _listed(context, Penalty.objects.public().filter(respondent_kind__in=BODIES), most)


@register.filter
def as_a_sentence(newest) -> str:
    """An example of a search typed as a sentence, which finds at least one of these decisions."""
    return reading.example(newest)


@register.filter
def at(numbers, key) -> int:
    """The number that belongs to a key, 0 where there is none."""
    return numbers.get(key, 0)


@register.simple_tag
def decisions_by_law():
    """How many decisions rest on or cite each law, {number: Count}."""
    return _by(facets.LAW, [])


@register.simple_tag
def decisions_under_law(law):
    """How many decisions rest on the law or cite it."""
    return counted(_bearing([f"'{facets.LAW.sign}{law.pk}'"])).count


@register.simple_tag
def decisions_by_article(law):
    """How many decisions cite each provision of the law in the version that stands, {number: Count}."""
    return _by(facets.ARTICLE, [f"'{facets.LAW.sign}{law.pk}'"])


def _by(way, tokens):
    found = tally(_bearing(tokens), [way.column])
    return {int(pk): Count(n, about=found.count.about) for pk, n in found.groups[way.column].items()}


def _bearing(tokens):
    """The index cards that bear tokens, for `tally`."""
    return lambda *also: bearing(" & ".join((*tokens, *also)))


@register.simple_tag(takes_context=True)
def decisions_under_article(context, provision, most=20):
    """The newest decisions under an article against organisations: `rows`; `all` and `persons` are counts.

    Where they are `many`, the newest are those of the search, and nobody counts those about persons.
    """
    cited = f"'{facets.ARTICLE.sign}{provision.pk}'"
    everything = counted(_bearing([cited])).count
    if everything.about or everything.number > FEW:
        search = PenaltySearch(QueryDict(urlencode({"article": f"{provision.law.key}/{provision.key}"})))
        search.count, search.size = everything, LOOKED_THROUGH
        newest = [penalty.pk for penalty in search.page.rows]
        bodies = Penalty.objects.public().filter(pk__in=newest, respondent_kind__in=BODIES)
        return SimpleNamespace(rows=_listed(context, bodies, most), all=everything, many=True)
    # By their keys: from the citations the planner may walk through all decisions.
    known = Penalty.objects.public().filter(pk__in=list(bearing(cited).values_list("pk", flat=True)))
    persons = capped_count(known.exclude(respondent_kind__in=BODIES))
    rows = _listed(context, known.filter(respondent_kind__in=BODIES), most)
    return SimpleNamespace(rows=rows, all=everything, persons=persons)


@register.simple_tag
def appeals_of(authority):
    """What became of the appeals against an authority's decisions."""
    return appeals.of(authority)


@register.simple_tag
def months_of(authority):
    """How many of its public decisions were made in each month, as a chart."""
    return months.chart(authority)
