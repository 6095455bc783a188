"""What an import would do, and whether that is more than anyone expects of an ordinary week."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from records.intake.models import Batch
from records.intake.rows import Problem
from records.intake.words import RECORDS, Nouns


@dataclass
class Preview:
    """Counts of what the file brings, what kinds of change, a few examples of each, and what was refused.

    `held` gives for each authority of the file how many the register has of it from this source, and how many
    of those the file no longer names; `scopes` how many the file names, and `extracted` the date of its data.
    `remarks` is what the room adds to the notes, `nouns` how it speaks of what the file brings.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    refused: int = 0
    held: dict[str, tuple[int, int]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    scopes: dict[str, int] = field(default_factory=dict)
    extracted: dict[str, date | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    incomplete: bool = False
    remarks: list[str] = field(default_factory=list)
    nouns: Nouns = RECORDS

    @property
    def summary(self) -> str:
        """The counts as one line."""
        return self.describe(Batch()).summary

    @property
    def existing(self) -> int:
        """How many the register has from this source, for the authorities of the file."""
        return sum(held for held, _vanished in self.held.values())

    def describe(self, batch: Batch) -> Batch:
        """Write the counts, kinds and examples into a batch."""
        for name in ("new", "changed", "unchanged", "vanished", "refused"):
            setattr(batch, name, getattr(self, name))
        batch.details = {"kinds": self.kinds, "examples": self.examples, "notes": self.notes()}
        return batch

    def notes(self) -> list[str]:
        """What a careful person should know beside the counts."""
        if not self.incomplete:
            return list(self.remarks)
        return [
            *self.remarks,
            _(
                "Something in the file could not be read. So that nothing vanishes by mistake, what stands "
                "beside it and is not named counts as still there."
            ),
        ]

    def surprises(self) -> list[str]:
        """Why the file should be looked at before it goes in; empty when it keeps within the expectations."""
        found = []
        for count, share, words in (
            (self.vanished, settings.PLACARD_MOST_VANISHED, _("would leave the register")),
            (self.changed, settings.PLACARD_MOST_CHANGED, _("would change")),
        ):
            if self.existing and count > share * self.existing:
                values = {"count": count, "all": self.existing, "percent": 100 * count / self.existing}
                told = {"things": self.nouns.things, "words": words, "limit": 100 * share}
                found.append(
                    _(
                        "%(count)d of %(all)d %(things)s (%(percent).1f %%) %(words)s; "
                        "more than %(limit)g %% needs a confirmation."
                    )
                    % (values | told)
                )
        # In the file of a whole country an authority that came almost empty would not be noticed.
        found.extend(
            _("%(code)s would lose %(count)d of its %(all)d %(things)s; more than half needs a confirmation.")
            % {"code": code, "count": vanished, "all": held, "things": self.nouns.things}
            for code, (held, vanished) in self.held.items()
            if len(self.held) > 1 and vanished * 2 > held
        )
        return found


class Stopped(Exception):
    """The file would do more than expected, and nobody has confirmed it. Nothing has happened."""

    def __init__(self, preview: Preview, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.preview, self.reasons = preview, reasons
