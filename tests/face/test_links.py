"""No link leads nowhere: every page reached from home answers, and has the place that is pointed at."""

from collections import Counter
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import resolve
from django.utils import translation
from django.utils.translation import get_language_from_path
from lxml import html

from tests.face import pages

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
MOST = 900
LIKE = 10
"""How many addresses of a kind are opened: of one page, with the same parameters."""


def test_no_link_and_no_file_of_a_page_is_missing(client, town):
    places, wanted, files, points, kinds = {}, {}, {}, {}, Counter()
    waiting = ["/", *(page.address for page in pages.public(town) if page.status == 200)]
    while waiting and len(places) < MOST:
        address = waiting.pop()
        if address in places:
            continue
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{address}, linked from {wanted.get(address)}"
        places[address] = set()
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = html.fromstring(response.content)
        places[address] = set(page.xpath("//@id"))
        for target in _targets(address, page):
            if target.path.startswith("/static/"):
                files.setdefault(target.path.removeprefix("/static/"), address)
                continue
            there = target._replace(scheme="", netloc="", fragment="").geturl()
            if there not in wanted:
                kinds[_kind(target)] += 1
                wanted[there] = address
                waiting += [there] if kinds[_kind(target)] <= _most(target, address) else []
            if target.fragment:
                points.setdefault((there, target.fragment), address)
    assert len(places) < MOST, "more pages than thought of: is there a link that makes ever more of them?"
    assert len(places) > 100
    assert {name: by for name, by in files.items() if not finders.find(name)} == {}
    assert {
        point: by for point, by in points.items() if point[0] in places and point[1] not in places[point[0]]
    } == {}


def _targets(address: str, page):
    """Where the page links to on this site, and what it loads."""
    for value in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src | //form/@action"):
        target = urlsplit(urljoin(SITE + address, value))
        if target.netloc == "testserver" and not target.path.startswith("/backoffice/"):
            yield target


def _kind(target) -> tuple:
    """The page, its language, and which parameters it has: whatever their values, the page is of a kind."""
    language = get_language_from_path(target.path) or settings.LANGUAGE_CODE
    with translation.override(language):
        name = resolve(target.path).view_name
    return name, language, frozenset(parse_qs(target.query, keep_blank_values=True))


def _most(target, address: str) -> int:
    """How many addresses of its kind are opened from there; in other languages the links are the same."""
    if _kind(target)[1] != settings.LANGUAGE_CODE:
        return 0 if target.query else 1
    return 0 if target.query and "?" in address else LIKE
