"""The map on a screen: marks and list together, by mouse, by keys, and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from records.ratings import statistics
from tests.browser import DESKTOP, PHONE
from tests.face.seen import RULES

ALMOND = "/map/?authority=almond-borough"


@pytest.fixture(autouse=True)
def _counted_afresh():
    statistics.forget()


@pytest.fixture
def watched(open_page):
    """A function that opens a page and keeps what the browser complains of."""
    problems = []

    def opened(viewport=DESKTOP, **options):
        page = open_page(viewport, **options)
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield opened
    assert problems == []


def loaded(page, address):
    """Open the page and wait for its marks."""
    with page.expect_response("**/map/marks.json?*"):
        page.goto(address)
    page.locator(".map-mark").first.wait_for()


def test_marks_come_and_the_list_and_the_address_follow_the_map(watched, live_server, world):
    page = watched()
    loaded(page, live_server.url + ALMOND)
    before = page.locator("#in-view").inner_text()
    cluster = page.locator(".leaflet-marker-icon:has(.map-cluster)").first
    assert "establishments" in cluster.get_attribute("aria-label")
    with page.expect_response("**/map/marks.json?*"):
        cluster.click()
    page.wait_for_function("before => document.querySelector('#in-view').innerText !== before", arg=before)
    assert "bbox=" in page.url and "authority=almond-borough" in page.url
    listed = page.locator("[data-places] .card").count()
    assert page.locator("#in-view").inner_text().startswith(str(listed)) or listed == 20
    page.reload()
    page.locator(".map-mark").first.wait_for()
    expect(page.locator("[data-places] .card")).to_have_count(listed)


def test_a_phone_gets_the_library_when_it_is_asked_to_and_sees_a_picture_before(watched, live_server, world):
    page = watched(PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + ALMOND)
    page.wait_for_load_state("networkidle")
    assert not any("leaflet" in address for address in asked)
    assert page.locator(".map-sheet .outline-dots path").get_attribute("d").startswith("M")
    page.get_by_role("button", name="Open the map").focus()
    page.keyboard.press("Enter")
    page.locator(".map-mark").first.wait_for()
    assert page.locator(".map-sheet").evaluate("e => e === document.activeElement")
    expect(page.locator(".outline-dots")).to_have_count(0)


def test_a_wide_screen_gets_it_by_itself_and_nothing_waits_for_it(watched, live_server, world):
    page = watched()
    page.goto(live_server.url + ALMOND)
    page.locator(".map-mark").first.wait_for()
    assert page.evaluate("document.activeElement === document.body")
    found = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.includes('/leaflet.'))"
        ".map(e => e.renderBlockingStatus)"
    )
    assert found == ["non-blocking", "non-blocking"]


def test_where_the_library_does_not_come_the_page_says_so_and_one_may_try_again(
    open_page, live_server, world
):
    page = open_page(PHONE)
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto(live_server.url + ALMOND)
    button = page.get_by_role("button", name="Open the map")
    button.click()
    page.get_by_text("The map could not be brought up to date.").wait_for()
    assert button.is_enabled() and page.locator("[data-places] .card").count() > 5
    page.unroute("**/leaflet.js")
    button.click()
    page.locator(".map-mark").first.wait_for()


def test_a_mark_is_reached_and_read_by_keys_alone(watched, live_server, world):
    page = watched(reduced_motion="reduce")
    loaded(page, f"{live_server.url}/map/?q=havfruens")
    mark = page.locator(".leaflet-marker-icon").first
    for _stop in range(40):
        page.keyboard.press("Tab")
        if mark.evaluate("e => e === document.activeElement"):
            break
    assert "Havfruens Smørrebrød" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert mark.locator(".map-mark").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText") == "Havfruens Smørrebrød"
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup .map-name a").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/establishments/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Havfruens Smørrebrød")


def test_the_map_can_be_skipped(watched, live_server, world):
    page = watched()
    loaded(page, live_server.url + ALMOND)
    page.locator(".skip-map").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "in-view"


def test_without_javascript_the_list_the_search_and_the_regions_are_there(watched, live_server, world):
    page = watched(PHONE, java_script_enabled=False)
    page.goto(f"{live_server.url}/map/")
    expect(page.locator(".map")).to_be_hidden()
    page.get_by_label("Name, street or postcode").fill("QA1 2CD")
    page.get_by_role("search", name="Map").get_by_role("button", name="Search").click()
    expect(page.locator("#in-view")).to_have_text("1 establishment in view")
    expect(page.get_by_role("link", name="The Copper Kettle")).to_be_visible()
    page.goto(f"{live_server.url}/map/")
    page.get_by_role("link", name="Lillestrup Kommune").click()
    expect(page.locator("[data-places] .card").first).to_contain_text("Lillestrup")


def test_near_me_on_the_map_keeps_the_filters_and_says_what_to_do_when_refused(watched, live_server, world):
    here = {"latitude": 51.36, "longitude": -6.02}
    page = watched(PHONE, geolocation=here, permissions=["geolocation"])
    page.goto(f"{live_server.url}/map/?scheme=uk-fhrs")
    page.get_by_role("button", name="Near me").click()
    page.wait_for_url("**/map/?*near=51.360*")
    page.wait_for_url("**scheme=uk-fhrs*")
    expect(page.locator("[data-places] .card").first).to_contain_text("km")
    refusing = watched(PHONE)
    refusing.goto(f"{live_server.url}/map/")
    refusing.get_by_role("button", name="Near me").click()
    refusing.get_by_text("Type a street or postcode instead").wait_for()


def test_tiles_are_asked_for_where_they_are_set_and_break_no_rule(watched, live_server, world, settings):
    settings.PLACARD_TILES = f"{live_server.url}/static/{{z}}/{{x}}/{{y}}.png"
    settings.PLACARD_TILES_ATTRIBUTION = "© Example, https://example.org/"
    page = watched()
    page.route("**/static/*/*/*.png", lambda route: route.fulfill(body=_pixel(), content_type="image/png"))
    loaded(page, live_server.url + ALMOND)
    page.locator(".leaflet-tile-loaded").first.wait_for()
    page.locator(".leaflet-control-zoom-in").click()
    page.locator(".leaflet-tile-loaded").first.wait_for()
    expect(page.get_by_role("link", name="example.org")).to_be_visible()


def _pixel() -> bytes:
    import base64

    return base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light phone", "dark desktop"]
)
def test_the_map_breaks_no_rule_of_accessibility_or_of_the_policy(
    watched, live_server, world, viewport, scheme
):
    page = watched(viewport, color_scheme=scheme, reduced_motion="reduce")
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', e => refused.push(e.blockedURI))"
    )
    for address in (ALMOND, "/map/?q=havfruens", "/map/?q=nothing+like+it", "/map/"):
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        button = page.get_by_role("button", name="Open the map")
        if button.count():
            problems = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in problems] == []
            button.click()
            page.wait_for_load_state("networkidle")
        problems = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        single = page.locator(".leaflet-marker-icon:has(.map-mark):not(:has(.map-cluster))")
        if single.count():
            single.first.focus()
            page.keyboard.press("Enter")
            page.locator(".leaflet-popup").wait_for()
            told = Axe().run(page, context=".leaflet-popup", options={"runOnly": RULES})
            problems += told.response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in problems] == []
        assert page.evaluate("window.refused") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
