"""What a first visit costs: a page with its stylesheets and scripts, compressed as they are sent."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import html

from tests.face import pages

pytestmark = pytest.mark.django_db
MOST = 60_000
HEADERS = 250
"""Bytes of the headers of one answer, about."""


def test_a_first_visit_costs_less_than_60_kilobytes(town):
    clients, weights = {"": Client()}, {}
    for name, person in town.people.items():
        clients[name] = Client()
        clients[name].force_login(person)
    for page in pages.public(town):
        weights[str(page)] = _weight(clients[page.who].get(page.address).content)
    assert {page: weight for page, weight in weights.items() if weight >= MOST} == {}


def _weight(content: bytes) -> int:
    page = html.fromstring(content)
    sources = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src")
    files = [Path(finders.find(source.removeprefix("/static/"))).read_bytes() for source in sources]
    return sum(len(gzip.compress(part)) + HEADERS for part in (content, *files))
