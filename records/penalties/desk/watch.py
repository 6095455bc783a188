"""What looks personal in the texts of a form: where, with the value covered; masked, or said to be allowed.

The value itself stays in its field: it is in no message, no address and no log, and what a button sends back
is a place in the text and not what stands there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from records.penalties import case, kinds
from records.publication import guard
from records.publication.guard import Found

TEXTS = (
    "decision_number", "respondent", "premises", "facts", "legal_basis", "remedy", "necessity_note",
    "person_rule", "proportionality_note", "document_title", "reason",
)  # fmt: skip
ROW_TEXTS = {"sanctions": ("text", "licence", "amount"), "events": ("note",)}
"""What the public reads of a row; together the texts of a sanction are one text to the gates."""


NAME = "name"


@dataclass(frozen=True)
class Seen:
    """Something found: in which field of the form, what kind, in words, with the words around it.

    `ref` names the place for the button that masks it; '' where it lies in no field of its own. `perhaps`: a
    person has to look, and nothing waits for it. A name of somebody who is not named is masked and never
    overruled.
    """

    field: str
    kind: str
    words: str
    hint: str
    ref: str = ""
    perhaps: bool = False

    @property
    def is_name(self) -> bool:
        """Whether it is the name of a respondent who is not named."""
        return self.kind == NAME


class Place(NamedTuple):
    """A text of the form with what was found in it; `fixed` where it cannot be changed in place."""

    field: str
    text: str
    found: list[Found]
    fixed: bool = False


def look(entry) -> list[Seen]:
    """What is found in the form as it stands; nothing in one whose rows cannot be read."""
    seen = []
    for place in _places(entry):
        perhaps = [] if place.fixed else _perhaps(entry, place)
        for one in sorted([*place.found, *perhaps], key=lambda found: found.start):
            words, hint = str(one.words), guard.hint(place.text, one, [*place.found, *perhaps])
            ref = "" if place.fixed else _ref(place.field, one)
            seen.append(Seen(place.field, one.kind, words, hint, ref, one in perhaps))
    return seen


def mask(entry, ref: str) -> tuple[str, str] | None:
    """The field and its text with that place covered; None where the text no longer holds it there."""
    for place in _places(entry):
        if place.field == ref.partition(":")[0] and not place.fixed:
            for one in [*place.found, *_perhaps(entry, place)]:
                if _ref(place.field, one) == ref:
                    return place.field, guard.masked(place.text, [one])
    return None


def signature(entry) -> str:
    """A short text that changes with what is found: the reason of an overruling was given for just this."""
    found = [
        f"{place.field} {one.kind} {place.text[one.start : one.end]}"
        for place in _places(entry)
        for one in place.found
        if one.kind != NAME
    ]
    told = salted_hmac("records.penalties.desk.watch", "\n".join(found), algorithm="sha256")
    return told.hexdigest()[:16] if found else ""


def overruling(entry, content, parts) -> tuple[str, str]:
    """The reason for which what was found may be shown, and the text for which it was given.

    The text is '' while the person has not seen all that is found now. Where nothing is found, nothing is
    overruled.
    """
    now = signature(entry)
    reason = (entry.cleaned_data.get("overrule_reason") or "").strip()
    if not now or not reason:
        return "", ""
    if entry.data.get("seen", "") != now:
        return reason, ""
    return reason, case.of(content, parts, authority=entry.scope.authority).digest


def unsettled(entry) -> list[Seen]:
    """What is found and neither masked nor overruled."""
    now = signature(entry)
    reason = str(entry["overrule_reason"].value() or "").strip()
    known = entry.data.get("seen", "") == now if entry.is_bound else bool(entry.content.overrule_of)
    overruled = bool(now and reason and known)
    return [seen for seen in look(entry) if not seen.perhaps and (seen.is_name or not overruled)]


def _places(entry) -> Iterator[Place]:
    """Every text of the form that the public would read, with what is found in it."""
    if entry.broken:
        return
    hidden = "" if _named(entry) else str(entry["respondent"].value() or "")
    for name in TEXTS:
        if name != "respondent" or not hidden:
            yield _place(name, str(entry[name].value() or ""), hidden)
    for form in (*entry.sanctions.forms, *entry.events.forms):
        for name in ROW_TEXTS[form.prefix.rpartition("-")[0]]:
            yield _place(form.add_prefix(name), str(form[name].value() or ""), hidden)
    for role in ("violated", "applied"):
        for cited in entry.pickers[role].rows:
            yield _place(role, cited.text, hidden)._replace(fixed=True)
    yield from _across(entry)


def _place(name: str, text: str, hidden: str) -> Place:
    found = guard.scan(text) + (guard.names_in(text, hidden) if hidden else [])
    return Place(name, text, found)


def _perhaps(entry, place: Place) -> list[Found]:
    """Family names that stand alone: part of a street or of a trading name, or the person."""
    if _named(entry):
        return []
    alone = guard.names_in(place.text, str(entry["respondent"].value() or ""), alone=True)
    covered = [range(one.start, one.end) for one in place.found]
    return [
        replace(one, words=_("Perhaps the name of the person"))
        for one in alone
        if not any(one.start in span for span in covered)
    ]


def _across(entry) -> Iterator[Place]:
    """What only shows when the texts of one sanction are read together, as the gates do."""
    for form in entry.sanctions.forms:
        pieces = [str(form[name].value() or "") for name in ROW_TEXTS["sanctions"]]
        whole = " · ".join(filter(None, pieces))
        found, alone = guard.scan(whole), sum(len(guard.scan(piece)) for piece in pieces)
        if len(found) > alone:
            yield Place(form.add_prefix("text"), whole, found[alone:], True)


def _named(entry) -> bool:
    kind = entry["respondent_kind"].value()
    return kind not in kinds.Respondent.PERSONS or bool(entry["person_rule"].value())


def _ref(name: str, found: Found) -> str:
    return f"{name}:{found.start}:{found.end}:{found.kind}"
