"""The two database roles beside the owner: the public site reads, the back office works."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from psycopg import sql

PUBLIC = "placard_public"
OFFICE = "placard_office"

_HOW_TO = (
    "The database user %(owner)s may not create roles. Ask the administrator of the database to run, once:\n"
    "  CREATE ROLE placard_public LOGIN PASSWORD '...';\n"
    "  CREATE ROLE placard_office LOGIN PASSWORD '...';\n"
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
        for role in (PUBLIC, OFFICE):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            exists = cursor.fetchone()
            if not may_create:
                if exists:
                    continue
                raise ImproperlyConfigured(_HOW_TO % {"owner": owner})
            statement = sql.SQL("ALTER ROLE {} " if exists else "CREATE ROLE {} ").format(
                sql.Identifier(role)
            )
            statement += sql.SQL(
                "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS" if not exists else "LOGIN"
            )
            if passwords.get(role):
                statement += sql.SQL(" PASSWORD {}").format(sql.Literal(passwords[role]))
            cursor.execute(statement.as_string(cursor.connection))
            if not exists:
                created.append(role)
    return created


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
