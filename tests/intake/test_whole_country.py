"""The whole United Kingdom of two consecutive weeks, through the command, into a database of its own."""

import html
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from threading import Thread

import psutil
import psycopg
import pytest
from django.db import connection

from records.ratings import schemes
from tests import another_process as process

MOST_MEGABYTES = 300
WEEKS = ("fhrs_uk_xml_2020-11-08.tar.xz", "fhrs_uk_xml_2020-11-15.tar.xz")
PAGE = """
import re
import sys
import django
django.setup()
from django.test import Client
found = Client().get("/ratings/", {"q": sys.argv[1]})
print(found.status_code, found.content.decode())
print("=" * 20)
path = re.search(r'href="(/establishments/[^"]+)"', found.content.decode())[1]
page = Client().get(path)
print(page.status_code, page.content.decode())
"""


class Memory(Thread):
    """The most that a process and those that it started held together, in megabytes."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.process, self.most = psutil.Process(pid), 0
        self.start()

    def run(self):
        while self.process.is_running():
            total = 0
            try:
                for one in (self.process, *self.process.children(recursive=True)):
                    total += one.memory_info().rss
            except psutil.Error:  # one of them has just ended
                pass
            self.most = max(self.most, total >> 20)
            time.sleep(0.25)


@contextmanager
def own_database():
    """The name of a database with the portal's tables and nothing in them."""
    name = f"{connection.settings_dict['NAME']}_country"
    with psycopg.connect(process.url("postgres"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        try:
            done = process.finish(process.start("migrate", "-v0", database=name), 120)
            assert done[0] == 0, done
            yield name
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def bring(database: str, path) -> tuple[list[str], str, int]:
    """The lines and messages of an import, and the megabytes it took."""
    running = process.start("import_file", "fhrs-xml", path, database=database)
    memory = Memory(running.pid)
    status, out, messages = process.finish(running, 900)
    assert status == 0, messages
    return out, messages, memory.most


def told(lines: list[str], words: str) -> int:
    """The number in the line that ends with these words."""
    (line,) = [line for line in lines if line.endswith(words)]
    return int(line.split()[0].replace(",", ""))


def asked(database: str, question: str) -> list[tuple]:
    with psycopg.connect(process.url(database)) as server:
        return server.execute(question).fetchall()


def pages(database: str, text: str) -> tuple[str, str]:
    """The list that a search for the text finds, and the page of its first entry."""
    surroundings = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    surroundings |= {"DATABASE_URL": process.url(database), "PLACARD_LOCAL": "on", "DEBUG": "on"}
    surroundings["ALLOWED_HOSTS"] = "testserver"
    surroundings["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    command = [sys.executable, "-c", PAGE, text]
    done = subprocess.run(
        command, cwd=process.CHECKOUT, env=surroundings, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found, page = done.stdout.split("=" * 20)
    assert found.startswith("200 ") and page.strip().startswith("200 "), done.stdout[:200]
    return found, page


@pytest.mark.country
@pytest.mark.django_db
def test_two_weeks_of_a_whole_country_differ_by_exactly_what_was_counted(shared_folder):
    first, second = (shared_folder / "data" / week for week in WEEKS)
    with own_database() as database:
        out, messages, megabytes = bring(database, first)
        assert out[-1] == "496935 new, 0 changed, 0 unchanged, 0 vanished, 9 refused"
        assert "stands more than once" in messages and messages.count("record ") >= 18
        assert megabytes < MOST_MEGABYTES

        out, _messages, megabytes = bring(database, second)
        assert re.fullmatch(r"1821 new, \d+ changed, \d+ unchanged, 1022 vanished, 9 refused", out[-1])
        assert told(out, "with another rating") == 999 and told(out, "with another name") == 344
        assert megabytes < MOST_MEGABYTES
        assert asked(
            database, "SELECT count(*) FROM records_establishment WHERE left_source_at IS NOT NULL"
        ) == [(1022,)]
        assert asked(database, RENAMED) == [(344,)]
        assert asked(database, OTHERWISE_RATED) == [(999,)]

        out, _messages, _megabytes = bring(database, second)
        assert out[-1] == "0 new, 0 changed, 497734 unchanged, 0 vanished, 9 refused"

        ((name, *standing),) = asked(database, RESTAURANT)
        assert standing == ["3", "2020-01-21", {"hygiene": 10, "structural": 10, "confidence": 10}, "3"]
        # As a citizen types it: two words of the name, without its signs, and the town.
        found, page = pages(database, f"{' '.join(re.findall('[0-9A-Za-z]+', name))} Cambridge")
        # In the list the words that were found are marked.
        assert html.escape(name) in re.sub(r"<[^>]+>", "", found) and html.escape(name) in page
        text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        assert "21 January 2020" in text and "Cambridge" in text
        for component in schemes.get("uk-fhrs", date(2020, 1, 21)).components:
            assert str(component.label("en")) in text


RENAMED = """
SELECT count(*) FROM records_establishmentversion v JOIN records_establishment e ON e.id = v.establishment_id
WHERE v.name_published <> e.name_published
"""
OTHERWISE_RATED = """
SELECT count(*) FROM records_rating o
JOIN records_rating n ON n.establishment_id = o.establishment_id AND n.scheme_id = o.scheme_id
WHERE o.state = 'superseded' AND n.state = 'published'
    AND (o.value, o.status) IS DISTINCT FROM (n.value, n.status)
"""
RESTAURANT = """
SELECT e.name, r.value, r.rated_on::text, i.scores, i.grade
FROM records_establishment e JOIN records_rating r ON r.establishment_id = e.id AND r.state = 'published'
JOIN records_inspection i ON i.id = r.inspection_id JOIN records_authority a ON a.id = e.authority_id
WHERE a.code = 'uk-027' AND e.source_id = '1032122'
"""
