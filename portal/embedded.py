"""The PostgreSQL that ships with the portal: started when DATABASE_URL is unset, shared, stopped by its last user.

    with embedded.server():            in a program: starts it, or joins it
    python -m portal.embedded start    start it and leave it running (also: stop, status, remove, psql)

Every process that uses the server holds a shared lock on one file. Whoever leaves tries to turn it into an
exclusive one: the last succeeds and stops the server. The kernel drops the lock of a killed process, so a killed
run never keeps the server from being stopped, or started, later.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from portal import places
from portal.places import EmbeddedError, Place

DATABASE = OWNER = "placard"
VAR = Path(__file__).resolve().parent.parent / "var"
PATIENCE = 120  # seconds for starting, which after a crash includes recovery, and for stopping


def place(var: Path | None = None) -> Place:
    """The cluster of this checkout; PLACARD_VAR names another folder, PLACARD_PG another version (16 or 18)."""
    version = os.environ.get("PLACARD_PG") or "18"
    if version not in map(str, places.VERSIONS):
        raise EmbeddedError(
            f"PLACARD_PG is {version!r}. The embedded PostgreSQL comes as 16 and 18: set one of them."
        )
    return places.locate(var or Path(os.environ.get("PLACARD_VAR") or VAR), int(version))


def connection(here: Place) -> dict[str, str]:
    """How to reach it, as the entries of a Django database; nobody but its owner can enter the socket's folder."""
    return {"NAME": DATABASE, "USER": OWNER, "PASSWORD": "", "HOST": str(here.socket), "PORT": "5432"}


@contextmanager
def server(here: Place | None = None):
    """Use the server for the time of the block: start or join it, and stop it if nobody else is using it."""
    here = here or place()
    users = join(here)
    try:
        yield here
    finally:
        leave(here, users)


def join(here: Place) -> int:
    """Start the server unless it runs, and count this process among its users; a descriptor for `leave`."""
    with places.locked(here.lock):
        users = os.open(here.users, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            _start(here)
        except BaseException:
            os.close(users)
            raise
    return users


def leave(here: Place, users: int) -> None:
    """Stop counting this process; stops the server when it was the last and nobody asked to keep it running."""
    with places.locked(here.lock):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            last = True
        except BlockingIOError:
            last = False
        if last and not here.pin.exists():
            _stop(here)
        os.close(users)


def stop(here: Place) -> bool:
    """Stop the server whoever uses it; False if it was not running."""
    with places.locked(here.lock):
        here.pin.unlink(missing_ok=True)
        return _stop(here)


def remove(here: Place) -> None:
    """Stop the server and delete its data for good."""
    with places.locked(here.lock):
        _stop(here)
        shutil.rmtree(here.home, ignore_errors=True)
        shutil.rmtree(here.socket, ignore_errors=True)
        if here.outside and not [entry for entry in here.home.parent.glob("*") if entry.is_dir()]:
            shutil.rmtree(here.home.parent, ignore_errors=True)


def postmaster(here: Place) -> psutil.Process | None:
    """The running server of this cluster, recognised by its command line: a process number alone may be reused."""
    try:
        process = psutil.Process(int((here.data / "postmaster.pid").read_text().split("\n", 1)[0]))
        command = process.cmdline()
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return process if command and "postgres" in command[0] and str(here.data) in command else None


def _start(here: Place) -> None:
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

    PostgreSQL looks at the number alone and would take that program for itself. A number that nobody bears is left
    to PostgreSQL, which then also makes sure that no child of the killed server is still at work; where the file
    had to go, the shared memory, whose key comes from the data folder, gives the same protection.
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
    settings = {
        "listen_addresses": "",  # no network: only the socket, in a folder that only its owner can enter
        "unix_socket_directories": str(here.socket),
        "port": 5432,
        "max_connections": 100,
        "shared_buffers": f"{min(512, max(64, memory // 8))}MB",
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
    """Make the owner and the database unless they exist. As on a managed server, the owner is no superuser."""
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


def _stop(here: Place) -> bool:
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
    """Run one of PostgreSQL's programs as its system user, without the environment variables meant for clients."""
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


def main(arguments: list[str]) -> None:
    action = arguments[0] if arguments else ""
    here = place()
    if action == "start":
        users = join(here)
        here.pin.touch()
        leave(here, users)
        print(f"PostgreSQL {here.version} runs until `make stop`; socket in {here.socket}")
    elif action == "stop":
        print("PostgreSQL stopped." if stop(here) else "PostgreSQL was not running.")
    elif action == "status":
        print(
            f"PostgreSQL {here.version} {'runs' if postmaster(here) else 'does not run'}; data in {here.data}"
        )
    elif action == "remove":
        remove(here)
    elif action == "psql":
        with server(here):
            command = [
                places.programs(here) / "psql",
                "-h",
                here.socket,
                "-U",
                OWNER,
                DATABASE,
                *arguments[1:],
            ]
            sys.exit(subprocess.run(command, check=False).returncode)
    else:
        sys.exit("usage: python -m portal.embedded start|stop|status|remove|psql")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except EmbeddedError as problem:
        sys.exit(f"placard: {problem}")
