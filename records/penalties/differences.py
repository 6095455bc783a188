"""The versions of a decision, and what of each a correction changed, field by field and word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.penalties import words
from records.penalties.content import PenaltyContent

# Words as units, but single characters where no blanks divide words; beyond so many nobody compares words.
_UNIT = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W぀-ヿ㐀-鿿가-힯]+|\s+|.", re.S)
_BLANK = re.compile(r"\s*\n\s*")
MOST_UNITS = 4000
# Of what stays the same so many characters are shown on either side of a change.
AROUND = 80

FIELDS = (
    "decision_number", "decided_on", "respondent_kind", "premises", "facts", "legal_basis", "law", "domain",
    "procedure", "seriousness", "served_on", "remedy", "remedy_until", "person_rule", "necessity_note",
    "document", "language",
)  # fmt: skip
"""The fields of a version that a page shows as they stand; the name and the parts are told apart."""


@dataclass(frozen=True)
class Change:
    """One field that a correction changed. The pieces are pairs of a text and whether it differs."""

    label: str
    was: str
    now: str

    @property
    def before(self) -> list[tuple[str, bool]]:
        """The pieces of what it said before."""
        return shortened(marked(self.was, self.now)[0])

    @property
    def after(self) -> list[tuple[str, bool]]:
        """The pieces of what it says now."""
        return shortened(marked(self.was, self.now)[1])


@dataclass(frozen=True)
class Version:
    """One version: its number, from when to when it was shown, why it was replaced, and by what change.

    `changes` are what the next version says otherwise; empty for the one that stands.
    """

    number: int
    since: datetime | None
    until: datetime | None = None
    reason: str = ""
    changes: tuple[Change, ...] = ()
    row: PenaltyContent | None = None


def marked(was: str, now: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts cut into (piece, whether it differs); texts too long to compare are marked as a whole."""
    old, new = _UNIT.findall(was), _UNIT.findall(now)
    if len(old) + len(new) > MOST_UNITS:
        return [(was, True)], [(now, True)]
    before, after = [], []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            before.append(("".join(old[a:b]), tag != "equal"))
        if c < d:
            after.append(("".join(new[c:d]), tag != "equal"))
    return before, after


def shortened(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces with what stays the same left out where it is far from any change."""
    found = []
    for at, (text, differs) in enumerate(pieces):
        first, last = at == 0, at == len(pieces) - 1
        if not differs and len(pieces) > 1 and len(text) > (AROUND if first or last else 2 * AROUND) + 20:
            before = "" if first else text[:AROUND].rsplit(None, 1)[0]
            after = "" if last else text[-AROUND:].split(None, 1)[-1]
            text = f"{before} … {after}"
        found.append((text, differs))
    return found


def changes(
    old: PenaltyContent, old_parts, new: PenaltyContent, new_parts, names=("", "")
) -> tuple[Change, ...]:
    """What `new` says otherwise than `old`; `names` are the names that each shows."""
    pairs = [(_("respondent"), *names)]
    for name in FIELDS:
        label = old._meta.get_field(name).verbose_name
        pairs.append((str(label), _value(old, name), _value(new, name)))
    pairs += [
        (label, was, now)
        for (label, was), (_label, now) in zip(_lines(old_parts), _lines(new_parts), strict=True)
    ]
    return tuple(Change(label, was, now) for label, was, now in pairs if was != now)


def _value(row: PenaltyContent, name: str) -> str:
    """A field as a page says it."""
    field = row._meta.get_field(name)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    if value is None:
        return ""
    return date_format(value) if field.get_internal_type() == "DateField" else _BLANK.sub("\n", str(value))


def _lines(parts) -> Iterable[tuple[str, str]]:
    """The parts in words, one a line."""
    sanctions = [words.sanction(row) for row in parts.sanctions]
    yield (
        _("sanctions"),
        "\n".join(" · ".join(filter(None, (s.sentence, s.printed, s.text))) for s in sanctions),
    )
    yield (
        _("provisions"),
        "\n".join(f"{c.law}, {c.provision.article if c.provision else c.text}" for c in parts.citations),
    )
    yield _("violations"), "\n".join(str(v.violation) for v in parts.violations)


def versions(penalty, earlier: Iterable, parts_of) -> list[Version]:
    """All versions of a decision, the newest first; `parts_of(number)` gives the parts of one."""
    rows = [*sorted(earlier, key=lambda row: row.version), penalty]
    found = [Version(penalty.version, penalty.version_at, row=penalty)]
    for old, new in pairwise(rows):
        shown = tuple(row.respondent or row.premises for row in (old, new))
        told = changes(old, parts_of(old.version), new, parts_of(new.version), shown)
        found.append(Version(old.version, old.since, old.replaced_at, old.reason, told, old))
    return [found[0], *reversed(found[1:])]
