"""What an import did or would do, in words: counts, kinds of change, and examples of each.

What a file brings is called by the nouns of its room: establishments, decisions.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.publication import joining


@dataclass(frozen=True)
class Nouns:
    """How a room speaks of what a file brings: what the things are called, in the plural; what each of the
    five counts means for them; and, by key, in what way a changed one may differ.
    """

    things: str = gettext_lazy("records")
    new: str = gettext_lazy("that the register does not have yet")
    changed: str = gettext_lazy("of which the file says something else than the register")
    unchanged: str = gettext_lazy("stay as they are")
    vanished: str = gettext_lazy("no longer in the file; they are marked, not deleted")
    refused: str = gettext_lazy("rows that cannot be taken, listed below")
    kinds: dict[str, str] = field(default_factory=dict)


RECORDS = Nouns()
"""For what belongs to no room, such as an import of a format that is no longer offered."""

COUNTS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "vanished": gettext_lazy("vanished"),
    "refused": gettext_lazy("refused"),
}


def counts(batch, nouns: Nouns = RECORDS) -> list[tuple[str, int, str, str]]:
    """Key, number, word and explanation of each count, in the order of the command's last line."""
    return [(key, getattr(batch, key), word, getattr(nouns, key)) for key, word in COUNTS.items()]


def summary(batch) -> str:
    """The counts in one sentence."""
    return joining.listed(
        f"{number_format(number, force_grouping=True)} {word}" for _key, number, word, _e in counts(batch)
    )


def kind(key: str, nouns: Nouns = RECORDS) -> str:
    """A kind of change, or one of the counts, in words."""
    return nouns.kinds.get(key) or COUNTS.get(key, key)


def changes(batch, nouns: Nouns = RECORDS) -> list[tuple[str, int]]:
    """How many of the changed differ in what; kinds that do not occur are left out."""
    found = batch.details.get("kinds", {})
    return [(kind(key, nouns), number) for key, number in found.items() if number]


def examples(batch, nouns: Nouns = RECORDS) -> list[tuple[str, list[str]]]:
    """A few of each kind, as the file names them."""
    found = batch.details.get("examples", {})
    return [(kind(key, nouns), lines) for key, lines in found.items() if lines]


def instant(batch) -> datetime | None:
    """When the waiting batch was last looked at, or None."""
    text = batch.details.get("previewed_at")
    return datetime.fromisoformat(text) if text else None


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def waits(batch) -> str:
    """What a waiting import would do, in a few words."""
    return _("would bring %(counts)s") % {"counts": summary(batch)}
