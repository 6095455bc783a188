"""Somebody who asks who was fined, for what: from the home page to an earlier version of a decision."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser import PHONE
from tests.penalties.test_shown import corrected, happened


@pytest.fixture
def authority(transactional_db):
    """A council that answers for its decisions."""
    return make.authority(name="Almond Borough Council", email="food@almond.example.org")


@pytest.fixture
def kettle(authority):
    """A decision that was corrected, and whose fine was lowered on appeal."""
    act = make.law(short_title="Food Act 1990")
    article = make.provision(act, "s. 17(1)", "Keep food at or below 8 degrees.")
    penalty = make.published_penalty(
        authority=authority, respondent="Copper Kettle Ltd", law=act, cited=(article,),
        sanctions=(("fine", 12000), ("closure_order", None)), facts="Cooked rice was kept at 21 degrees.",
    )  # fmt: skip
    happened(penalty, "contested", 9)
    happened(penalty, "varied", 5, 4000)
    return corrected(penalty, facts="Cooked rice was kept at 12 degrees.")


def test_from_the_home_page_to_an_earlier_version_on_a_phone_without_javascript(
    open_page, live_server, kettle
):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(live_server.url)
    page.get_by_role("link", name="Decisions", exact=True).click()
    page.locator("main").get_by_label("Company, words, law or number").fill("kettle")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.locator(".shown")).to_have_text("Decisions matching “kettle” · 1 decision")
    page.locator(".facet", has_text="Sanction").get_by_role("link", name="Fine").click()
    expect(page.locator(".shown")).to_contain_text("Fines matching “kettle”")
    page.get_by_role("link", name="Copper Kettle Ltd").click()
    expect(page).to_have_url(live_server.url + kettle.get_absolute_url())
    assert page.locator(".amounts dd").all_inner_texts()[:2] == ["12,000\xa0GBP", "4,000\xa0GBP"]
    for heading in ("What was found", "Under which law?", "Why is this public?", "Something wrong?"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_text("Keep food at or below 8 degrees.")).to_be_visible()
    expect(page.locator(".ledger strong")).to_have_text([
        "Imposed", "Contested", "Changed on appeal or review",
    ])  # fmt: skip
    page.get_by_role("link", name="Version 1").click()
    expect(page.get_by_text("This is version 1. It was replaced on")).to_be_visible()
    expect(page.get_by_text("Cooked rice was kept at 21 degrees.").first).to_be_visible()
    page.locator(".crumbs").get_by_role("link", name="The version that stands").click()
    expect(page).to_have_url(live_server.url + kettle.get_absolute_url())
