"""The life of an inspection record and of a rating: one table, read by verbs, buttons, tests and triggers.

The source of the roles and guards is the law of each scheme (UK: the officer who decides an appeal was not
involved in the rating, Food Hygiene Rating (Wales) Act 2013 s. 5(7)) and the rule that holds everywhere here:
two people for publication.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class InspectionState(StrEnum):
    """Where the record of one visit stands on its way to the public."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class RatingState(StrEnum):
    """Where a rating stands: at most one is published per establishment and scheme."""

    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Transition:
    """One permitted step: who may take it, the word on the button, and whether a reason must be given."""

    kind: str
    source: str
    target: str
    role: str
    verb: str
    label: str
    needs_reason: bool = False


_I, _R = InspectionState, RatingState

TRANSITIONS = (
    Transition("inspection", _I.DRAFT, _I.IN_REVIEW, "maker", "submit", _("Submit for checking")),
    Transition("inspection", _I.IN_REVIEW, _I.DRAFT, "checker", "give_back", _("Return to the clerk"), True),
    Transition("inspection", _I.IN_REVIEW, _I.APPROVED, "checker", "approve", _("Approve")),
    Transition("inspection", _I.APPROVED, _I.PUBLISHED, "clock", "publish", _("Publish")),
    Transition("inspection", _I.APPROVED, _I.WITHDRAWN, "checker", "withdraw", _("Withdraw"), True),
    Transition("inspection", _I.PUBLISHED, _I.WITHDRAWN, "checker", "withdraw", _("Withdraw"), True),
    Transition("inspection", _I.PUBLISHED, _I.SUPERSEDED, "importer", "supersede", _("Supersede"), True),
    Transition("rating", _R.PUBLISHED, _R.SUPERSEDED, "importer", "supersede", _("Supersede"), True),
    Transition("rating", _R.PUBLISHED, _R.ENDED, "checker", "end", _("End"), True),
    Transition("rating", _R.PUBLISHED, _R.WITHDRAWN, "checker", "withdraw", _("Withdraw"), True),
    # A withdrawn visit no longer carries its rating; the one before it is not brought back by itself.
    Transition("rating", _R.SUPERSEDED, _R.WITHDRAWN, "checker", "withdraw", _("Withdraw"), True),
)


def allowed(kind: str, source: str, target: str) -> bool:
    """Whether the step stands in the table."""
    return any(t.kind == kind and t.source == source and t.target == target for t in TRANSITIONS)


def steps(kind: str, source: str) -> tuple[Transition, ...]:
    """The steps that lead on from a state, in the order of the table."""
    return tuple(t for t in TRANSITIONS if t.kind == kind and t.source == source)


def inspection_states():
    """Choices for the column: a function, so that a new state makes no migration."""
    labels = (_("draft"), _("in review"), _("approved"), _("published"), _("superseded"), _("withdrawn"))
    return list(zip((s.value for s in InspectionState), labels, strict=True))


def rating_states():
    """Choices for the column: a function, so that a new state makes no migration."""
    labels = (_("published"), _("superseded"), _("ended"), _("withdrawn"))
    return list(zip((s.value for s in RatingState), labels, strict=True))
