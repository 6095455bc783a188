"""The browser that journeys drive: it opens the portal, at both sizes, with and without JavaScript."""

import pytest


def test_chromium_opens_the_portal_on_a_phone(live_server, phone):
    response = phone.goto(f"{live_server}/healthz")
    assert response.status == 200
    assert '"status": "ok"' in phone.inner_text("body")
    assert phone.viewport_size == {"width": 360, "height": 740}


def test_pages_without_javascript_run_none(live_server, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("data:text/html,<title>before</title><script>document.title='after'</script>")
    assert page.title() == "before"
    page = open_page()
    page.goto("data:text/html,<title>before</title><script>document.title='after'</script>")
    assert page.title() == "after"


@pytest.mark.parametrize("elsewhere", ["http://example.org/", "http://192.0.2.1/"])
def test_no_page_reaches_another_machine(browser, elsewhere):
    page, failed = browser.new_page(), []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(elsewhere)
    page.close()
    assert failed == [(elsewhere, "net::ERR_NAME_NOT_RESOLVED")]
