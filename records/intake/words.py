"""What an import did or would do, in words: counts, kinds of change, and examples of each."""

from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COUNTS = (
    ("new", gettext_lazy("new"), gettext_lazy("establishments that the register does not have yet")),
    (
        "changed",
        gettext_lazy("changed"),
        gettext_lazy("of which the file says something else than the register"),
    ),
    ("unchanged", gettext_lazy("unchanged"), gettext_lazy("stay as they are")),
    (
        "vanished",
        gettext_lazy("vanished"),
        gettext_lazy("no longer in the file; they are marked, not deleted"),
    ),
    ("refused", gettext_lazy("refused"), gettext_lazy("rows that cannot be taken, listed below")),
)

KINDS = {
    "rating": gettext_lazy("another rating"),
    "rated_on": gettext_lazy("another date of the rating"),
    "pending": gettext_lazy("a new rating on its way, or no longer"),
    "name": gettext_lazy("another name"),
    "address": gettext_lazy("another address"),
    "postcode": gettext_lazy("another postcode"),
    "place": gettext_lazy("other coordinates"),
    "kind": gettext_lazy("another kind of establishment"),
    "dates": gettext_lazy("other opening or closing dates"),
    "returned": gettext_lazy("back in the source"),
    "new": gettext_lazy("new"),
    "vanished": gettext_lazy("vanished"),
}


def counts(batch) -> list[tuple[str, int, str, str]]:
    """Key, number, word and explanation of each count, in the order of the command's last line."""
    return [(key, getattr(batch, key), word, explanation) for key, word, explanation in COUNTS]


def summary(batch) -> str:
    """The counts in one sentence."""
    return ", ".join(
        f"{number_format(number, force_grouping=True)} {word}" for _key, number, word, _e in counts(batch)
    )


def changes(batch) -> list[tuple[str, int]]:
    """How many of the changed establishments differ in what; kinds that do not occur are left out."""
    kinds = batch.details.get("kinds", {})
    return [(KINDS.get(kind, kind), number) for kind, number in kinds.items() if number]


def examples(batch) -> list[tuple[str, list[str]]]:
    """A few of each kind, as the file names them."""
    found = batch.details.get("examples", {})
    return [(KINDS.get(kind, kind), lines) for kind, lines in found.items() if lines]


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
