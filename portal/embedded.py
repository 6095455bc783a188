"""The PostgreSQL that ships along, for when DATABASE_URL is unset: shared, stopped by its last user.

    with embedded.server():            in a program: starts it, or joins it
    python -m portal.embedded start    start it and leave it running (also: stop, status, remove, psql)
    python -m portal.embedded run ...  run another program that finds it in DATABASE_URL

Every process that uses the server holds a shared lock on one file. Whoever leaves tries to turn it into an
exclusive one: the last succeeds and stops the server. The kernel drops the lock of a killed process, so a
killed run keeps nobody from starting or stopping the server later.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from portal import cluster, places
from portal.places import EmbeddedError, Place

VAR = Path(__file__).resolve().parent.parent / "var"


def place(var: Path | None = None) -> Place:
    """The cluster of this checkout; PLACARD_VAR names another folder, PLACARD_PG the version, 16 or 18."""
    version = os.environ.get("PLACARD_PG") or "18"
    if version not in map(str, places.VERSIONS):
        raise EmbeddedError(
            f"PLACARD_PG is {version!r}. The embedded PostgreSQL comes as 16 and 18: set one of them."
        )
    return places.locate(var or Path(os.environ.get("PLACARD_VAR") or VAR), int(version))


def connection(here: Place) -> dict[str, str]:
    """How to reach it, entries of a Django database: a socket in a folder that its owner alone can enter."""
    return {
        "NAME": cluster.DATABASE,
        "USER": cluster.OWNER,
        "PASSWORD": "",
        "HOST": str(here.socket),
        "PORT": "5432",
    }


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
            cluster.start(here)
        except BaseException:
            os.close(users)
            raise
    return users


def leave(here: Place, users: int) -> None:
    """Count this process no longer; stop the server if it was the last and nobody asked to keep it."""
    with places.locked(here.lock):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            last = True
        except BlockingIOError:
            last = False
        if last and not here.pin.exists():
            cluster.stop(here)
        os.close(users)


def stop(here: Place) -> bool:
    """Stop the server whoever uses it; False if it was not running."""
    with places.locked(here.lock):
        here.pin.unlink(missing_ok=True)
        return cluster.stop(here)


def remove(here: Place) -> None:
    """Stop the server and delete its data for good."""
    with places.locked(here.lock):
        cluster.stop(here)
        shutil.rmtree(here.home, ignore_errors=True)
        shutil.rmtree(here.socket, ignore_errors=True)
        if here.outside and not [entry for entry in here.home.parent.glob("*") if entry.is_dir()]:
            shutil.rmtree(here.home.parent, ignore_errors=True)


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
        state = "runs" if cluster.postmaster(here) else "does not run"
        print(f"PostgreSQL {here.version} {state}; data in {here.data}")
    elif action == "remove":
        remove(here)
    elif action == "psql":
        sys.exit(_run_with(here, [str(places.programs(here) / "psql"), _url(here), *arguments[1:]]))
    elif action == "run" and arguments[1:]:
        sys.exit(_run_with(here, arguments[1:]))
    else:
        sys.exit("usage: python -m portal.embedded start|stop|status|remove|psql|run PROGRAM")


def _url(here: Place) -> str:
    return f"postgresql://{cluster.OWNER}@/{cluster.DATABASE}?host={quote(str(here.socket), safe='')}"


def _run_with(here: Place, command: list[str]) -> int:
    with server(here):
        environment = os.environ | {"DATABASE_URL": _url(here)}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except EmbeddedError as problem:
        sys.exit(f"placard: {problem}")
