"""Datasette with the same establishments: installed for the bench alone, and a SQLite file for it.

Neither it nor sqlite-utils is a dependency of the site. Both go into a folder of their own under `var`, in
exact versions, and stay there for the next run.
"""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connections

VERSIONS = ("datasette==0.65.5", "sqlite-utils==3.39", "setuptools==80.10.2")
"""setuptools because Datasette asks for any, and a later one may lack what it takes from it."""

ROWS = 500_000
TABLE = "establishments"
PATIENCE = 1800

_SELECT = """
SELECT e.reference, e.name, e.address, e.postcode, e.kind AS type, a.slug AS authority,
    coalesce(r.value, r.status) AS grade, r.rated_on, e.latitude, e.longitude
FROM disclosed.records_establishment e JOIN disclosed.records_authority a ON a.id = e.authority_id
LEFT JOIN disclosed.records_rating r ON r.establishment_id = e.id AND r.state = 'published'
WHERE e.id <= {rows} ORDER BY e.id
"""


class Unavailable(Exception):
    """Datasette cannot be had here; the message says why."""


def folder() -> Path:
    """Where all of it lies."""
    return Path(settings.VAR) / "bench"


def install() -> Path:
    """The folder of its programs, made if it is not there yet; Unavailable where that fails."""
    place = folder() / "venv"
    programs, stamp = place / "bin", place / "installed"
    if stamp.exists() and stamp.read_text() == " ".join(VERSIONS):
        return programs
    place.parent.mkdir(parents=True, exist_ok=True)
    run([sys.executable, "-m", "venv", "--clear", str(place)], "make a virtual environment")
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, *VERSIONS], "install Datasette")
    stamp.write_text(" ".join(VERSIONS))
    return programs


def write(programs: Path, name: str, rows: int) -> Path:
    """A SQLite file with the first rows of the public view, their words indexed and two facets with them."""
    table, file = folder() / f"{name}.csv", folder() / f"{name}.db"
    for old in folder().glob(f"{name}.db*"):
        old.unlink()
    statement = f"COPY ({_SELECT.format(rows=rows)}) TO STDOUT (FORMAT csv, HEADER)"
    with (
        connections["default"].cursor() as cursor,
        table.open("wb") as out,
        cursor.copy(statement) as copy,
    ):
        for block in copy:
            out.write(block)
    tool = str(programs / "sqlite-utils")
    steps = (
        [tool, "insert", str(file), TABLE, str(table), "--csv", "--pk", "reference", "--detect-types"],
        [tool, "enable-fts", str(file), TABLE, "name", "address", "postcode", "--fts5"],
        *([tool, "create-index", str(file), TABLE, column] for column in ("authority", "grade", "type")),
        [tool, "optimize", str(file)],
        [tool, "analyze", str(file)],
    )
    try:
        for step in steps:
            run(step, f"make the file for Datasette ({step[1]})")
    finally:
        table.unlink(missing_ok=True)
    return file


def run(command: list[str], what: str) -> None:
    """Run a program of it; Unavailable where that fails, which says what could not be done."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise Unavailable(f"Could not {what}: {problem}") from None
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines() or [f"status {done.returncode}"]
        raise Unavailable(f"Could not {what}: {told[-1][:200]}")
