"""Every page by keyboard alone: a way past the menu, each stop seen, nothing that does not let go."""

import pytest
from django.urls import reverse

from tests.browser import DESKTOP, sign_in
from tests.keys import is_seen, stops

pytestmark = pytest.mark.django_db(transaction=True)


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
        told += [f"{address}: not seen: {one['what']}" for one in found if not is_seen(one)]
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
