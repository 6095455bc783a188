"""A cache of Django's in the memory of the process, bounded in entries and in bytes.

Django's own counts entries only, and pickles each. What is put in here must not be changed afterwards:
strings, bytes, numbers and tuples of them.
"""

import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

MEGABYTE = 1024 * 1024
OVERHEAD = 1024
"""Bytes that an entry takes beside what it weighs: its key, its places in the books, its headers."""


class _Entry(NamedTuple):
    value: object
    weight: int
    until: float | None


class _Shelf:
    """What all threads of the process share: Django makes a cache object for each."""

    def __init__(self):
        self.entries: OrderedDict[str, _Entry] = OrderedDict()
        self.bytes = 0
        self.lock = Lock()

    def current(self, key: str) -> _Entry | None:
        """The entry, unless its time is over."""
        entry = self.entries.get(key)
        if entry is not None and entry.until is not None and entry.until <= time.time():
            self.drop(key)
            return None
        return entry

    def put(self, key: str, entry: _Entry) -> None:
        """The entry in place of another."""
        self.drop(key)
        self.entries[key] = entry
        self.bytes += entry.weight

    def drop(self, key: str) -> bool:
        """Without the entry; whether there was one."""
        entry = self.entries.pop(key, None)
        self.bytes -= entry.weight if entry else 0
        return entry is not None


_shelves: dict[str, _Shelf] = {}


class Memory(BaseCache):
    """What was not asked for the longest goes first.

    OPTIONS: MAX_ENTRIES, MAX_BYTES. What is larger than an eighth of the bytes is not kept.
    """

    def __init__(self, location, params):
        super().__init__(params)
        self.most = int(params.get("OPTIONS", {}).get("MAX_BYTES", 64 * MEGABYTE))
        self._shelf = _shelves.setdefault(location, _Shelf())

    def get(self, key, default=None, version=None):
        """What is kept under the key."""
        key = self.make_key(key, version)
        with self._shelf.lock:
            entry = self._shelf.current(key)
            if entry is None:
                return default
            self._shelf.entries.move_to_end(key)
            return entry.value

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep the value, in place of another."""
        with self._shelf.lock:
            self._put(self.make_key(key, version), value, timeout)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep the value where there is none; whether it was free."""
        key = self.make_key(key, version)
        with self._shelf.lock:
            free = self._shelf.current(key) is None
            if free:
                self._put(key, value, timeout)
            return free

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep it longer; whether there was anything."""
        key = self.make_key(key, version)
        with self._shelf.lock:
            entry = self._shelf.current(key)
            if entry is not None:
                self._put(key, entry.value, timeout)
            return entry is not None

    def delete(self, key, version=None):
        """Forget it; whether there was anything."""
        with self._shelf.lock:
            return self._shelf.drop(self.make_key(key, version))

    def clear(self):
        """Forget everything."""
        with self._shelf.lock:
            self._shelf.entries.clear()
            self._shelf.bytes = 0

    @property
    def bytes(self) -> int:
        """What all entries weigh."""
        return self._shelf.bytes

    def __len__(self):
        return len(self._shelf.entries)

    def _put(self, key: str, value, timeout) -> None:
        shelf, until = self._shelf, self.get_backend_timeout(timeout)
        weight = OVERHEAD + _weight(value)
        shelf.drop(key)
        if weight > self.most // 8 or (until is not None and until <= time.time()):
            return
        shelf.put(key, _Entry(value, weight, until))
        while shelf.bytes > self.most or len(shelf.entries) > self._max_entries:
            shelf.drop(next(iter(shelf.entries)))


def _weight(value) -> int:
    """Bytes and characters in it."""
    if isinstance(value, tuple):
        return sum(map(_weight, value))
    return len(value) if isinstance(value, (bytes, str)) else 8
