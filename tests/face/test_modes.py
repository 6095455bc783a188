"""Every page in every mode: accessible, no wider than the screen, standing still, within the policy."""

import pytest
from django.utils import translation

from tests.browser import sign_in
from tests.face import pages, seen

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
def test_public_pages_are_accessible_in_every_mode(open_page, live_server, town, part):
    listed = pages.public(town)[part::PARTS]
    page = seen.watched(open_page(seen.DESKTOP))
    told = [problem for each in listed for problem in seen.in_every_mode(page, live_server.url, each)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("part", range(2))
def test_chinese_pages_are_accessible_and_fit(open_page, live_server, town, part):
    """Colours are those of the English ones; words, their length and their language are not."""
    with translation.override("zh-hans"):
        listed = pages.public(town)[part::2]
    page = seen.watched(open_page(seen.NARROW))
    told = [problem for each in listed for problem in seen.when_narrow(page, live_server.url, each)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_the_back_office_are_accessible_in_every_mode(open_page, live_server, town, part):
    listed = pages.office(town)[part::PARTS]
    windows = {who: seen.watched(open_page(seen.DESKTOP)) for who in {page.who for page in listed}}
    for who, window in windows.items():
        if who:
            sign_in(window, town.people[who], live_server.url)
    told = [
        problem for each in listed for problem in seen.in_every_mode(windows[each.who], live_server.url, each)
    ]
    assert not told, "\n".join(told)
