"""What templates ask about a search: marked matches, distances, the pager."""

from types import SimpleNamespace

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import mark_safe

from records.search.highlight import pieces
from records.search.near import distance_words

register = template.Library()


@register.simple_tag
def marked(text, step):
    """A text with the words that the search matched in <mark>."""
    if not step:
        return conditional_escape(text)
    opened = (
        (mark_safe("<mark>"), piece, mark_safe("</mark>")) if hit else ("", piece, "")
        for piece, hit in pieces(text, step)
    )
    return format_html_join("", "{}{}{}", opened)


@register.filter
def distance(metres) -> str:
    """A distance as people say it."""
    return distance_words(metres)


@register.inclusion_tag("components/pager.html")
def pager(listing, page):
    """Links to the page before and after."""
    return {
        "page": SimpleNamespace(
            number=page.number,
            last=page.last,
            previous=listing.page_link(page.previous) if page.previous else "",
            next=listing.page_link(page.next) if page.next else "",
        )
    }
