"""The table of a run, for a person at the screen and as Markdown, with the machine that it ran on."""

import os
import platform
import re
import subprocess
from datetime import date
from itertools import groupby
from pathlib import Path

import psutil
from django.db import connection

from records.bench.size.lines import HEADS, Line

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
"""Between these lines of a file a run writes; what stands around them stays."""


class NoPlace(Exception):
    """The file has no place for figures, or cannot be written; the message says what to do."""


def table(found: list[Line]) -> str:
    """The lines as aligned text, under the name of each group."""
    rows = [line[1:] for line in found]
    widths = [max(len(row[column]) for row in [HEADS, *rows]) for column in range(len(HEADS))]

    def aligned(cells) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    parts = [aligned(HEADS)]
    for group, held in _grouped(found):
        parts += ["", group, *(aligned(line[1:]) for line in held)]
    return "\n".join(parts)


def markdown(found: list[Line], about: list[str]) -> str:
    """The same as one Markdown table for each group, below what is said about the run."""
    parts = [*(f"- {one}" for one in about)]
    for group, held in _grouped(found):
        parts += ["", f"### {group}", "", _row(HEADS), _row(["---"] * len(HEADS))]
        parts += [_row(line[1:]) for line in held]
    return "\n".join(parts)


def _grouped(found: list[Line]):
    """Groups in the order in which they first appear, though their lines may lie apart."""
    order = {group: at for at, group in enumerate(dict.fromkeys(line.group for line in found))}
    return groupby(sorted(found, key=lambda line: order[line.group]), key=lambda line: line.group)


def _row(cells) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def about(plan, commit: str, taken: dict[str, str]) -> list[str]:
    """What a reader must know to judge the figures: size, machine, software, date, commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('shared_buffers'), "
                       "current_setting('work_mem'), pg_database_size(current_database())")  # fmt: skip
        version, buffers, memory, size = cursor.fetchone()
    total = psutil.virtual_memory().total / 1024**3
    return [
        f"**{plan.penalties:,} decisions and {plan.establishments:,} establishments**, "
        f"{size / 1e9:,.1f} GB, measured on {date.today()}, commit {commit}",
        f"{os.cpu_count()} cores, {total:,.0f} GiB of memory, {platform.system()} {platform.machine()}",
        f"PostgreSQL {version.split()[0]} (shared_buffers {buffers}, work_mem {memory}), "
        f"Python {platform.python_version()}",
        *(f"{name}: {spoken}" for name, spoken in taken.items()),
    ]


def commit() -> str:
    """The commit that is measured, and whether files differ from it; asked before the long work."""
    root = Path(__file__).resolve().parents[3]

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        name = git("rev-parse", "--short", "HEAD")
        return f"{name}, with changes" if name and git("status", "--porcelain", "-uno") else name or "unknown"
    except OSError:
        return "unknown"


def check(path: Path) -> None:
    """Raise NoPlace before the long work rather than after it."""
    if path.exists():
        text = path.read_text(encoding="utf-8")
        if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
            raise NoPlace(f"{path} has no place for figures. Add these two lines: {BEGIN} and {END}")
    elif not path.parent.is_dir():
        raise NoPlace(f"There is no folder {path.parent}. Create it, or name another file.")


def write(path: Path, text: str) -> None:
    """Put the figures into a file in place of older ones; a new file holds nothing else."""
    check(path)
    held = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    new = re.sub(f"{BEGIN}.*{END}", lambda _match: f"{BEGIN}\n{text}\n{END}", held, flags=re.DOTALL)
    path.write_text(new, encoding="utf-8")
