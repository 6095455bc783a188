"""The pages of organisations: found by name and number, shown by field, and never added up."""

import re

import pytest
from django.urls import reverse
from lxml import html

from records.penalties.models import Penalty
from tests import make

pytestmark = pytest.mark.django_db
NUMBER = "01234567"


def text(content):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def page(client, business, **query):
    response = client.get(reverse("businesses:detail", args=[business.reference]), query)
    assert response.status_code == 200
    return response.content.decode()


def found(client, q):
    response = client.get(reverse("businesses:list"), {"q": q})
    assert response.status_code == 200
    return response.content.decode()


def fields(content):
    """The words of each field's section."""
    sections = html.fromstring(content).xpath("//section[@data-field]")
    return {
        section.get("data-field"): text(html.tostring(section, encoding="unicode")) for section in sections
    }


@pytest.fixture
def chain():
    """An organisation with two rated kitchens, and decisions in two fields."""
    business = make.business("Copper Chain Ltd", {"gb-coh": NUMBER})
    for name, grade in (("Copper North", "5"), ("Copper South", "2")):
        make.rating(make.establishment(name=name, business=business), key=grade)
    authority = make.authority(domains=["food-safety", "environment"])
    for amount, domain in ((4000, "food-safety"), (700, "food-safety"), (1300, "environment")):
        make.published_penalty(
            sanctions=(("fine", amount),), violations=(make.violation(domain=domain),), domain=domain,
            business=business, respondent="Copper Chain Ltd", authority=authority,
        )  # fmt: skip
    return business


# -- the page


def test_each_field_has_its_own_ratings_and_decisions(client, chain):
    told = fields(page(client, chain))
    assert list(told) == ["food-safety", "environment"]
    assert "Copper North" in told["food-safety"] and "Copper South" in told["food-safety"]
    assert "5 of 5, Very good" in told["food-safety"] and "2 of 5" in told["food-safety"]
    assert "4,000" in told["food-safety"] and "700" in told["food-safety"]
    assert "1,300" in told["environment"] and "4,000" not in told["environment"]
    assert "No rating is published in this field. It does not mean" in told["environment"]


def test_nothing_is_added_up_and_the_page_says_so(client, chain):
    content = page(client, chain)
    told = text(content)
    assert "Nothing here is added up, averaged or ranked." in told
    assert f'href="{reverse("pages:no_total_score")}"' in content
    for total in ("4,700", "4700", "5,300", "2,000", "6,000", "6000", "3.5", "2,350", "Total"):
        assert total not in told


def test_the_page_gives_the_number_with_its_register_and_warns_of_former_owners(client, chain):
    told = text(page(client, chain))
    assert f"UK company number {NUMBER}" in told
    assert "Who owned it at the time?" in told
    assert "No record does not mean that a business complies." in told


def test_hidden_establishments_and_unpublished_decisions_do_not_appear(client, chain):
    make.establishment(name="Secret Kitchen", business=chain, publish_at=None)
    draft = make.penalty(business=chain, respondent="Copper Chain Ltd")
    told = text(page(client, chain))
    assert "Secret Kitchen" not in told
    assert draft.decision_number not in told


def test_decisions_about_persons_are_counted_but_not_shown(client, chain):
    penalty = make.published_penalty(
        business=chain,
        respondent="Jane Doe",
        respondent_kind="sole_trader",
        premises="Copper Corner, Testham",
    )
    told = text(page(client, chain))
    assert "1 is about a person" in told
    assert "Jane Doe" not in told and "Copper Corner" not in told
    assert penalty.decision_number not in told


def test_an_establishment_without_rating_is_listed_apart(client, chain):
    make.establishment(name="Copper New", business=chain)
    told = text(page(client, chain))
    assert "Establishments without a published rating" in told and "Copper New" in told


def test_of_many_decisions_the_newest_are_shown_and_the_others_linked(client, chain, monkeypatch):
    monkeypatch.setattr("records.templatetags.businesses.MOST", 1)
    content = page(client, chain)
    address = f"{reverse('penalties:list')}?business={chain.reference}"
    assert content.count(address) == 1
    assert client.get(address).status_code == 200


def test_establishments_stand_on_pages(client, chain, monkeypatch):
    monkeypatch.setattr("records.businesses.organisations.PLACES", 1)
    assert "Copper South" not in text(page(client, chain))
    assert "Copper South" in text(page(client, chain, page=2))


def test_sole_traders_unknown_and_hidden_organisations_have_no_page(client):
    trader = make.business("Jane Doe", kind="sole_trader")
    make.establishment(business=trader)
    hidden = make.business("Nowhere Ltd")
    make.establishment(business=hidden, publish_at=None)
    for reference in (trader.reference, hidden.reference, "zzzzzzz"):
        assert client.get(reverse("businesses:detail", args=[reference])).status_code == 404


def test_the_pages_of_an_establishment_and_a_decision_lead_to_the_organisation(client, chain):
    address = f'href="{chain.get_absolute_url()}"'
    for record in (chain.establishments.first(), Penalty.objects.get(imposed=4000)):
        assert address in client.get(record.get_absolute_url()).content.decode()


def test_the_sitemap_has_organisations_and_no_sole_traders(client, chain):
    trader = make.business("Jane Doe", kind="sole_trader")
    make.establishment(business=trader)
    assert reverse("pages_files:sitemap_businesses", args=[1]) in client.get("/sitemap.xml").content.decode()
    listed = client.get(reverse("pages_files:sitemap_businesses", args=[1])).content.decode()
    assert chain.get_absolute_url() in listed and trader.reference not in listed


# -- the search


@pytest.mark.parametrize(
    "q", ["copper chain", "COPPER", "chain ltd", NUMBER, "1234567", "0123 4567", "0123-4567"]
)
def test_an_organisation_is_found_by_words_of_its_name_and_by_its_number(client, chain, q):
    assert chain.get_absolute_url() in found(client, q)


def test_a_number_finds_its_holder_only(client, chain):
    other = make.business(f"Club {NUMBER} Ltd")
    make.establishment(business=other)
    content = found(client, NUMBER)
    assert "1 organisation has the number" in content
    assert other.get_absolute_url() not in content


def test_a_sole_trader_is_found_neither_by_name_nor_by_number(client):
    trader = make.business("Jane Doe", {"gb-coh": "SC123456"}, kind="sole_trader")
    make.establishment(business=trader)
    for q in ("Jane Doe", "SC123456"):
        assert trader.reference not in found(client, q)


def test_an_empty_result_says_what_to_try_and_that_absence_proves_nothing(client):
    told = text(found(client, "nosuchcompany"))
    assert "Nothing found" in told and "Type fewer words" in told
    assert "No record does not mean that a business complies." in told


def test_without_a_text_none_is_listed(client, chain):
    content = client.get(reverse("businesses:list")).content.decode()
    assert chain.reference not in content and "Blanks and dashes do not matter" in content


@pytest.mark.parametrize(
    "query", ["?colour=red", "?q=copper&page=0", "?q=copper&page=9", "?q=copper&sort=x", "?q=a&q=b"]
)
def test_what_cannot_be_read_is_a_bad_request(client, chain, query):
    response = client.get(reverse("businesses:list") + query)
    assert response.status_code == 400
    assert reverse("businesses:list") in response.content.decode()


def test_anything_can_be_typed(client, chain):
    for q in ("!!!", '"', "-", "漢字", "1" * 300, "a\u0000b", "%_'"):
        found(client, q)
