"""A list as files: the same address with another ending, the same query string, the same rows.

A room says what its records are in a file (`<room>/opendata.py`): a `Dataset` with the `Listing` that its
page uses, columns, and entries for a feed. `FORMATS` is what a dataset can be had as; to add one, write a
module in `formats/` with a function that takes a request, a dataset and its search, and name it there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet


@dataclass(frozen=True)
class Column:
    """A column: its heading, which never changes its meaning, where its values come from, what they say.

    `prose`: words that people wrote, which may begin like a formula.
    """

    name: str
    expression: object
    about: str
    prose: bool = False


@dataclass(frozen=True)
class Entry:
    """An entry of a feed: `guid` names it for ever, `at` is when it came to be, `until` when it ends."""

    title: str
    path: str
    text: str
    guid: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Dataset:
    """Records of one kind as files.

    `key` is the name of the file, `title` what the records are called, `page` the name of the list's address.
    `search` makes the `Listing` of a query string, `sentence` says what it shows; `rows` are all of its rows
    in its order, read as the public, where a record may have several; `columns` may need the request for
    whole addresses; `entries` are the newest first, for a feed, if it has one; `narrowed` gives the headings
    that a search asks for, where a list lets its reader choose.
    """

    key: str
    title: str
    page: str
    search: Callable[..., object]
    sentence: Callable[[object], str]
    rows: Callable[[object], QuerySet]
    columns: Callable[[object], tuple[Column, ...]]
    entries: Callable[[object], Iterable[Entry]] | None = None
    narrowed: Callable[[object], tuple[str, ...]] = lambda search: ()

    def columns_for(self, request, search) -> tuple[Column, ...]:
        """The columns of the file of a search: all of them, or those that it asks for."""
        wanted = self.narrowed(search)
        return tuple(c for c in self.columns(request) if not wanted or c.name in wanted)

    @property
    def space(self) -> str:
        """The namespace of the addresses of its files."""
        return f"{self.key}_files"
