"""The language of a page follows from its address alone; files and the back office have no prefix."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from portal import languages
from tests import make
from tests.publication.conftest import pages  # noqa: F401  (fixture)

CODES = ["en", "zh-hans", "cy", "es"]
pytestmark = pytest.mark.django_db


def page(client, address, **more):
    answer = client.get(address, **more)
    return answer, html.fromstring(answer.content)


@pytest.mark.parametrize("code", CODES)
def test_an_address_says_the_language_of_its_page(client, code):
    answer, root = page(client, languages.in_language("/help/", code))
    assert answer.status_code == 200 and root.get("lang") == code and answer["Content-Language"] == code
    assert root.xpath("//nav//a[@aria-current='page']/@href") == [languages.in_language("/help/", code)]


@pytest.mark.parametrize("code", CODES)
def test_errors_are_said_in_the_language_of_the_address(client, code):
    for address, status in (("/no-such-page/", 404), ("/ratings/?colour=blue", 400)):
        answer, root = page(client, languages.in_language(address, code))
        assert (answer.status_code, root.get("lang"), answer["Content-Language"]) == (status, code, code)


def test_a_fault_is_said_in_the_language_of_the_address(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("records.penalties.views.PenaltySearch", None)
    answer, root = page(client, "/zh-hans/penalties/")
    assert (answer.status_code, root.get("lang")) == (500, "zh-hans")


def test_neither_a_cookie_nor_the_browser_changes_a_page(client):
    client.cookies["placard_language"] = client.cookies["django_language"] = "cy"
    answer = client.get("/help/", headers={"accept-language": "es"})
    assert answer["Content-Language"] == "en" and answer["Vary"] == "Accept-Encoding"
    assert answer.content == Client().get("/help/").content


def test_the_language_of_one_page_stays_with_it(client):
    client.get("/cy/help/")
    assert client.get("/help/")["Content-Language"] == "en"


@pytest.mark.usefixtures("pages")
def test_pages_of_two_languages_are_kept_apart(client):
    tags = set()
    for _turn in range(2):
        for code in CODES:
            answer, root = page(client, languages.in_language("/help/", code))
            assert root.get("lang") == answer["Content-Language"] == code
            tags.add(answer["ETag"])
    assert len(tags) == len(CODES)


# -- from one language to another


def test_the_switch_keeps_the_page_and_the_query(client):
    for code in CODES:
        here = languages.in_language("/ratings/?q=caf%C3%A9&sort=name", code)
        _answer, root = page(client, here)
        links = root.xpath("//nav[@class='languages']//a")
        assert [link.get("lang") for link in links] == CODES
        assert [link.get("href") for link in links] == [languages.in_language(here, to) for to in CODES]
        assert [link.get("lang") for link in links if link.get("aria-current")] == [code]
        assert [link.text for link in links] == ["English", "简体中文", "Cymraeg", "Español"]


def test_every_language_is_an_alternate_of_each_other_and_canonical_to_itself(client):
    place = make.establishment()
    for code in CODES:
        _answer, root = page(client, languages.in_language(f"/establishments/{place.reference}/", code))
        found = {link.get("hreflang"): link.get("href") for link in root.xpath("//link[@hreflang]")}
        own = {to: f"http://testserver{languages.in_language(place.get_absolute_url(), to)}" for to in CODES}
        assert found == own | {"x-default": own["en"]}
        assert root.xpath("//link[@rel='canonical']/@href") == [own[code]]


def test_links_stay_in_the_language(client):
    _answer, root = page(client, "/cy/")
    links = [link for link in root.xpath("//a[not(@hreflang)]/@href | //form/@action") if link[0] == "/"]
    assert links and all(link.startswith("/cy/") for link in links)


def test_an_address_without_its_slash_keeps_its_language(client):
    assert client.get("/zh-hans")["Location"] == "/zh-hans/"
    assert client.get("/zh-hans/ratings?q=x")["Location"] == "/zh-hans/ratings/?q=x"


def test_a_language_that_is_not_offered_has_no_addresses(client, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    assert client.get("/zh-hans/help/").status_code == client.get("/en/help/").status_code == 404
    _answer, root = page(client, "/es/help/")
    assert root.xpath("//link/@hreflang") == ["en", "x-default", "es"]


def test_another_language_may_be_the_default_one(client, settings):
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("zh-hans", "简体中文"), ("en", "English")], "zh-hans"
    assert client.get("/help/")["Content-Language"] == "zh-hans"
    assert client.get("/en/help/")["Content-Language"] == "en"
    assert client.get("/zh-hans/help/").status_code == 404


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [("/", "cy", "/cy/"), ("/cy/", "en", "/"), ("/cy", "en", "/"), ("/cyprus/", "cy", "/cy/cyprus/"),
     ("/cy/help/?q=/cy/", "es", "/es/help/?q=/cy/"), ("/es/", "es", "/es/")],
)  # fmt: skip
def test_an_address_is_put_into_another_language(path, code, there):
    assert languages.in_language(path, code) == there


# -- what has one address


def test_files_have_one_address_and_one_content(client):
    decision = make.published_penalty()
    make.establishment()
    one = f"/penalties/{decision.reference}/v/1/record.json"
    files = ["/penalties.csv", "/penalties.json", "/penalties.atom", "/ratings.csv", "/ratings.json", one]
    files += ["/penalties/removals.json", "/penalties/corrections.atom", "/robots.txt", "/sitemap.xml"]
    for address in files:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.getvalue(), address  # read to its end: a file keeps its turn until then
        assert client.get(f"/cy{address}", follow=True).status_code == 404, address
    for code in CODES:
        with override(code):
            assert reverse("decisions_files:csv") == "/penalties.csv"
            _answer, root = page(client, reverse("penalties:list"))
        assert set(root.xpath("//*[contains(@class, 'files')]/a[@rel]/@href")) == {
            "/penalties.csv", "/penalties.json", "/penalties.atom"
        }  # fmt: skip


def test_a_record_is_cited_by_the_same_address_and_fingerprint_in_every_language(client):
    decision = make.published_penalty()
    told = set()
    for code in CODES:
        _answer, root = page(client, languages.in_language(f"/penalties/{decision.reference}/", code))
        address, fingerprint = root.find_class("citation")[0].find_class("code")
        told.add((address.text, fingerprint.text))
    assert [address for address, _sha256 in told] == [
        f"http://testserver/penalties/{decision.reference}/v/1/"
    ]


def test_crawlers_are_told_of_the_lists_in_every_language(client):
    told = client.get("/robots.txt").content.decode()
    assert "\nDisallow: /penalties/?\n" in told and "\nDisallow: /zh-hans/penalties/?\n" in told


# -- the back office


def test_a_clerk_chooses_the_language_of_the_back_office_and_of_nothing_else(client):
    chosen = client.post("/backoffice/language/", {"language": "zh-hans", "next": "/backoffice/login/"})
    assert chosen["Location"] == "/backoffice/login/"
    cookie = chosen.cookies["placard_language"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/backoffice/", True, "Lax")
    _answer, root = page(client, "/backoffice/login/")
    assert root.get("lang") == "zh-hans"
    assert client.get("/help/")["Content-Language"] == "en"


def test_a_language_that_the_back_office_is_not_in_is_not_taken(client):
    for code in ("cy", "xx", "../"):
        client.cookies["placard_language"] = code
        assert client.get("/backoffice/login/")["Content-Language"] == "en"


def test_the_back_office_has_no_prefix(client):
    assert client.get("/zh-hans/backoffice/").status_code == 404
