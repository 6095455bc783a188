"""What a first visit costs: a page with its stylesheets and scripts, compressed as they are sent.

The map stands without Leaflet, 42 kB more: a phone loads that when it is asked to, a wide screen by itself
behind the page (tests/journeys/test_map.py).
"""

import gzip
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
    files = [_file(client, source) for source in sources if not source.startswith("data:")]
    return sum(len(gzip.compress(part)) + HEADERS for part in (content, *files))


def _file(client, source: str) -> bytes:
    if source.startswith("/static/"):
        return Path(finders.find(source.removeprefix("/static/"))).read_bytes()
    return client.get(source).content
