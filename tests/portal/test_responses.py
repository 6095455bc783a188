"""What goes out with every page: a strict policy, no cookie for readers, English dates."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.context_processors import auth
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from portal.middleware import OfficeAuthentication, OfficeMessages, OfficeSession

PAGES = ["/healthz", "/no-such-page/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_a_policy_that_allows_nothing_inline_or_from_elsewhere(client, path):
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in client.get(path)["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in str(policy)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_readers_get_no_cookie_and_pages_do_not_depend_on_one(client, path):
    client.cookies["placard_session"] = "left-from-a-visit-to-the-back-office"
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
def test_other_security_headers_are_sent(client):
    response = client.get("/healthz")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("geolocation=(self), camera=()")


@pytest.mark.django_db
def test_sessions_users_and_messages_exist_in_the_back_office_only():
    seen = {}

    def view(request):
        seen[request.path] = [hasattr(request, name) for name in ("session", "user", "_messages")]
        return HttpResponse()

    chain = OfficeSession(OfficeAuthentication(OfficeMessages(view)))
    for path in ("/", "/backoffice/", "/backoffice-hours/"):
        chain(RequestFactory().get(path))
    assert seen == {"/": [False] * 3, "/backoffice/": [True] * 3, "/backoffice-hours/": [False] * 3}


def test_templates_of_public_pages_see_an_anonymous_user():
    assert isinstance(auth(RequestFactory().get("/"))["user"], AnonymousUser)


def test_dates_are_written_as_readers_write_them():
    page = Template("{{ day|date }}, {{ day|date:'DATETIME_FORMAT' }}")
    assert page.render(Context({"day": datetime(2020, 1, 21, 14, 5, tzinfo=UTC)})) == (
        "21 January 2020, 21 January 2020, 14:05"
    )


def test_an_installation_redirects_to_https_but_answers_health_inside(client, settings, db):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/somewhere/")["Location"] == "https://testserver/somewhere/"
    assert client.get("/healthz").status_code == 200
