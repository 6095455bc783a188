"""The first screen: what waits for the person, panel by panel, and what they can begin."""

from dataclasses import dataclass, field

SHOWN = 8
"""So many entries of a panel are shown; its heading leads to all of them."""


@dataclass(frozen=True)
class Entry:
    """One thing that waits: its name and address, what it is, how long it waits, what somebody said."""

    label: str
    url: str
    detail: str = ""
    age: str = ""
    quote: str = ""
    late: bool = False


@dataclass(frozen=True)
class Panel:
    """A queue of the person: title, entries, how many there are, where all of them are, words when empty."""

    title: str
    empty: str
    entries: list[Entry] = field(default_factory=list)
    count: int = 0
    url: str = ""


@dataclass(frozen=True)
class Start:
    """Something the person may begin from the first screen; with a `key`, and in `short`, from every page."""

    label: str
    url: str
    hint: str = ""
    short: str = ""
    key: str = ""
