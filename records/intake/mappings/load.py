"""Finds mapping files, reads them and keeps them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from records.intake.mappings import build
from records.intake.mappings.format import Mapped, mapped
from records.intake.mappings.strict import MappingError
from records.publication.strict import folders_of, read_toml, toml_files

HERE = Path(__file__).parent
SETTING = "PLACARD_MAPPINGS_DIR"


def read_file(path: Path) -> Mapped:
    """The format of one mapping file. Raises MappingError naming the file and the key."""
    return mapped(build.mapping(path, read_toml(path, MappingError)))


def read_folders(folders: Iterable[Path]) -> tuple[Mapped, ...]:
    """The format of every file of the folders, ordered by key; no key may stand twice."""
    found, held = {}, {}
    for path in toml_files(folders, SETTING, MappingError):
        format = read_file(path)
        if format.key in found:
            raise MappingError(path, "key", f"{format.key} is the key of {held[format.key]} already")
        found[format.key], held[format.key] = format, path
    return tuple(found[key] for key in sorted(found))


_loaded = cache(read_folders)


def mappings() -> tuple[Mapped, ...]:
    """Every mapping as an import format, ordered by key. Raises MappingError for one that cannot be used."""
    return _loaded(folders_of(HERE, SETTING))
