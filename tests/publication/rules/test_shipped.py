"""The rule sets that ship: what is in force when, their limits as rows, and how they are told."""

import re
from datetime import date

import pytest
from django.utils import translation

from records.publication import rules
from records.publication.rules.load import HERE

ALL = rules.rule_sets()
KEYS = (
    "cn.ndrc36", "cn.ndrc58", "cn.samr107", "cn.samr45", "cn.shanghai", "cn.zhejiang", "neutral",
    "uk.appeal-embargo", "us.nyc", "us.open-record",
)  # fmt: skip
CHINA = ["cn.ndrc58", "cn.ndrc36", "cn.samr45", "cn.samr107"]


def test_the_rule_sets_are_ordered_by_key_and_day():
    assert tuple(rule.key for rule in ALL) == KEYS


@pytest.mark.parametrize("rule", ALL, ids=str)
def test_a_file_is_named_after_its_key_and_first_day(rule):
    assert rule.file == str(HERE / f"{rule.key}-{rule.version}.toml")


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        (date(2023, 4, 30), ["cn.samr45"]),
        (date(2023, 5, 1), ["cn.ndrc58", "cn.samr45"]),
        (date(2025, 12, 24), ["cn.ndrc58", "cn.samr45"]),
        (date(2025, 12, 25), ["cn.ndrc58", "cn.samr107"]),
        (date(2026, 3, 31), ["cn.ndrc58", "cn.samr107"]),
        (date(2026, 4, 1), ["cn.ndrc36", "cn.samr107"]),
        (date(2021, 8, 31), []),
    ],
)
def test_the_rules_of_the_day_govern(day, keys):
    assert [rule.key for rule in rules.governing(CHINA, day)] == keys


def test_without_a_rule_set_the_neutral_one_governs():
    assert [rule.key for rule in rules.governing([], date(2026, 5, 10))] == ["neutral"]


def test_a_key_that_is_named_twice_governs_once():
    assert len(rules.governing(["cn.ndrc36", "cn.ndrc36"], date(2026, 5, 10))) == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda: rules.get("cn.ndrc99"),
        lambda: rules.governing(["cn.ndrc36", "cn.ndrc99"], date(2026, 5, 10)),
    ],
)
def test_an_unknown_key_is_refused_and_the_known_ones_are_named(ask):
    with pytest.raises(rules.UnknownRuleSet) as caught:
        ask()
    assert str(caught.value) == f"there is no rule set 'cn.ndrc99'; known are {', '.join(KEYS)}"
    assert isinstance(caught.value, KeyError)


def test_a_day_before_the_first_version_is_refused():
    with pytest.raises(rules.UnknownRuleSet, match="its versions are 2026-04-01 to today"):
        rules.get("cn.ndrc36", date(2026, 3, 31))


@pytest.mark.parametrize("rule", ALL, ids=str)
def test_every_source_says_how_it_is_known_and_only_the_portals_own_are_choices(rule):
    assert all(source.mark in "VSMD" for source in rule.source)
    assert all((source.issuer == "Placard") == (source.mark == "D") for source in rule.source)


@pytest.mark.parametrize("rule", ALL, ids=str)
def test_rules_of_china_ask_for_notice_and_secrecy_and_count_days_in_china(rule):
    if rule.key.startswith("cn."):
        assert {"notice", "secrecy"} <= rule.needs
        assert rule.zone == "Asia/Shanghai"
        assert rule.languages == ("en", "zh")
        assert rule.withdraw_within == 3


def test_not_yet_adjudicated_is_labelled_in_new_york():
    assert rules.get("us.nyc").labels == {"not_adjudicated"}


def test_the_limits_are_rows_that_a_record_finds_by_its_class():
    rows = {(row.key, row.class_key): row for row in rules.bounds()}
    assert len(rows) == len(rules.bounds())
    day = date(2026, 4, 1)
    assert rows["cn.ndrc36", "minor"] == ("cn.ndrc36", day, "minor", 3, None, "decided", "only_if_necessary")
    assert rows["cn.ndrc36", "serious"][3:] == (36, None, "decided", "yes")
    assert rows["cn.samr107", "ordinary"][3:] == (12, None, "published", "yes")
    assert rows["cn.samr45", "restriction"][3:] == (None, None, "published", "yes")
    assert rows["cn.shanghai", "minor"][3:] == (None, None, "conduct_ended", "no")
    assert rows["cn.shanghai", "serious"][3:] == (60, None, "conduct_ended", "yes")
    assert rows["us.open-record", "minor"].months == 360
    for rule in ALL:
        assert {name for key, name in rows if key == rule.key} >= {*rules.SERIOUSNESS}


def test_a_limit_in_days_is_a_row_of_days():
    from dataclasses import replace

    rule = rules.get("neutral")
    short = replace(rule.class_of("minor"), max=rules.Period.of("P90D"))
    [row] = rules.bounds([replace(rule, classes={"minor": replace(short, key="minor", covers=())})])
    assert (row.months, row.days) == (None, 90)


@pytest.mark.parametrize("language", ["en", "zh-hans", "cy"])
@pytest.mark.parametrize("rule", ALL, ids=str)
def test_every_class_is_told_in_whole_sentences(rule, language):
    day = date(2026, 5, 10)
    facts = rules.Anchors(day, day, day, day, date(2031, 5, 10))
    with translation.override(language):
        for name in rule.names:
            hidden = rule.class_of(name).publish == "no"
            for found in [None] if hidden else [None, rules.periods(rule, name, facts)]:
                for line in rules.told(rule, name, found):
                    assert re.search(r"[.。]$", line), line
                    assert "%(" not in line


def test_an_ordinary_decision_is_told_with_its_law_and_its_days():
    rule = rules.get("cn.ndrc36")
    found = rules.periods(rule, "ordinary", rules.Anchors(date(2026, 5, 10)))
    assert rules.told(rule, "ordinary", found) == [
        "Ordinary decisions are shown for one year from the date of the decision (Order 36 of 2025).",
        "Among them are larger fines and confiscations.",
        "The time counts from 10 May 2026.",
        "This decision is shown until the end of 10 May 2027 and then disappears by itself.",
        "An earlier end may be asked for from 11 August 2026 on (Order 36 of 2025, articles 2 and 3; "
        "Document 22 of 2025).",
        "Conditions of an earlier end: the shortest time of display has passed; the breach is put right; "
        "all obligations of the decision are met; a public commitment is made.",
        "What is annulled or changed is withdrawn within 3 working days, with the reason.",
        "People are not named; of a sole trader, trade name and premises may be shown.",
        "The rule is known from reports of it; its own text was not read.",
    ]


@pytest.mark.parametrize(
    ("key", "name", "line"),
    [
        ("cn.ndrc36", "minor", "They are published only where that is necessary, for a reason"),
        ("cn.ndrc36", "ordinary", "An earlier end may be asked for after 3 months"),
        ("cn.samr107", "serious", "for 3 years from the day of their publication (Order 107 of 2025)."),
        ("cn.samr45", "restriction", "as long as the restriction lasts (Order 45 of 2021, article 13(3))."),
        ("cn.shanghai", "minor", "Minor decisions are not published (Regulations of Shanghai"),
        ("cn.shanghai", "serious", "for 5 years from the end of the conduct"),
        ("cn.zhejiang", "minor", "A decision is published only once it is final"),
        ("uk.appeal-embargo", "minor", "before the time to appeal, 21 days, has passed."),
        ("uk.appeal-embargo", "minor", "It appears 14 days after that."),
        ("us.nyc", "minor", "What no tribunal has confirmed yet is shown too, and labelled so."),
        ("neutral", "minor", "This limit is the portal's own; no law sets it."),
    ],
)  # fmt: skip
def test_what_is_special_about_a_rule_set_is_told(key, name, line):
    assert line in " ".join(rules.told(rules.get(key), name))
