"""How many pages per second the site hands out, each beside an address that says nothing, on the same server.

Changes nothing: it reads the register that there is, such as the demo.
"""

import http.client
from statistics import median

from records.bench import asking
from records.bench.results import Result
from records.bench.site import NOTHING, Site, served
from records.businesses.models import Establishment
from records.penalties.models import Penalty

SECONDS = 2.0
ACCEPTED = {"Accept-Encoding": "gzip"}


def measure(runs: int) -> list[Result]:
    """Pages made anew, handed out again, and those that the reader has."""
    with served() as site:
        kinds = {name: _ways(site, path) for name, path in pages().items()}
        return [result for name, ways in kinds.items() for result in _compared(site, name, ways, runs)]


def pages() -> dict[str, str]:
    """The most visited addresses, of what the register holds."""
    place, decision = Establishment.objects.public().first(), Penalty.objects.public().first()
    pages = {"list of decisions": "/penalties/"}
    if place:
        pages["establishment"] = place.get_absolute_url()
    if decision:
        pages["decision"] = decision.get_absolute_url()
    return pages


def _ways(site: Site, path: str) -> dict[str, dict]:
    """How the address is asked for: arguments of `asking.rate`."""
    has = {"If-None-Match": _tag(site, path)}
    return {
        "made": {"path": path, "headers": ACCEPTED, "new": True},
        "kept": {"path": path, "headers": ACCEPTED},
        "304": {"path": path, "headers": ACCEPTED | has},
    }


def _tag(site: Site, path: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", site.port)
    line.request("GET", path, headers=ACCEPTED)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.headers["ETag"]


def _compared(site: Site, name: str, ways: dict, runs: int) -> list[Result]:
    """Each way and the yardstick in turn, so that what else the machine does meets all of them."""
    for arguments in (*ways.values(), {"path": "/healthz"}):  # all workers and threads have been asked once
        asking.rate(site.port, **arguments, seconds=0.5)
    rates = {way: [] for way in ways}
    shares = {way: [] for way in ways}
    for _run in range(runs):
        bare = asking.rate(site.port, NOTHING, seconds=SECONDS)
        for way, arguments in ways.items():
            rates[way].append(asking.rate(site.port, **arguments, seconds=SECONDS))
            shares[way].append(rates[way][-1] / bare)
    return [
        Result(f"{name}, {way}", f"{median(rates[way]):,.0f}/s", "a page that says nothing, in the same run",
               f"{median(shares[way]):.0%} ({min(shares[way]):.0%} to {max(shares[way]):.0%})")
        for way in ways
    ]  # fmt: skip
