"""Every page in every mode: accessible, no wider than the screen, standing still, within the policy.

Each type of page comes to a phone in English, where every mode is looked at, and to a desktop in Chinese: its
colours are those of the English ones; words, their length and their language are not.
"""

from itertools import groupby

import pytest
from django.conf import settings
from django.utils import translation

from tests.browser import sign_in
from tests.face import pages, seen

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = 3
CHINESE = "zh-hans"


@pytest.mark.parametrize("part", range(PARTS))
def test_public_pages_are_accessible_in_every_mode_and_language(open_page, live_server, town, part):
    page = seen.watched(open_page(seen.NARROW))
    told = []
    for listed in pages.public(town)[part::PARTS]:
        told += seen.in_every_mode(page, live_server.url, listed)
    page.emulate_media(**seen.PLAIN)
    with translation.override(CHINESE):
        words = pages.public(town)[part::PARTS]
    for listed in words:
        told += seen.in_other_words(page, live_server.url, listed)
    assert not told, "\n".join(told)


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_the_back_office_are_accessible_in_every_mode_and_language(
    open_page, live_server, town, part
):
    page = seen.watched(open_page(seen.NARROW))
    everybody = sorted(pages.office(town)[part::PARTS], key=lambda listed: listed.who)
    told = []
    for who, theirs in groupby(everybody, key=lambda listed: listed.who):
        theirs = list(theirs)
        page.context.clear_cookies()
        if who:
            sign_in(page, town.people[who], live_server.url)
        for listed in theirs:
            told += seen.in_every_mode(page, live_server.url, listed)
        page.emulate_media(**seen.PLAIN)
        _speak(page, CHINESE, live_server.url)
        for listed in theirs:
            told += seen.in_other_words(page, live_server.url, listed)
    assert not told, "\n".join(told)


def _speak(window, language: str, site: str) -> None:
    """The language of the back office is no part of its addresses, but a choice that the browser keeps."""
    choice = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language}
    window.context.add_cookies([choice | {"url": site + settings.OFFICE_PATH}])
