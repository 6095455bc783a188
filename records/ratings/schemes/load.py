"""Finds scheme files, reads them and keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from records.publication.strict import folders_of, read_toml, toml_files, versions_in_order
from records.ratings.schemes import build
from records.ratings.schemes.check import Checker
from records.ratings.schemes.policy import Policy, policy
from records.ratings.schemes.scheme import Scheme
from records.ratings.schemes.strict import Reader, SchemeError

HERE = Path(__file__).parent
SETTING = "PLACARD_SCHEMES_DIR"


class UnknownScheme(KeyError):
    """No scheme of that key, or none in force that day; the message names those that exist."""

    def __str__(self) -> str:
        return str(self.args[0])


def read_file(path: Path) -> Scheme | Policy:
    """The scheme (or inspection policy) of one TOML file. Raises SchemeError naming the file and the key."""
    data = read_toml(path, SchemeError, Decimal)
    reader = Reader.of(path, data)
    return policy(reader, data) if "policy" in data else Checker(build.scheme(reader, data)).run()


def read_folders(folders: Iterable[Path]) -> tuple[Scheme | Policy, ...]:
    """Every file of the folders, ordered by key and first day; two versions of a key may not overlap."""
    return versions_in_order(map(read_file, toml_files(folders, SETTING, SchemeError)), SchemeError)


_loaded = cache(read_folders)


def all_versions() -> tuple[Scheme, ...]:
    """Every scheme version, ordered by key and first day."""
    return tuple(item for item in _loaded(folders_of(HERE, SETTING)) if isinstance(item, Scheme))


def policies() -> tuple[Policy, ...]:
    """Every inspection policy: internal, never a rating, never published."""
    return tuple(item for item in _loaded(folders_of(HERE, SETTING)) if isinstance(item, Policy))


def get(key: str, on: date | None = None) -> Scheme:
    """The version in force on a day, or the latest. Raises UnknownScheme (a KeyError) naming known keys."""
    versions = [scheme for scheme in all_versions() if scheme.key == key]
    if not versions:
        known = ", ".join(sorted({scheme.key for scheme in all_versions()}))
        if any(item.key == key for item in policies()):
            raise UnknownScheme(
                f"{key} plans inspections and is not a rating; the rating schemes are {known}"
            )
        raise UnknownScheme(f"there is no rating scheme {key!r}; known are {known}")
    if on is None:
        return versions[-1]
    for scheme in versions:
        if scheme.in_force(on):
            return scheme
    known = ", ".join(f"{scheme.version} to {scheme.effective_until or 'today'}" for scheme in versions)
    raise UnknownScheme(f"no version of {key} is in force on {on}; its versions are {known}")
