"""The site, started as the README says, for the time of a measurement."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO

import psutil
from django.core.management import call_command
from django.db import connections

WORKERS, THREADS = 2, 4
PATIENCE = 30
NOTHING = "/measured/nothing"
"""The address of a page that says nothing, which the site has while it is measured (`served.py`)."""


@dataclass(frozen=True)
class Site:
    """Where it listens, and its processes."""

    port: int
    process: psutil.Process

    @property
    def memory(self) -> int:
        """Bytes that its processes hold, what they share counted once."""
        return _held([self.process, *self.process.children(recursive=True)], "pss")


@contextmanager
def served(**settings: str):
    """The site on a free port of this machine, with the page that says nothing (`served.py`)."""
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning",
        "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS),
        "--blocking-threads", str(THREADS), "--workers-kill-timeout", "5", "records.bench.served:application",
    ]  # fmt: skip
    # The page is asked for as this machine, without a proxy that speaks HTTPS.
    own = {"ALLOWED_HOSTS": "127.0.0.1", "PLACARD_HTTPS": "off", "PLACARD_CONNECT_AS": "office"}
    server = subprocess.Popen(command, env=os.environ | own | settings)
    try:
        _wait(port, server)
        yield Site(port, psutil.Process(server.pid))
    finally:
        server.terminate()
        server.wait(PATIENCE)


def memory_of_the_database() -> int:
    """Bytes that PostgreSQL holds beside its shared buffers, which are as large as was set; 0 where it runs
    elsewhere."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    try:
        parent = psutil.Process(number).parent()
        if parent is None or not parent.name().startswith("postgres"):
            return 0
        return _held([parent, *parent.children()], "uss")
    except psutil.Error:
        return 0


def connections_open() -> int:
    """How many connections the database has to this one's database."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


def _held(processes, what: str) -> int:
    """`pss`: what several of them share is counted once; `uss`: what they do not share."""
    total = 0
    for process in processes:
        try:
            held = process.memory_full_info()
        except psutil.NoSuchProcess:
            continue
        total += getattr(held, what, held.rss)
    return total


def _wait(port: int, server: subprocess.Popen) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The site did not start.")
