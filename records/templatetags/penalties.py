"""What templates ask about decisions: amounts, excerpts, links to documents, those of an establishment."""

from pathlib import PurePath

from django import template
from django.urls import reverse

from records.penalties import kinds, words
from records.search.highlight import pieces
from records.templatetags.search import marked

register = template.Library()
EXCERPT = 180


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
