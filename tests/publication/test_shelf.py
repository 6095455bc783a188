"""A page that was made is handed to the next reader; never after a publication, to another, or too long."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from records.penalties.models import Penalty
from records.publication import shelf
from records.publication.caching import keep_until, public_page
from records.publication.compression import takes_gzip
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def visit(view, path="/somewhere/", method="get", **headers):
    """A view behind the shelf alone."""
    return shelf.shelf(public_page(view))(getattr(RequestFactory(), method)(path, headers=headers))


class View:
    """A view that counts how often it was asked, and says so."""

    def __init__(self, **headers):
        self.asked, self.headers, self.status, self.until = 0, headers, 200, None

    def __call__(self, request):
        self.asked += 1
        keep_until(request, self.until)
        return HttpResponse(f"answer {self.asked}", headers=self.headers, status=self.status)


# -- the next reader


def test_the_next_reader_gets_the_page_with_all_its_headers_and_nobody_makes_it_again(client, made):
    first = client.get("/help/")
    again = client.get("/help/")
    assert made.number == 1 and again.content == first.content
    assert dict(again.items()) == dict(first.items()) | {"Cache-Control": "max-age=60, public"}
    assert "Content-Security-Policy" in again and not again.cookies


def test_it_costs_one_query(client, django_assert_num_queries):
    client.get("/penalties/")
    with django_assert_num_queries(1, using="public"), django_assert_num_queries(0):
        assert client.get("/penalties/").status_code == 200


def test_a_head_gets_the_headers_of_the_page_and_makes_none(client, made):
    first = client.get("/help/")
    head = client.head("/help/")
    assert made.number == 1 and not head.content
    assert (head["ETag"], head["Content-Length"]) == (first["ETag"], first["Content-Length"])


def test_a_head_leaves_nothing_for_others(client, made):
    client.head("/help/")
    assert client.get("/help/").content and made.number == 2


def test_who_has_the_page_is_told_so_from_the_shelf(client, made):
    first = client.get("/help/")
    again = client.get("/help/", headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert again.status_code == 304 and not again.content and made.number == 1
    assert again["ETag"] == first["ETag"] and again["Vary"] == first["Vary"] == "Accept-Encoding"
    assert client.get("/help/", headers={"If-None-Match": '"other"'}).status_code == 200


# -- never after a publication


@pytest.mark.django_db(transaction=True)
def test_a_publication_empties_the_shelf(client, made):
    decision = make.published_penalty(respondent="Copper Kettle Ltd")
    address = decision.get_absolute_url()
    for _turn in range(2):
        assert b"Copper Kettle" in client.get(address).content
    assert made.number == 1
    make.published_penalty()
    assert b"Copper Kettle" in client.get(address).content and made.number == 2
    decision.withdraw(make.user("checker", decision.authority), "Annulled.", "annulled", make.document())
    for _turn in range(2):
        assert b"Copper Kettle" not in client.get(address).content


@pytest.mark.django_db(transaction=True)
def test_what_was_published_while_a_page_was_made_is_not_missing_for_the_next_reader():
    def view(request):
        if not Penalty.objects.public().exists():
            make.published_penalty()
            return HttpResponse("without it")
        return HttpResponse("with it")

    assert visit(view).content == b"without it"
    assert visit(view).content == b"with it"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_has_dropped_is_made_anew(client):
    client.get("/help/")
    public = connections["public"]
    with connections["default"].cursor() as owner:
        owner.execute("SELECT pg_terminate_backend(%s)", [public.connection.info.backend_pid])
    public.close_if_unusable_or_obsolete()  # as at the beginning of each request that is served
    assert client.get("/help/").status_code == 200


# -- never to another


def test_hosts_schemes_queries_and_encodings_have_pages_of_their_own(settings, client, made):
    settings.ALLOWED_HOSTS = ["a.example.org", "b.example.org"]
    visits = [
        {"path": path, "secure": secure, "headers": {"host": host, "accept-encoding": encoding}}
        for path in ("/help/", "/help/?q=1", "/help/?q=%31")
        for secure in (False, True)
        for host in ("a.example.org", "b.example.org", "b.example.org:81")
        for encoding in ("gzip", "identity")
    ]
    for number, one in enumerate(visits, 1):
        client.get(**one)
        assert made.number == number
    for one in visits:
        client.get(**one)
    assert made.number == len(visits)


def test_a_query_in_raw_bytes_is_not_that_of_the_letters_they_would_be_in_another_coding(client):
    raw = "q=\xc3\xa9"  # as a server hands on é that was not escaped
    assert client.get("/penalties/", QUERY_STRING=raw).status_code == 200
    page = client.get("/penalties/?q=%C3%83%C2%A9").content.decode()
    assert 'value="Ã©"' in page


def test_a_host_that_is_not_ours_is_refused_and_leaves_nothing(client, pages):
    response = client.get("/help/", headers={"host": "evil.example.org"})
    assert response.status_code == 400 and len(pages) == 0
    assert "evil" not in client.get("/help/").content.decode()


def test_a_site_that_speaks_https_hands_out_no_page_without_it(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/help/", secure=True).status_code == 200
    assert Client().get("/help/").status_code == 301


# -- never too long


def test_a_page_is_kept_no_longer_than_what_is_on_it_and_says_so():
    view = View()
    view.until = timezone.now() + timedelta(seconds=30)
    assert visit(view).content == visit(view).content == b"answer 1"
    assert visit(view)["Cache-Control"] in ("max-age=29, public", "max-age=28, public")


def test_nothing_is_kept_of_what_is_over_or_ends_within_a_second():
    for seconds in (-5, 0.5):
        view = View()
        view.until = timezone.now() + timedelta(seconds=seconds)
        assert visit(view)["Cache-Control"] == "public, max-age=0"
        assert visit(view).content == b"answer 2"


# -- never what is no page


@pytest.mark.parametrize("status", [201, 301, 400, 404, 410, 503])
def test_only_pages_that_were_found_are_kept(status):
    view = View()
    view.status = status
    assert visit(view).content == b"answer 1" and visit(view).content == b"answer 2"


@pytest.mark.parametrize("headers", [{"Cache-Control": "no-store"}, {"ETag": '"own"'}, {"Set-Cookie": "a=b"}])
def test_what_has_rules_of_its_own_or_a_cookie_is_not_kept(headers):
    view = View(**headers)
    visit(view)
    assert visit(view).content == b"answer 2"


def test_a_cookie_that_was_set_keeps_a_page_from_others():
    def view(request):
        response = HttpResponse("mine")
        response.set_cookie("reader", "1")
        return response

    visit(view)
    assert len(caches["pages"]) == 0


def test_files_on_their_way_are_not_kept_nor_compressed(client, pages):
    response = client.get("/penalties.csv", headers={"accept-encoding": "gzip"})
    assert response.streaming and not response.has_header("Content-Encoding")
    assert b"".join(response.streaming_content) and len(pages) == 0


def test_nothing_is_kept_of_the_back_office_of_health_or_while_debugging(client, pages, settings):
    for path in ("/backoffice/login/", "/healthz", "/no-such-page/"):
        client.get(path)
    settings.DEBUG = True
    client.get("/help/")
    assert len(pages) == 0


# -- compressed


def test_a_page_is_compressed_once_for_those_who_take_it(client):
    plain, small = (client.get("/help/", headers={"accept-encoding": e}) for e in ("", "gzip, deflate, br"))
    assert small["Content-Encoding"] == "gzip" and len(small.content) < len(plain.content) / 2
    assert gzip.decompress(small.content) == plain.content
    assert client.get("/help/", headers={"accept-encoding": "gzip"}).content == small.content
    assert not plain.has_header("Content-Encoding") and plain["Vary"] == small["Vary"] == "Accept-Encoding"
    assert plain["ETag"] == small["ETag"] and plain["ETag"].startswith("W/")


@pytest.mark.parametrize(
    ("asked", "takes"),
    [("gzip", True), ("br, GZIP;q=0.5", False), ("gzip;q=0, br", False), ("gzip; q=0.0", False), ("", False),
     ("gzip;q=0.1", True)],
)  # fmt: skip
def test_who_refuses_gzip_gets_none(asked, takes):
    assert takes_gzip(RequestFactory().get("/", headers={"accept-encoding": asked})) is takes


# -- many at once


@pytest.mark.django_db(transaction=True)
def test_readers_at_once_get_the_same_page_and_after_a_publication_the_next(client):
    decision = make.published_penalty(respondent="Copper Kettle Ltd")

    def read(_turn):
        try:
            answer = Client().get(decision.get_absolute_url())
            return answer.status_code, b"Copper Kettle" in answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as readers:
        assert set(readers.map(read, range(12))) == {(200, True)}
        decision.withdraw(make.user("checker", decision.authority), "Annulled.", "annulled", make.document())
        assert set(readers.map(read, range(12))) == {(200, False)}
