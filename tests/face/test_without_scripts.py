"""With scripts off every page is there, and what is done at the desk can be done."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from records.penalties.models import Penalty
from records.ratings.models import Inspection
from tests.browser import DESKTOP, PHONE, sign_in
from tests.face import pages

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_has_its_heading_and_says_something(open_page, live_server, town):
    readers, told = open_page(PHONE, java_script_enabled=False), []
    for listed in pages.public(town):
        answer = readers.goto(live_server.url + listed.address, wait_until="domcontentloaded")
        said = readers.locator("main").inner_text()
        if answer.status != listed.status or readers.locator("h1").count() != 1 or len(said) < 60:
            told.append(f"{listed}: {answer.status}, {said[:80]!r}")
    assert not told, "\n".join(told)


def test_what_only_a_script_does_is_not_offered(open_page, live_server, town):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(live_server.url + reverse("pages:home"))
    expect(page.get_by_role("button", name="Near me")).to_be_hidden()
    page.goto(live_server.url + reverse("map:page"))
    expect(page.locator("[data-map]")).to_be_hidden()
    assert page.locator("[data-places] a").count() > 5


def test_the_desk_works(open_page, live_server, town):
    """Sign in, save a decision, hand in an inspection; the second person approves it."""
    clerk = open_page(DESKTOP, java_script_enabled=False)
    clerk.goto(live_server.url + reverse("admin:login"))
    clerk.get_by_label("Username").fill(town.people["clerk"].username)
    clerk.get_by_label("Password").fill("a password for tests")
    clerk.locator("main [type=submit], #content [type=submit]").first.click()
    assert clerk.url.endswith(reverse("admin:index"))

    clerk.goto(live_server.url + reverse("admin:records_penalty_add"))
    clerk.get_by_label("Facts").fill("The fridge stood at 12 degrees.")
    clerk.get_by_role("button", name="Save draft").click()
    assert Penalty.objects.filter(facts="The fridge stood at 12 degrees.").exists()

    clerk.goto(live_server.url + reverse("admin:records_inspection_change", args=[town.visit.pk]))
    clerk.get_by_role("button", name="Submit", exact=True).click()
    assert Inspection.objects.get(pk=town.visit.pk).state == "in_review"

    checker = open_page(DESKTOP, java_script_enabled=False)
    sign_in(checker, town.people["checker"], live_server.url)
    checker.goto(live_server.url + reverse("admin:records_inspection_change", args=[town.visit.pk]))
    checker.get_by_role("button", name="Approve").click()
    assert Inspection.objects.get(pk=town.visit.pk).state in ("approved", "published")
