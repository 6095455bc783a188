"""For how long decisions are shown: the table of periods wherever the server stands, what always holds."""

import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from records.publication import rules
from records.publication.rules import Anchors
from tests.ratings.schemes.tables import rows

DAY = timedelta(days=1)
SERVERS = (
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
)
ALL = rules.rule_sets()
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
SHOWN = [
    (rule, name)
    for rule in ALL
    for name in rule.names
    if rule.class_of(name).max
]  # fmt: skip


@contextmanager
def standing_in(zone: str):
    """The zone in which the server stands, for Python and for Django."""
    with pytest.MonkeyPatch.context() as patch, timezone.override(zone):
        patch.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(params=SERVERS)
def server(request):
    with standing_in(request.param):
        yield request.param


def everywhere(day: date) -> Anchors:
    return Anchors(day, published_on=day, conduct_ended_on=day, found_on=day)


@pytest.mark.parametrize("row", rows("periods.csv"))
def test_the_table_of_periods_holds_wherever_the_server_stands(row, server):
    key, _, name = row["rule"].partition(".")
    anchor = date.fromisoformat(row["anchor (decision date)"])
    rule = rules.get(f"cn.{key}")
    found = rules.periods(rule, name, Anchors(anchor))
    assert found.anchor_on == anchor
    assert found.last_day.isoformat() == row["last public day"]
    hidden = date.fromisoformat(row["hidden from 00:00 on"])
    assert found.hidden_from == hidden
    repair = row["repair may be applied for from"]
    assert (found.repair_from.isoformat() if found.repair_from else "when obligations are met") == repair
    instant = rules.hide_at(found, "America/New_York")  # the rule set's own zone counts
    assert instant == datetime(hidden.year, hidden.month, hidden.day, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert instant.astimezone(UTC).isoformat() == f"{hidden - DAY}T16:00:00+00:00"


def test_without_a_zone_of_its_own_a_rule_set_counts_the_days_of_the_authority(server):
    found = rules.periods(rules.get("neutral"), "minor", Anchors(date(2026, 3, 10)))
    assert rules.hide_at(found, "America/New_York") == datetime(2031, 3, 11, 4, tzinfo=UTC)
    assert rules.hide_at(found, "Asia/Kathmandu") == datetime(2031, 3, 10, 18, 15, tzinfo=UTC)


@given(DAYS, st.sampled_from(SHOWN))
def test_an_early_end_can_be_asked_for_before_the_display_is_over(day, shown):
    found = rules.periods(*shown, everywhere(day))
    assert found.hidden_from == found.last_day + DAY
    assert day < found.last_day
    if found.repair_from:
        assert day < found.repair_from
        assert found.last_day >= found.repair_from - DAY


@given(DAYS, st.sampled_from(SHOWN), st.sampled_from(SERVERS), st.sampled_from(SERVERS))
def test_the_same_input_gives_the_same_days_and_instant_in_every_zone(day, shown, one, other):
    results = []
    for zone in (one, other):
        with standing_in(zone):
            found = rules.periods(*shown, everywhere(day))
            results.append((found, rules.hide_at(found, "Europe/London").timestamp()))
    assert results[0] == results[1]


@given(DAYS, DAYS, st.sampled_from(SHOWN))
def test_a_later_day_to_count_from_never_ends_earlier(one, other, shown):
    early, late = sorted((one, other))
    assert (
        rules.periods(*shown, everywhere(early)).last_day <= rules.periods(*shown, everywhere(late)).last_day
    )


@given(DAYS, st.lists(st.sampled_from(SHOWN), min_size=1, max_size=5))
def test_of_several_rule_sets_the_one_that_hides_first_decides(day, shown):
    found = [rules.periods(rule, name, everywhere(day)) for rule, name in shown]
    first = rules.combined(found)
    assert first in found
    assert first.hidden_from == min(item.hidden_from for item in found)


def test_of_two_that_hide_on_one_day_the_sooner_early_end_counts():
    day = date(2026, 5, 10)
    strict = rules.periods(rules.get("cn.ndrc58"), "food_drug_special_safety_fire", Anchors(day))
    mild = rules.periods(rules.get("cn.ndrc58"), "default", Anchors(day))
    none = rules.periods(rules.get("us.nyc"), "minor", Anchors(day))
    assert rules.combined([none, strict, mild]) is mild
    assert rules.combined([none, strict]) is strict


def test_what_no_rule_set_governs_is_not_shown():
    with pytest.raises(rules.NotShown, match="no rule set"):
        rules.combined([])


@given(st.lists(st.sampled_from(rules.SERIOUSNESS), min_size=1), st.sampled_from(ALL))
def test_of_several_classes_the_one_shown_longest_counts(classes, rule):
    worst = rules.longest(classes)
    assert worst == max(classes, key=("minor", "ordinary", "serious").index)
    chosen = rule.class_of(rules.longest(classes, rule))
    if not chosen.until and chosen.max:
        ends = [found.max.last_day(date(2026, 1, 1)) for found in map(rule.class_of, classes) if found.max]
        assert chosen.max.last_day(date(2026, 1, 1)) == max(ends)


@pytest.mark.parametrize(
    ("key", "classes", "expected"),
    [
        ("cn.ndrc58", ["default", "food_drug_special_safety_fire"], "food_drug_special_safety_fire"),
        ("cn.samr45", ["serious", "restriction", "minor"], "restriction"),
        ("cn.shanghai", ["minor", "ordinary"], "ordinary"),
    ],
)
def test_classes_of_a_rule_set_are_compared_by_its_periods(key, classes, expected):
    assert rules.longest(classes, rules.get(key)) == expected


def test_a_class_without_a_rank_needs_its_rule_set():
    with pytest.raises(ValueError):
        rules.longest(["ordinary", "restriction"])


@pytest.mark.parametrize(
    ("key", "anchor"),
    [("cn.samr107", "published"), ("cn.shanghai", "conduct_ended"), ("cn.zhejiang", "found")],
)
def test_a_missing_day_to_count_from_is_named(key, anchor):
    with pytest.raises(rules.MissingAnchor) as caught:
        rules.periods(rules.get(key), "serious", Anchors(date(2026, 5, 10)))
    assert caught.value.anchor == anchor


def test_each_rule_set_counts_from_its_own_day():
    facts = Anchors(date(2026, 5, 10), date(2026, 6, 1), date(2026, 3, 3), date(2026, 4, 4))
    ends = {
        key: rules.periods(rules.get(key), "serious", facts).last_day.isoformat()
        for key in ("cn.ndrc36", "cn.samr107", "cn.shanghai", "cn.zhejiang")
    }
    assert ends == {
        "cn.ndrc36": "2029-05-10",
        "cn.samr107": "2029-06-01",
        "cn.shanghai": "2031-03-03",
        "cn.zhejiang": "2031-04-04",
    }


def test_a_restriction_is_shown_as_long_as_it_lasts():
    rule, published = rules.get("cn.samr45"), date(2025, 3, 1)
    facts = Anchors(date(2025, 2, 1), published, restricted_until=date(2030, 1, 31))
    found = rules.periods(rule, "restriction", facts)
    assert (found.last_day, found.hidden_from) == (date(2030, 1, 31), date(2030, 2, 1))
    assert found.repair_from is None
    with pytest.raises(rules.MissingAnchor) as caught:
        rules.periods(rule, "restriction", Anchors(date(2025, 2, 1), published))
    assert caught.value.anchor == "restricted_until"


def test_a_class_that_is_not_shown_has_no_periods():
    with pytest.raises(rules.NotShown, match=r"cn\.shanghai does not show"):
        rules.periods(rules.get("cn.shanghai"), "minor", everywhere(date(2026, 5, 10)))


def test_an_unknown_class_is_refused_and_the_known_ones_are_named():
    with pytest.raises(rules.UnknownClass, match="'grave'; known are minor, ordinary, serious"):
        rules.periods(rules.get("cn.ndrc36"), "grave", Anchors(date(2026, 5, 10)))
