"""A page whose statement took longer than the database gives a reader (portal/settings.py, five seconds)."""

from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

AGAIN = 30
"""Seconds after which it is worth another try."""


def is_cancelled(error: Exception) -> bool:
    """Whether the database cancelled the statement, rather than being away or broken."""
    return isinstance(error.__cause__, QueryCanceled)


def watched(request):
    """A wrapper of statements that notes on the request when one of them is cancelled.

    A page may be made without what it asked for: a list that says so, or a condition in a template, which
    Django takes as false. Such a page is not that of the edition.
    """

    def execute_watched(execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except OperationalError as error:
            request.incomplete = is_cancelled(error) or getattr(request, "incomplete", False)
            raise

    return execute_watched


def answer(request) -> HttpResponse:
    """503 in the words of the site: a page to who asked for one, a line to who asked for a file or a feed.

    Django's log of answers has one line about it, without a trace: nothing is broken.
    """
    if request.path.endswith("/"):
        response = render(request, "503.html", status=503)
    else:
        words = _("This took too long. Ask for less of it, or try again in a minute.")
        response = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(AGAIN)
    patch_cache_control(response, no_store=True)
    return response
