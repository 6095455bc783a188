"""Every public page: it answers, sets no cookie, holds nothing inline, and says what it must."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from records.penalties.opendata import DECISIONS
from records.ratings.opendata import RATINGS

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/ratings/",
    "/ratings/?q=kettle",
    "/ratings/?q=nothing+at+all+like+this",
    "/ratings/?near=51.15,-6.3",
    "/ratings/schemes/",
    "/ratings/schemes/uk-fhrs/",
    "/ratings/schemes/us-nyc/",
    "/authorities/",
    "/authorities/almond-borough/",
    "/penalties/",
    "/penalties/?q=kettle&sanction=fine",
    "/penalties/?sort=imposed",
    "/map/",
    "/map/?q=kettle&type=restaurant",
    "/find/",
    "/find/?q=kitchen",
    "/help/",
    "/help/no-total-score/",
    "/accessibility/",
    "/data/",
    "/style-guide/",
)


@pytest.fixture(autouse=True)
def _counted_afresh():
    from records.ratings import statistics

    statistics.forget()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_without_a_cookie_and_may_be_kept_for_a_minute(client, world, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "ETag" in response.headers


@pytest.mark.parametrize("address", PAGES)
def test_a_page_holds_nothing_inline_and_one_heading(client, world, address):
    html = client.get(address).content.decode()
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert html.count("<h1") == 1


@pytest.mark.parametrize("address", PAGES)
def test_the_ids_of_a_page_are_unique(client, world, address):
    html = client.get(address).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_page_that_has_not_changed_is_not_sent_again(client, world):
    first = client.get("/help/")
    again = client.get("/help/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_is_only_read(client, world):
    assert client.post("/ratings/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/ratings/").status_code == 405


def test_the_home_page_counts_by_scheme_and_never_in_total_grades(client, world):
    html = client.get("/").content.decode()
    assert "Food Hygiene Rating Scheme" in html
    assert "No record does not mean that a business complies." in html


def test_an_unknown_address_answers_404_with_a_search_box(client, world):
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert b'<input id="q" name="q" type="search"' in response.content


def test_the_page_for_a_fault_needs_neither_request_nor_database():
    from django.template.loader import render_to_string

    assert "The fault is on our side" in render_to_string("500.html")


def test_robots_keep_out_of_the_endless_ways_to_narrow_a_search(client, world):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /ratings/?" in text and "Disallow: /penalties/?" in text
    assert "Disallow: /penalties." in text and "Disallow: /ratings." in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_page_of_the_data_says_what_every_column_holds_and_where_the_files_are(client, rf):
    html = client.get("/data/").content.decode()
    for column in (*DECISIONS.columns(rf.get("/")), *RATINGS.columns(rf.get("/"))):
        assert f"<code>{column.name}</code>" in html and escape(str(column.about)) in html
    for address in ("/penalties.csv", "/penalties.json", "/penalties.atom", "/ratings.csv", "/ratings.json"):
        answer = client.get(address)
        assert f'href="{address}"' in html and answer.status_code == 200 and b"".join(answer)


def test_a_list_leads_to_itself_as_a_file(client, world):
    html = client.get("/ratings/?q=kitchen&authority=almond-borough&sort=name").content.decode()
    assert 'href="/ratings.csv?q=kitchen&amp;authority=almond-borough&amp;sort=name"' in html


def test_the_sitemap_lists_every_public_establishment_and_no_other(client, world):
    index = client.get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>http://testserver(/sitemap-\d+\.xml)</loc>", index)
    listed = "".join(
        client.get(part).content.decode() for part in parts if client.get(part).status_code == 200
    )
    assert world.copper_kettle.get_absolute_url() in listed
    assert world.hidden.reference not in listed


def test_the_style_guide_shows_every_component(client, world):
    html = client.get("/style-guide/").content.decode()
    components = (
        "grade-bar",
        "grade-letter",
        "grade-face",
        "grade-plate",
        "grade-status",
        "search-box",
        "notice",
    )
    decisions = ("amounts", "ledger", "law-card", "difference", "citation", "record-notice", "year-chart")
    for name in (*components, *decisions, "quote", "findings", "facts", "figures", "share", "pager", "chips"):
        assert f'class="{name}' in html or f" {name}" in html, name


def test_the_sitemap_lists_decisions_against_organisations_and_no_other(client, world):
    from tests import make

    shown, hidden = make.published_penalty(), make.penalty()
    trader = {"respondent": "Ann Example", "respondent_kind": "sole_trader", "premises": "A café, Testham"}
    person = make.published_penalty(**trader)
    suspended = make.published_penalty()
    registrar = make.user("registrar", suspended.authority)
    suspended.suspend(registrar, "A stay.", "court_stay", suspended.authority.today())
    assert "/sitemap-decisions-1.xml" in client.get("/sitemap.xml").content.decode()
    listed = client.get("/sitemap-decisions-1.xml").content.decode()
    assert f"<loc>http://testserver{shown.get_absolute_url()}</loc>" in listed
    for other in (hidden, person, suspended):
        assert other.reference not in listed


def test_the_home_page_has_one_box_and_shows_the_newest_decisions(client, world):
    from tests import make

    penalty = make.published_penalty(respondent="Copper Kettle Ltd")
    html = client.get("/").content.decode()
    assert html.count('role="search"') == 1 and 'href="/map/"' in html
    assert penalty.get_absolute_url() in html and "Newest decisions" in html


def test_the_home_page_says_how_old_the_newest_file_is_where_it_shows_decisions_too(client, world):
    from tests import make

    make.published_penalty()
    (age,) = re.findall("<dt>newest file</dt><dd>(.*?)</dd>", client.get("/").content.decode())
    assert age


def test_one_page_says_why_there_is_no_overall_score_and_many_lead_to_it(client, world):
    assert "never added up" in client.get("/help/no-total-score/").content.decode()
    for address in ("/", "/help/", "/penalties/"):
        assert 'href="/help/no-total-score/"' in client.get(address).content.decode(), address
