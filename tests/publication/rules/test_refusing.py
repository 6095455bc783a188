"""For which reasons a rule set keeps a decision from the public."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from records.publication import rules
from records.publication.rules import Case

NDRC36, SAMR107, SHANGHAI = rules.get("cn.ndrc36"), rules.get("cn.samr107"), rules.get("cn.shanghai")
FINE, WARNING = ("fine",), ("warning",)
HARD = [
    ({"public_security": True}, "public_security"),
    ({"under_18": True}, "under_18"),
    ({"kinds": ("fine", "detention")}, "detention"),
]


def reasons(rule, **facts) -> list[str]:
    case = Case(**({"seriousness": "ordinary", "kinds": FINE, "procedure": "ordinary"} | facts))
    return [refusal.reason for refusal in rules.refusals(rule, case)]


@pytest.mark.parametrize(("facts", "reason"), HARD)
@pytest.mark.parametrize("rule", rules.rule_sets(), ids=str)
def test_three_reasons_refuse_in_every_rule_set(rule, facts, reason):
    seriousness = "serious"
    assert reason in reasons(rule, seriousness=seriousness, necessary=True, **facts)


@pytest.mark.parametrize(("facts", "reason"), HARD)
def test_they_refuse_whatever_a_rule_set_says(facts, reason):
    nothing = replace(NDRC36, never=())
    assert reasons(nothing, **facts) == [reason]
    overcome = replace(NDRC36, never=tuple(replace(never, unless_necessary=True) for never in NDRC36.never))
    assert reason in reasons(overcome, seriousness="minor", necessary=True, **facts)


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (NDRC36, {}, []),
        (NDRC36, {"seriousness": "minor"}, ["necessity"]),
        (NDRC36, {"seriousness": "minor", "necessary": True}, []),
        (NDRC36, {"kinds": WARNING}, ["warning_only"]),
        (NDRC36, {"kinds": WARNING, "necessary": True}, ["warning_only"]),  # only as a minor one
        (NDRC36, {"kinds": WARNING, "seriousness": "minor"}, ["warning_only", "necessity"]),
        (NDRC36, {"kinds": WARNING, "seriousness": "minor", "necessary": True}, []),
        (NDRC36, {"kinds": ("warning", "fine")}, []),
        (NDRC36, {"procedure": "summary"}, ["summary"]),
        (NDRC36, {"procedure": "summary", "seriousness": "minor", "necessary": True}, []),
        (SAMR107, {"kinds": WARNING, "seriousness": "minor", "necessary": True}, ["warning_only"]),
        (SAMR107, {"procedure": "summary", "necessary": True}, ["summary"]),
        (SAMR107, {"kinds": ("public_criticism",), "seriousness": "minor"}, []),
        (SHANGHAI, {"seriousness": "minor", "necessary": True}, ["class"]),
        (SHANGHAI, {"harm_removed": True}, ["harm_removed"]),
        (SHANGHAI, {}, []),
        (rules.get("us.open-record"), {"kinds": WARNING, "procedure": "summary"}, []),
        (rules.get("neutral"), {"kinds": WARNING}, ["warning_only"]),
    ],
)
def test_a_rule_set_refuses_for_its_own_reasons(rule, facts, expected):
    assert reasons(rule, **facts) == expected


def test_a_reason_is_a_sentence_in_the_language_of_the_reader():
    case = Case("ordinary", kinds=WARNING)
    [refusal] = rules.refusals(SAMR107, case)
    assert refusal.words == "A warning alone is not published (Order 107 of 2025)."
    with translation.override("zh-hans"):
        [refusal] = rules.refusals(SAMR107, case)
    assert refusal.words == "仅受到警告行政处罚的不予公示(第107号令)。"


def test_an_unknown_class_is_no_way_around():
    with pytest.raises(rules.UnknownClass):
        rules.refusals(NDRC36, Case("unknown"))


@pytest.mark.parametrize("rule", rules.rule_sets(), ids=str)
def test_people_are_not_named_unless_a_written_rule_says_so(rule):
    named = rule.persons == "named"
    assert bool(rule.persons_rule) or not named
    assert rule.naming("organisation") == rule.naming("public_body") == "named"
    assert rule.naming("natural_person") == ("named" if named else "never")
    assert rule.naming("sole_trader") == rule.persons


def test_what_a_written_rule_allows_is_allowed():
    allowed = replace(NDRC36, persons="named", persons_rule="Names Order 2026, section 2")
    assert allowed.naming("natural_person") == allowed.naming("sole_trader") == "named"
    strict = replace(NDRC36, persons="never")
    assert strict.naming("sole_trader") == strict.naming("natural_person") == "never"


def test_an_early_end_is_excluded_by_kind_and_answered_in_working_days():
    from records.publication.calendars import Calendar

    early = rules.get("cn.samr45").early_end
    assert early.excluded(("fine", "licence_revocation")) == ("licence_revocation",)
    assert early.excluded(FINE) == ()
    friday, week = date(2026, 5, 8), Calendar()
    assert NDRC36.early_end.reply_by(friday, week) == date(2026, 5, 22)
    assert NDRC36.early_end.decide_by(friday, week) == date(2026, 5, 13)
    assert early.reply_by(friday, week) is None
    assert NDRC36.withdraw_by(friday, week) == date(2026, 5, 13)
    assert NDRC36.withdraw_by(friday, Calendar(weekend=[5, 6])) == date(2026, 5, 12)
