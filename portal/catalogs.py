"""The words of the pages in other languages: catalogs in `locale/`, and what Django reads made of them.

    python -m portal.catalogs

compiles every catalog that is newer than what was made of it. `make messages` brings the catalogs up to the
words in the code; it needs GNU gettext, which compiling does not.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "locale"

# Words that stand in these files alone are met in the back office and on the command line, not by the public.
OFFICE = re.compile(
    r"""^(?: portal/ | records/(?:admin|catalogue)\.
    | templates/(?:admin|records/backoffice)/
    | records/(?:backoffice|intake|demo|bench|management)/
    | records/\w+/(?:desk|intake|admin|forms|publication|verbs|clock|gates|correcting|ending|merge|checks)\b
    | records/publication/(?:guard|documents|personal)\b )""",
    re.VERBOSE,
)


def sources() -> Iterator[Path]:
    """Every catalog."""
    return iter(sorted(FOLDER.glob("*/LC_MESSAGES/django.po")))


def read(path: Path) -> Catalog:
    """A catalog. Raises ValueError where it cannot be read."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def is_public(message: Message) -> bool:
    """Whether the words of an entry stand on a public page."""
    return not all(OFFICE.match(place) for place, _line in message.locations)


def stale() -> list[Path]:
    """The catalogs that are newer than what was made of them, or that nothing was made of."""
    return [path for path in sources() if not _is_made(path)]


def compile_all() -> list[Path]:
    """Make what Django reads of every catalog that is newer; those."""
    done = stale()
    for path in done:
        beside = path.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as file:
            write_mo(file, read(path))
        beside.replace(path.with_suffix(".mo"))
    return done


def _is_made(path: Path) -> bool:
    made = path.with_suffix(".mo")
    return made.exists() and made.stat().st_mtime >= path.stat().st_mtime


if __name__ == "__main__":
    compile_all()
