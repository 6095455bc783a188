"""Reads the environment for settings.py and refuses, in words that say what to set, what makes no sense."""

import hashlib
import hmac
import os
from pathlib import Path

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

TRUE, FALSE = ("on", "yes", "true", "1"), ("off", "no", "false", "0")
# What the pages can be had in, each in its own name.
LANGUAGES = {"en": "English", "zh-hans": "简体中文", "cy": "Cymraeg", "es": "Español"}
# libpq's words for what Django keeps in keys of its own.
DJANGO_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def text(name: str, default: str = "") -> str:
    """The value of a variable without surrounding blanks; an empty one counts as unset."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """The value of a variable that is on or off."""
    value = text(name)
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to on or off.")
    return default


def share(name: str, default: float) -> float:
    """The value of a variable that is a part of the whole, from 0 to 1."""
    value = text(name)
    try:
        number = float(value or default)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a number from 0 to 1, such as {default}.")
    return number


def megabytes(name: str, default: int) -> int:
    """The bytes of a variable that is a whole number of megabytes, at least one."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal() and int(value)):
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to whole megabytes, such as {default}.")
    return int(value) * 1024 * 1024


def words(name: str) -> list[str]:
    """The values of a variable that holds several, separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def languages(name: str) -> list[tuple[str, str]]:
    """Code and own name of each language that a variable lists, the default one first; all when unset."""
    wanted = words(name) or list(LANGUAGES)
    if unknown := [code for code in wanted if code not in LANGUAGES]:
        raise ImproperlyConfigured(
            f"{name} names {unknown[0]!r}, and the pages are not in that language. Set it to some of "
            f"{', '.join(LANGUAGES)}, divided by commas, the default language first."
        )
    return [(code, LANGUAGES[code]) for code in dict.fromkeys(wanted)]


def folder(name: str) -> Path | None:
    """The folder that a variable names, which must exist; None if unset."""
    value = text(name)
    if not value:
        return None
    path = Path(value).expanduser().resolve()
    if not path.is_dir():
        raise ImproperlyConfigured(
            f"{name} is {value!r}, and there is no such folder. Create it or unset {name}."
        )
    return path


def database(name: str) -> dict | None:
    """The variable's connection URL as entries of a Django database; None if unset.

    libpq itself reads the URL, so everything it knows works: several hosts, target_session_attrs, sslmode.
    """
    url = text(name)
    if not url:
        return None
    example = f"Set {name} to something like postgresql://user:password@host:5432/placard"
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"{name} is not an address of PostgreSQL. {example}")
    try:
        parameters = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {str(error).strip()}. {example}") from None
    for needed in ("dbname", "user"):
        if not parameters.get(needed):
            raise ImproperlyConfigured(f"{name} names no {needed}. {example}")
    found = {"PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}}
    for key, value in parameters.items():
        if key in DJANGO_KEYS:
            found[DJANGO_KEYS[key]] = str(value)
        else:
            found["OPTIONS"][key] = value
    return found


def as_role(owner: dict, role: str) -> dict:
    """The owner's connection for another role, whose password is derived from the owner's.

    `manage.py create_roles` gives the role that password. Derived, so that one secret is enough for a small
    installation and the public site's password does not reveal the owner's. Without a password the owner is
    let in by other means (a local socket, a client certificate), and so is the role.
    """
    secret = owner["PASSWORD"].encode()
    password = (
        hmac.new(secret, f"placard database role {role}".encode(), hashlib.sha256).hexdigest()
        if secret
        else ""
    )
    return owner | {"USER": role, "PASSWORD": password, "OPTIONS": dict(owner.get("OPTIONS", {}))}


def with_session(connection: dict, **parameters: str) -> dict:
    """The connection with server parameters that hold from its first statement on."""
    options = dict(connection.get("OPTIONS", {}))
    given = [options["options"]] if options.get("options") else []
    options["options"] = " ".join([*given, *(f"-c {name}={value}" for name, value in parameters.items())])
    return connection | {"OPTIONS": options}
