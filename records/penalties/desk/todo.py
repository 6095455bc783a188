"""What is still to do before a decision can be submitted, each thing with the field that answers it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from records.penalties import publication
from records.penalties.case import Case
from records.penalties.desk import watch
from records.penalties.desk.entry import PenaltyEntry

FIELDS = {
    "memorandum": "law", "not_in_catalogue": "violations", "future": "decided_on", "domain": "domain",
    "duplicate": "decision_number", "under_18": "under_18", "public_security": "law",
    "person": "respondent_kind", "premises": "premises", "annulled": "events", "rule_set": "seriousness",
    "over": "decided_on", "contested": "final_on", "no_anchor": "served_on",
}  # fmt: skip
"""The gate -> the field of the form in which its reason is answered."""


@dataclass(frozen=True)
class ToDo:
    """One thing to do in words, and the id of the field that answers it ("" where no field does).

    `missing`: the words only name what is missing, so that several of them make one sentence.
    """

    words: str
    id: str = ""
    missing: bool = False


class ToDos(list):
    """All that is to do; `missing` is what one sentence names, `others` need a sentence each."""

    @property
    def missing(self) -> list[ToDo]:
        """What is only not there yet."""
        return [one for one in self if one.missing]

    @property
    def others(self) -> list[ToDo]:
        """What is there and not right."""
        return [one for one in self if not one.missing]


def of(verdict: publication.Verdict, case: Case, entry: PenaltyEntry) -> ToDos:
    """What stands against it, one thing at a time: first what is missing, in the order of the form."""
    found = []
    for refusal in verdict.refusals:
        if refusal.code in ("incomplete", "no_basis", "notice", "secrecy"):
            continue
        if refusal.code == "not_in_catalogue" and not case.violations:
            continue
        if refusal.code == "personal_data" or (refusal.code == "premises" and case.premises):
            continue  # each place is named by itself, below
        if refusal.code == "rule_set" and case.level == "minor" and "necessity_note" in entry.asked:
            found.append(ToDo(refusal.words, "id_necessity_note"))
        elif refusal.code == "rule_set" and case.sanctions == ("warning",):
            found.append(ToDo(refusal.words, "id_sanctions-0-kind"))
        else:
            found.append(ToDo(refusal.words, _id(FIELDS.get(refusal.code, ""))))
    asked = [*_missing(case, verdict), *found, *_personal(entry), *_unreadable(entry)]
    if verdict.refusals and not asked:
        asked = [ToDo(refusal.words) for refusal in verdict.refusals]
    return ToDos(asked)


def _missing(case: Case, verdict: publication.Verdict) -> list[ToDo]:
    """What some gates ask for because it is not there, thing by thing in the order of the form."""
    codes = {refusal.code for refusal in verdict.refusals}
    asked = [
        ("incomplete", case.respondent, _("the respondent"), "respondent"),
        ("incomplete", case.decision_number, _("the decision number"), "decision_number"),
        ("incomplete", case.decided_on, _("the date of the decision"), "decided_on"),
        ("incomplete", case.domain, _("the domain"), "domain"),
        ("not_in_catalogue", case.violations, _("the type of violation"), "violations"),
        ("incomplete", case.texts.get("facts"), _("the facts"), "facts"),
        ("no_basis", case.laws, _("the law that the sanction rests on"), "applied"),
        ("no_basis", case.texts.get("legal_basis"), _("the legal basis in words"), "legal_basis"),
        ("incomplete", case.sanctions, _("a sanction"), "sanctions-0-kind"),
        ("notice", case.notice_served_on, _("the day of the notice"), "notice_served_on"),
        ("secrecy", case.secrecy_checked, _("the check for secrets"), "secrecy"),
        ("incomplete", case.has_document, _("the source document"), "file"),
    ]
    return [ToDo(words, _id(name), True) for code, given, words, name in asked if code in codes and not given]


def _personal(entry: PenaltyEntry) -> list[ToDo]:
    """What looks personal and is neither masked nor overruled; also where the gates do not look."""
    open_ = watch.unsettled(entry)
    words = _("Mask what looks personal, or say why it may be shown.")
    fields = dict.fromkeys(seen.field for seen in open_ if not seen.is_name)
    names = dict.fromkeys(seen.field for seen in open_ if seen.is_name)
    masked = [ToDo(_("Mask the name of the person, who is not named."), _id(name)) for name in names]
    return [*(ToDo(words, _id(name)) for name in fields), *masked]


def _unreadable(entry: PenaltyEntry) -> list[ToDo]:
    """What stands in a field and cannot be read."""
    problems = entry.problems if entry.is_bound else {}
    return [ToDo(" ".join(map(str, words)), name) for name, words in problems.items() if words]


def _id(name: str) -> str:
    return f"id_{name}" if name else ""
