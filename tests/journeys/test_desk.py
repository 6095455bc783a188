"""An inspection by keyboard, checked by a second person, on the public page; and who can use the desk."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from records.ratings.models import Inspection
from tests.backoffice.conftest import build
from tests.browser import DESKTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(transactional_db):
    """Committed, because the browser asks through a server."""
    world = build()
    world.almond.country = "GB-ENG"  # a 5 is shown at once
    world.almond.save()
    return world


@pytest.fixture
def signed_in(live_server, open_page):
    """A function: a page of the back office for a person; what the console says is kept in `page.said`."""

    def open_one(user, viewport=DESKTOP, **options):
        page = open_page(viewport, **options)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url + settings.OFFICE_PATH}]
        )
        page.goto(live_server.url + reverse("admin:index"))
        return page

    return open_one


def test_forty_before_lunch(desk, signed_in, live_server, open_page):
    """From the first screen to "submit and next" without a mouse; then the second person; then the public."""
    clerk = signed_in(desk.clerk)
    clerk.get_by_role("link", name="Enter an inspection").focus()
    clerk.keyboard.press("Enter")
    clerk.wait_for_url("**/inspection/add/")
    # The focus comes with the first frame, which a busy machine paints after the page is loaded.
    expect(clerk.get_by_label("Which establishment was inspected?")).to_be_focused()
    clerk.keyboard.type("copper kett")
    clerk.get_by_role("option", name="The Copper Kettle").wait_for()
    clerk.keyboard.press("Enter")
    clerk.wait_for_url("**establishment=*")
    day = clerk.get_by_label("Inspected on")
    expect(day).to_be_focused()
    day.fill("2026-11-02")  # how a date is typed depends on the machine's language
    clerk.keyboard.press("Enter")
    for digits in ("5", "10", "0"):
        clerk.keyboard.type(digits)
        clerk.keyboard.press("Enter")
    assert clerk.locator("input[type=radio]:checked").evaluate_all("all => all.map(one => one.value)") == [
        "5",
        "10",
        "0",
    ]
    clerk.locator("#result .grade").wait_for()
    expect(clerk.locator("#result")).to_contain_text("add up to 15; the worst of them is 10")
    assert "4 of 5" in clerk.locator("#result .visually-hidden").text_content()
    # One of the scores was wrong: back to it, and the grade follows.
    clerk.get_by_role("radio", name="10").nth(1).focus()
    clerk.keyboard.type("5")
    clerk.get_by_text("the worst of them is 5").wait_for()
    clerk.locator("#id_findings-0-code").focus()
    clerk.keyboard.type("S1")
    clerk.keyboard.press("Tab")
    clerk.keyboard.type("A tile behind the sink was cracked.")
    clerk.keyboard.press("Control+Enter")
    clerk.get_by_text("Submitted: The Copper Kettle, 5, Very good").wait_for()
    expect(clerk.get_by_label("Which establishment was inspected?")).to_be_focused()
    assert clerk.said == []

    checker = signed_in(desk.checker)
    checker.get_by_role("link", name="The Copper Kettle").click()
    checker.get_by_text("A tile behind the sink was cracked.").wait_for()
    checker.get_by_role("button", name="Approve").click()
    checker.get_by_text("Approved: The Copper Kettle").wait_for()
    assert checker.said == []
    made = Inspection.objects.get()
    assert (made.state, made.entered_by, made.checked_by) == ("published", desk.clerk, desk.checker)

    public = open_page(PHONE, java_script_enabled=False)
    desk.kettle.refresh_from_db()
    public.goto(live_server.url + desk.kettle.get_absolute_url())
    expect(public.locator("main")).to_contain_text("The Copper Kettle")
    expect(public.locator("main")).to_contain_text("A tile behind the sink was cracked.")
    assert "5 of 5, Very good" in public.locator(".grade .visually-hidden").first.text_content()


def test_an_entry_is_not_lost_by_leaving(desk, signed_in, live_server):
    page = signed_in(desk.clerk)
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    add = f"{live_server.url}{reverse('admin:records_inspection_add')}?establishment={desk.kettle.pk}"
    page.goto(add)
    page.get_by_label("Kind of inspection").fill("routine")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.get_by_label("Kind of inspection").input_value() == "routine"


def test_rows_are_added_in_place(desk, signed_in, live_server):
    page = signed_in(desk.clerk)
    page.goto(f"{live_server.url}{reverse('admin:records_inspection_add')}?establishment={desk.kettle.pk}")
    page.locator("#id_findings-0-text").fill("Kept")
    page.get_by_role("button", name="More rows").click()
    expect(page.locator(".finding")).to_have_count(4)
    assert page.locator("#id_findings-TOTAL_FORMS").input_value() == "4"
    assert page.locator("#id_findings-3-code").evaluate("node => node === document.activeElement")
    assert page.locator("#id_findings-0-text").input_value() == "Kept"


def test_another_scheme_brings_its_fields_and_keeps_the_date(desk, signed_in, live_server):
    page = signed_in(desk.clerk)
    page.goto(f"{live_server.url}{reverse('admin:records_inspection_add')}?establishment={desk.kettle.pk}")
    page.get_by_label("Inspected on").fill("2026-11-02")
    page.get_by_label("Scheme", exact=True).select_option("us-nyc")
    page.get_by_label("Points", exact=True).first.wait_for()
    assert page.get_by_label("Inspected on").input_value() == "2026-11-02"
