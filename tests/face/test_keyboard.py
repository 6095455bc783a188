"""Every page by keyboard alone: a way past the menu, each stop seen, nothing that does not let go."""

import pytest
from django.urls import reverse

from tests.browser import DESKTOP, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 250
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = getComputedStyle(e), box = e.getBoundingClientRect();
  const around = e.matches("input[type=radio], input[type=checkbox]") ? e.parentElement : e;
  const rings = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const seen = [look, ...[around, e.parentElement, ...e.children].map((one) => getComputedStyle(one))].some(
    (style) => rings(style) || style.boxShadow !== "none");
  window.stops = window.stops || new Map();
  if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
  return { number: window.stops.get(e), seen, there: box.width > 0 && box.height > 0,
    what: e.outerHTML.slice(0, 100), words: e.textContent.trim() };
}"""


def stops(page):
    """Each stop of the Tab key from the beginning of the page, until it leaves or begins again."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or here["number"] < _press:
            return
        yield here
    raise AssertionError(f"more than {MOST} stops, or one that does not let go")


def go(page, words: str) -> None:
    """Tab to the link or button that says so, and press Enter."""
    page.evaluate("document.activeElement.blur(); window.stops = undefined; scrollTo(0, 0)")
    for here in stops(page):
        if here["words"].startswith(words):
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            return
    raise AssertionError(f"{words} is not reached")


def test_each_stop_is_seen_and_lets_go(open_page, live_server, town):
    reader, clerk = open_page(DESKTOP), open_page(DESKTOP)
    sign_in(clerk, town.people["clerk"], live_server.url)
    readers = (
        reverse("pages:home"), f"{reverse('ratings:list')}?q=kitchen", f"{reverse('penalties:list')}?q=food",
        town.world.copper_kettle.get_absolute_url(), town.kettle.get_absolute_url(), reverse("map:page"),
    )  # fmt: skip
    clerks = (
        reverse("admin:index"), reverse("admin:records_penalty_changelist"),
        reverse("admin:records_establishment_add"),
    )  # fmt: skip
    told = []
    for page, address in (*((reader, a) for a in readers), *((clerk, a) for a in clerks)):
        page.goto(live_server.url + address)
        page.evaluate("document.activeElement.blur()")
        found = list(stops(page))
        assert len(found) > 8, address
        told += [f"{address}: not seen: {one['what']}" for one in found if not (one["seen"] and one["there"])]
    assert not told, "\n".join(told)


def test_the_first_stop_leads_past_the_menu(open_page, live_server, town):
    page = open_page(DESKTOP)
    page.goto(live_server.url + town.kettle.get_absolute_url())
    page.keyboard.press("Tab")
    assert "skip" in page.evaluate("document.activeElement.className")
    assert page.evaluate("document.activeElement.getBoundingClientRect().height") > 20
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_list_is_searched_narrowed_and_turned_by_keyboard(open_page, live_server, town):
    page = open_page(DESKTOP)
    page.goto(live_server.url + reverse("ratings:list"))
    page.keyboard.press("/")
    page.keyboard.type("kitchen")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=kitchen*")
    go(page, "Almond Borough")
    page.wait_for_url("**authority=almond-borough*")
    go(page, "Next")
    assert "Kitchen" in page.locator(".card").first.inner_text()
