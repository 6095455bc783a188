"""Serves the site and Datasette to this machine while they are measured, and asks both over HTTP."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

from django.core.management import call_command
from django.db import connection

from records.bench.size.timing import Refused, whole

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60
"""Seconds until a server answers, and until it has ended."""


class NotServed(Exception):
    """A server did not begin to answer."""


class Visitor:
    """Asks one server, over one connection that stays open."""

    def __init__(self, port: int, patience: float = 600):
        self.port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=patience)

    def get(self, address: str) -> bytes:
        """The body; Refused where it is not a page."""
        try:
            self._connection.request("GET", address)
            answer = self._connection.getresponse()
            body = answer.read()
        except (HTTPException, OSError) as problem:
            self._connection.close()
            raise Refused(str(problem)) from None
        if answer.status != 200:
            raise Refused(f"{answer.status}: {address}")
        return body

    def time(self, address: str) -> float:
        """Milliseconds until the whole body is here."""
        return whole(lambda: self.get(address))

    def rows(self, address: str, wanted: int) -> int:
        """Lines of a table without its heading, read as they come; whoever has enough breaks off."""
        self._connection.request("GET", address)
        answer = self._connection.getresponse()
        if answer.status != 200:
            answer.read()
            raise Refused(f"{answer.status}: {address}")
        found = -1
        while (block := answer.read(1 << 16)) and found < wanted:
            found += block.count(b"\n")
        self._connection.close()
        return found

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@contextmanager
def site(workers: int = 1):
    """A `Visitor` of the site, served by granian on the database that is measured; each page is made."""
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name their files by hash
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    command += ["--blocking-threads", "4", "records.bench.fresh:application"]
    hidden = ("PUBLIC_DATABASE_URL", "OFFICE_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"DATABASE_URL": _address(), "PLACARD_LOCAL": "on", "DEBUG": ""}
    with _served(command, port, "/healthz", environment) as visitor:
        yield visitor


@contextmanager
def datasette(program: Path, file: Path):
    """A `Visitor` of Datasette on a SQLite file; its limits are wide enough for what is asked."""
    port = _free_port()
    command = [str(program), "serve", "--immutable", str(file), "--host", "127.0.0.1", "--port", str(port)]
    for name, value in (("max_csv_mb", 0), ("sql_time_limit_ms", 5000), ("facet_time_limit_ms", 5000)):
        command += ["--setting", name, str(value)]
    with _served(command, port, "/-/versions.json", dict(os.environ)) as visitor:
        yield visitor


@contextmanager
def _served(command: list[str], port: int, path: str, environment: dict):
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    visitor = Visitor(port)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                visitor.get(path)
                break
            except Refused as problem:
                if process.poll() is not None:
                    told = process.stderr.read().decode(errors="replace").strip().splitlines()
                    raise NotServed(told[-1] if told else f"it ended with {process.returncode}") from None
                if time.monotonic() > end:
                    raise NotServed(str(problem)) from None
                time.sleep(0.2)
        yield visitor
    finally:
        visitor.close()
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _address() -> str:
    """The database of this moment as an address, for a process of its own."""
    held = connection.settings_dict
    secret = f":{quote(held['PASSWORD'], safe='')}" if held["PASSWORD"] else ""
    options = {name: value for name, value in held["OPTIONS"].items() if isinstance(value, str | int)}
    options |= {name: held[name.upper()] for name in ("host", "port") if held[name.upper()]}
    return f"postgresql://{quote(held['USER'])}{secret}@/{held['NAME']}?{urlencode(options)}"
