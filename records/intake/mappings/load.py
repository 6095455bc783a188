"""Finds mapping files, reads them and keeps them."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from records.intake.mappings import build
from records.intake.mappings.format import Mapped, mapped
from records.intake.mappings.strict import MappingError

HERE = Path(__file__).parent


def read_file(path: Path) -> Mapped:
    """The format of one mapping file. Raises MappingError naming the file and the key."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(path, "", f"cannot be read as TOML: {error}") from error
    return mapped(build.mapping(path, data))


def read_folders(folders: Iterable[Path]) -> tuple[Mapped, ...]:
    """The format of every file of the folders, ordered by key; no key may stand twice."""
    found: dict[str, Path] = {}
    formats = []
    for folder in folders:
        if not Path(folder).is_dir():
            raise MappingError(
                folder, "", "is not a folder; PLACARD_MAPPINGS_DIR must name a folder of TOML files"
            )
        for path in sorted(Path(folder).glob("*.toml")):
            format = read_file(path)
            if format.key in found:
                raise MappingError(path, "key", f"{format.key} is the key of {found[format.key]} already")
            found[format.key] = path
            formats.append(format)
    return tuple(sorted(formats, key=lambda format: format.key))


def folders() -> tuple[Path, ...]:
    """The folder of this package, and the one that PLACARD_MAPPINGS_DIR names, where Django is set up."""
    from django.conf import settings

    extra = getattr(settings, "PLACARD_MAPPINGS_DIR", None) if settings.configured else None
    return (HERE, Path(extra)) if extra else (HERE,)


@cache
def _loaded(wanted: tuple[Path, ...]) -> tuple[Mapped, ...]:
    return read_folders(wanted)


def mappings() -> tuple[Mapped, ...]:
    """Every mapping as an import format, ordered by key. Raises MappingError for one that cannot be used."""
    return _loaded(folders())
