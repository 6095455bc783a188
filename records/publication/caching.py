"""How long a public page may be kept: by anyone, for a minute, and then asked again by its ETag.

The tag is that of the edition of the register (`edition.py`): whoever has the page costs one small query.
"""

from datetime import datetime
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from records.publication import edition

MAX_AGE = 60


def keep_until(request, instant: datetime | None) -> None:
    """Say that something on the page ends at that instant: then nobody keeps the page for longer."""
    ends = [at for at in (instant, getattr(request, "kept_until", None)) if at is not None]
    if ends:
        request.kept_until = min(ends)


def _seconds(request) -> int:
    ends = getattr(request, "kept_until", None)
    return MAX_AGE if ends is None else max(0, min(MAX_AGE, int((ends - timezone.now()).total_seconds())))


def _has(request, tag: str) -> bool:
    return tag in parse_etags(request.headers.get("If-None-Match", ""))


def public_page(view):
    """A view that only reads: GET and HEAD, no cookie, cacheable for a minute, 304 when nothing changed.

    The tag is asked for before the page is made, so that a page is never older than its tag says.

    Where something on it ends sooner (`keep_until`), it is kept until then. Redirects may be kept for a day;
    errors are not kept, and of what is gone nothing is stored. Nothing has an address with a NUL in it, which
    PostgreSQL would not even look up. A POST is answered by 405 and not by a missing token.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        if any("\0" in part for part in kwargs.values() if isinstance(part, str)):
            raise Http404
        tag = None if settings.DEBUG else edition.tag(request)
        if tag and _has(request, tag):
            response = HttpResponseNotModified(headers={"ETag": tag})
            # When something on it ends is not known here.
            patch_cache_control(response, public=True, max_age=0)
            return response
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=_seconds(request))
            if tag:
                response.headers.setdefault("ETag", tag)
        elif response.status_code in (301, 308):
            patch_cache_control(response, public=True, max_age=24 * 3600)
        elif response.status_code == 410:
            patch_cache_control(response, no_store=True)
        return response

    return csrf_exempt(require_safe(conditional_page(kept)))
