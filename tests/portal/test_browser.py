"""The browser that journeys drive: it opens the portal, at both sizes, with and without JavaScript."""


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
