"""Finds scheme files, reads them and keeps them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from records.ratings.schemes import build
from records.ratings.schemes.check import Checker
from records.ratings.schemes.policy import Policy, policy
from records.ratings.schemes.scheme import Scheme
from records.ratings.schemes.strict import Reader, SchemeError

HERE = Path(__file__).parent


class UnknownScheme(KeyError):
    """No scheme of that key, or none in force that day; the message names those that exist."""

    def __str__(self) -> str:
        return str(self.args[0])


def read_file(path: Path) -> Scheme | Policy:
    """The scheme (or inspection policy) of one TOML file. Raises SchemeError naming the file and the key."""
    try:
        data = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchemeError(path, "", f"cannot be read as TOML: {error}") from error
    languages = data.get("languages")
    if (
        not isinstance(languages, list)
        or not languages
        or not all(isinstance(item, str) for item in languages)
    ):
        raise SchemeError(path, "languages", 'must be a list such as ["en", "cy"]')
    reader = Reader(path, tuple(languages))
    if "policy" in data:
        return policy(reader, data)
    return Checker(build.scheme(reader, data)).run()


def read_folders(folders: Iterable[Path]) -> tuple[Scheme | Policy, ...]:
    """Every file of the folders, ordered by key and first day; two versions of a key may not overlap."""
    found = []
    for folder in folders:
        if not Path(folder).is_dir():
            raise SchemeError(
                folder, "", "is not a folder; PLACARD_SCHEMES_DIR must name a folder of TOML files"
            )
        found += [read_file(path) for path in sorted(Path(folder).glob("*.toml"))]
    found.sort(key=lambda item: (item.key, item.effective_from))
    for before, after in pairwise(found):
        if before.key == after.key and (
            before.effective_until is None or before.effective_until >= after.effective_from
        ):
            raise SchemeError(
                after.file,
                "effective_from",
                f"{after.key} of {after.effective_from} overlaps the version in {before.file}; "
                "give the older one an effective_until before that day",
            )
    return tuple(found)


def folders() -> tuple[Path, ...]:
    """The folder of this package, and the one that PLACARD_SCHEMES_DIR names, where Django is set up."""
    from django.conf import settings

    extra = getattr(settings, "PLACARD_SCHEMES_DIR", None) if settings.configured else None
    return (HERE, Path(extra)) if extra else (HERE,)


@cache
def _loaded(wanted: tuple[Path, ...]) -> tuple[Scheme | Policy, ...]:
    return read_folders(wanted)


def all_versions() -> tuple[Scheme, ...]:
    """Every scheme version, ordered by key and first day."""
    return tuple(item for item in _loaded(folders()) if isinstance(item, Scheme))


def policies() -> tuple[Policy, ...]:
    """Every inspection policy: internal, never a rating, never published."""
    return tuple(item for item in _loaded(folders()) if isinstance(item, Policy))


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
