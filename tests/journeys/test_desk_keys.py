"""The desk by keyboard: keys that are listed are those that work, and nothing typed is lost unasked."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from records.penalties.models import Penalty
from tests.backoffice import office
from tests.backoffice.penalty_form import only, url
from tests.journeys.test_desk import desk, signed_in  # noqa: F401

pytestmark = pytest.mark.browser


def listed(page) -> list[str]:
    """The keys that the dialog shows."""
    return page.locator("#keys [data-press]:visible").evaluate_all("all => all.map(one => one.dataset.press)")


def test_the_keys_of_a_page_are_listed_work_and_can_be_turned_off(desk, signed_in):  # noqa: F811
    page = signed_in(desk.clerk)
    page.keyboard.press("?")
    assert {"?", "n", "i", "g d", "g p"} <= set(listed(page)) and "a" not in listed(page)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**" + url("add"))
    # In a field these are letters.
    page.get_by_label("Facts").focus()
    page.keyboard.type("gdn?")
    expect(page.get_by_label("Facts")).to_have_value("gdn?")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved ").wait_for()
    assert only().facts == "gdn?" and page.url.endswith(url("change", only().pk))
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**" + reverse("admin:index"))
    page.keyboard.press("?")
    page.get_by_label("Keys without Ctrl are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.reload()
    page.keyboard.press("n")
    page.wait_for_timeout(200)
    assert page.url.endswith(reverse("admin:index")) and page.said == []


def test_a_checker_goes_through_the_queue_without_a_mouse(desk, signed_in):  # noqa: F811
    places = [desk.kettle, office.establishment(desk.almond, "The Tin Spoon")]
    waiting = [office.draft(place, desk.clerk) for place in places]
    for one in waiting:
        one.submit(by=desk.clerk)
    page = signed_in(desk.checker)
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="The Copper Kettle")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.get_by_text("1 more waits to be checked").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("admin:records_inspection_change", args=[waiting[1].pk]))
    page.wait_for_load_state("load")
    page.keyboard.press("r")
    page.keyboard.type("Name the room.")
    page.get_by_role("button", name="Return to the clerk").click()
    page.get_by_text("Returned: The Tin Spoon").wait_for()
    for one in waiting:
        one.refresh_from_db()
    assert [one.state for one in waiting] == ["published", "draft"] and page.said == []


def test_what_was_typed_can_be_put_back(desk, signed_in, live_server):  # noqa: F811
    page = signed_in(desk.clerk)
    page.on("dialog", lambda dialog: dialog.accept())
    add = f"{live_server.url}{reverse('admin:records_inspection_add')}?establishment={desk.kettle.pk}"
    page.goto(add)
    kind = page.get_by_label("Kind of inspection")
    kind.fill("routine")
    page.wait_for_timeout(500)
    page.goto(add)
    page.get_by_role("button", name="Put it back").click()
    expect(kind).to_have_value("routine")
    kind.fill("")
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.wait_for_timeout(500)
    page.goto(add)
    assert asked == []
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
    assert page.said == []


def test_suggestions_follow_the_combobox_pattern(desk, signed_in, live_server):  # noqa: F811
    page = signed_in(desk.clerk)
    page.goto(live_server.url + reverse("admin:records_inspection_add"))
    field = page.get_by_role("combobox")
    field.press_sequentially("kett")
    option = page.get_by_role("option", name="The Copper Kettle")
    option.wait_for()
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert (field.get_attribute("aria-expanded"), option.get_attribute("aria-selected")) == ("true", "true")
    page.get_by_text("1 found").wait_for(state="attached")
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false" and field.input_value() == "kett"
    page.keyboard.press("ArrowDown")
    option.wait_for()
    field.press_sequentially("zzz")
    page.get_by_text("Nothing found").wait_for()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_and_what_is_not_there_are_accessible(desk, signed_in, live_server, scheme):  # noqa: F811
    Penalty.objects.create(authority=desk.almond, entered_by=desk.clerk, respondent="Kettle Ltd")
    page = signed_in(desk.clerk, color_scheme=scheme)
    places = [url("changelist"), reverse("admin:keys"), reverse("admin:index") + "nothing/"]
    places += [
        reverse("admin:password_change"),
        reverse("admin:records_establishment_history", args=[desk.kettle.pk]),
    ]
    for place in places:
        page.goto(live_server.url + place)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == [], place
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
    # The browser says what it misses in a password field; that is no error of the page.
    assert [said for said in page.said if "404" not in said and not said.startswith("[DOM]")] == []
