"""A decision by keyboard from the first field to “submit and next”: saved while one goes on, shown beside."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.backoffice.conftest import build
from tests.backoffice.penalty_form import only, register, url
from tests.browser import DESKTOP, PHONE, take

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(transactional_db):
    """Committed, because the browser asks through a server."""
    world = build()
    world.held = register(world)
    return world


@pytest.fixture
def form(desk, live_server, open_page):
    """A function: the form in a window of the clerk's; what the console says is kept in `page.said`."""

    def open_one(viewport=DESKTOP, address="", **options):
        page = open_page(viewport, **options)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        client = Client()
        client.force_login(desk.clerk)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url + settings.OFFICE_PATH}]
        )
        page.goto(live_server.url + (address or url("add")))
        return page

    return open_one


def go_to(page, name: str) -> None:
    """On to a field by Enter, by Tab where Enter means something else, and never by the mouse."""
    for _step in range(16):
        if page.evaluate("document.activeElement.name") == name:
            return
        own_enter = "['TEXTAREA', 'BUTTON'].includes(document.activeElement.tagName)"
        other = page.evaluate(f"{own_enter} || document.activeElement.type === 'file'")
        page.keyboard.press("Tab" if other else "Enter")
    raise AssertionError(f"{name} is not reached")


def test_from_the_first_field_to_the_next_decision_without_a_mouse(form):
    page = form()
    expect(page.get_by_label("Respondent", exact=True)).to_be_focused()
    page.keyboard.type("copper kett")
    page.get_by_role("option", name="12 Mill Lane").wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    go_to(page, "decision_number")
    page.keyboard.type("EHO/2026/0117")
    page.get_by_text("no other decision has this number").wait_for()
    go_to(page, "decided_on")
    page.get_by_label("Decided on").fill(
        "2026-11-02"
    )  # how a date is typed depends on the machine's language
    go_to(page, "violations_q")
    take(page, "F02")
    go_to(page, "facts")
    page.keyboard.type("Cooked rice stood at 21 degrees.")
    go_to(page, "applied_q")
    take(page, "food 35")
    expect(page.locator("[name=legal_basis]")).to_have_value("Food Safety Act 1990, s. 17(1); s. 35")
    go_to(page, "sanctions-0-kind")
    expect(page.locator("[name=sanctions-0-amount]")).to_be_hidden()
    page.keyboard.type("fine")
    go_to(page, "sanctions-0-amount")
    expect(page.locator("[name=sanctions-0-duration]")).to_be_hidden()
    page.keyboard.type("2,500")
    go_to(page, "served_on")
    # Saved while going on; beside the form stands what the public would read.
    page.get_by_text("Saved ").wait_for()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("2,500")
    expect(preview).to_contain_text("Cooked rice stood at 21 degrees.")
    expect(preview).to_contain_text("Still missing: the day of the notice")
    assert page.url.endswith(url("change", only().pk))
    page.get_by_label("Told of the publication on").fill("2026-11-04")
    page.get_by_label("Told of the publication on").focus()
    go_to(page, "secrecy")
    page.keyboard.press("Space")
    go_to(page, "document_url")
    page.keyboard.type("https://decisions.example.org/117.pdf")
    expect(preview).to_contain_text("Ready to be submitted.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Submitted: EHO/2026/0117. Another person checks it.").wait_for()
    made = only()
    assert made.state == "in_review" and made.establishment.name == "The Copper Kettle"
    assert made.business.name == "Copper Kettle Ltd" and made.sanctions.get().amount == 2500
    expect(page.get_by_label("Respondent", exact=True)).to_be_focused()
    expect(page.get_by_label("Decided on")).to_have_value("2026-11-02")
    assert page.locator("[data-line=law] .chip").inner_text().startswith("Food Safety Act 1990")
    assert page.said == []


def test_nothing_is_lost_by_leaving_and_what_looks_personal_is_masked_in_place(form):
    page = form()
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    page.get_by_label("Facts").fill("Call 07700 900123 for the record.")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.get_by_label("Facts").press("Tab")
    page.get_by_text("found at").wait_for()
    page.get_by_role("button", name="Mask").click()
    expect(page.get_by_label("Facts")).to_have_value("Call ███ for the record.")
    expect(page.get_by_text("found at")).to_have_count(0)
    page.get_by_text("Saved ").wait_for()
    assert only().facts == "Call ███ for the record." and page.said == []


def test_two_windows_tell_each_other(form, desk):
    first = form()
    first.get_by_label("Facts").fill("From the first.")
    first.get_by_label("Facts").press("Tab")
    first.get_by_text("Saved ").wait_for()
    second = form(address=url("change", only().pk))
    second.get_by_label("Facts").fill("From the second.")
    second.get_by_label("Facts").press("Tab")
    second.get_by_text("Saved ").wait_for()
    first.get_by_label("Facts").fill("From the first again.")
    first.get_by_label("Facts").press("Tab")
    first.get_by_text("this draft was changed in another window").wait_for()
    assert only().facts == "From the second."
    first.get_by_role("button", name="Save draft").click()
    first.get_by_text("Typed here").wait_for()
    expect(first.get_by_label("Facts")).to_have_value("From the first again.")
    first.get_by_role("button", name="Save draft").click()
    first.get_by_text("The draft is saved.").wait_for()
    assert only().facts == "From the first again."


def test_what_was_handed_on_in_another_window_is_said_and_stays_on_the_screen(form, desk):
    page = form()
    page.get_by_label("Facts").fill("Rice.")
    page.get_by_label("Facts").press("Tab")
    page.get_by_text("Saved ").wait_for()
    only().discard(desk.clerk)
    page.get_by_label("Facts").fill("Rice and beans.")
    page.get_by_label("Facts").press("Tab")
    page.get_by_text("this has been handed on").wait_for()
    assert page.get_by_label("Facts").input_value() == "Rice and beans."


def test_what_is_not_asked_is_hidden_and_not_sent(form):
    page = form()
    premises = page.get_by_label("Trading name and premises")
    expect(premises).to_be_hidden()
    page.get_by_label("Kind of respondent").select_option("sole_trader")
    premises.fill("The Kettle, Mill Lane")
    page.get_by_label("Kind of respondent").select_option("organisation")
    page.get_by_label("Respondent", exact=True).fill("Kettle Ltd")
    page.get_by_role("button", name="Add another sanction").click()
    page.locator("[name=sanctions-1-kind]").select_option("licence_suspension")
    page.locator("[name=sanctions-1-duration]").fill("6 months")
    expect(page.locator("[name=sanctions-1-amount]")).to_be_hidden()
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("The draft is saved.").wait_for()
    made = only()
    assert made.premises == "" and made.sanctions.get().duration == "P6M"


def test_a_file_is_taken_with_the_draft_or_said_to_be_none(form, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = form()
    page.get_by_label("Facts").fill("Rice.")
    for content, told in (
        (b"nothing of the kind", "Export the document again"),
        (b"%PDF-1.7", "It stays unless"),
    ):
        file = {"name": "decision.pdf", "mimeType": "application/pdf", "buffer": content}
        page.get_by_label("The decision as a file").set_input_files(file)
        page.get_by_label("The decision as a file").focus()
        page.get_by_label("The decision as a file").press("Tab")
        page.get_by_text(told).wait_for()
        expect(page.get_by_label("The decision as a file")).to_have_value("")
    expect(page.get_by_text("Export the document again")).to_have_count(0)
    assert only().document.file_name == "decision.pdf" and page.said == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible_fits_and_breaks_no_policy(form, viewport, scheme):
    page = form(viewport, color_scheme=scheme)
    page.get_by_label("Facts").fill("Call 07700 900123.")
    page.get_by_label("Respondent", exact=True).fill("copper")
    page.get_by_label("Kind of respondent").select_option("sole_trader")
    page.locator("[name=sanctions-0-kind]").select_option("fine")
    page.get_by_role("button", name="Add a payment or an appeal").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_text("not submitted yet").wait_for()
    for address in (page.url, page.url.replace(url("change", only().pk), url("add"))):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert [said for said in page.said if "422" not in said] == []
