"""How many establishments stand where: one grouped query over the register, kept for a while by each process.

Every count on a page that is not about a text search comes from here, so that a page of half a million
establishments is counted once in a while and not once per reader. Pages say as of when. What takes long to
count the clock counts (`keep_tally`), and keeps in a table from which every process reads it.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import ClassVar, NamedTuple
from weakref import WeakSet

from django.db import DatabaseError, connections, transaction
from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone

from records.authorities.models import Authority
from records.businesses.models import Establishment
from records.intake.models import Batch
from records.ratings.models import Rating
from records.ratings.tallies import Tally

LOOK_AGAIN = 60.0
"""Seconds after which somebody looks whether the register has changed."""
KEEP = 900.0
"""Seconds after which everything is counted again in any case: records appear and end by the clock."""
PATIENCE = 60
"""Seconds that a count may take, where a page's own queries have five."""
LONG = 1.0
"""Seconds of counting beyond which the clock counts for all processes."""
SELDOM = 20
"""So many times as long as the clock counted, it leaves the counts as they are."""

FORGOTTEN = timedelta(hours=6)
"""A tally older than this is no longer believed: the clock has stopped."""

logger = logging.getLogger(__name__)


class Cell(NamedTuple):
    """How many establishments of one authority and kind have one standing; `key` is None without a rating."""

    authority_id: int
    kind: str
    scheme_id: int | None
    key: str | None
    graded: bool
    count: int


@dataclass
class Counts:
    """Cells and sums over them. `repeated` holds second and further standings of an establishment."""

    cells: list[Cell]
    repeated: list[Cell] = field(default_factory=list)
    at: datetime = field(default_factory=timezone.now)
    _known: dict = field(default_factory=dict)

    def total(self, authorities=None, kinds=None, schemes=None, keys=None) -> int:
        """Establishments under the given filters, each a set of allowed values or None.

        With several schemes, or grades of several, one that stands under two of them counts twice.
        """
        chosen = (_frozen(authorities), _frozen(kinds), _frozen(schemes), _frozen(keys))
        if chosen not in self._known:
            found = sum(c.count for c in _under(self.cells, *chosen))
            if self.repeated and schemes is None and keys is None:
                found -= sum(c.count for c in _under(self.repeated, *chosen))
            self._known[chosen] = found
        return self._known[chosen]

    def by(self, value: Callable[[Cell], object], **filters) -> Counter:
        """Standings under the filters by a value of their cell, such as `lambda cell: cell.kind`."""
        chosen = tuple(_frozen(filters.get(name)) for name in ("authorities", "kinds", "schemes", "keys"))
        name = (value.__name__, chosen)
        if name not in self._known:
            counter = Counter()
            for cell in _under(self.cells, *chosen):
                counter[value(cell)] += cell.count
            self._known[name] = counter
        return self._known[name]


def of_authority(cell: Cell) -> int:
    """For `Counts.by`: the authority."""
    return cell.authority_id


def of_kind(cell: Cell) -> str:
    """For `Counts.by`: the kind of establishment."""
    return cell.kind


def of_scheme(cell: Cell) -> int | None:
    """For `Counts.by`: the scheme."""
    return cell.scheme_id


def of_standing(cell: Cell) -> tuple[int | None, str | None]:
    """For `Counts.by`: scheme and grade or status."""
    return cell.scheme_id, cell.key


def of_scheme_graded(cell: Cell) -> tuple[int | None, bool]:
    """For `Counts.by`: scheme, and whether there is a grade."""
    return cell.scheme_id, cell.graded


def count(establishments=None, once: bool = True) -> Counts:
    """Count the establishments of a queryset (None: all that are public) by authority, kind and standing.

    Without `once` it is left open which stand under two schemes, so that only sums by standing are right.
    """
    rows = Establishment.objects.public() if establishments is None else establishments
    standing = FilteredRelation("ratings", condition=Q(ratings__state="published"))
    rows = rows.order_by().annotate(standing=standing)
    columns = ("authority_id", "kind", "standing__scheme_id", "standing__value", "standing__status")
    grouped = rows.values_list(*columns).annotate(n=Count("pk"))
    cells = [Cell(a, k, s, v or t, v is not None, n) for a, k, s, v, t, n in grouped]
    several = once and len({cell.scheme_id for cell in cells} - {None}) > 1
    return Counts(cells, _repeated(establishments) if several else [])


def _repeated(establishments) -> list[Cell]:
    """The cells of standings beside which the establishment has one of a scheme with a lower number."""
    other = (
        Rating.objects.public()
        .current()
        .filter(establishment=OuterRef("establishment"), scheme__lt=OuterRef("scheme"))
    )
    rows = Rating.objects.public().current().filter(Exists(other)).order_by()
    if establishments is not None:
        rows = rows.filter(establishment__in=establishments.values("pk"))
    columns = ("establishment__authority_id", "establishment__kind", "scheme_id", "value", "status")
    grouped = rows.values_list(*columns).annotate(n=Count("pk"))
    return [Cell(a, k, s, v or t, v is not None, n) for a, k, s, v, t, n in grouped]


class Kept:
    """A value computed once in a while: when the register has changed, and at least every `keep` seconds.

    Only the first reader waits for it. Later ones are given the value held, while a thread computes the next.
    `stored` gives the value that somebody else computed, or None: then nobody waits or computes here.
    """

    everything: ClassVar[WeakSet["Kept"]] = WeakSet()

    def __init__(self, compute: Callable[[], object], keep: float = KEEP, stored: Callable = lambda: None):
        self._compute, self._keep, self._lock = compute, keep, threading.Lock()
        self._stored = stored
        self._held, self._looked, self._made, self._of = None, 0.0, 0.0, None
        self.everything.add(self)

    def __call__(self):
        """The value."""
        if self._held is None:
            with self._lock:
                if self._held is None:
                    self._renew()
        elif monotonic() - self._looked > LOOK_AGAIN and self._lock.acquire(blocking=False):
            threading.Thread(target=self._renew_behind, daemon=True).start()
        return self._held

    def forget(self) -> None:
        """Compute again at the next call, while the caller waits."""
        self._held = None

    def _renew(self) -> None:
        held = self._stored()
        if held is not None:
            self._held, self._looked = held, monotonic()
            return
        state = _state()
        if self._held is None or state != self._of or monotonic() - self._made > self._keep:
            with transaction.atomic(using="public"), connections["public"].cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
                self._held, self._made, self._of = self._compute(), monotonic(), state
        self._looked = monotonic()

    def _renew_behind(self) -> None:
        try:
            self._renew()
        except DatabaseError:
            logger.exception("The figures of the register could not be counted; the old ones stay.")
            self._looked = monotonic()
        finally:
            connections.close_all()
            self._lock.release()


def _state() -> tuple:
    """What differs when records were added: the newest numbers."""
    models = (Batch, Rating, Establishment)
    return tuple(m.objects.public().order_by("-pk").values_list("pk", flat=True).first() for m in models)


def _under(cells: Iterable[Cell], authorities, kinds, schemes, keys):
    """The cells whose values are allowed; None allows all."""
    return (
        cell
        for cell in cells
        if (authorities is None or cell.authority_id in authorities)
        and (kinds is None or cell.kind in kinds)
        and (schemes is None or cell.scheme_id in schemes)
        and (keys is None or cell.key in keys)
    )


def _frozen(values):
    return None if values is None else frozenset(values)


def _authorities() -> dict[int, Authority]:
    return {authority.pk: authority for authority in Authority.objects.public()}


def keep_tally() -> bool:
    """Count for all processes, where that takes long, and keep it in a table. For the clock; whether it did.

    Where the register is as it was, or was counted a moment ago, or is counted quickly by everybody: not.
    """
    held, state, begun = Tally.objects.first(), list(_state()), monotonic()
    if held is not None:
        age = (timezone.now() - held.at).total_seconds()
        if age < (held.seconds * SELDOM if held.state != state else KEEP):
            return False
    with transaction.atomic(using="public"), connections["public"].cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
        counts = count()
    seconds = monotonic() - begun
    if seconds < LONG:
        Tally.objects.all().delete()
        return False
    facts = {
        "cells": counts.cells,
        "repeated": counts.repeated,
        "state": state,
        "seconds": seconds,
        "at": counts.at,
    }
    Tally.objects.update_or_create(pk=1, defaults=facts)
    return True


def _tallied() -> Counts | None:
    """What the clock has counted, unless that is so long ago that it has stopped."""
    held = Tally.objects.public().filter(at__gt=timezone.now() - FORGOTTEN).first()
    if held is None:
        return None
    return Counts([Cell(*c) for c in held.cells], [Cell(*c) for c in held.repeated], held.at)


overview = Kept(count, stored=_tallied)
"""The `Counts` of everything public."""
authorities = Kept(_authorities, keep=LOOK_AGAIN)
"""All authorities by number."""


def branch(number: int) -> set[int]:
    """An authority and everything below it, by number."""
    found, fresh = set(), {number}
    while fresh:
        found |= fresh
        fresh = {a.pk for a in authorities().values() if a.parent_id in fresh} - found
    return found


def forget() -> None:
    """Count everything anew at the next call; for tests and after an import in the same process."""
    for kept in Kept.everything:
        kept.forget()
