"""People who use no mouse get done what they came for: each stop of the Tab key on their way is seen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from records.penalties.models import Penalty
from records.ratings import statistics
from tests.browser import DESKTOP
from tests.keys import press, reach

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(open_page, live_server, town):
    """A function that opens a page on a desktop for somebody who only reads."""
    statistics.forget()

    def open_one(address: str):
        page = open_page(DESKTOP, reduced_motion="reduce")
        page.goto(live_server.url + address)
        return page

    return open_one


def test_a_list_is_searched_narrowed_and_turned(reader):
    page = reader(reverse("ratings:list"))
    page.keyboard.press("/")
    page.keyboard.type("kitchen")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=kitchen*")
    press(page, "Almond Borough")
    page.wait_for_url("**authority=almond-borough*")
    press(page, "Next")
    expect(page.locator(".card").first).to_contain_text("Kitchen")


def test_decisions_are_narrowed_sorted_shown_as_a_table_and_read(reader, town):
    page = reader(reverse("penalties:list"))
    page.keyboard.press("/")
    page.keyboard.type("food")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=food*")
    press(page, "Fine")
    page.wait_for_url("**sanction=fine*")
    # A panel that is shut opens, and what is in it is among the next stops.
    panel = page.locator("details.facet", has=page.get_by_text("Law", exact=True))
    press(page, "Law", "Space", within=".facets")
    expect(panel).to_have_attribute("open", "")
    press(page, panel.get_by_role("link").first.inner_text().split("\n")[0], within=".facets")
    page.wait_for_url("**law=*")
    press(page, "Show as a table", "Space")
    column = page.locator(".choose-columns li", has=page.locator("input:not(:checked)")).first.inner_text()
    press(page, column.strip(), "Space")
    press(page, "Show these columns")
    page.wait_for_url("**columns=*")
    page.wait_for_url("**sanction=fine*")
    expect(page.locator("table", has_text=column.strip())).to_have_count(1)
    press(page, "Remove Fine")
    page.wait_for_url(lambda address: "sanction" not in address)
    press(page, "Copper Kettle Ltd", within="table")
    page.wait_for_url("**" + town.kettle.get_absolute_url() + "*")
    press(page, "The organisation", within="main")
    page.wait_for_url("**" + town.company.get_absolute_url() + "*")


def test_a_sign_is_checked(reader, town):
    page = reader(reverse("verify:form"))
    reach(page, "Code on the sign")
    page.keyboard.type("AAAA-AAAA")
    page.keyboard.press("Enter")
    page.get_by_text("letter by letter").first.wait_for()
    reach(page, "Code on the sign")
    page.keyboard.press("Control+a")
    page.keyboard.type(town.sign)
    press(page, "Check")
    page.get_by_text("This is the current sign.").wait_for()


def test_the_list_beside_the_map_leads_to_a_place(reader, town):
    page = reader(reverse("map:page"))
    page.locator(".map-mark").first.wait_for()
    reach(page, "Search")
    page.keyboard.press("/")
    page.keyboard.type("havfruens")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=havfruens*")
    page.locator("[data-places] a").first.wait_for()
    name = page.locator("[data-places] a").first.inner_text().strip()
    press(page, name, within="[data-places]")
    page.wait_for_url("**/establishments/*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Havfruens")


def test_another_language_is_chosen(reader):
    page = reader(reverse("verify:form"))
    press(page, "Language")
    press(page, "简体中文")
    page.wait_for_url("**/zh-hans/verify/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"


def test_a_clerk_signs_in_and_corrects_a_decision(reader, town):
    page = reader(reverse("admin:login"))
    reach(page, "Username")
    page.keyboard.type(town.people["clerk"].username)
    reach(page, "Password")
    page.keyboard.type("a password for tests")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("admin:index"))
    page.goto(
        page.url.replace(
            reverse("admin:index"), reverse("admin:records_penalty_change", args=[town.kettle.pk])
        )
    )
    press(page, "Correct")
    page.wait_for_url("**/correction/**")
    reach(page, "Facts")
    page.keyboard.press("Control+a")
    page.keyboard.type("Cooked rice was kept at 14 degrees.")
    reach(page, "What was wrong")
    page.keyboard.type("The thermometer was read wrongly.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Another person checks it.").wait_for()
    correction = Penalty.objects.get(pk=town.kettle.pk).corrections.get(state="in_review")
    assert correction.facts == "Cooked rice was kept at 14 degrees."
