"""What every kind of answer says of itself: how long it may be kept, its tag, and what it depends on."""

import pytest
from django.db import OperationalError
from psycopg.errors import QueryCanceled

from records.penalties import views
from tests import make
from tests.penalties.test_gone import end_at

pytestmark = pytest.mark.django_db

MINUTE, DAY, NEVER = "public, max-age=60", "public, max-age=86400", "no-store"
PLACE, SHOWN, OVER = "{place}", "/penalties/{shown}/", "/penalties/{over}/"

# address, status, Cache-Control, whether it has a weak ETag, Vary
ANSWERS = [
    ("/", 200, MINUTE, True, "Accept-Encoding"),
    ("/help/", 200, MINUTE, True, "Accept-Encoding"),
    ("/data/", 200, MINUTE, True, "Accept-Encoding"),
    ("/card.png", 200, MINUTE, True, "Accept-Encoding"),
    ("/verify/", 200, MINUTE, True, "Accept-Encoding"),
    ("/verify/ZZZZ-ZZZZ", 404, NEVER, False, None),
    ("/signs/0000000/uk-fhrs/badge.svg", 404, NEVER, False, None),
    ("/penalties/{shown}/card.png", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties/{over}/card.png", 410, NEVER, False, None),
    ("/ratings/", 200, MINUTE, True, "Accept-Encoding"),
    ("/ratings/?q=nothing+like+it", 200, MINUTE, True, "Accept-Encoding"),
    ("/ratings/schemes/", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties/", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties/corrections/", 200, MINUTE, True, "Accept-Encoding"),
    ("/businesses/", 200, MINUTE, True, "Accept-Encoding"),
    ("/laws/", 200, MINUTE, True, "Accept-Encoding"),
    ("/authorities/", 200, MINUTE, True, "Accept-Encoding"),
    (PLACE, 200, MINUTE, True, "Accept-Encoding"),
    (SHOWN, 200, MINUTE, True, "Accept-Encoding"),
    (f"{SHOWN}v/1/record.json", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties.json", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties.atom", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties/corrections.atom", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties/removals.json", 200, MINUTE, True, None),
    ("/ratings.json", 200, MINUTE, True, "Accept-Encoding"),
    ("/robots.txt", 200, MINUTE, True, "Accept-Encoding"),
    ("/sitemap.xml", 200, MINUTE, True, "Accept-Encoding"),
    ("/penalties.csv", 200, MINUTE, True, None),
    ("/ratings.csv", 200, MINUTE, True, None),
    (f"{SHOWN}v/1/", 302, None, False, None),
    (f"{SHOWN}document/{{document}}/", 302, None, False, None),
    ("/penalties/{misread}/", 301, DAY, False, None),
    (OVER, 410, NEVER, False, None),
    (f"{OVER}v/1/", 410, NEVER, False, None),
    (f"{OVER}document/{{document}}/", 410, NEVER, False, None),
    ("/no-such-page/", 404, NEVER, False, None),
    ("/penalties/0000000/", 404, NEVER, False, None),
    ("/penalties/%00/", 404, NEVER, False, None),
    ("/establishments/0000000/", 404, NEVER, False, None),
    ("/ratings/?colour=blue", 400, NEVER, False, None),
    ("/penalties.csv?colour=blue", 400, NEVER, False, None),
    ("/penalties.atom?colour=blue", 400, NEVER, False, None),
]


@pytest.fixture
def names():
    """What stands in the addresses: a place, a decision that is shown, and one of which the time is over."""
    shown, over = make.published_penalty(), make.published_penalty()
    end_at(over, over.published_at)
    return {
        "place": make.establishment().get_absolute_url(), "shown": shown.reference, "over": over.reference,
        "misread": shown.reference.upper(), "document": shown.document_id,
    }  # fmt: skip


@pytest.mark.parametrize("method", ["get", "head"])
def test_every_answer_says_how_long_it_may_be_kept_and_what_it_depends_on(client, names, method):
    for address, status, kept, tagged, vary in ANSWERS:
        answer = getattr(client, method)(address.format(**names))
        about = [answer.get("Cache-Control"), answer.has_header("ETag"), answer.get("Vary")]
        assert [answer.status_code, *about] == [status, kept, tagged, vary], address
        assert not tagged or answer["ETag"].startswith('W/"'), address
        assert not answer.cookies and "Cookie" not in answer.get("Vary", ""), address
        body = answer.getvalue()  # to its end, where a file gives its turn back
        assert method == "get" or not body, address
        assert answer.has_header("Content-Length") is not answer.streaming, address


def test_whoever_has_an_answer_with_a_tag_is_told_so_and_no_more(client, names):
    for address, _status, _kept, tagged, _vary in ANSWERS:
        if not tagged:
            continue
        path = address.format(**names)
        tag = client.head(path)["ETag"]
        answer = client.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer["ETag"], answer.content) == (304, tag, b""), address
        assert answer["Vary"] == "Accept-Encoding" and answer["Cache-Control"] == "max-age=0, public", address


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_other_methods_are_refused_with_those_that_are_not(client, method):
    for address in ("/", "/penalties/", "/penalties.csv", "/robots.txt"):
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer["Cache-Control"], answer["Allow"]) == (405, NEVER, "GET, HEAD")
        assert not answer.has_header("ETag") and not answer.cookies


def test_faults_and_what_takes_too_long_are_kept_by_nobody(client, monkeypatch):
    client.raise_request_exception = False
    cancelled = OperationalError("canceling statement")
    cancelled.__cause__ = QueryCanceled()
    for error, status in ((cancelled, 503), (OperationalError("broken"), 500)):
        monkeypatch.setattr(views.PenaltySearch, "__init__", _raising(error))
        for path in ("/penalties/", "/penalties.csv"):
            answer = client.get(path)
            assert (answer.status_code, answer["Cache-Control"]) == (status, NEVER), path
            assert not answer.has_header("ETag") and answer.has_header("Retry-After") is (status == 503)


def _raising(error):
    def raises(self, *args, **kwargs):
        raise error

    return raises
