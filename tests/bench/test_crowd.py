"""The load generators count what they are answered, and readers follow the links of the page."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest

from records.bench import asking, crowd

PAGE = (
    b'<a href="/ratings/?q=a&amp;sort=name">x</a> <a href="/penalties.csv?q=a">f</a> <a href="/help/">h</a>'
)


class Answers(BaseHTTPRequestHandler):
    """A site that answers by what stands in the path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.hosts.add(self.headers["Host"])
        status = int(self.path.strip("/") or 200)
        body = PAGE if status == 200 else b""
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.send_header("content-type", "text/html; charset=utf-8")
        if status == 503:
            self.send_header("retry-after", "60")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing."""


class Server(ThreadingHTTPServer):
    """Many may come at once and leave without a word."""

    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Nothing."""


@pytest.fixture
def server():
    with Server(("127.0.0.1", 0), Answers) as served:
        served.hosts = set()
        threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True).start()
        yield served
        served.shutdown()


@pytest.fixture
def port(server) -> int:
    return server.server_port


def test_an_answer_is_whole_when_all_of_it_has_come():
    head, body = b"HTTP/1.1 200 OK\r\nserver: x\r\ncontent-length: 5\r\n\r\n", b"12345"
    assert [asking._whole(bytearray(part)) for part in (head[:20], head, head + b"123", head + body)] == [
        0, 0, 0, 200,
    ]  # fmt: skip
    assert asking._whole(bytearray(b"HTTP/1.1 304 Not Modified\r\netag: x\r\n\r\n")) == 304


@pytest.mark.parametrize(("new", "several"), [(False, False), (True, True)])
def test_answers_are_counted_and_pages_that_are_to_be_new_are_asked_for_under_different_hosts(
    server, new, several
):
    told = asking.ask(server.server_port, "/200", {}, 0.2, new)
    assert told["requests"] == told["statuses"][200] > asking.CONNECTIONS
    assert (len(server.hosts) > 1) is several


def test_a_rate_of_faults_is_none(port):
    with pytest.raises(RuntimeError, match="404"):
        asking.rate(port, "/404", seconds=0.1)


def test_a_reader_counts_waits_faults_and_what_asked_to_come_back(port):
    line, seen = http.client.HTTPConnection("127.0.0.1", port), crowd.Seen()
    pages = [crowd._visit(line, path, seen) for path in ("/200", "/404", "/503", "/500")]
    line.close()
    assert pages[0].startswith("<a") and pages[1:] == ["", "", ""]
    assert seen.statuses == {200: 1, 404: 1, 503: 1, 500: 1} and len(seen.waits) == 4
    assert seen.busy == 1 and set(seen.faults) == {"404 at /404", "500 at /500"}


def test_a_site_that_is_not_there_is_a_fault_and_not_the_end():
    seen = crowd.Seen()
    assert crowd._visit(http.client.HTTPConnection("127.0.0.1", 1), "/", seen) == ""
    assert seen.faults.total() == 1 and not seen.waits


def test_readers_follow_links_of_lists_and_records_and_now_and_then_take_a_file():
    chance = Random(1)
    taken = {crowd._next(PAGE.decode(), chance) for _turn in range(500)}
    assert taken == {"", "/ratings/?q=a&sort=name", "/penalties.csv?q=a"}
    assert crowd._search(chance, ["kettle"]).startswith("/")


def test_what_came_of_it_is_one_line_each():
    seen = crowd.Seen(waits=[0.1, 0.2, 3.0], busy=1)
    seen.statuses.update({200: 3})
    seen.faults["500 at /"] += 2
    lines = {line.what: line for line in crowd._told(seen, [(1, 1, 5), (10, 0, 9), (12, 0, 7)], 2, 200)}
    assert lines["of them faults"].figure == "2" and "500 at /" in lines["of them faults"].yardstick
    assert lines["connections to the database, at most"].figure == "9"
    assert lines["memory of the site"].ratio == "120% of the middle"
    assert lines["memory of PostgreSQL"].ratio == ""
