"""The life of a decision in a browser: entered, checked, shown, varied on appeal, corrected, over."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from records.penalties.models import Penalty
from tests import make
from tests.browser import DESKTOP, PHONE, take

pytestmark = pytest.mark.browser


@pytest.fixture
def windows(transactional_db, live_server, open_page):
    """A function: a window in which somebody is signed in, or, for None, that of a reader."""

    def window(person=None, viewport=DESKTOP):
        page = open_page(viewport, extra_http_headers={"Cache-Control": "no-cache"})
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            address = live_server.url + settings.OFFICE_PATH
            page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        return page

    return window


def enter(page, live_server, office, violation) -> None:
    """As the clerk: the fields of a plain fine, the suggestions taken by keyboard."""
    page.goto(f"{live_server.url}/backoffice/records/penalty/add/")
    page.get_by_label("Respondent", exact=True).fill("Copper Kettle Ltd")
    page.get_by_label("Decision number").fill("EHO/2026/0117")
    page.get_by_label("Decided on").fill(str(office.today() - timedelta(days=20)))
    page.get_by_label("Facts").fill("The fridge stood at 12 degres for two hours.")
    for name, typed in (("violations_q", violation.code), ("applied_q", "food 17")):
        page.locator(f"[name={name}]").focus()
        take(page, typed)
    page.locator("[name=sanctions-0-kind]").select_option("fine")
    page.locator("[name=sanctions-0-amount]").fill("12000")
    page.get_by_label("How to contest it").fill("Appeal to the tribunal within 28 days.")
    page.get_by_label("Served on").fill(str(office.today() - timedelta(days=18)))
    page.get_by_label("Told of the publication on").fill(str(office.today() - timedelta(days=18)))
    page.get_by_label("I have checked that it holds").check()
    page.get_by_label("or its address").fill("https://decisions.example.org/0117.pdf")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Submitted: EHO/2026/0117")).to_be_visible()


def accessible(page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


def test_a_decision_is_entered_checked_shown_varied_corrected_and_over(windows, live_server):
    office = make.authority(name="Almond Borough")
    violation = make.violation(code="F02", provision=make.provision(text="Keep food at 5 degrees or below."))
    clerk, checker, publisher = make.team(office)
    site = live_server.url
    clerks, checkers, publishers, reader = (windows(p) for p in (clerk, checker, publisher, None))

    enter(clerks, live_server, office, violation)
    penalty = Penalty.objects.get()
    assert (penalty.state, penalty.entered_by) == ("in_review", clerk)
    record, public = (
        f"{site}/backoffice/records/penalty/{penalty.pk}/change/",
        site + penalty.get_absolute_url(),
    )
    assert reader.goto(public).status == 404

    checkers.goto(f"{site}/backoffice/")
    checkers.get_by_role("link", name="EHO/2026/0117").click()
    expect(checkers.get_by_text("Nothing stands against it")).to_be_visible()
    accessible(checkers)
    checkers.get_by_role("button", name="Approve", exact=True).click()
    expect(checkers.get_by_text("Approved: EHO/2026/0117")).to_be_visible()
    assert reader.goto(public).status == 404

    publishers.goto(record)
    publishers.get_by_role("button", name="Publish").click()
    expect(publishers.get_by_text("Published: EHO/2026/0117")).to_be_visible()
    assert reader.goto(public).status == 200
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Copper Kettle Ltd")
    expect(reader.get_by_text("12,000 GBP").first).to_be_visible()
    expect(reader.get_by_text("Keep food at 5 degrees or below.")).to_be_visible()
    expect(reader.get_by_role("heading", name="Why is this public?")).to_be_visible()

    # The tribunal cuts the fine: an event of the ledger, by two people.
    clerks.goto(record)
    clerks.get_by_role("link", name="Add what happened to the fine").click()
    clerks.get_by_label("What happened").select_option("varied")
    clerks.get_by_label("Date").fill(str(office.today()))
    clerks.get_by_label("Amount").fill("4000")
    clerks.get_by_label("Currency").fill("GBP")
    clerks.get_by_label("Address of the document").fill("https://tribunal.example.org/1.pdf")
    clerks.get_by_role("button", name="Add what happened to the fine").click()
    reader.goto(public)
    expect(reader.get_by_text("4,000 GBP")).to_have_count(0)
    checkers.goto(record)
    checkers.get_by_role("button", name="Confirm").click()
    reader.goto(public)
    expect(reader.get_by_text("4,000 GBP").first).to_be_visible()
    expect(reader.get_by_text("Changed on appeal").first).to_be_visible()

    # A typing error: a new version, by two people, and the old one stays readable.
    clerks.goto(record)
    clerks.get_by_role("button", name="Correct", exact=True).click()
    clerks.get_by_label("Facts").fill("The fridge stood at 12 degrees for two hours.")
    clerks.get_by_label("What was wrong").fill("A spelling mistake.")
    clerks.get_by_role("button", name="Submit", exact=True).click()
    expect(clerks.get_by_text("the correction of EHO/2026/0117")).to_be_visible()
    checkers.goto(f"{site}/backoffice/")
    checkers.get_by_role("link", name="EHO/2026/0117").first.click()
    expect(checkers.locator("ins", has_text="degrees").first).to_be_visible()
    accessible(checkers)
    checkers.get_by_role("button", name="Approve the correction").click()
    reader.goto(public)
    expect(reader.get_by_text("12 degrees for two hours").first).to_be_visible()
    expect(reader.get_by_text("A spelling mistake.").first).to_be_visible()
    assert reader.goto(public + "v/1/").status == 200
    expect(reader.get_by_text("12 degres").first).to_be_visible()

    # Its time is over: gone for the reader at once, and by the clock in the register.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE records_penalty SET publish_at = now() - interval '2 days', hide_at = now() "
            "WHERE id = %s",
            [penalty.pk],
        )
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
    answer = reader.goto(public)
    assert answer.status == 410 and answer.headers["x-robots-tag"].startswith("noindex")
    expect(reader.get_by_text("Copper Kettle")).to_have_count(0)
    call_command("run_clock", verbosity=0)
    penalty.refresh_from_db()
    assert penalty.state == "expired"
    assert reader.goto(public).status == 410


def test_the_record_of_a_decision_can_be_read_and_used_on_a_phone(windows, live_server):
    penalty = make.published_penalty()
    page = windows(make.user("checker", penalty.authority), PHONE)
    page.goto(f"{live_server.url}/backoffice/records/penalty/{penalty.pk}/change/")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Withdraw").click()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
