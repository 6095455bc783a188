"""How large: what somebody writes as a size, and the largest size that the disk can hold."""

import os
import re
from decimal import Decimal
from pathlib import Path

LEAST, MOST = 1_000, 100_000_000
ESTABLISHMENTS = Decimal("0.3")
"""Establishments for each decision."""

BYTES = 4_900
"""What a decision takes on disk, with its parts, its share of establishments and all indexes: measured."""

ASIDE = 4 * 1024**3
"""What is needed beside the register: the log of the database, files that sort, the SQLite of Datasette."""

SPARE = 1.15
"""Sorting for an index, and what the measurements write, come on top of the register."""

_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)([km]?)", re.ASCII)
_STEPS = (7, 5, 3, 2, 1)


def parse(text: object) -> int:
    """Decisions from "10m", "100k" or 2000000; ValueError in words that say how to write it."""
    found = _WRITTEN.fullmatch(str(text).strip().lower().replace(",", "").replace("_", ""))
    many = Decimal(found[1]) * {"": 1, "k": 1_000, "m": 1_000_000}[found[2]] if found else Decimal(0)
    if not found or many != int(many) or not LEAST <= many <= MOST:
        raise ValueError(
            f"{str(text)!r} is no size. Write 100k, 10m or 2000000: from {LEAST:,} to {MOST:,} decisions."
        )
    return int(many)


def written(many: int) -> str:
    """The short way to write it, of which `parse` makes the same number: 10m, 1500k, 1234567."""
    for unit, worth in (("m", 1_000_000), ("k", 1_000)):
        if not many % worth:
            return f"{many // worth}{unit}"
    return str(many)


def establishments(many: int) -> int:
    """How many establishments go with so many decisions."""
    return max(1, int(many * ESTABLISHMENTS))


def needed(many: int) -> int:
    """Bytes of disk that a register of so many decisions asks for."""
    return int(many * BYTES * SPARE) + ASIDE


def largest(wanted: int, free: int | None) -> int:
    """The wanted size where it fits, else the largest below it that does, in round numbers; 0 for none.

    In coarse steps, so that a second run finds what the first one made. `free` is None where nobody knows.
    """
    if free is None or needed(wanted) <= free:
        return wanted
    rounded = (step * 10**power for power in range(8, 2, -1) for step in _STEPS)
    return next((many for many in rounded if LEAST <= many < wanted and needed(many) <= free), 0)


def free_at(folder: str) -> int | None:
    """Free bytes where a folder lies, or the nearest one above it that may be looked at; None elsewhere."""
    for place in (Path(folder), *Path(folder).parents):
        try:
            found = os.statvfs(place)
        except FileNotFoundError:
            return None  # the server is another machine
        except PermissionError:
            continue
        return found.f_bavail * found.f_frsize
    return None
