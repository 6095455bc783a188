"""What else waits in the queue of a record that is being checked, so that a checker goes on from it."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Q


class Waiting(NamedTuple):
    """How many others wait, and the address of the next of them; '' of none."""

    count: int
    url: str


def besides(record, queue, address: Callable) -> Waiting:
    """What of `queue` waits besides the record: next is what came after it, else what waits longest."""
    others = queue.exclude(pk=record.pk).order_by("submitted_at", "pk")
    later = Q(submitted_at__gt=record.submitted_at) | Q(submitted_at=record.submitted_at, pk__gt=record.pk)
    following = (record.submitted_at and others.filter(later).first()) or others.first()
    return Waiting(others.count(), address(following) if following else "")
