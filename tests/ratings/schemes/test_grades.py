"""What the shipped schemes make of made-up inspections: rules are tested without the shared tables too."""

from datetime import date
from itertools import product

import pytest

from records.ratings import schemes


def result(key: str, on: date | None = None, **inputs):
    outcome = schemes.get(key, on).grade(inputs)
    return outcome.value or outcome.status


STEPS, CONFIDENCE = (0, 5, 10, 15, 20, 25), (0, 5, 10, 20, 30)


def brand_standard(hygiene: int, structural: int, confidence: int) -> str:
    """The rating by walking down from 5 until both limits hold, as the guidance words it."""
    total, worst = hygiene + structural + confidence, max(hygiene, structural, confidence)
    for rating, most, single in ((5, 15, 5), (4, 20, 10), (3, 30, 10), (2, 40, 15), (1, 50, 20)):
        if total <= most and worst <= single:
            return str(rating)
    return "0"


def test_all_180_score_combinations_get_the_rating_of_the_brand_standard():
    combinations = list(product(STEPS, STEPS, CONFIDENCE))
    assert len(combinations) == 180
    for hygiene, structural, confidence in combinations:
        expected = brand_standard(hygiene, structural, confidence)
        assert result("uk-fhrs", hygiene=hygiene, structural=structural, confidence=confidence) == expected


def test_the_total_alone_would_be_wrong_for_112_of_the_180():
    def by_total(total):
        return str(next((5 - at for at, most in enumerate((15, 20, 30, 40, 50)) if total <= most), 0))

    wrong = [c for c in product(STEPS, STEPS, CONFIDENCE) if by_total(sum(c)) != brand_standard(*c)]
    assert len(wrong) == 112


@pytest.mark.parametrize("rating", ["pass_and_eat_safe", "pass", "improvement_required"])
def test_the_scottish_outcome_is_the_one_picked(rating):
    assert result("uk-fhis", outcome=rating) == rating


@pytest.mark.parametrize(
    ("score", "letter"),
    [
        (100, "A"),
        (90, "A"),
        (89.5, "B"),
        (80, "B"),
        (79.5, "C"),
        (70, "C"),
        (69.5, "D"),
        (60, "D"),
        (59.5, "F"),
        (0, "F"),
    ],
)
def test_a_half_point_below_a_bound_has_not_reached_it(score, letter):
    assert result("us-wake-county", score=score) == letter


def test_a_score_between_half_points_is_refused():
    with pytest.raises(schemes.InputError, match="in steps of"):
        result("us-wake-county", score=89.7)


@pytest.mark.parametrize(
    ("inputs", "expected", "card"),
    [
        ({"closed_at": "initial", "card_before": "A"}, "grade_pending_reopened", "grade_pending"),
        ({"closed_at": "re", "score": 33, "hearing": "pending"}, "grade_pending", "c_or_grade_pending"),
        ({"closed_at": "re", "score": 20, "hearing": "pending"}, "grade_pending", "b_or_grade_pending"),
        ({"closed_at": "re", "score": 33, "hearing": "waived"}, "C", "C"),
        ({"closed_at": "other", "card_before": "A"}, "grade_unchanged", "A"),
        ({"closed_at": "other", "card_before": "grade_pending"}, "grade_unchanged", "grade_pending"),
        ({"closed_at": "other"}, "grade_unchanged", "unchanged"),
    ],
)
def test_a_restaurant_that_reopens_gets_the_card_its_closure_leaves(inputs, expected, card):
    outcome = schemes.get("us-nyc").grade({"inspection": "reopening", **inputs})
    assert (outcome.value or outcome.status, outcome.card) == (expected, card)


def test_a_reopening_must_say_which_visit_closed_the_restaurant():
    with pytest.raises(schemes.InputError) as caught:
        result("us-nyc", inspection="reopening", score=3)
    assert caught.value.component == "closed_at"


def test_a_reinspection_on_day_six_is_refused_and_on_day_seven_graded():
    with pytest.raises(schemes.InputError, match="no sooner than 7 days") as caught:
        result("us-nyc", inspection="re", score=5, days_since_initial=6)
    assert caught.value.component == "days_since_initial"
    assert result("us-nyc", inspection="re", score=5, days_since_initial=7) == "A"


def test_a_mobile_unit_is_outside_the_new_york_scheme_even_with_a_good_score():
    assert result("us-nyc", inspection="initial", score=5, mobile=True) == "outside_scheme"


def test_points_after_a_hearing_need_a_decided_hearing_and_the_other_way_round():
    with pytest.raises(schemes.InputError, match="needed"):
        result("us-nyc", inspection="re", score=20, hearing="decided")
    with pytest.raises(schemes.InputError, match="hearing that is decided"):
        result("us-nyc", inspection="re", score=20, score_after_hearing=13)


def test_a_reinspection_without_points_names_the_missing_score():
    with pytest.raises(schemes.InputError, match="missing") as caught:
        result("us-nyc", inspection="re")
    assert caught.value.component == "score"


@pytest.mark.parametrize(
    ("on", "worst_two", "elite"),
    [
        (date(2021, 12, 31), "content", "elite"),
        (date(2022, 1, 1), "middle", "elite"),
        (date(2022, 3, 31), "middle", "elite"),
        (date(2022, 4, 1), "middle", None),
    ],
)
def test_the_danish_faces_change_in_january_2022_and_the_elite_smiley_ends_in_march(on, worst_two, elite):
    assert result("dk-smiley", on, results=[1, 2]) == worst_two
    history = {"results": [1], "last_reports": [1, 1, 1, 1]}
    if elite:
        assert result("dk-smiley", on, **history) == elite
    else:
        with pytest.raises(schemes.InputError, match="not a component"):
            result("dk-smiley", on, **history)


@pytest.mark.parametrize("reports", [[1, 1, 1], [1, 1, 1, 2]])
def test_no_elite_smiley_without_four_reports_that_are_all_happy(reports):
    assert result("dk-smiley", date(2015, 1, 1), results=[1], last_reports=reports) == "happy"


def test_a_good_record_of_exactly_three_years_is_not_more_than_three():
    assert result("sg-safe", years_licensed=4, years_of_good_record=3) == "B"
    assert result("sg-safe", years_licensed=4, years_of_good_record=1) == "B"
    assert result("sg-safe", years_licensed=4, years_of_good_record=0.99) == "not_graded"


def test_a_record_cannot_be_longer_than_the_licence():
    with pytest.raises(schemes.InputError, match="longer than the licence"):
        result("sg-safe", years_licensed=1, years_of_good_record=2)


def test_a_full_three_months_after_the_licence_a_dynamic_grade_is_given():
    assert result("cn-catering-dynamic", score=8, months_since_licence=3) == "good"
    assert result("cn-catering-dynamic", score=8, months_since_incident=6, failed_key_items=1) == "good"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([9.0], "A"), ([9.0, 8.9], "B"), ([7.5, 7.4], "C"), ([6.0], "C"), ([6.0, 5.9], "below_pass")],
)
def test_the_annual_grade_is_the_unrounded_average_of_the_year(scores, expected):
    assert result("cn-catering-annual", scores=scores) == expected


def test_a_year_without_a_scored_visit_has_no_annual_grade():
    assert result("cn-catering-annual") == "no_visits"


def test_an_inspection_policy_refuses_to_grade_and_is_not_among_the_schemes():
    [policy] = schemes.policies()
    with pytest.raises(TypeError, match="never published"):
        policy.grade({})
    assert policy.key not in {scheme.key for scheme in schemes.all_versions()}
    with pytest.raises(schemes.UnknownScheme, match="not a rating"):
        schemes.get(policy.key)
