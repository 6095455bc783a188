"""From when decisions may be shown: embargoes, and the time until nobody can contest them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from records.publication import rules
from records.publication.calendars import Calendar
from records.publication.rules import Embargo, Release

LONDON, SHANGHAI = ZoneInfo("Europe/London"), ZoneInfo("Asia/Shanghai")
UK, ZHEJIANG, NEUTRAL = rules.get("uk.appeal-embargo"), rules.get("cn.zhejiang"), rules.get("neutral")
DECIDED, SERVED = date(2026, 3, 1), date(2026, 3, 2)


def with_embargo(**changes) -> rules.RuleSet:
    return replace(NEUTRAL, embargo=Embargo(**({"days": 21, "after": "served"} | changes)))


@pytest.mark.parametrize(
    ("count_from", "last_day"), [("inclusive", date(2026, 3, 22)), ("exclusive", date(2026, 3, 23))]
)
def test_twenty_one_days_from_the_second_of_march_end_by_the_way_of_counting(count_from, last_day):
    """NI: "21 days beginning with the day"; Wales: "from the date of receipt"."""
    embargo = Embargo(21, "notified", count_from=count_from)
    assert embargo.last_day(SERVED) == last_day


@pytest.mark.parametrize(("count_from", "first"), [("inclusive", 23), ("exclusive", 24)])
def test_an_embargo_ends_with_the_day_after_the_last(count_from, first):
    until = rules.embargo_until(with_embargo(count_from=count_from), DECIDED, SERVED, "Europe/London")
    assert until == datetime(2026, 3, first, tzinfo=LONDON)


def test_a_notice_is_entered_fourteen_days_after_the_time_to_appeal():
    until = rules.embargo_until(UK, DECIDED, SERVED, "America/New_York")
    assert until == datetime(2026, 4, 6, tzinfo=LONDON)  # 23 March and 14 days, in the zone of the rule
    assert until.astimezone(UTC) == datetime(2026, 4, 5, 23, tzinfo=UTC)  # summer time has begun


@pytest.mark.parametrize(
    ("count_from", "calendar", "last_day"),
    [
        ("exclusive", Calendar(), date(2026, 3, 9)),
        ("inclusive", Calendar(), date(2026, 3, 6)),
        ("exclusive", Calendar(holidays=[date(2026, 3, 3)]), date(2026, 3, 10)),
        ("exclusive", Calendar(weekend=[5, 6]), date(2026, 3, 9)),
        ("exclusive", Calendar(weekend=[4, 5]), date(2026, 3, 9)),
        ("exclusive", None, date(2026, 3, 9)),
    ],
)
def test_an_embargo_of_working_days_knows_weekends_and_holidays(count_from, calendar, last_day):
    assert Embargo(5, "served", working=True, count_from=count_from).last_day(SERVED, calendar) == last_day


@pytest.mark.parametrize(("after", "first"), [("decided", 23), ("served", 24), ("notified", 30)])
def test_an_embargo_counts_from_the_day_that_its_rule_names(after, first):
    until = rules.embargo_until(
        with_embargo(after=after), DECIDED, SERVED, "UTC", notified_on=date(2026, 3, 8)
    )
    assert until == datetime(2026, 3, first, tzinfo=UTC)


def test_the_notice_is_the_service_where_no_other_day_is_known():
    until = rules.embargo_until(with_embargo(after="notified"), DECIDED, SERVED, "UTC")
    assert until == datetime(2026, 3, 24, tzinfo=UTC)


@pytest.mark.parametrize("after", ["served", "notified"])
def test_an_embargo_without_its_day_names_what_is_missing(after):
    with pytest.raises(rules.MissingAnchor) as caught:
        rules.embargo_until(with_embargo(after=after), DECIDED, None, "UTC")
    assert caught.value.anchor == after


def test_zhejiang_waits_for_the_longer_of_review_and_suit():
    assert rules.final_from(ZHEJIANG, SERVED) == date(2026, 9, 3)  # six months after 2 March, and a day
    until = rules.publish_from(ZHEJIANG, Release(DECIDED, SERVED), "UTC")
    assert until == datetime(2026, 9, 3, tzinfo=SHANGHAI)


def test_a_time_to_sue_that_ends_on_a_holiday_ends_on_the_next_working_day():
    served = date(2026, 4, 1)  # six months later is the National Day, and the week is free
    holidays = [date(2026, 10, day) for day in range(1, 8)]
    assert rules.final_from(ZHEJIANG, served) == date(2026, 10, 2)
    assert rules.final_from(ZHEJIANG, served, calendar=Calendar(holidays=holidays)) == date(2026, 10, 9)


def test_no_holiday_moves_the_day_on_which_a_decision_is_hidden():
    found = rules.periods(rules.get("cn.ndrc36"), "ordinary", rules.Anchors(date(2026, 10, 1)))
    assert found.last_day == date(2027, 10, 1)


def test_a_decision_that_was_upheld_is_final_at_once():
    assert rules.final_from(ZHEJIANG, SERVED, upheld_on=date(2026, 5, 20)) == date(2026, 5, 20)
    assert rules.final_from(ZHEJIANG, None, upheld_on=date(2026, 5, 20)) == date(2026, 5, 20)
    assert rules.final_from(ZHEJIANG, SERVED, upheld_on=date(2027, 5, 20)) == date(2026, 9, 3)


def test_giving_up_makes_a_decision_final_only_where_the_rule_says_so():
    assert rules.final_from(ZHEJIANG, SERVED, waived_on=date(2026, 4, 1)) == date(2026, 9, 3)
    waivable = replace(ZHEJIANG, finality=replace(ZHEJIANG.finality, released_by=("waived",)))
    assert rules.final_from(waivable, SERVED, waived_on=date(2026, 4, 1)) == date(2026, 4, 1)


def test_finality_without_service_names_what_is_missing():
    with pytest.raises(rules.MissingAnchor) as caught:
        rules.final_from(ZHEJIANG, None)
    assert caught.value.anchor == "served"


def test_while_a_decision_is_contested_nobody_can_tell_when_it_may_be_shown():
    contested = Release(DECIDED, SERVED, contested=True, upheld_on=date(2026, 5, 20))
    assert [wait.kind for wait in rules.waits(ZHEJIANG, contested, "UTC")] == ["contest"]
    with pytest.raises(rules.Contested):
        rules.publish_from(ZHEJIANG, contested, "UTC")


def test_a_contest_does_not_matter_where_no_rule_asks_for_finality():
    contested = Release(DECIDED, SERVED, contested=True)
    assert rules.publish_from(rules.get("us.nyc"), contested, "UTC") is None


def test_embargo_and_finality_are_both_waited_for():
    kinds = {wait.kind: wait.until for wait in rules.waits(UK, Release(DECIDED, SERVED), "UTC")}
    assert kinds == {
        "embargo": datetime(2026, 4, 6, tzinfo=LONDON),
        "finality": datetime(2026, 3, 24, tzinfo=LONDON),
    }
    assert rules.publish_from(UK, Release(DECIDED, SERVED), "UTC") == kinds["embargo"]


def test_a_waivable_embargo_ends_when_the_respondent_asks_for_it():
    release = Release(DECIDED, SERVED, waived_on=date(2026, 3, 5))
    assert rules.publish_from(with_embargo(waivable=True), release, "UTC") is None
    assert rules.publish_from(with_embargo(), release, "UTC") == datetime(2026, 3, 24, tzinfo=UTC)


def test_a_rule_set_that_waits_for_nothing_says_so():
    assert rules.waits(NEUTRAL, Release(DECIDED), "UTC") == ()
    assert rules.embargo_until(NEUTRAL, DECIDED, None, "UTC") is None
    assert rules.final_from(NEUTRAL, None) is None
