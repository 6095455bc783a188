"""Somebody in front of a window: from the code on a sign to whether it stands; and who prints the sign."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from records.ratings.models import Rating
from records.ratings.signs.codes import code_of

PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def codes(world):
    """A current sign and a replaced one."""
    current = Rating.objects.get(establishment=world.copper_kettle, state="published")
    replaced = Rating.objects.filter(establishment=world.superseded, state="superseded").latest("pk")
    return code_of(current.pk), code_of(replaced.pk)


def first_screen(page, words: str) -> bool:
    """Whether the words stand on the screen without scrolling."""
    box = page.get_by_text(words, exact=False).first.bounding_box()
    return box["y"] + box["height"] <= page.viewport_size["height"]


@pytest.mark.browser
def test_the_answer_stands_on_the_first_screen_of_a_phone_without_javascript(open_page, live_server, world):
    current, replaced = codes(world)
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(f"{live_server.url}/verify/")
    page.get_by_label("Code on the sign").fill(current.lower().replace("-", " "))
    page.get_by_role("button", name="Check").click()
    page.wait_for_url(f"{live_server.url}/verify/{current}")
    for words in ("This is the current sign.", "The Copper Kettle", "12 Mill Lane", "Inspected"):
        assert first_screen(page, words), words
    page.goto(f"{live_server.url}/verify/{replaced}")
    for words in ("This sign was replaced on", "What stands now"):
        assert first_screen(page, words), words


@pytest.mark.browser
def test_the_sign_is_one_sheet_of_a4_and_of_us_letter(open_page, live_server, world):
    places = {"copper_kettle": "uk-fhrs", "letter": "us-nyc", "plate": "uk-fhis", "face": "dk-smiley"}
    page = open_page({"width": 1280, "height": 800})
    for place, scheme in places.items():
        page.goto(f"{live_server.url}/signs/{getattr(world, place).reference}/{scheme}/")
        for paper in ("A4", "Letter"):
            assert page.pdf(format=paper).count(b"/Type /Page\n") == 1, (place, paper)


@pytest.mark.browser
def test_the_snippet_is_copied_by_a_press(open_page, live_server, world):
    page = open_page({"width": 1280, "height": 800}, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/signs/{world.copper_kettle.reference}/uk-fhrs/")
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    assert "badge.svg" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.browser
def test_sign_and_answers_are_accessible_in_light_and_dark(open_page, live_server, world):
    current, replaced = codes(world)
    kettle, home = world.copper_kettle.reference, world.private_home.reference
    addresses = ["/verify/", f"/verify/{current}", f"/verify/{replaced}", "/verify/?code=abc"]
    addresses += [f"/signs/{kettle}/uk-fhrs/", f"/signs/{home}/uk-fhrs/"]
    page = open_page(PHONE)
    for address in addresses:
        page.goto(live_server.url + address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"runOnly": RULES})
            assert found.violations_count == 0, f"{address} {scheme}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
