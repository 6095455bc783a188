"""A citizen in front of a restaurant: from the search box to the grade, on a phone, without JavaScript."""

import pytest
from playwright.sync_api import expect

from records.ratings import statistics

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture(autouse=True)
def _counted_afresh():
    statistics.forget()


def test_from_the_search_box_to_the_grade_on_a_phone_without_javascript(open_page, live_server, world):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("kettle mill lane")
    page.get_by_role("search", name="Search everything").get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Establishments")).to_be_visible()
    page.get_by_role("link", name="The Copper Kettle").click()
    expect(page).to_have_url(live_server.url + world.copper_kettle.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("The Copper Kettle")
    expect(page.locator(".grade.large .reached")).to_have_text("4")
    expect(page.get_by_role("heading", name="Why 4?")).to_be_visible()
    expect(page.get_by_text("Cooked rice stood at 21 degrees.")).to_be_visible()
    page.get_by_role("link", name="How this grade is made").click()
    expect(page.get_by_role("heading", name="The rule", exact=True)).to_be_visible()


def test_filters_work_without_javascript(open_page, live_server, world):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(f"{live_server.url}/ratings/?authority=almond-borough")
    page.locator(".facets").get_by_role("link", name="5, Very good").click()
    expect(page.locator(".shown")).to_contain_text("with the grade 5, Very good")
    page.wait_for_url("**grade=5*")
    page.locator(".chips").get_by_role("link", name="5, Very good").click()
    page.wait_for_url(lambda address: "grade=5" not in address)


def test_everything_is_reached_by_keyboard(open_page, live_server, world):
    page = open_page(DESKTOP)
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip")
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("copper kettle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=copper+kettle")
    link = page.get_by_role("link", name="The Copper Kettle")
    link.focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/establishments/*/")


def test_near_me_asks_the_browser_for_its_place(open_page, live_server, world):
    page = open_page(PHONE, geolocation={"latitude": 51.36, "longitude": -6.02}, permissions=["geolocation"])
    page.goto(live_server.url)
    page.get_by_role("button", name="Near me").click()
    page.wait_for_url("**/ratings/?near=51.360*")
    expect(page.locator(".card h2").first).to_have_text("Havfruens Smørrebrød")


def test_a_page_prints_in_black_and_white_with_its_grade(open_page, live_server, world):
    page = open_page(DESKTOP)
    page.goto(live_server.url + world.copper_kettle.get_absolute_url())
    page.emulate_media(media="print")
    reached = page.locator(".grade.large .reached")
    assert reached.evaluate("e => getComputedStyle(e).borderTopWidth") == "3px"
    expect(page.locator(".site-nav")).to_be_hidden()
