"""The database roles beside the owner: the public site reads, the office works, the clock ends displays."""

from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from psycopg import sql

PUBLIC = "placard_public"
OFFICE = "placard_office"
CLOCK = "placard_clock"

_HOW_TO = (
    "The database user %(owner)s may not create roles. Ask the administrator of the database to run, once:\n"
    "  CREATE ROLE placard_public LOGIN PASSWORD '...';\n"
    "  CREATE ROLE placard_office LOGIN PASSWORD '...';\n"
    "  CREATE ROLE placard_clock;\n"
    "  GRANT placard_clock TO %(owner)s;\n"
    "and set PUBLIC_DATABASE_URL and OFFICE_DATABASE_URL to match."
)


def create_roles(connection, passwords: dict[str, str] | None = None) -> list[str]:
    """Create the roles that are missing and set their passwords; the names of those created.

    `passwords` maps role to password; a role without one gets none (trust or peer authentication).
    Raises ImproperlyConfigured, with what to ask the administrator for, when the user may not create roles.
    """
    passwords = passwords or {}
    created = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolcreaterole OR rolsuper, current_user FROM pg_roles WHERE rolname = current_user"
        )
        may_create, owner = cursor.fetchone()
        for role in (PUBLIC, OFFICE, CLOCK):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            exists = cursor.fetchone()
            if not may_create:
                if exists:
                    continue
                raise ImproperlyConfigured(_HOW_TO % {"owner": owner})
            statement = sql.SQL("ALTER ROLE {} " if exists else "CREATE ROLE {} ").format(
                sql.Identifier(role)
            )
            login = "NOLOGIN" if role == CLOCK else "LOGIN"
            statement += sql.SQL(
                login if exists else f"{login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
            )
            if passwords.get(role):
                statement += sql.SQL(" PASSWORD {}").format(sql.Literal(passwords[role]))
            cursor.execute(statement.as_string(cursor.connection))
            if not exists:
                created.append(role)
        if may_create:
            _let_the_owner_be_the_clock(cursor)
    return created


def _let_the_owner_be_the_clock(cursor) -> None:
    """Commands connect as the owner and become the clock for the steps that only the clock takes."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {CLOCK} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")


@contextmanager
def acting_as_clock(wanted: bool = True):
    """Within the block, and a transaction, statements of `default` run as the clock and as nobody else.

    The web process may not become the clock; the database then refuses with "permission denied to set role".
    """
    if not wanted:
        yield
        return
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute(f"SET LOCAL ROLE {CLOCK}")
    yield
    with connections["default"].cursor() as cursor:
        cursor.execute(
            sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(before)).as_string(cursor.connection)
            if before != "none"
            else "SET LOCAL ROLE NONE"
        )


def configured_passwords() -> dict[str, str]:
    """The passwords that the settings give the two roles, so that the server and the site agree."""
    from django.conf import settings

    found = {}
    for database in (*settings.DATABASES.values(), getattr(settings, "OFFICE_DATABASE", {})):
        if database.get("USER") in (PUBLIC, OFFICE) and database.get("PASSWORD"):
            found[database["USER"]] = database["PASSWORD"]
    return found


def create_configured_roles() -> list[str]:
    """`create_roles` on the owner's connection with the passwords of the settings."""
    return create_roles(connections["default"], configured_passwords())
