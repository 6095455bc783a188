"""Keeps lines that belong together but stand apart, on disk, so that a large file needs little memory."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

_BATCH = 5000


class Shelf:
    """Texts by key. SQLite keeps them in a file without a name, which is gone when the shelf is closed."""

    def __init__(self):
        self._waiting: list[tuple[str, str]] = []
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;"
            "CREATE TABLE item (place INTEGER PRIMARY KEY, key TEXT NOT NULL, text TEXT NOT NULL);"
        )
        self._sorted = False

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_) -> None:
        self._base.close()

    def add(self, key: str, text: str) -> None:
        """Put a text behind those of the same key."""
        self._waiting.append((key, text))
        if len(self._waiting) >= _BATCH:
            self._store()

    def take(self, key: str) -> list[str]:
        """The texts of a key in the order in which they came; they are gone afterwards."""
        self._sort()
        found = self._base.execute("DELETE FROM item WHERE key = ? RETURNING place, text", [key]).fetchall()
        return [text for _place, text in sorted(found)]

    def look(self, key: str) -> list[str]:
        """The texts of a key in the order in which they came."""
        self._sort()
        found = self._base.execute("SELECT text FROM item WHERE key = ? ORDER BY place", [key])
        return [text for (text,) in found]

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        """Each key with its texts, in the order in which the keys first came."""
        self._sort()
        rows = self._base.execute(
            "SELECT item.key, item.text FROM item"
            " JOIN (SELECT key, min(place) AS first FROM item GROUP BY key) AS one USING (key)"
            " ORDER BY one.first, item.place"
        )
        for key, together in groupby(rows, itemgetter(0)):
            yield key, [text for _key, text in together]

    def rest(self) -> Iterator[str]:
        """The keys that are still there, each once."""
        self._sort()
        return (key for (key,) in self._base.execute("SELECT key FROM item GROUP BY key ORDER BY min(place)"))

    def _store(self) -> None:
        self._base.executemany("INSERT INTO item (key, text) VALUES (?, ?)", self._waiting)
        self._waiting.clear()

    def _sort(self) -> None:
        self._store()
        if not self._sorted:
            self._base.execute("CREATE INDEX key ON item (key)")
            self._sorted = True
