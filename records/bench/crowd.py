"""Many readers at once, for minutes: what they are answered, how long they wait, and whether memory grows.

Each reader searches for words of the register and then follows links of the page as people do: filters,
orders, next pages, records, now and then a file; and reads for a while before the next click. Nothing but a
search of words that a link of the site could not make is a fault: 5xx, 4xx, and connections that break.
"""

import html
import http.client
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from statistics import quantiles
from urllib.parse import urlencode

from records.bench.results import Result
from records.bench.site import Site, connections_open, memory_of_the_database, served
from records.businesses.models import Establishment
from records.penalties.models import Penalty

READERS = 200
READS = (1.0, 5.0)
"""Seconds that a reader looks at a page, from and to."""

LISTS = ("/ratings/", "/penalties/", "/businesses/")
FILES = (".csv", ".json", ".atom")
KEPT = "8"
"""Megabytes of pages that each process keeps: full in two minutes, so that what grows later is no cache."""

WORDS = 500
LOOKS = 8
"""How often memory is looked at."""

_LINK = re.compile(r'href="(/(?:ratings|penalties|businesses|establishments|laws|authorities)[^"#]*)"')


@dataclass
class Seen:
    """What all readers were answered."""

    waits: list[float] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    faults: Counter = field(default_factory=Counter)
    busy: int = 0


def measure(minutes: float, readers: int = READERS) -> list[Result]:
    """The crowd stays so long."""
    words = _words()
    with served(PLACARD_PAGE_CACHE=KEPT) as site:
        over, seen = threading.Event(), Seen()
        crowd = [
            threading.Thread(target=_reads, args=(site.port, Random(number), words, over, seen), daemon=True)
            for number in range(readers)
        ]
        for one in crowd:
            one.start()
        looks = []
        for _look in range(LOOKS):
            over.wait(minutes * 60 / LOOKS)
            looks.append(_look_at(site))
        over.set()
        for one in crowd:
            one.join(60)
    return _told(seen, looks, minutes, readers)


def _look_at(site: Site) -> tuple[int, int, int]:
    return site.memory, memory_of_the_database(), connections_open()


def _words() -> list[str]:
    """Words of names and facts of what is public, the same each time."""
    texts = [*Establishment.objects.public().order_by("reference").values_list("name", flat=True)[:WORDS]]
    texts += Penalty.objects.public().order_by("reference").values_list("respondent", flat=True)[:WORDS]
    return sorted({word for text in texts for word in text.split() if len(word) > 2}) or ["kitchen"]


# -- one reader


def _reads(port: int, chance: Random, words: list[str], over: threading.Event, seen: Seen) -> None:
    """Visit after visit, until it is over."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    over.wait(chance.uniform(0, READS[1]))
    path = _search(chance, words)
    while not over.is_set():
        page = _visit(line, path, seen)
        path = _next(page, chance) or _search(chance, words)
        over.wait(chance.uniform(*READS))
    line.close()


def _visit(line: http.client.HTTPConnection, path: str, seen: Seen) -> str:
    """The page at the address; '' where there is none. Lists and counters take what threads add at once."""
    begun = time.perf_counter()
    try:
        line.request("GET", path)
        answer = line.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as error:
        line.close()
        seen.faults[f"{type(error).__name__} at {path}"] += 1
        return ""
    seen.waits.append(time.perf_counter() - begun)
    seen.statuses[answer.status] += 1
    if answer.status == 503 and answer.headers["Retry-After"]:
        seen.busy += 1
    elif answer.status >= 400:
        seen.faults[f"{answer.status} at {path}"] += 1
    is_page = answer.status == 200 and answer.headers.get_content_type() == "text/html"
    return body.decode() if is_page else ""


def _search(chance: Random, words: list[str]) -> str:
    """A search for one or two words, or a whole list."""
    typed = " ".join(chance.sample(words, min(len(words), chance.choice((1, 1, 1, 2)))))
    query = "" if chance.random() < 0.2 else f"?{urlencode({'q': typed})}"
    return chance.choice(LISTS) + query


def _next(page: str, chance: Random) -> str:
    """A link of the page: three in four follow one, and one in thirty of those takes a file."""
    links = [html.unescape(link) for link in _LINK.findall(page)]
    files = [link for link in links if link.partition("?")[0].endswith(FILES)]
    pages = [link for link in links if link not in files]
    if files and chance.random() < 0.03:
        return chance.choice(files)
    return chance.choice(pages) if pages and chance.random() < 0.75 else ""


# -- what came of it


def _told(seen: Seen, looks: list[tuple[int, int, int]], minutes: float, readers: int) -> list[Result]:
    cuts = quantiles(seen.waits, n=20)
    faults, asked = seen.faults.total(), len(seen.waits)
    statuses = ", ".join(f"{status}: {number:,}" for status, number in sorted(seen.statuses.items()))
    site, database, lines = (list(column) for column in zip(*looks, strict=True))
    worst = "; ".join(f"{what} ({number})" for what, number in seen.faults.most_common(5))
    return [
        Result(f"{readers} readers for {minutes:g} minutes", f"{asked:,} answers", statuses),
        Result("of them faults", f"{faults:,}", worst),
        Result("of them asked to come back (503)", f"{seen.busy:,}"),
        Result("waited for an answer, p50 / p95", f"{cuts[9]:.2f} / {cuts[18]:.2f} s"),
        Result("connections to the database, at most", f"{max(lines)}", "of this one and of the site"),
        _memory("memory of the site", site),
        _memory("memory of PostgreSQL", database),
    ]  # fmt: skip


def _memory(what: str, looks: list[int]) -> Result:
    """The first look is before what is kept has filled, so that the second half says whether it grows."""
    early, middle, late = looks[0], looks[len(looks) // 2], looks[-1]
    growth = f"{late / middle:.0%} of the middle" if middle else ""
    return Result(
        what, f"{late / 1e6:,.0f} MB", f"{early / 1e6:,.0f} MB, then {middle / 1e6:,.0f} MB", growth
    )
