"""Public pages as they were made last, for the next reader: kept until the register changes.

`public_page` says which pages may be kept (`keep`); this middleware keeps what finally leaves and hands it
out again. Before it does, it asks for the edition of the register: a page of an older one is never shown. It
stands before all others: what is kept has all their headers, and what is handed out meets none of them.

What a page depends on is in its key: scheme, host, path (which says the language) and query as they were
sent, and whether the reader takes it compressed. Django's cache "pages" holds them: in the memory of each
process, unless an installation names a shared one in CACHES.
"""

import time
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from records.publication import edition
from records.publication.compression import takes_gzip

MAX_AGE = 60
"""Seconds for which anybody may keep a public page without asking."""

ALIAS = "pages"


class Page(NamedTuple):
    """A page as it left; `until` is when something on it ends, in seconds since 1970, 0 without an end."""

    edition: str
    tag: str
    until: float
    headers: tuple[tuple[str, str], ...]
    content: bytes


def keep(request, response, tag: str, until: datetime | None) -> None:
    """Say that this response may be handed to others, as long as its edition is the one that is shown."""
    if request.method == "GET" and not response.streaming and "Set-Cookie" not in response.headers:
        request.page_to_keep = (response, tag, until.timestamp() if until else 0.0)


def max_age(until: float) -> int:
    """For how many seconds a page may be kept without asking, of which something ends at `until`."""
    return min(MAX_AGE, max(0, int(until - time.time()))) if until else MAX_AGE


def has(request, tag: str) -> bool:
    """Whether the reader has the page already; of one without a tag nobody knows."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    return tag != "" and asked != "" and (asked == tag or tag in parse_etags(asked))


def unchanged(tag: str) -> HttpResponseNotModified:
    """The answer to who has the page; when something on it ends is not known here, so they ask again."""
    return HttpResponseNotModified(
        headers={"ETag": tag, "Cache-Control": "max-age=0, public", "Vary": "Accept-Encoding"}
    )


def shelf(get_response):
    """The middleware."""
    elsewhere = (settings.OFFICE_PATH, f"/{settings.STATIC_URL.lstrip('/')}")

    def middleware(request):
        if settings.DEBUG or request.method not in ("GET", "HEAD") or request.path_info.startswith(elsewhere):
            return get_response(request)
        try:
            key = _key(request)
        except DisallowedHost:  # is answered where all errors are
            return get_response(request)
        page = caches[ALIAS].get(key)
        if page is not None:
            kept = _handed_out(request, Page(*page))
            if kept is not None:
                return kept
        response = get_response(request)
        made, tag, until = getattr(request, "page_to_keep", (None, "", 0.0))
        if made is response:
            _put(key, response, edition.now(request), tag, until)
        return response

    return middleware


def _handed_out(request, page: Page) -> HttpResponse | None:
    """The page, or that the reader has it; None where it is not that of the edition, or its time is over."""
    seconds = max_age(page.until)
    if not seconds or edition.now(request) != page.edition:
        return None
    if has(request, page.tag):
        return unchanged(page.tag)
    response = HttpResponse(page.content)
    response.headers = type(response.headers)(page.headers)
    response.headers["Cache-Control"] = f"max-age={seconds}, public"
    return response


def _put(key: str, response, shown: str, tag: str, until: float) -> None:
    if response.status_code != 200 or response.cookies or response.streaming or not max_age(until):
        return
    headers = tuple((name, value) for name, value in response.items() if name != "Cache-Control")
    timeout = min(edition.QUARTER, until - time.time()) if until else edition.QUARTER
    caches[ALIAS].set(key, tuple(Page(shown, tag, until, headers, response.content)), timeout)


def _key(request) -> str:
    """All that tells one page from another; the query as it was sent, because a decoded one has twins."""
    parts = (
        request.scheme, request.get_host(), request.path,
        request.META.get("QUERY_STRING", ""), takes_gzip(request),
    )  # fmt: skip
    return sha256(repr(parts).encode()).hexdigest()
