"""Components about the past, computed from dated visits."""

from datetime import date

import pytest

from records.ratings import schemes
from records.ratings.schemes import Visit
from records.ratings.schemes.history import elapsed
from records.ratings.schemes.vocabulary import add, add_months

SMILEY = schemes.get("dk-smiley", date(2015, 1, 1))


def reports(*dated: tuple[str, list[int]]) -> list[Visit]:
    return [Visit(date.fromisoformat(on), {"results": results}) for on, results in dated]


CLEAN = reports(("2012-01-10", [1]), ("2013-01-10", [1, 1]), ("2014-01-10", [1]), ("2015-01-10", [1, 1, 1]))


def test_four_happy_reports_without_any_remark_make_an_elite_smiley():
    on = date(2015, 1, 10)
    facts = SMILEY.derive(CLEAN, on)
    assert facts == {"last_reports": [1, 1, 1, 1]}
    assert SMILEY.grade({"results": [1, 1, 1]} | facts).value == "elite"


@pytest.mark.parametrize(
    ("remark_on", "months", "smiley"), [("2014-02-10", 11, "happy"), ("2014-01-10", 12, "elite")]
)
def test_a_remark_counts_for_twelve_full_months(remark_on, months, smiley):
    clean = reports(("2014-05-01", [1]), ("2014-07-01", [1]), ("2014-09-01", [1]), ("2015-01-10", [1]))
    facts = SMILEY.derive([*clean, *reports((remark_on, [1, 2]))], date(2015, 1, 10))
    assert facts == {"last_reports": [1, 1, 1, 1], "months_since_remark": months}
    assert SMILEY.grade({"results": [1]} | facts).value == smiley


def test_the_worst_area_of_each_of_the_last_four_reports_counts_newest_first():
    facts = SMILEY.derive([*CLEAN, *reports(("2015-02-01", [1, 3, 1]))], date(2015, 2, 1))
    assert facts == {"last_reports": [3, 1, 1, 1], "months_since_remark": 0}


def test_visits_after_the_day_asked_for_are_not_the_past():
    assert SMILEY.derive(CLEAN, date(2013, 6, 1)) == {"last_reports": [1, 1]}
    assert SMILEY.derive(CLEAN, date(2011, 1, 1)) == {}


def test_a_visit_with_a_value_that_the_scheme_does_not_allow_is_refused():
    with pytest.raises(schemes.InputError, match="results: 5"):
        SMILEY.derive(reports(("2014-01-01", [5])), date(2015, 1, 1))


def test_the_days_since_the_first_visit_of_the_latest_cycle_decide_about_a_reinspection():
    nyc, on = schemes.get("us-nyc"), date(2026, 3, 8)
    past = [
        Visit(date(2025, 3, 1), {"inspection": "initial", "score": 5}),
        Visit(date(2026, 3, 2), {"inspection": "initial", "score": 20}),
    ]
    facts = nyc.derive(past, on)
    assert facts == {"days_since_initial": 6}
    with pytest.raises(schemes.InputError, match="7 days"):
        nyc.grade({"inspection": "re", "score": 5} | facts)
    assert nyc.grade({"inspection": "re", "score": 5} | nyc.derive(past, date(2026, 3, 9))).value == "A"


@pytest.mark.parametrize(
    ("on", "grade"), [("2027-01-31", "NEW"), ("2027-02-01", "B"), ("2029-02-01", "B"), ("2029-02-02", "A")]
)
def test_a_good_record_grows_from_the_licence_and_passes_its_limits_on_the_day(on, grade):
    safe = schemes.get("sg-safe")
    facts = safe.derive([], date.fromisoformat(on), opened_on=date(2026, 2, 1))
    assert safe.grade(facts).value == grade


def test_a_suspension_begins_the_good_record_anew():
    safe = schemes.get("sg-safe")
    past = [Visit(date(2027, 7, 1), {"suspended": True})]
    facts = safe.derive(past, date(2028, 7, 1), opened_on=date(2020, 7, 1))
    assert facts == {"years_licensed": 8, "years_of_good_record": 1}
    assert safe.grade(facts | {"suspended": True}).value == "C"
    assert safe.grade(facts).value == "B"


def test_the_scores_of_the_last_twelve_months_make_the_annual_grade():
    annual = schemes.get("cn-catering-annual")
    past = [
        Visit(date(year, 6, 1), {"scores": [score]})
        for year, score in ((2023, 9.9), (2024, 6.1), (2025, 8.9))
    ]
    facts = annual.derive(past, date(2025, 6, 1))
    assert facts == {"scores": [8.9]}
    assert annual.grade(facts).value == "B"


def test_the_months_since_a_licence_are_full_months():
    dynamic = schemes.get("cn-catering-dynamic")
    assert dynamic.derive([], date(2025, 5, 30), opened_on=date(2025, 2, 28)) == {"months_since_licence": 3}
    assert dynamic.derive([], date(2025, 5, 27), opened_on=date(2025, 2, 28)) == {"months_since_licence": 2}
    assert dynamic.derive([], date(2025, 5, 27), opened_on=date(2026, 2, 28)) == {}


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        ((2024, 1, 31), "P1M", (2024, 2, 29)),
        ((2024, 2, 29), "P1Y", (2025, 2, 28)),
        ((2024, 12, 31), "P2M", (2025, 2, 28)),
        ((2024, 1, 1), "PT24H", (2024, 1, 2)),
        ((2024, 1, 1), "PT25H", (2024, 1, 3)),
        ((2024, 1, 1), "P1Y2M3D", (2025, 3, 4)),
    ],
)
def test_durations_are_added_by_the_calendar(start, duration, expected):
    assert add(date(*start), duration) == date(*expected)


def test_full_units_are_counted_down_at_the_ends_of_months():
    assert elapsed(date(2024, 1, 31), date(2024, 2, 28), "months") == 0
    assert elapsed(date(2024, 1, 31), date(2024, 2, 29), "months") == 1
    assert elapsed(date(2024, 2, 29), date(2025, 2, 28), "years") == 1
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
