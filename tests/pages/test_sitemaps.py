"""Sitemaps: every page in each of its languages, each naming the others, and no file larger than allowed."""

import pytest
from lxml import etree, html

from records.pages import sitemaps
from tests import make

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("cy", "Cymraeg")]


def entries(client, address="/sitemap-1.xml"):
    root = etree.fromstring(client.get(address).content)
    return {
        entry.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)
        }
        for entry in root.findall("s:url", NAMES)
    }


@pytest.fixture
def place(monkeypatch):
    """One establishment, in the first file whatever its number."""
    monkeypatch.setattr(sitemaps, "ADDRESSES", 10**9)
    return make.establishment()


def test_every_page_is_listed_in_each_language_and_names_all_of_them(client, place, settings):
    settings.LANGUAGES = LANGUAGES
    found = entries(client)
    address = place.get_absolute_url()
    prefixes = (("en", ""), ("zh-hans", "/zh-hans"), ("cy", "/cy"))
    own = {code: f"http://testserver{prefix}{address}" for code, prefix in prefixes}
    for link in own.values():
        assert found[link] == own | {"x-default": own["en"]}


def test_the_head_of_the_page_and_the_sitemap_name_the_same(client, place, settings):
    settings.LANGUAGES = LANGUAGES
    address = place.get_absolute_url()
    head = html.fromstring(client.get(address).content)
    links = {link.get("hreflang"): link.get("href") for link in head.xpath("//link[@hreflang]")}
    assert entries(client)[f"http://testserver{address}"] == links


def test_a_site_in_one_language_names_no_other(client, place, settings):
    settings.LANGUAGES = LANGUAGES[:1]
    found = entries(client)
    assert found[f"http://testserver{place.get_absolute_url()}"] == {}


def test_no_file_holds_more_addresses_than_search_engines_take(settings):
    for number in (1, 2, 3, 4):
        settings.LANGUAGES = (LANGUAGES * 2)[:number]
        assert sitemaps._size() * number <= 50_000
