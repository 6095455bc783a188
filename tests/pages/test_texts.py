"""Pages in plain words: they name who runs the portal, or say that nobody is named."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from records.pages.terms import TERMS
from records.pages.texts import link

pytestmark = pytest.mark.django_db
TEXTS = ("/about/", "/contact/", "/privacy/", "/accessibility/", "/licence/", "/glossary/", "/data/")
FIGURES = ("/figures/", "/figures/ages/", "/figures/changes/", "/figures/months/", "/figures/appeals/")


@pytest.mark.parametrize("address", (*TEXTS, *FIGURES))
def test_a_page_has_one_heading_nothing_inline_and_ids_that_are_unique(client, world, address):
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200 and not response.cookies
    assert html.count("<h1") == 1 and " style=" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_portal_that_names_nobody_says_so(client, settings):
    settings.PLACARD_OPERATOR = settings.PLACARD_CONTACT = settings.PLACARD_ENFORCEMENT = ""
    assert "The operator of this site has not named itself." in client.get("/about/").content.decode()
    html = client.get("/accessibility/").content.decode()
    assert "has not named a contact" in html and "has not named it" in html


def test_what_the_operator_names_stands_on_the_pages(client, settings):
    settings.PLACARD_OPERATOR, settings.PLACARD_CONTACT = "Example County", "ratings@example.org"
    settings.PLACARD_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    assert "Example County" in client.get("/about/").content.decode()
    assert 'href="mailto:ratings@example.org"' in client.get("/contact/").content.decode()
    assert f'href="{settings.PLACARD_LICENCE}"' in client.get("/licence/").content.decode()


def test_only_addresses_become_links():
    assert link("CC BY 4.0") == "" and link("javascript:alert(1)") == ""
    assert (
        link("a@example.org") == "mailto:a@example.org"
        and link("https://example.org/") == "https://example.org/"
    )


def test_the_statement_has_the_parts_of_its_models(client):
    html = client.get("/accessibility/").content.decode()
    for part in (
        "partly compliant",
        "What is not accessible?",
        "was prepared on 29 November 2026",
        "2018/1523",
    ):
        assert part in html


def test_every_term_has_an_anchor_of_its_own(client):
    html = client.get("/glossary/").content.decode()
    assert len({term.key for term in TERMS}) == len(TERMS)
    assert all(f'<dt id="{term.key}">' in html for term in TERMS)


def test_the_footer_leads_to_all_of_them(client, world):
    html = client.get("/help/").content.decode()
    for address in (*TEXTS, "/figures/"):
        assert f'href="{address}"' in html


def test_authorities_stand_by_name_and_what_is_counted_says_when(client, world):
    html = client.get("/figures/").content.decode()
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)', html)
    assert names == sorted(names, key=str.casefold) and len(names) >= 5
    assert "As of" in html and "nothing here says who is better" in html


@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_and_nothing_scrolls_sideways_and_back_leads_to_the_search(
    live_server, world, open_page
):
    place = world.copper_kettle.get_absolute_url()
    page = open_page()
    for address in (*TEXTS, *FIGURES, place, "/ratings/schemes/us-nyc/", "/authorities/almond-borough/"):
        page.goto(f"{live_server}{address}")
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(f"{live_server}/ratings/?q=kettle")
    page.click(f'a[href="{place}"]')
    page.click("text=Back to your search")
    page.wait_for_url(f"{live_server}/ratings/?q=kettle#r-{world.copper_kettle.reference}")
