"""How long a public page may be kept: by anyone, for a minute, and then asked again by its ETag.

The tag is that of the edition of the register (`edition.py`): whoever has the page costs one small query.
"""

from datetime import datetime, timedelta
from functools import wraps

from django.conf import settings
from django.db import OperationalError, connections
from django.http import Http404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe

from records.publication import edition, overtime, shelf
from records.publication.compression import compress


def keep_until(request, instant: datetime | None) -> None:
    """Say that something on the page ends at that instant: then nobody keeps the page for longer."""
    ends = [at for at in (instant, getattr(request, "kept_until", None)) if at is not None]
    if ends:
        request.kept_until = min(ends)


def public_page(view):
    """A view that only reads: GET and HEAD, no cookie, cacheable for a minute, 304 when nothing changed.

    The tag is asked for before the page is made, so that a page is never older than its tag says.

    Where something on it ends sooner (`keep_until`), it is kept until then. Redirects may be kept for a day;
    of errors and of what is gone nothing is stored. A page whose statement the database cancels is answered
    by 503. Nothing has an address with a NUL in it, which PostgreSQL would not even look up. A POST is
    answered by 405 and not by a missing token.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        if any("\0" in part for part in kwargs.values() if isinstance(part, str)):
            raise Http404
        try:
            tag = None if settings.DEBUG else edition.tag(request)
            if tag and shelf.has(request, tag):
                return shelf.unchanged(tag)
            with connections["public"].execute_wrapper(overtime.watched(request)):
                response = view(request, *args, **kwargs)
        except OperationalError as error:
            if not overtime.is_cancelled(error):
                raise
            return overtime.answer(request)
        if response.status_code == 200:
            _may_be_kept(request, response, tag)
        elif response.status_code in (301, 308):
            patch_cache_control(response, public=True, max_age=24 * 3600)
        elif response.status_code >= 400:
            patch_cache_control(response, no_store=True)
        return response

    return csrf_exempt(require_safe(conditional_page(kept)))


def _may_be_kept(request, response, tag: str | None) -> None:
    """By everybody for a minute, by the site until the next edition, and never longer than what is on it.

    A page that lacks something for want of time is kept for that minute only, and has no tag.
    """
    own = response.has_header("Cache-Control") or response.has_header("ETag")
    incomplete = getattr(request, "incomplete", False)
    if incomplete:
        keep_until(request, timezone.now() + timedelta(seconds=shelf.MAX_AGE))
    until = getattr(request, "kept_until", None)
    patch_cache_control(response, public=True, max_age=shelf.max_age(until.timestamp() if until else 0.0))
    if not tag:
        return
    if not incomplete:
        response.headers.setdefault("ETag", tag)
    if not response.streaming:
        compress(request, response)
        if not own:
            shelf.keep(request, response, "" if incomplete else tag, until)
