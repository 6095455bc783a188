"""The gates: each takes a `Case` and gives one reason against showing it, or "" where there is none.

To add a reason to refuse, write a function, mark it with its code, its source in law and what follows
(refuse, hold, archive or withdraw), and name it in GATES.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.penalties import kinds, timing
from records.penalties.case import Case
from records.publication import guard, joining, rules
from records.publication.rules import MissingAnchor

HARD = ("under_18", "public_security", "detention")
"""Reasons that have a gate of their own, because no rule set can lift them."""


def gate(code: str, source: str = "", outcome: str = "refuse"):
    """Mark a function as a gate: its code in records and files, where the rule is written, what follows."""

    def mark(function: Callable[[Case], str]):
        function.code, function.source, function.outcome = code, source, outcome
        return function

    return mark


# -- what every decision must say

SAID = (
    gettext_lazy("the decision number"),
    gettext_lazy("the date of the decision"),
    gettext_lazy("the respondent"),
    gettext_lazy("the facts"),
    gettext_lazy("a sanction"),
    gettext_lazy("the domain"),
    gettext_lazy("the source document"),
)
"""What the first gate looks for, in words."""


@gate("incomplete", "行政处罚法 59")
def says_what_was_decided(case: Case) -> str:
    """Number, date, respondent, facts and a sanction: without them there is no decision."""
    held = (
        case.decision_number, case.decided_on, case.respondent, case.texts.get("facts"), case.sanctions,
        case.domain, case.has_document,
    )  # fmt: skip
    if all(held):
        return ""
    missing = joining.listed(label for label, value in zip(SAID, held, strict=True) if not value)
    return _("Still missing: %(what)s.") % {"what": missing}


@gate("no_basis", "No legal basis, no record")
def rests_on_a_law(case: Case) -> str:
    """A sanction needs a law, and the decision says which."""
    if not case.laws or not case.texts.get("legal_basis"):
        return _("Name the law that the sanction rests on, and give the legal basis in the decision's words.")
    return ""


@gate("memorandum", "国办发〔2020〕49号")
def rests_on_more_than_a_memorandum(case: Case) -> str:
    """A memorandum of understanding is not law; it can only stand beside one."""
    if case.laws and all(law.rank == "memorandum" for law in case.laws):
        return _("A memorandum is not a law. Name the law that the sanction rests on.")
    return ""


@gate("not_in_catalogue", "上海市社会信用条例 9(3)")
def is_in_the_catalogue(case: Case) -> str:
    """Only types of violation that were in force on the day of the decision may be recorded."""
    if not case.violations:
        return _("Choose the type of violation from the catalogue.")
    if case.decided_on is None:
        return ""
    ended = [v.code for v in case.violations if not v.in_force(case.decided_on)]
    if ended:
        return _("Not in force on the day of the decision: %(codes)s. Choose another type of violation.") % {
            "codes": joining.listed(ended)
        }
    return ""


@gate("future", "行政处罚法 59")
def was_decided_already(case: Case) -> str:
    """Nobody decides tomorrow."""
    if case.decided_on and case.decided_on > case.today:
        return _("The date of the decision, %(date)s, lies in the future. Correct the date.") % {
            "date": case.decided_on.isoformat()
        }
    return ""


@gate("domain", "Separate professions stay separate")
def belongs_to_the_authority(case: Case) -> str:
    """An authority decides only in its own domains."""
    if case.domain and case.domain not in case.authority.domains:
        return _("The authority does not act in this domain. Choose another domain.")
    return ""


@gate("duplicate", "One decision, one record")
def is_recorded_once(case: Case) -> str:
    """One decision has one record."""
    if case.duplicate:
        return _("The authority already has a decision with this number. Look it up before you go on.")
    return ""


@gate("one_person", "行政处罚法 58")
def is_checked_by_another_person(case: Case) -> str:
    """Whoever entered a decision does not check it."""
    if case.checker is not None and case.checker == case.maker:
        return _("You entered this decision; another person checks it.")
    return ""


# -- what is never shown, or not as it is


@gate("under_18", "预防未成年人犯罪法 59(2)")
def is_not_about_a_minor(case: Case) -> str:
    """Records about persons under 18 are sealed."""
    if case.under_18:
        return _("The respondent was under 18: the law seals such a record, and it is never shown.")
    return ""


@gate("public_security", "治安管理处罚法 136")
def is_not_sealed_by_law(case: Case) -> str:
    """Public-security offences are sealed since 2026, and detention is never shown."""
    if any(law.public_security for law in case.laws) or "detention" in case.sanctions:
        return _("The law seals decisions of this kind; it is never shown.")
    return ""


@gate("person", "山东省社会信用条例 20; GDPR 10")
def names_no_person(case: Case) -> str:
    """Natural persons are out, unless a written rule names them and naming them is proportionate."""
    person = case.respondent_kind in kinds.Respondent.PERSONS
    if person and case.person_rule:
        allowed = all(rule.persons == "named" for rule in case.rules)
        if not allowed:
            return _("No rule set of the authority allows persons to be named.")
        return "" if case.proportionality_note else _("Write down why naming the person is proportionate.")
    if case.respondent_kind == "natural_person":
        return _("A natural person is not shown: no written rule provides for it.")
    return ""


@gate("premises", "Premises, not the person's name")
def shows_premises_for_a_sole_trader(case: Case) -> str:
    """A sole trader's own name is personal data; what is shown is the trading name and premises."""
    if case.respondent_kind != "sole_trader" or case.person_rule:
        return ""
    if not case.premises:
        return _("Give the trading name and premises; they are shown in place of the sole trader's name.")
    shown = {name: text for name, text in case.texts.items() if name != "respondent"}
    where = [name for name, text in shown.items() if guard.names_in(text, case.respondent)]
    if where:
        return _("The sole trader's name stands in: %(fields)s. Mask it there.") % {
            "fields": joining.listed(where)
        }
    return ""


@gate("personal_data", "个人信息保护法 6; GDPR 5(1)(c)")
def holds_no_personal_data(case: Case) -> str:
    """Numbers, addresses and accounts of persons are masked, or somebody says why they may be shown."""
    found = guard.scan_fields(case.texts)
    if not found or (case.overrule_reason and case.overrule_of == case.digest):
        return ""
    told = joining.apart(f"{item.field}: {item.found.words} ({item.hint})" for item in found[:5])
    return _("Found what looks personal. Mask it, or say why it may be shown. %(found)s") % {"found": told}


@gate("annulled", "行政处罚法 48(2)", "withdraw")
def still_stands(case: Case) -> str:
    """What was annulled before it was shown is withdrawn and never shown."""
    return _("The decision was annulled. Withdraw it; it is never shown.") if case.annulled else ""


# -- what the rule sets of the authority ask for


@gate("no_rule", "The rule sets of the authority")
def has_a_rule_to_be_shown_under(case: Case) -> str:
    """Without a rule set in force nobody can say why and for how long it is shown."""
    return "" if case.rules else _("None of the rule sets of the authority is in force. Name one that is.")


@gate("notice", "Order 45 art. 8")
def was_announced(case: Case) -> str:
    """The respondent is told in writing that the decision will be shown."""
    if any("notice" in rule.needs for rule in case.rules) and case.notice_served_on is None:
        return _("The respondent was not yet told of the publication. Give the day on which that was served.")
    return ""


@gate("secrecy", "行政处罚法 50")
def was_checked_for_secrets(case: Case) -> str:
    """Somebody has looked whether it holds state or trade secrets, and stands for it by name."""
    if any("secrecy" in rule.needs for rule in case.rules) and not case.secrecy_checked:
        return _("Nobody has recorded the check for state and trade secrets.")
    return ""


@gate("rule_set", "The rule sets of the authority")
def is_shown_under_its_rule_sets(case: Case) -> str:
    """A warning alone, a decision on the spot, a minor one: each rule set says what it does not show."""
    for rule in case.rules:
        asked = rules.Case(
            case.level_in(rule), case.sanctions, case.procedure,
            any(law.public_security for law in case.laws), case.under_18, case.harm_removed,
            bool(case.necessity_note),
        )  # fmt: skip
        for refusal in rules.refusals(rule, asked):
            if refusal.reason not in HARD:
                return refusal.words
    return ""


@gate("no_anchor", "The day from which time counts")
def has_a_day_to_count_from(case: Case) -> str:
    """Without the day from which time counts nobody can say when it ends."""
    try:
        if case.decided_on and case.rules:
            timing.periods(case, case.today)
            timing.waits(case)
    except rules.NotShown:
        return ""
    except MissingAnchor as missing:
        words = {
            "conduct_ended": _("the day on which the conduct ended"),
            "found": _("the day on which it was found"),
            "restricted_until": _("the last day of the restriction"),
            "served": _("the day on which the decision was served"),
            "notified": _("the day on which the respondent was told of the publication"),
        }
        return _("Time is counted from a day that is not known: give %(what)s.") % {
            "what": words.get(missing.anchor, missing.anchor)
        }
    return ""


@gate("over", "The period is over", "archive")
def is_not_over(case: Case) -> str:
    """What would have to be hidden already is not shown for the first time."""
    periods = timing.safe_periods(case, case.today)
    if periods is not None and periods.hidden_from is not None and periods.hidden_from <= case.today:
        return _("The time for showing it was over on %(date)s. It is not shown.") % {
            "date": periods.hidden_from.isoformat()
        }
    return ""


@gate("contested", "浙江省公共信用信息管理条例 11(2)", "hold")
def is_not_contested_where_it_must_be_final(case: Case) -> str:
    """Under some rules a decision is shown only when no review can change it any more."""
    if case.contested and case.final_on is None and any(rule.finality for rule in case.rules):
        return _("A review is open. It waits until the decision is final.")
    return ""


GATES = (
    says_what_was_decided,
    rests_on_a_law,
    rests_on_more_than_a_memorandum,
    is_in_the_catalogue,
    was_decided_already,
    belongs_to_the_authority,
    is_recorded_once,
    is_checked_by_another_person,
    is_not_about_a_minor,
    is_not_sealed_by_law,
    names_no_person,
    shows_premises_for_a_sole_trader,
    holds_no_personal_data,
    still_stands,
    has_a_rule_to_be_shown_under,
    was_announced,
    was_checked_for_secrets,
    is_shown_under_its_rule_sets,
    has_a_day_to_count_from,
    is_not_over,
    is_not_contested_where_it_must_be_final,
)

BY_CODE = {function.code: function for function in GATES}

BEFORE_CHECKING = frozenset({"one_person"})
"""Gates that only a checker can fail."""
