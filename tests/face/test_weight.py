"""What a first visit costs: a page with its stylesheets and scripts, compressed as they are sent.

The map stands without Leaflet, 42 kB more: a phone loads that when it is asked to, a wide screen by itself
behind the page (tests/journeys/test_map.py).
"""

import gzip
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from lxml import html

from tests.face import pages

pytestmark = pytest.mark.django_db
MOST = 60_000
HEADERS = 250
"""Bytes of the headers of one answer, about."""


def test_a_first_visit_costs_less_than_60_kilobytes(client, town):
    weights = {}
    for page in pages.public(town):
        weights[str(page)] = _weight(client, client.get(page.address).content)
    assert {page: weight for page, weight in weights.items() if weight >= MOST} == {}


def _weight(client, content: bytes) -> int:
    page = html.fromstring(content)
    sources = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src")
    files = [source for source in sources if not source.startswith("data:")]
    return _sent(content) + sum(
        _static(source) if source.startswith("/static/") else _sent(client.get(source).content)
        for source in files
    )


@cache
def _static(source: str) -> int:
    return _sent(Path(finders.find(source.removeprefix("/static/"))).read_bytes())


def _sent(part: bytes) -> int:
    return len(gzip.compress(part)) + HEADERS
