"""The life of every kind of record: one table, read by verbs, buttons, tests and triggers.

The source of the roles and guards is the law of each scheme (UK: the officer who decides an appeal was not
involved in the rating, Food Hygiene Rating (Wales) Act 2013 s. 5(7)), for penalties the rules on
withdrawing decisions (行政处罚法 48), and the rule that holds everywhere here: two people for publication.
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


class PenaltyState(StrEnum):
    """Where a decision stands. The last five are hidden, and no way leads back from them to the public."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPAIRED = "repaired"
    SEALED = "sealed"


class CorrectionState(StrEnum):
    """Where the correction of a published decision stands; applied, it has become the decision's version."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPLIED = "applied"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Transition:
    """One permitted step: who may take it, the word on the button, and what must be given with it.

    `roles` are those any of which may take it; `second` a role that has to confirm it, for steps that need
    two people at once; `reasons` the kinds of reason among which one is chosen; `own` steps belong to the
    person who entered the record; `number` is the step's name in the rules on penalties (T1 to T14).
    """

    kind: str
    source: str
    target: str
    roles: tuple[str, ...]
    verb: str
    label: str
    needs_reason: bool = False
    needs_document: bool = False
    second: str = ""
    reasons: tuple[str, ...] = ()
    own: bool = False
    number: str = ""


_I, _R, _P, _C = InspectionState, RatingState, PenaltyState, CorrectionState

WITHDRAWAL_REASONS = ("annulled", "changed", "unlawful", "void", "wrong_subject", "published_in_error")
SUSPENSION_REASONS = ("court_stay", "reorganisation", "personal_data", "accuracy_dispute")


def _steps(number, sources, target, roles, verb, label, **needs) -> tuple[Transition, ...]:
    """One step of a penalty from each of several states."""
    return tuple(
        Transition("penalty", source, target, roles, verb, label, number=number, **needs)
        for source in sources
    )


def _take_back(kind, source, target) -> Transition:
    """A clerk makes a draft again of what they submitted and nobody has acted on: no reason is asked."""
    return Transition(kind, source, target, ("maker",), "take_back", _("Take back"), own=True)


# From expired, repaired, withdrawn, sealed and refused nothing leads to the public (T15): no such row.
PENALTY = (
    *_steps("T1", ("",), _P.DRAFT, ("maker", "importer"), "begin", _("Begin a draft")),
    *_steps("T2", (_P.DRAFT,), _P.IN_REVIEW, ("maker",), "submit", _("Submit for checking")),
    *_steps("T3", (_P.IN_REVIEW,), _P.DRAFT, ("checker",), "give_back", _("Return to the clerk"),
            needs_reason=True),
    _take_back("penalty", _P.IN_REVIEW, _P.DRAFT),
    *_steps("T4", (_P.IN_REVIEW,), _P.APPROVED, ("checker",), "approve", _("Approve")),
    *_steps("T5", (_P.IN_REVIEW,), _P.REFUSED, ("checker",), "refuse", _("Refuse"), needs_reason=True),
    *_steps("T6", (_P.APPROVED,), _P.PUBLISHED, ("publisher", "clock"), "publish", _("Publish")),
    *_steps("T7", (_P.APPROVED,), _P.IN_REVIEW, ("checker",), "reopen", _("Check again"), needs_reason=True),
    *_steps("T8", (_P.PUBLISHED,), _P.PUBLISHED, ("maker",), "correct", _("Correct"), needs_reason=True,
            second="checker"),
    *_steps("T9", (_P.PUBLISHED,), _P.SUSPENDED, ("registrar", "adjudicator", "dpo"), "suspend",
            _("Hide for the time being"), needs_reason=True, reasons=SUSPENSION_REASONS),
    *_steps("T10", (_P.SUSPENDED,), _P.PUBLISHED, ("adjudicator",), "resume", _("Show again"),
            needs_reason=True, second="checker"),
    *_steps("T11", (_P.PUBLISHED, _P.SUSPENDED, _P.APPROVED), _P.WITHDRAWN, ("checker", "registrar"),
            "withdraw", _("Withdraw"), needs_reason=True, needs_document=True, reasons=WITHDRAWAL_REASONS),
    *_steps("T12", (_P.PUBLISHED, _P.SUSPENDED), _P.EXPIRED, ("clock",), "expire", _("Expire")),
    *_steps("T13", (_P.PUBLISHED, _P.SUSPENDED), _P.REPAIRED, ("adjudicator",), "repair",
            _("End display early"), needs_reason=True),
    *_steps("T14", (_P.EXPIRED, _P.REPAIRED, _P.WITHDRAWN, _P.REFUSED), _P.SEALED, ("dpo",), "seal",
            _("Seal"), needs_reason=True, second="any"),
)  # fmt: skip

TRANSITIONS = (
    Transition("inspection", _I.DRAFT, _I.IN_REVIEW, ("maker",), "submit", _("Submit for checking")),
    Transition(
        "inspection", _I.IN_REVIEW, _I.DRAFT, ("checker",), "give_back", _("Return to the clerk"), True
    ),
    _take_back("inspection", _I.IN_REVIEW, _I.DRAFT),
    Transition("inspection", _I.IN_REVIEW, _I.APPROVED, ("checker",), "approve", _("Approve")),
    Transition("inspection", _I.APPROVED, _I.PUBLISHED, ("clock",), "publish", _("Publish")),
    Transition("inspection", _I.APPROVED, _I.WITHDRAWN, ("checker",), "withdraw", _("Withdraw"), True),
    Transition("inspection", _I.PUBLISHED, _I.WITHDRAWN, ("checker",), "withdraw", _("Withdraw"), True),
    Transition("inspection", _I.PUBLISHED, _I.SUPERSEDED, ("importer",), "supersede", _("Supersede"), True),
    Transition("rating", _R.PUBLISHED, _R.SUPERSEDED, ("importer",), "supersede", _("Supersede"), True),
    Transition("rating", _R.PUBLISHED, _R.ENDED, ("checker",), "end", _("End"), True),
    Transition("rating", _R.PUBLISHED, _R.WITHDRAWN, ("checker",), "withdraw", _("Withdraw"), True),
    # A withdrawn visit no longer carries its rating; the one before it is not brought back by itself.
    Transition("rating", _R.SUPERSEDED, _R.WITHDRAWN, ("checker",), "withdraw", _("Withdraw"), True),
    *PENALTY,
    Transition("correction", _C.DRAFT, _C.IN_REVIEW, ("maker",), "submit", _("Submit for checking"), True),
    Transition(
        "correction", _C.IN_REVIEW, _C.DRAFT, ("checker",), "give_back", _("Return to the clerk"), True
    ),
    _take_back("correction", _C.IN_REVIEW, _C.DRAFT),
    Transition("correction", _C.IN_REVIEW, _C.APPLIED, ("checker",), "apply", _("Approve")),
    Transition("correction", _C.DRAFT, _C.DROPPED, ("maker",), "drop", _("Drop")),
    Transition("correction", _C.IN_REVIEW, _C.DROPPED, ("checker",), "drop", _("Drop"), True),
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


def penalty_states():
    """Choices for the column: a function, so that a new state makes no migration."""
    labels = (
        _("draft"), _("in review"), _("approved"), _("published"), _("hidden for the time being"),
        _("refused"), _("withdrawn"), _("expired"), _("ended early"), _("sealed"),
    )  # fmt: skip
    return list(zip((s.value for s in PenaltyState), labels, strict=True))


def correction_states():
    """Choices for the column: a function, so that a new state makes no migration."""
    labels = (_("draft"), _("in review"), _("applied"), _("dropped"))
    return list(zip((s.value for s in CorrectionState), labels, strict=True))


def reasons():
    """Pairs of kind of reason and label, for withdrawals and for hiding."""
    return [
        ("annulled", _("the decision was annulled")),
        ("changed", _("the decision was replaced by another")),
        ("unlawful", _("the decision was declared unlawful")),
        ("void", _("the decision was declared void")),
        ("wrong_subject", _("it named the wrong respondent")),
        ("published_in_error", _("it should not have been published")),
        ("court_stay", _("a court or review body stayed the decision")),
        ("reorganisation", _("a court approved a plan of reorganisation")),
        ("personal_data", _("it may hold personal data")),
        ("accuracy_dispute", _("its accuracy is disputed")),
    ]
