"""Every row of the decision tables is a test; they are read where they lie."""

import pytest

from records.ratings import schemes
from tests.ratings.schemes.tables import (
    NYC_CARDS,
    NYC_GRADES,
    OTHER,
    OTHER_EXPECTED,
    REFUSED,
    fhrs_inputs,
    nyc_inputs,
    rows,
)


@pytest.mark.parametrize("row", rows("fhrs.csv"))
def test_a_row_of_the_uk_table_gets_its_rating(row):
    scheme = schemes.get("uk-fhrs")
    if row["rating"] == "INVALID":
        with pytest.raises(schemes.InputError):
            scheme.grade(fhrs_inputs(row))
    else:
        outcome = scheme.grade(fhrs_inputs(row))
        assert outcome.value == row["rating"]
        assert row["total"] in outcome.reason and row["max"] in outcome.reason


@pytest.mark.parametrize("row", rows("nyc.csv"))
def test_a_row_of_the_new_york_table_gets_its_grade_and_card(row):
    scheme = schemes.get("us-nyc")
    if row["grade on record"] == "INVALID":
        with pytest.raises(schemes.InputError):
            scheme.grade(nyc_inputs(row))
    else:
        outcome = scheme.grade(nyc_inputs(row))
        assert (outcome.value or outcome.status) in NYC_GRADES[row["grade on record"]]
        assert outcome.card == NYC_CARDS[row["card that may be shown"]]


@pytest.mark.parametrize("row", rows("other_schemes.csv"))
def test_a_row_of_the_other_schemes_gets_its_result(row):
    (key, on), inputs, expected = OTHER[row["scheme"], row["input"]]
    # the table words a result with more around it: "Closed (worst wins)", "C at once", "happy, not elite"
    assert row["expected"].startswith(OTHER_EXPECTED[expected])
    if key == "cn-food-risk":
        [policy] = schemes.policies()
        found = policy.visits_per_year(inputs)
        assert (found.visits_at_least, found.visits_at_most) == expected
    elif expected == REFUSED:
        with pytest.raises(schemes.InputError):
            schemes.get(key, on).grade(inputs)
    else:
        outcome = schemes.get(key, on).grade(inputs)
        assert (outcome.value or outcome.status) == expected
