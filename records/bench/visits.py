"""Whole pages, through Django without a server, as a process of the site makes them."""

from contextlib import contextmanager

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from records.bench.size.timing import Refused, Spread, whole
from records.publication.shelf import ALIAS

_PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_NOTHING = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


@contextmanager
def site():
    """A client of the site, which answers to any name and needs no hashed names of its files.

    Each page is made: what was made before would be handed out in its place.
    """
    storages, kept = settings.STORAGES | {"staticfiles": _PLAIN}, settings.CACHES | {ALIAS: _NOTHING}
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, STORAGES=storages, CACHES=kept):
        yield Client()


def page(client: Client, address: str) -> float:
    """Milliseconds of a page; Refused where it is none."""

    def visit():
        answer = client.get(address)
        if answer.status_code != 200:
            raise Refused(f"{answer.status_code}: {address}")

    return whole(visit)


@contextmanager
def opened(address: str):
    """The answer to a request, through all of the site; a file may be left before its end.

    Not by the client: of a file that is broken off it would close the connections of this process.
    """
    handler = BaseHandler()
    handler.load_middleware()
    answer = handler.get_response(RequestFactory().get(address))
    if answer.status_code != 200:
        raise Refused(f"{answer.status_code}: {address}")
    request_finished.disconnect(close_old_connections)
    try:
        yield answer
        answer.close()
    finally:
        request_finished.connect(close_old_connections)


def nothing(ground, client: Client) -> Spread:
    """/healthz: what a page without content takes."""
    return ground.over(lambda _turn: page(client, "/healthz"), range(ground.count), 0.1)
