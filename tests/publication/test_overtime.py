"""A page whose statement the database cancels is answered in words, and the next one works."""

import logging
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.template import Context, Template
from django.utils import timezone

from records.penalties import views
from records.publication import shelf
from records.publication.caching import public_page
from records.search.listing import Listing

pytestmark = pytest.mark.django_db(transaction=True)


def sleep():
    """A statement that takes longer than the database gives it."""
    with connections["public"].cursor() as cursor:
        cursor.execute("SET statement_timeout = '20ms'")
        try:
            cursor.execute("SELECT pg_sleep(5)")
        finally:
            cursor.execute("SET statement_timeout = '5s'")


@contextmanager
def slow():
    """Every list takes too long."""
    with patch.object(Listing, "__init__", lambda self, *args, **kwargs: sleep()):
        yield


@pytest.mark.parametrize("path", ["/penalties/", "/ratings/", "/businesses/"])
def test_a_list_that_takes_too_long_says_what_to_do(client, path):
    with slow():
        response = client.get(path, {"q": "kettle"})
    page = response.content.decode()
    assert response.status_code == 503 and "Narrow the search" in page and f"{path}?q=kettle" in page
    assert response["Retry-After"] == "30" and response["Cache-Control"] == "no-store"
    assert not response.has_header("ETag") and "SELECT" not in page
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("ending", ["csv", "json", "atom"])
def test_a_file_or_a_feed_that_takes_too_long_says_so_before_its_first_byte(client, ending):
    with slow():
        response = client.get(f"/penalties.{ending}")
    assert response.status_code == 503 and not response.streaming
    assert response["Content-Type"] == "text/plain; charset=utf-8" and b"too long" in response.content
    assert response["Retry-After"] == "30" and response["Cache-Control"] == "no-store"


def test_the_log_has_one_line_about_it_and_no_trace(client):
    lines = []
    with slow(), patch.object(logging.getLogger("django").handlers[0], "handle", lines.append):
        client.get("/penalties/")
    assert [line.getMessage() for line in lines] == ["Service Unavailable: /penalties/"]
    assert not lines[0].exc_info


def test_another_fault_of_the_database_stays_a_fault(client):
    client.raise_request_exception = False
    with patch.object(views, "PenaltySearch", side_effect=OperationalError("the disk is full")):
        response = client.get("/penalties/")
    assert response.status_code == 500 and "Narrow the search" not in response.content.decode()


def test_a_page_that_was_made_without_what_took_too_long_is_kept_for_a_minute_and_is_not_that_of_the_edition(
    rf, pages
):
    asked = []

    @public_page
    def partly(request):
        asked.append(request)
        page = Template("{% if search.totals and search.count %}sums{% else %}no sums{% endif %}")
        return HttpResponse(page.render(Context({"search": {"totals": sleep, "count": 1}})))

    def visit(**headers):
        return shelf.shelf(partly)(rf.get("/list/", headers=headers))

    first = visit()
    assert first.content == b"no sums" and first["Cache-Control"] in (
        "public, max-age=59",
        "public, max-age=58",
    )
    assert not first.get("ETag", "").startswith("W/")
    assert visit(**{"If-None-Match": '"any"'}).content == visit().content == b"no sums" and len(asked) == 1
    with patch.object(shelf.time, "time", lambda: timezone.now().timestamp() + 61):
        visit()
    assert len(asked) == 2
