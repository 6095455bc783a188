"""What templates ask about decisions: amounts, excerpts, links to documents, those of an establishment."""

from pathlib import PurePath
from types import SimpleNamespace

from django import template
from django.db.models import Count, F, Q
from django.urls import reverse

from records.penalties import kinds, words
from records.penalties.models import Penalty
from records.publication.caching import keep_until
from records.search.highlight import pieces
from records.templatetags.search import marked

register = template.Library()
EXCERPT = 180
BODIES = ("organisation", "public_body")


@register.inclusion_tag("records/penalties/_document.html")
def document_link(document, reference=""):
    """A link to a document: to its file here, or to its address; without `reference` a file has no link."""
    address = document.url
    if document.sha256:
        address = reverse("penalties:document", args=[reference, document.pk]) if reference else ""
    kind = PurePath(document.file_name).suffix[1:].upper()
    return {"document": document, "address": address, "elsewhere": not document.sha256, "kind": kind}


@register.filter
def money(amount, currency) -> str:
    """An amount with its currency."""
    return words.money(amount, currency)


@register.filter
def sanctions_in_words(penalty) -> str:
    """The kinds of sanction of a decision in a line."""
    known = (kinds.BY_SLUG[kind] for kind in penalty.sanction_kinds if kind in kinds.BY_SLUG)
    return ", ".join(str(kind.label) for kind in known)


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
    rows = rows.select_related("authority", "law").defer("search", "legal_basis", "remedy")
    found = list(rows.order_by(F("decided_on").desc(nulls_last=True), "-pk")[:most])
    for penalty in found:
        keep_until(context["request"], penalty.hide_at)
    return found


@register.simple_tag(takes_context=True)
def decisions_at(context, establishment, most=5):
    """The newest decisions of an establishment: `rows`, `all` and `more` as numbers; `persons` counts those
    about persons, who are named on no page that search engines keep."""
    known = Penalty.objects.public().filter(establishment=establishment.pk)
    bodies = known.filter(respondent_kind__in=BODIES)
    rows = _listed(context, bodies, most)
    counted = known.aggregate(all=Count("pk"), bodies=Count("pk", Q(respondent_kind__in=BODIES)))
    persons, more = counted["all"] - counted["bodies"], counted["bodies"] - len(rows)
    return SimpleNamespace(rows=rows, all=counted["all"], persons=persons, more=more)


@register.simple_tag(takes_context=True)
def newest_decisions(context, most=5):
    """The newest decisions against organisations and public bodies."""
    return _listed(context, Penalty.objects.public().filter(respondent_kind__in=BODIES), most)
