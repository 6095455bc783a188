"""Public pages leave compressed.

They hold no secret that their length could tell: no token, no cookie, nothing about the reader. The back
office has such things and is never compressed.
"""

import re

from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

_refused = re.compile(r"\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)", re.IGNORECASE)
_gzip = GZipMiddleware(lambda request: None)


def takes_gzip(request) -> bool:
    """Whether the reader's browser says that it does."""
    asked = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in asked and not _refused.search(asked)


def compress(request, response):
    """A whole page, compressed for those who take it; files on their way stay as they are."""
    if response.streaming:
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    return _gzip.process_response(request, response) if takes_gzip(request) else response
