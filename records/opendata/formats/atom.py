"""The newest rows of a search as an Atom feed; and what the feeds of the site share."""

import re

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.publication.caching import keep_until

TYPE = "application/atom+xml"
# What XML 1.0 cannot hold; such a mark in a text must not take the feed down.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def answer(request, dataset, search) -> HttpResponse:
    """The entries that the room gives for the search, whatever its order."""
    own = search.parameters.without("page", "sort").removesuffix("?")
    page, address = reverse(dataset.page) + own, reverse(f"{dataset.space}:atom") + own
    about = _("The newest on this site first.")
    feed = Feed(request, dataset.sentence(search), about, page, address, f"{dataset.key}{own}")
    for entry in dataset.entries(search):
        keep_until(request, entry.until)
        feed.add(entry.title, entry.path, entry.text, entry.guid, entry.at)
    return feed.response()


class Feed:
    """A feed under way; `page` and `address` are the paths of the page that it follows and its own."""

    def __init__(self, request, title: str, subtitle: str, page: str, address: str, guid: str):
        self._request = request
        self.tag = f"tag:{request.get_host().partition(':')[0]},2026:penalties"
        self._feed = Atom1Feed(
            title=_xml(title), subtitle=str(subtitle), link=request.build_absolute_uri(page), description="",
            language=get_language(), author_name=settings.PLACARD_NAME,
            feed_url=request.build_absolute_uri(address), feed_guid=f"{self.tag}/{guid}",
        )  # fmt: skip

    def add(self, title: str, path: str, text: str, guid: str, at) -> None:
        """An entry; `guid` names it for ever, `at` is when it came to be."""
        self._feed.add_item(
            title=_xml(title), link=self._request.build_absolute_uri(path), description=_xml(text),
            unique_id=f"{self.tag}/{guid}", pubdate=at, updateddate=at,
        )  # fmt: skip

    def response(self) -> HttpResponse:
        """The feed; search engines keep the pages and not this."""
        written = self._feed.writeString("utf-8")
        return HttpResponse(written, content_type=TYPE, headers={"X-Robots-Tag": "noindex"})


def _xml(text: str) -> str:
    return _NOT_XML.sub(" ", text)
