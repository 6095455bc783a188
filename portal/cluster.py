"""Makes, configures, starts and stops one PostgreSQL cluster from the programs of the wheel."""

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from portal import places
from portal.places import EmbeddedError, Place

DATABASE = OWNER = "placard"
PATIENCE = 120  # seconds for starting, which after a crash includes recovery, and for stopping


def postmaster(here: Place) -> psutil.Process | None:
    """The running server of this cluster, known by its command line, as process numbers are reused."""
    try:
        process = psutil.Process(int((here.data / "postmaster.pid").read_text().split("\n", 1)[0]))
        command = process.cmdline()
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return process if command and "postgres" in command[0] and str(here.data) in command else None


def start(here: Place) -> None:
    """Start the server unless it runs, making the cluster first if there is none; returns when it answers."""
    if postmaster(here):
        return _wait(here)
    account = places.system_user()
    places.prepare(here, account)
    programs = places.programs(here)
    if not (here.data / "PG_VERSION").exists():
        _initialise(here, programs, account)
    _configure(here, account)
    _forget_reused_numbers(here)
    begun = time.monotonic()
    while True:
        done = _run(
            here, account, programs / "pg_ctl", "start", "-w", "-t", PATIENCE, "-D", here.data, "-l", here.log
        )
        if done.returncode == 0:
            break
        # The children of a killed server need a moment to notice that it is gone.
        if "still in use" not in _tail(here.log) or time.monotonic() - begun > 20:
            raise EmbeddedError(f"PostgreSQL does not start. The end of {here.log}:\n{_tail(here.log)}")
        time.sleep(0.5)
    _furnish(here)


def _forget_reused_numbers(here: Place) -> None:
    """Remove lock files of a killed run whose process number another program bears today.

    PostgreSQL looks at the number alone and would take that program for itself. A number that nobody bears is
    left to PostgreSQL, which then also makes sure that no child of the killed server is still at work; where
    the file had to go, the shared memory, whose key comes from the data folder, gives the same protection.
    """
    for file in (here.data / "postmaster.pid", here.socket / f"{places.SOCKET}.lock"):
        with suppress(FileNotFoundError, ValueError):
            if psutil.pid_exists(int(file.read_text().split("\n", 1)[0])):
                file.unlink()


def _initialise(here: Place, programs: Path, account) -> None:
    """Make an empty cluster; built aside and renamed, so that a killed attempt leaves nothing half-made."""
    draft = here.home / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    options = [
        "--username=postgres",
        "--auth-local=trust",
        "--auth-host=reject",
        "--encoding=UTF8",
        "--data-checksums",
    ]
    # C.UTF-8 sorts by code point, the same on every machine; from 17 on PostgreSQL brings it along.
    options += (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] if here.version > 16 else []
    )
    if here.version == 16:
        options += ["--locale-provider=libc", "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]
    done = _run(here, account, programs / "initdb", *options, "-D", draft)
    if done.returncode:
        raise EmbeddedError(f"PostgreSQL's initdb failed in {here.home}:\n{done.stdout}{done.stderr}")
    with (draft / "postgresql.conf").open("a") as file:
        file.write("include = 'placard.conf'\n")
    _configure(here, account, draft)
    draft.rename(here.data)


def _configure(here: Place, account, data: Path | None = None) -> None:
    """Write the server's settings for the machine of today."""
    memory = psutil.virtual_memory().total >> 20
    buffers = os.environ.get("PLACARD_BUFFERS") or f"{min(4096, max(64, memory // 8))}MB"
    if not re.fullmatch(r"[1-9][0-9]{0,5}(MB|GB)", buffers):
        raise EmbeddedError(
            f"PLACARD_BUFFERS is {buffers!r}. Write an amount of memory, such as 512MB or 8GB."
        )
    settings = {
        "listen_addresses": "",  # no network: only the socket, in a folder that only its owner can enter
        "unix_socket_directories": str(here.socket),
        "port": 5432,
        "max_connections": 100,
        "shared_buffers": buffers,
        "effective_cache_size": f"{memory // 2}MB",
        "work_mem": "32MB",  # below 16 MB a bitmap of 100,000 rows goes lossy and takes 30 times as long
        "maintenance_work_mem": f"{min(512, max(64, memory // 8))}MB",
        "max_wal_size": "4GB",
        "jit": "off",
        "effective_io_concurrency": 16,
        "max_parallel_workers_per_gather": 1,
        "fsync": "on",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_min_messages": "warning",
        "log_checkpoints": "off",
    }
    path = (data or here.data) / "placard.conf"
    path.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
    if account:
        os.chown(path, *account)


def _furnish(here: Place) -> None:
    """Make the owner and the database if missing. As on a managed server, the owner is no superuser."""
    _wait(here)
    with _connect(here, "postgres", "postgres") as admin:
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            admin.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")
            admin.execute(f"GRANT pg_monitor, pg_checkpoint, pg_signal_backend TO {OWNER}")
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            admin.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def _wait(here: Place) -> None:
    begun = time.monotonic()
    while True:
        try:
            return _connect(here, "postgres", "postgres").close()
        except psycopg.OperationalError as error:
            if time.monotonic() - begun > PATIENCE or not postmaster(here):
                raise EmbeddedError(f"PostgreSQL runs but does not answer: {error}") from error
            time.sleep(0.2)


def _connect(here: Place, database: str, user: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(here.socket), port=5432, dbname=database, user=user, autocommit=True, connect_timeout=10
    )


def stop(here: Place) -> bool:
    """Stop the server, waiting for the work of this moment to be rolled back; False if it was not running."""
    running = postmaster(here)
    if not running:
        return False
    programs = places.programs(here)
    options = ("stop", "-w", "-t", PATIENCE, "-m", "fast", "-D", here.data)
    done = _run(here, places.system_user(), programs / "pg_ctl", *options)
    if done.returncode and running.is_running():
        raise EmbeddedError(f"PostgreSQL does not stop:\n{done.stdout}{done.stderr}")
    return True


def _run(here: Place, account, program: Path, *arguments) -> subprocess.CompletedProcess:
    """Run one of PostgreSQL's programs as its system user, without the variables for clients (PGHOST)."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment["LC_MESSAGES"] = "C"
    identity = {"user": account[0], "group": account[1], "extra_groups": []} if account else {}
    output = here.lock.with_suffix(
        ".output"
    )  # a file, not a pipe: a server that starts would keep a pipe open
    with output.open("w+") as file:
        command = [str(program), *map(str, arguments)]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            cwd="/",
            env=environment,
            check=False,
            **identity,
        )
        file.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, file.read(), "")


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
