"""What an import of decisions is told in: why a row was refused, what a file would do, what to look at."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from records.intake.rows import PenaltyRow, Problem
from records.intake.words import Nouns

DECISIONS = Nouns(
    things=gettext_lazy("decisions"),
    new=gettext_lazy("decisions that the register does not have yet"),
    unchanged=gettext_lazy("stay as they are"),
    vanished=gettext_lazy("a file of decisions only adds; what it does not name stays"),
    refused=gettext_lazy("rows that cannot be taken, listed below with the reason"),
    kinds={
        "content": gettext_lazy("another text, sanction or provision; they get a new version"),
        "events": gettext_lazy("something more that happened to the fine"),
        "waiting": gettext_lazy("approved, to be shown later"),
    },
)

FIELDS = {
    "incomplete": "", "no_basis": "legal_basis", "memorandum": "law", "not_in_catalogue": "violation",
    "future": "decided_on", "domain": "domain", "under_18": "under_18", "public_security": "legal_basis",
    "person": "respondent_kind", "premises": "premises", "annulled": "event", "no_rule": "authority",
    "notice": "notice_served_on", "rule_set": "sanction", "no_anchor": "conduct_ended_on",
    "duplicate": "decision_number",
}  # fmt: skip
"""The field of a row that a gate is about."""

SHOWN_VALUES = ("decided_on", "domain", "respondent_kind")
"""Fields whose value a problem repeats; no other may hold what nobody should read."""

GATES = {
    "incomplete": gettext_lazy("something that every decision must say is missing"),
    "no_basis": gettext_lazy("no law is named"),
    "memorandum": gettext_lazy("it rests on a memorandum"),
    "not_in_catalogue": gettext_lazy("its type of violation is in no catalogue"),
    "future": gettext_lazy("its date lies in the future"),
    "domain": gettext_lazy("the authority does not act in its domain"),
    "under_18": gettext_lazy("the respondent was under 18"),
    "public_security": gettext_lazy("the law seals it"),
    "person": gettext_lazy("it would name a person"),
    "premises": gettext_lazy("a sole trader's premises are missing, or the name stands in a text"),
    "personal_data": gettext_lazy("it holds what looks personal"),
    "annulled": gettext_lazy("it was annulled"),
    "no_rule": gettext_lazy("no rule set is in force"),
    "notice": gettext_lazy("the respondent was not told of the publication"),
    "rule_set": gettext_lazy("the rule set does not show it"),
    "no_anchor": gettext_lazy("the day from which time counts is missing"),
}
"""Why the gates refuse, in few words, for the sums of a preview."""

CLASHES = {
    "by_hand": gettext_lazy(
        "A decision with this number was entered by hand. Correct that one in the back office, and remove "
        "the row."
    ),
    "corrected": gettext_lazy(
        "The decision was corrected by hand since, and the source has changed it too. Correct it in the back "
        "office."
    ),
    "correcting": gettext_lazy(
        "Somebody is preparing a correction of the decision. Import the row again once that is applied or "
        "put aside."
    ),
    "approved": gettext_lazy(
        "The decision is approved and not shown yet, so there is nothing to correct. Import the row again "
        "once it is shown."
    ),
    "over": gettext_lazy(
        "As the source now has it, the time for showing it is over, but it is still shown. Withdraw it in "
        "the back office."
    ),
    "contested": gettext_lazy(
        "The decision is under review, as the source says, and it is approved. Check it again in the back "
        "office, before it is shown."
    ),
    "suspended": gettext_lazy("The decision is hidden for the time being, so nothing of it was changed."),
    "withdrawn": gettext_lazy("The decision was withdrawn, so it does not come back by a file."),
    "expired": gettext_lazy("The display of the decision has ended, so nothing of it was changed."),
    "repaired": gettext_lazy("The display of the decision was ended early, so nothing of it was changed."),
    "sealed": gettext_lazy("The decision is sealed, so nothing of it was changed."),
    "refused": gettext_lazy("The decision was refused by a checker, so it does not come in by a file."),
}  # fmt: skip
"""Why a row that differs from the register changes nothing there."""


def problem(file: str, row: PenaltyRow, refusals) -> Problem:
    """Why the gates do not let a row through: all of their reasons, under the field of the first."""
    first = refusals[0]
    field = FIELDS.get(first.code, "")
    value = getattr(row, field) if field in SHOWN_VALUES else ""
    words = " ".join(dict.fromkeys(refusal.words for refusal in refusals))
    return Problem.at(file, row.where, words, field or first.code, value)


def placed(place: str, field: str, value: str, message: str) -> Problem:
    """A problem at a place that staging wrote as "file, where"."""
    file, _separator, where = place.rpartition(", ")
    return Problem.at(file, where, str(message), field, value)


def second(kept: str) -> str:
    """What to do about a number that stands twice."""
    return _(
        "This number stands more than once; what %(place)s says was taken. A number has one decision."
    ) % {"place": kept}


def withdrawn_by_source(reference: str) -> str:
    """What to do about a decision that is shown although its source says that it was annulled."""
    return _(
        "The source says that the decision was annulled, and %(reference)s is still shown. Withdraw it in "
        "the back office within three working days."
    ) % {"reference": reference}


def remarks(found: dict[str, int], refused: dict[str, int]) -> list[str]:
    """The notes of a preview: `found` counts what was met, `refused` rows by the gate that refused them."""
    told = [words % {"count": found[key]} for key, words in _REMARKS.items() if found.get(key)]
    if refused:
        reasons = "; ".join(f"{number} × {GATES.get(gate, gate)}" for gate, number in refused.items())
        told.append(_("Refused by the gates: %(reasons)s.") % {"reasons": reasons})
    return [_("A file of decisions only adds: what it does not name stays."), *told]


_REMARKS = {
    "archived": ngettext_lazy(
        "%(count)d decision whose period is over was not taken.",
        "%(count)d decisions whose period is over were not taken.",
        "count",
    ),
    "held": ngettext_lazy(
        "%(count)d decision is under review and was not taken; import the file again when it is final.",
        "%(count)d decisions are under review and were not taken; import the file again when they are final.",
        "count",
    ),
    "waiting": ngettext_lazy(
        "%(count)d decision is approved and shown later, when the time to appeal is over.",
        "%(count)d decisions are approved and shown later, when the time to appeal is over.",
        "count",
    ),
    "listed": ngettext_lazy(
        "%(count)d decision has no document of its own; the address of the list stands for it.",
        "%(count)d decisions have no document of their own; the address of the list stands for them.",
        "count",
    ),
    "laws": ngettext_lazy(
        "%(count)d law that the format declares is added to the register.",
        "%(count)d laws that the format declares are added to the register.",
        "count",
    ),
    "provisions": ngettext_lazy(
        "%(count)d provision is added, without its text.",
        "%(count)d provisions are added, without their texts.",
        "count",
    ),
    "offences": ngettext_lazy(
        "%(count)d type of violation is added to the catalogue of the format.",
        "%(count)d types of violation are added to the catalogue of the format.",
        "count",
    ),
    "places": ngettext_lazy(
        "%(count)d decision names an establishment that the register does not have; it is taken without.",
        "%(count)d decisions name an establishment that the register does not have; they are taken without.",
        "count",
    ),
    "longer": ngettext_lazy(
        "%(count)d decision is shown for longer than its source says. The rules of the authority count.",
        "%(count)d decisions are shown for longer than their source says. The rules of the authority count.",
        "count",
    ),
    "annulled": ngettext_lazy(
        "%(count)d decision that is shown was annulled, as the source says. Withdraw it.",
        "%(count)d decisions that are shown were annulled, as the source says. Withdraw them.",
        "count",
    ),
}  # fmt: skip
