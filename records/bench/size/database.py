"""The database that is measured: one for each size, made on the server that the site uses, and kept."""

from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import ProgrammingError, connections

from records.bench.size import sizes

PREFIX = "placard_size_"


class NotMade(Exception):
    """The server does not let us; the message says whom to ask."""


def name_of(many: int) -> str:
    """The database of a size: placard_size_10m."""
    return PREFIX + sizes.written(many)


def held() -> dict[str, int]:
    """Bytes of each database that a run has left on this server, by name."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT datname, pg_database_size(oid) FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        )
        return dict(cursor.fetchall())


def free() -> int | None:
    """Free bytes on the disk of the server; None where it is another machine or does not tell."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_has_role('pg_read_all_settings', 'usage') OR rolsuper "
                       "FROM pg_roles WHERE rolname = current_user")  # fmt: skip
        if not cursor.fetchone()[0]:
            return None
        cursor.execute("SHOW data_directory")
        return sizes.free_at(cursor.fetchone()[0])


def size_that_fits(wanted: int) -> tuple[int, str]:
    """The size to measure, and in words why; 0 where nothing fits. What this bench holds already counts."""
    there, space = held(), free()
    if space is None:
        return wanted, "How much disk the server has left cannot be seen from here; it is taken to be enough."
    told = f"{space / 1e9:,.1f} GB are free, {sizes.needed(wanted) / 1e9:,.1f} GB are needed"
    if sizes.needed(wanted) <= space + there.get(name_of(wanted), 0):
        return wanted, f"{told} in all: {wanted:,} decisions fit."
    found = sizes.largest(wanted, space)
    for name in there:  # one that was made before fits, whatever is free by now
        many = _size_of(name)
        if found < many <= wanted and sizes.needed(many) <= space + there[name]:
            found = many
    if not found:
        return 0, f"{told}. Not even {sizes.LEAST:,} decisions fit."
    return found, f"{told} for {wanted:,} decisions: {found:,} fit, and these are measured."


def _size_of(name: str) -> int:
    try:
        return sizes.parse(name.removeprefix(PREFIX))
    except ValueError:
        return 0


@contextmanager
def used(name: str, keep: bool = True):
    """Both aliases look at the database of this name while this lasts, which is made if it is not there."""
    owner, public = connections["default"], connections["public"]
    before = owner.settings_dict["NAME"], public.settings_dict["NAME"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [name])
        if not cursor.fetchone()[0]:
            try:
                cursor.execute(f'CREATE DATABASE "{name}"')
            except ProgrammingError as problem:
                told = str(problem).splitlines()[0]
                raise NotMade(
                    f"The database {name} cannot be made: {told}. Let its administrator make one of this "
                    "name that belongs to the user of DATABASE_URL, or allow the user to make databases."
                ) from None
    _look_at(name, name)
    try:
        for step in ("migrate", "sync_schemes"):
            call_command(step, verbosity=0, stdout=StringIO())
        yield
    finally:
        _look_at(*before)
        if not keep:
            with owner.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _look_at(owner: str, public: str) -> None:
    for alias, name in (("default", owner), ("public", public)):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
