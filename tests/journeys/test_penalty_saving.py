"""What was typed is not lost where the session ends, the server is away or a day does not exist."""

# ruff: noqa: F811

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from records.penalties.models import Penalty
from tests.backoffice.penalty_form import only, url
from tests.journeys.test_penalty_entry import desk, form  # noqa: F401

pytestmark = pytest.mark.browser


def test_the_session_may_end_and_what_was_typed_stays(form):
    page = form()
    page.get_by_label("Facts").fill("Typed.")
    page.context.clear_cookies()
    page.get_by_label("Facts").press("Tab")
    page.get_by_text("Not saved").wait_for()
    assert page.get_by_label("Facts").input_value() == "Typed." and not Penalty.objects.exists()


def test_who_signs_in_again_in_another_window_goes_on_where_they_were(form, desk, live_server):
    page = form()
    page.context.clear_cookies()
    page.get_by_label("Facts").fill("Typed.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("sign in again in another window").wait_for()
    page.wait_for_timeout(1500)  # nobody signs in while the next try is still on its way
    client = Client()
    client.force_login(desk.clerk)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": live_server.url + settings.OFFICE_PATH}]
    )
    page.keyboard.press("Control+Enter")
    page.get_by_text("Saved as a draft, not submitted yet.").wait_for()
    assert only().facts == "Typed."


def test_what_is_submitted_while_the_server_is_away_stays_on_the_page(form):
    page = form()
    page.get_by_label("Facts").fill("Rice.")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    page.get_by_text("the server does not answer").wait_for()
    expect(page.get_by_label("Facts")).to_have_value("Rice.")
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    page.get_by_text("Saved as a draft, not submitted yet.").wait_for()
    assert only().facts == "Rice."


def test_a_file_that_could_not_be_sent_stays_chosen_while_the_server_is_away(form, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = form()
    page.get_by_label("Facts").fill("Rice.")
    page.context.set_offline(True)
    page.get_by_label("Facts").press("Tab")
    page.get_by_text("the server does not answer").wait_for()
    file = {"name": "decision.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.get_by_label("The decision as a file").set_input_files(file)
    page.keyboard.press("Control+Enter")
    page.get_by_text("the server does not answer").wait_for()
    expect(page.get_by_label("The decision as a file")).to_have_value(re.compile("decision.pdf"))
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    page.get_by_text("Saved as a draft, not submitted yet.").wait_for()
    assert only().document.file_name == "decision.pdf"


def test_a_day_that_does_not_exist_is_said_and_not_lost_on_the_way(form):
    page = form()
    page.get_by_label("Facts").fill("Rice.")
    until = page.get_by_label("Contested until")
    until.focus()
    page.keyboard.type("1")
    page.keyboard.press("Control+Enter")
    told = page.get_by_text("There is no such day, or it is half typed.")
    expect(told).to_be_visible()
    expect(until).to_be_focused()
    until.fill("2026-11-30")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Saved as a draft, not submitted yet.").wait_for()
    assert str(only().remedy_until) == "2026-11-30"


def test_nobody_is_warned_of_leaving_a_draft_that_is_saved_and_lacks_something(form, live_server):
    page = form()
    page.get_by_label("Facts").fill("Rice.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Saved as a draft, not submitted yet.").wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(live_server.url + url("changelist"))
    assert asked == []
