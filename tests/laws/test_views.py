"""The pages of laws and articles, as a reader meets them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from records.laws.models import ProvisionText
from records.templatetags import penalties
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    return make.law(key="food-act", title="Food Safety Act 1990", number="1990 c. 16", short_title="FSA")


@pytest.fixture
def section(act):
    return make.provision(act, "s. 17(1)", text="")


def decided(section, **facts):
    """A published decision that cites the article."""
    return make.published_penalty(violations=[make.violation(provision=section)], cited=[section], **facts)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies and "max-age" in response.headers["Cache-Control"]
    return response.content.decode()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_laws_are_listed_by_country_and_rank_with_their_decisions(client, section):
    make.law(title="Labour Act", jurisdiction="CN", rank="local_regulation")
    decided(section)
    html = page(client, "/laws/")
    assert re.findall(r'<h2 id="in-[^"]+">(\w+)</h2>', html) == ["CN", "GB"]
    words = text(html)
    assert "Regional or local regulation" in words
    assert re.search(r"Food Safety Act 1990 1990 c\. 16 1 ", words)
    assert re.search(r"Labour Act 0 ", words)


def test_a_register_without_laws_says_so(client):
    assert "No law is held here yet." in page(client, "/laws/")


def test_a_law_says_its_rank_number_country_and_official_text(client, act):
    html = page(client, "/laws/food-act/")
    words = text(html)
    for said in ("Rank Law", "Official number 1990 c. 16", "GB", "None is shown here."):
        assert said in words
    assert 'href="https://laws.example.org/food-act" rel="external"' in html


def test_a_law_that_ended_says_when(client, act):
    act.in_force_until = timezone.localdate() - timedelta(days=3)
    act.save()
    assert "This law was in force until" in page(client, "/laws/food-act/")


def test_a_law_lists_its_articles_in_order_with_their_decisions_and_violations(client, act, section):
    for article in ("s. 2", "s. 17", "s. 100"):
        make.provision(act, article)
    decided(section)
    html = page(client, "/laws/food-act/")
    addresses = re.findall(r'<th scope="row"><a href="/laws/food-act/([^"/]+)/"', html)
    assert addresses == ["2", "17", "17-1", "100"]
    assert re.search(r"s\. 17\(1\)</a></th><td class=\"number\">1</td>", html)
    assert "Food kept at the wrong temperature" in html
    assert "/penalties/?law=food-act" in html


def test_an_article_shows_the_text_of_today_and_earlier_ones_with_their_dates(client, section):
    day = timezone.localdate() - timedelta(days=100)
    ProvisionText.objects.create(provision=section, text="Old words.", in_force_until=day)
    ProvisionText.objects.create(provision=section, text="New words.", in_force_from=day + timedelta(days=1))
    html = page(client, "/laws/food-act/17-1/")
    assert html.index("New words.") < html.index("Earlier texts") < html.index("Old words.")
    assert "The text in force today" in html


def test_an_article_without_a_text_says_that_it_is_not_held(client, section):
    words = text(page(client, "/laws/food-act/17-1/"))
    assert "The text in force today is not held here." in words
    assert "No decision under this article is shown here." in words


def test_an_article_lists_its_decisions_and_leads_to_the_search(client, section):
    penalty = decided(section, respondent="The Copper Kettle Ltd")
    other = make.published_penalty()
    html = page(client, "/laws/food-act/17-1/")
    assert "The Copper Kettle Ltd" in html and penalty.get_absolute_url() in html
    assert other.respondent not in html
    link = re.search(r'href="(/penalties/\?article=[^"]+)"', html)[1]
    found = page(client, link)
    assert "The Copper Kettle Ltd" in found and other.respondent not in found


def test_a_decision_that_is_hidden_is_not_counted(client, section):
    penalty = decided(section)
    registrar = make.user("registrar", penalty.authority)
    penalty.suspend(registrar, "A court stayed it.", "court_stay", timezone.localdate() + timedelta(days=9))
    assert "No decision under this article is shown here." in page(client, "/laws/food-act/17-1/")
    assert penalty.respondent not in page(client, "/laws/food-act/17-1/")
    assert "None is shown here." in page(client, "/laws/food-act/")


def test_decisions_about_persons_are_counted_but_not_listed(client, section):
    person = decided(section, respondent_kind="sole_trader", respondent="Mary Roe", premises="The Green Door")
    html = page(client, "/laws/food-act/17-1/")
    assert "Mary Roe" not in html and person.reference not in html
    assert "1 is about a person" in text(html)


def test_of_many_decisions_the_newest_of_the_search_are_listed_and_no_person(client, section, monkeypatch):
    monkeypatch.setattr(penalties, "FEW", 1)
    company = decided(section)
    person = decided(section, respondent_kind="sole_trader", respondent="Mary Roe", premises="The Green Door")
    html = page(client, "/laws/food-act/17-1/")
    assert company.get_absolute_url() in html and "2 decisions are shown" in text(html)
    assert "Mary Roe" not in html and person.reference not in html
    assert "Those about persons stand in the search only" in text(html)


@pytest.mark.parametrize("typed", ["s. 17(1)", "Section 17 (1)", "17.1", "ｓ．１７（１）"])
def test_a_typed_article_leads_to_the_address_of_its_key(client, section, typed):
    response = client.get(f"/laws/food-act/{typed}/")
    assert (response.status_code, response.headers["Location"]) == (301, "/laws/food-act/17-1/")


@pytest.mark.parametrize(
    "address", ["/laws/none/", "/laws/none/17-1/", "/laws/food-act/99/", "/laws/food-act/§/"]
)
def test_what_is_not_held_is_not_found(client, section, address):
    assert client.get(address).status_code == 404


def test_the_pages_read_and_take_nothing(client, section):
    for address in ("/laws/", "/laws/food-act/", "/laws/food-act/17-1/"):
        assert client.post(address).status_code == 405


def test_the_sitemap_lists_laws_and_articles(client, section):
    index = client.get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>http://testserver(/sitemap-(?:laws|articles)-\d+\.xml)</loc>", index)
    listed = "".join(client.get(part).content.decode() for part in parts)
    assert "<loc>http://testserver/laws/food-act/</loc>" in listed
    assert "<loc>http://testserver/laws/food-act/17-1/</loc>" in listed
