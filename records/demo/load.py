"""Brings the made-up county into an empty database: people, then each authority's files, then the desk."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.timezone import localdate

from records.authorities.models import Authority
from records.businesses.models import Establishment
from records.catalogue import accepted
from records.demo import county, decisions, desk, laws, people, table
from records.intake.models import Batch
from records.intake.pipeline import run
from records.penalties.models import Penalty
from records.ratings.models import Inspection

FORMAT = "ratings-csv"
SOURCE = "Demo: a made-up county"
LICENCE = "CC0 1.0"
EARLIEST = date(2026, 6, 1)
"""Today at the earliest: the demo's visits reach back four years, to the first day of its youngest scheme."""

EXPORTED = (66, 33, 3)
"""Days before today on which each authority exported its register; each file is one batch."""


class Refused(Exception):
    """The demo does not belong into this database."""


def refuse(force: bool = False) -> None:
    """Raise Refused when the database holds anybody's own records, or people of an installation."""
    codes = [authority["code"] for authority in people.AUTHORITIES]
    strangers = Establishment.objects.exclude(authority__code__in=codes).count()
    if strangers:
        raise Refused(
            f"The database already holds {strangers:,} establishments that are not the demo's. "
            "Load the demo into an empty database; `make demo` without DATABASE_URL makes one."
        )
    others = get_user_model().objects.exclude(username__in=people.accounts()).exists()
    if others and not settings.EMBEDDED and not force:
        raise Refused(
            "DATABASE_URL names a database with users of its own. The demo adds accounts whose password "
            "everybody knows; add --force if that is what you want."
        )


def is_loaded() -> bool:
    """Whether every step has been done."""
    codes = [authority["code"] for authority in people.AUTHORITIES]
    return all(
        _desk_is_done(code) and Penalty.objects.filter(authority__code=code).exists() for code in codes
    )


def load(today: date, say: Callable[[str], object] = print) -> None:
    """Do every step that has not been done yet, so that an interrupted load can be taken up again."""
    authorities = {authority.code: authority for authority in people.create()}
    laws.create()
    for register in county.REGISTERS:
        authority = authorities[register.code]
        say(authority.name)
        _import_files(authority, register, today, say)
        if not _desk_is_done(authority.code):
            entered = desk.enter(authority, min(today, localdate()))
            say(f"  {len(entered)} inspections on the desk")
        if not Penalty.objects.filter(authority=authority).exists():
            say(f"  {decisions.enter(authority, min(today, localdate()))} decisions")


def _import_files(authority: Authority, register: county.Register, today: date, say) -> None:
    done = set(
        Batch.objects.committed().filter(authority_code=authority.code).values_list("file_name", flat=True)
    )
    wanted = [(number, f"{authority.slug}-{number}.csv") for number in range(1, len(EXPORTED) + 1)]
    if done >= {name for _number, name in wanted}:
        return
    everything = register.everything(today)
    with TemporaryDirectory() as folder:
        for number, name in wanted:
            if name not in done:
                rows = _rows(register, everything, number, today)
                table.write(Path(folder) / name, rows)
                batch = _import(Path(folder) / name, authority)
                say(f"  {name}: {batch.summary}")


def _rows(register: county.Register, everything, number: int, today: date):
    day = today - timedelta(days=EXPORTED[number - 1])
    rows = [row for place in everything if (row := place.as_of(day)) is not None]
    return [*rows, *county.broken(register, number)]


def _import(path: Path, authority: Authority) -> Batch:
    """One file, uploaded by the clerk and confirmed by the checker."""
    users = get_user_model().objects
    entry = accepted(FORMAT)
    batch = Batch(
        format=FORMAT, file_name=path.name, authority_code=authority.code, source=SOURCE, licence=LICENCE,
        uploaded_by=users.get(username=people.account("clerk", authority)),
        confirmed_by=users.get(username=people.account("checker", authority)),
    )  # fmt: skip
    batch, _preview = run(entry.room, entry.format, path, authority=authority.code, only=True, batch=batch)
    return batch


def _desk_is_done(code: str) -> bool:
    return Inspection.objects.filter(establishment__authority__code=code, batch=None).exists()
