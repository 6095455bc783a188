"""Where the files lie: the package's own folder and the one of an authority; and how one is taken as TOML."""

import tomllib
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from records.publication.strict.errors import FileError


def read_toml(path: Path, wrong: type[FileError], number: Callable[[str], object] = float) -> dict:
    """The tables of a file; `number` makes what stands for a number with a fraction. Raises `wrong`."""
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=number)
    except OSError as error:
        raise wrong(path, "", f"cannot be opened: {error.strerror}. Check the path and its rights") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise wrong(path, "", f"cannot be read as TOML: {error}") from error


def folders_of(package: Path, setting: str) -> tuple[Path, ...]:
    """The folder of the package, and the one that a setting names, where Django is set up."""
    from django.conf import settings

    extra = getattr(settings, setting, None) if settings.configured else None
    return (package, Path(extra)) if extra else (package,)


def toml_files(folders: Iterable[Path], setting: str, wrong: type[FileError]) -> list[Path]:
    """The files of the folders, each folder by name. Raises `wrong` for one that is not there."""
    found = []
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise wrong(folder, "", f"is not a folder; {setting} must name a folder of TOML files")
        found += sorted(folder.glob("*.toml"))
    return found


def versions_in_order[Version](found: Iterable[Version], wrong: type[FileError]) -> tuple[Version, ...]:
    """Versions with `key`, `file`, `effective_from` and `effective_until`, by key and first day.

    Raises `wrong` where two of a key overlap.
    """
    found = sorted(found, key=lambda one: (one.key, one.effective_from))
    for before, after in pairwise(found):
        until = before.effective_until
        if before.key == after.key and (until is None or until >= after.effective_from):
            raise wrong(
                after.file, "effective_from",
                f"{after.key} of {after.effective_from} overlaps the version in {before.file}; "
                "give the older one an effective_until before that day",
            )  # fmt: skip
    return tuple(found)
