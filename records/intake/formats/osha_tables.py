"""The tables of OSHA's enforcement data, found in a file, zip or folder by their headings, not by name."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from records.intake.parts import LARGEST_STREAM, Bounded, label, unpacked
from records.intake.rows import Part
from records.intake.table import column_name

VIOLATIONS = (
    "activity_nr", "citation_id", "delete_flag", "standard", "viol_type", "issuance_date", "abate_date",
    "abate_complete", "current_penalty", "initial_penalty", "contest_date", "final_order_date",
    "nr_instances", "nr_exposed", "rec", "gravity", "emphasis", "hazcat", "fta_insp_nr", "fta_issuance_date",
    "fta_penalty", "fta_contest_date", "fta_final_order_date", "hazsub1", "hazsub2", "hazsub3", "hazsub4",
    "hazsub5", "load_dt",
    "standard_clean", "standard_label", "category", "strict", "year",
)  # fmt: skip
"""What a table of violations may have; the last five are those of extracts by researchers."""

NEEDED = ("activity_nr", "standard", "issuance_date", "initial_penalty", "current_penalty")
EVENTS = ("activity_nr", "citation_id", "pen_fta", "hist_event", "hist_date", "hist_penalty")
INSPECTIONS = ("activity_nr", "estab_name", "site_address", "site_city", "site_state", "site_zip")

_LONGEST_HEADER = 100_000


class Table(NamedTuple):
    """One table: what to call it, and how to open its unpacked bytes."""

    name: str
    open: Callable[[], IO[bytes]]

    def holds(self) -> str:
        """violations, events or inspections, as its headings say; '' where it is something else."""
        with self.open() as stream:
            line = stream.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace")
        headings = {column_name(name.strip('"')) for name in line.strip().split(",")}
        if {"activity_nr", "hist_event"} <= headings:
            return "events"
        if {"activity_nr", "standard"} <= headings:
            return "violations"
        return "inspections" if {"activity_nr", "estab_name"} <= headings else ""


@contextmanager
def tables(part: Part) -> Iterator[list[Table]]:
    """The tables of a part, which can be opened as long as the context lasts. Raises READ_ERRORS."""
    if part.path is not None and part.path.is_dir():
        files = sorted(file for file in part.path.rglob("*") if _is_table(file.name) and file.is_file())
        yield [Table(label(file.name), lambda file=file: _unpacked(file.open("rb"))) for file in files]
        return
    with io.BytesIO(part.data) if part.data is not None else part.path.open("rb") as stream:
        if not zipfile.is_zipfile(stream):
            yield [Table(part.name, lambda: _unpacked(_again(part)))]
            return
        with zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if _is_table(member.filename)]
            yield [Table(label(one.filename), lambda one=one: _bounded(archive.open(one))) for one in members]


def _again(part: Part) -> IO[bytes]:
    return io.BytesIO(part.data) if part.data is not None else part.path.open("rb")


def _unpacked(stream: IO[bytes]) -> io.BufferedReader:
    return io.BufferedReader(unpacked(stream), 256 * 1024)


def _bounded(stream: IO[bytes]) -> io.BufferedReader:
    return io.BufferedReader(Bounded(stream, LARGEST_STREAM), 256 * 1024)


def _is_table(name: str) -> bool:
    own = label(name)
    return own.lower().endswith((".csv", ".csv.gz", ".csv.xz")) and not own.startswith(".")
