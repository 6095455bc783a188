"""What is being entered: a new decision, the draft of one, or the correction of a published one.

Each has the same form. A draft is read once, with a mark of what it said; it is written only if it still says
that, so that of two windows neither overwrites the other unseen.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError
from django.db.models import Func, Value
from django.utils.translation import gettext as _

from records.penalties import parting, words
from records.penalties.content import columns
from records.penalties.desk import choices, documents, rows, stored, watch
from records.penalties.desk.entry import PenaltyEntry
from records.penalties.desk.fields import PLAIN
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.penalties.parting import Parts
from records.penalties.versions import Correction
from records.publication.trace import acting

RELATED = (("authority",), ("penalty__authority",))
FREED = ("withdrawn", "refused", "sealed")
"""States in which a decision has given its number back."""


class Changed(Exception):
    """Somebody, or another window, has saved the draft since it was read; `held` is what it says now."""

    def __init__(self, held):
        super().__init__("changed meanwhile")
        self.held = held


class Gone(Exception):
    """It is no draft any more, or no longer this person's."""


class Refused(Exception):
    """The database refuses the draft; says by which rule, never what it holds."""


@dataclass
class Draft:
    """One record being entered by `user`: `content` is its row, unsaved where it is new.

    `events` are entered with a decision that is not shown yet; a correction leaves them alone.
    """

    content: Penalty | Correction
    user: object

    @property
    def authority(self):
        """Whose decision it is."""
        return self.content.authority

    @property
    def corrects(self) -> bool:
        """Whether it is the correction of a published decision."""
        return isinstance(self.content, Correction)

    @property
    def penalty_id(self) -> int | None:
        """The decision whose parts these are."""
        return self.content.penalty_id if self.corrects else self.content.pk

    @property
    def new(self) -> bool:
        """Whether nothing is stored yet."""
        return self.content.pk is None

    @cached_property
    def parts(self) -> Parts:
        """Its sanctions, provisions and violations as stored."""
        return Parts() if self.new else parting.of(self.penalty_id, self.content.version)

    @cached_property
    def waiting(self) -> list[PenaltyEvent]:
        """What the clerk entered about the fine; the sum imposed follows from the sanctions."""
        if self.new or self.corrects:
            return []
        return list(self.content.events.waiting().filter(document__isnull=True).order_by("pk"))

    @cached_property
    def mark(self) -> str:
        """What the stored draft says, as a short text that changes with it; '' of a new one."""
        if self.new:
            return ""
        said = [[str(getattr(self.content, name)) for name in columns()]]
        said += [[_plain(row) for row in rows_] for rows_ in vars(self.parts).values()]
        said += [[_plain(row) for row in self.waiting], getattr(self.content, "reason", "")]
        return hashlib.sha256(json.dumps(said, cls=DjangoJSONEncoder).encode()).hexdigest()[:20]

    # -- as a form

    def values(self) -> dict:
        """What the plain fields of the form begin with."""
        found = {name: getattr(self.content, name) for name in PLAIN}
        found |= {
            "secrecy": bool(self.content.secrecy_checked_on), "inspection": self.content.inspection_id or "",
            "overrule_reason": self.content.overrule_reason, "reason": getattr(self.content, "reason", ""),
        }  # fmt: skip
        return found

    def chosen(self) -> dict[str, list[choices.Choice]]:
        """What is chosen in the pickers."""
        content, parts = self.content, self.parts
        one = {
            "business": (choices.business, content.business), "law": (choices.law_choice, content.law),
            "establishment": (choices.establishment, content.establishment),
        }  # fmt: skip
        found = {name: [make(row)] if row else [] for name, (make, row) in one.items()}
        for role in ("violated", "applied"):
            cited = [c for c in parts.citations if c.role == role]
            found[role] = [choices.cited(c.provision or c.law, c.text) for c in cited]
        return found | {"violations": [choices.violation(v.violation) for v in parts.violations]}

    def first(self) -> dict[str, list[dict]]:
        """What the rows of the form begin with."""
        imported = self.corrects
        events = [event for event in self.waiting if event.kind != "imposed"]
        return {
            "sanctions": [stored.sanction_values(row, imported) for row in self.parts.sanctions],
            "events": [stored.event_values(event) for event in events],
        }

    # -- writing it

    def duplicate(self, number: str) -> Penalty | None:
        """Another decision of the authority with that number, however its brackets and blanks are written."""
        if not number.strip():
            return None
        key = Func(Value(number), function="disclosed.decision_key")
        held = Penalty.objects.filter(authority_id=self.content.authority_id, number_key=key)
        return held.exclude(pk=self.penalty_id).exclude(state__in=FREED).exclude(number_key="").first()

    def save(self, entry: PenaltyEntry, mark: str) -> "Draft":
        """Write what the form says as far as it can be read; what is stored now. Raises Changed, Gone."""
        try:
            with acting(self.user):
                key = self._write(self._locked(mark), entry)
        except IntegrityError as error:
            # Another window took the number between the question and the answer. Of anything else only the
            # rule is named: the error's details hold the whole row, with all that the guard refuses.
            if self.duplicate(entry.cleaned_data.get("decision_number", "")) is None:
                raise Refused(str(error).splitlines()[0]) from None
            self._say_taken(entry)
            with acting(self.user):
                key = self._write(self._locked(mark), entry)
        return Draft(
            type(self.content)._base_manager.select_related(*RELATED[self.corrects]).get(pk=key), self.user
        )

    def _locked(self, mark: str):
        """The row as it is now, if it still is what the form was made of."""
        if self.new:
            return Penalty(authority=self.authority, entered_by=self.user)
        rows_ = type(self.content)._base_manager.select_for_update(of=("self",))
        held = Draft(rows_.filter(pk=self.content.pk).first(), self.user)
        if (
            held.content is None
            or held.content.state != "draft"
            or held.content.entered_by_id != self.user.pk
        ):
            raise Gone
        if held.mark != mark:
            raise Changed(held)
        return held.content

    def _write(self, content, entry: PenaltyEntry) -> int:
        number = content.decision_number
        entry.fill(content)
        if self.duplicate(content.decision_number) is not None:
            self._say_taken(entry)
            content.decision_number = number if self.duplicate(number) is None else ""
        content.document = documents.chosen(entry, content.document) or content.document
        parts = entry.parts()
        content.sanction_kinds = parts.kinds
        if self.corrects:
            content.reason = entry.cleaned_data.get("reason", content.reason)
        content.overrule_reason, content.overrule_of = watch.overruling(entry, content, parts)
        content.save()
        parts.save(content.penalty_id if self.corrects else content.pk, content.version)
        if not self.corrects:
            self._write_events(content, entry, parts)
        return content.pk

    def _say_taken(self, entry: PenaltyEntry) -> None:
        words_ = _(
            "The authority already has a decision with this number. The draft keeps the number it had."
        )
        if words_ not in entry.errors.get("decision_number", ()):
            entry.add_error("decision_number", words_)

    def _write_events(self, content, entry: PenaltyEntry, parts: Parts) -> None:
        """What the clerk entered about the fine; the imposition before what has the same day."""
        found = rows.found(entry.events)
        content.events.waiting().filter(document__isnull=True).delete()
        amount, currency = words.imposed(parts.sanctions)
        if found and amount is not None:
            imposed = {"kind": "imposed", "on": content.decided_on, "amount": amount, "currency": currency}
            found.insert(0, PenaltyEvent(**imposed))
        for event in found:
            event.penalty, event.entered_by = content, self.user
        PenaltyEvent.objects.bulk_create(found)


def _plain(row) -> list[str]:
    own = {"id", "penalty", "recorded_at", "entered_by", "confirmed_by", "confirmed_at", "batch"}
    return [str(getattr(row, f.attname)) for f in row._meta.concrete_fields if f.name not in own]


def begin(authority, user) -> Draft:
    """A new decision of which nothing is known yet."""
    return Draft(Penalty(authority=authority, entered_by=user), user)
