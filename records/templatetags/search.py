"""What templates ask about a search: marked matches, distances, the pager."""

from types import SimpleNamespace

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from records.publication import joining
from records.search.highlight import pieces
from records.search.keyset import Stretch
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
    """Links to the page before and after, and back to the first."""
    by_value = isinstance(page, Stretch)
    return {
        "page": SimpleNamespace(
            number=page.number,
            last=page.last,
            said=page.said if by_value else "",
            first=listing.page_link(1) if by_value and not page.is_first else "",
            previous=listing.page_link(page.previous) if page.previous else "",
            next=listing.page_link(page.next) if page.next else "",
        )
    }


@register.filter
def page_in_title(page) -> str:
    """What the title says of a page that is not the first: “, page 3” or “, 3 May 2024 to 1 April 2024”."""
    if isinstance(page, Stretch):
        words = "" if page.is_first else page.said
    else:
        words = _("page %(n)s") % {"n": page.number} if page.number > 1 else ""
    return joining.behind([words])
