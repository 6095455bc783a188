"""The compiled function gives what the engine gives, for every scheme, and refuses what it refuses."""

import json
from itertools import product

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.ratings import schemes
from tests.ratings.schemes.tables import OTHER, fhrs_inputs, nyc_inputs, rows

VERSIONS = schemes.all_versions()
NUMBERS = ("integer", "decimal", "list")

# gives the grade, or "refused: <component>" where the function raises check_violation
CAUGHT = """
CREATE OR REPLACE FUNCTION caught(inputs jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE blamed text;
BEGIN
  RETURN grade_tested(inputs);
EXCEPTION WHEN check_violation THEN
  GET STACKED DIAGNOSTICS blamed = COLUMN_NAME;
  RETURN 'refused: ' || blamed;
END $$
"""


def in_sql(scheme, many: list[dict]) -> list:
    with connection.cursor() as cursor:
        cursor.execute(schemes.sql.function(scheme, "grade_tested"))
        cursor.execute(CAUGHT)
        cursor.execute(
            "SELECT caught(value) FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY ORDER BY ordinality",
            [json.dumps(many)],
        )
        return [found for (found,) in cursor.fetchall()]


def in_python(scheme, inputs: dict):
    try:
        return scheme.grade(inputs).value
    except schemes.InputError as error:
        return f"refused: {error.component}"


def agree(scheme, many: list[dict]) -> list:
    found = in_sql(scheme, many)
    for inputs, sql in zip(many, found, strict=True):
        assert sql == in_python(scheme, inputs), inputs
    return found


def inputs_of(scheme):
    """Inputs of a scheme: mostly allowed values, now and then absent, at a bound, or of another kind."""
    odd = st.sampled_from([None, True, "5", "x", -5, 7, 7.25, 5.0, 10**12, -(10**12), [], [9], [1, "x"], {}])
    parts = {}
    for component in scheme.components:
        if component.allowed and component.kind != "choice":
            usual = st.sampled_from([int(item) for item in component.allowed])
        elif component.kind == "choice":
            usual = st.sampled_from(component.allowed)
        elif component.kind == "flag":
            usual = st.booleans()
        else:
            step = float(component.step or 0.25)
            top = int(component.maximum if component.maximum is not None else 60)
            usual = st.integers(0, round(top / step)).map(lambda n, step=step: round(n * step, 2))
            if step == 1:
                usual = st.integers(0, top)
        if component.kind == "list":
            usual = st.lists(usual, min_size=1, max_size=6)
        absent = st.none() if not component.required else usual
        parts[component.key] = st.one_of(usual, usual, usual, usual, absent, absent, odd)
    return st.fixed_dictionaries(parts)


@pytest.mark.parametrize("scheme", VERSIONS, ids=str)
def test_generated_inputs_get_the_same_grade_or_refusal_in_sql_and_in_python(db, scheme):
    @settings(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(inputs_of(scheme), min_size=20, max_size=60))
    def run(many):
        found = agree(scheme, many)
        seen.update(found)

    seen = set()
    run()
    # the examples were worth something: grades were reached, and something was refused
    assert seen & scheme.value_keys
    assert any(str(found).startswith("refused") for found in seen)


def test_all_180_uk_inputs_agree(db):
    steps, confidence = (0, 5, 10, 15, 20, 25), (0, 5, 10, 20, 30)
    keys = ("hygiene", "structural", "confidence")
    found = agree(
        schemes.get("uk-fhrs"), [dict(zip(keys, c, strict=True)) for c in product(steps, steps, confidence)]
    )
    assert (len(found), found.count("5")) == (180, 8)


def test_every_score_of_the_letter_schemes_agrees(db):
    agree(schemes.get("us-la-county"), [{"score": score} for score in range(-1, 103)])
    agree(schemes.get("us-wake-county"), [{"score": half / 2} for half in range(-1, 203)])
    agree(schemes.get("cn-catering-dynamic"), [{"score": tenth / 10} for tenth in range(-1, 103)])


def test_every_new_york_visit_around_the_bounds_agrees(db):
    points = (None, 0, 13, 14, 27, 28, 60)
    keys = ("inspection", "score", "hearing", "score_after_hearing", "closed", "closed_at")
    choices = (
        ("initial", "re", "compliance", "reopening"),
        points,
        (None, "none", "pending", "decided", "waived"),
        points,
        (None, True, False),
        (None, "initial", "re", "other"),
    )
    agree(schemes.get("us-nyc"), [dict(zip(keys, choice, strict=True)) for choice in product(*choices)])


@pytest.mark.parametrize("version", [version for version in VERSIONS if version.key == "dk-smiley"], ids=str)
def test_every_history_around_the_elite_smiley_agrees(db, version):
    histories = product(
        ([1], [1, 2], [3], [4]), (None, [1] * 3, [1] * 4, [1, 1, 2, 1]), (None, 0, 11, 12, 40)
    )
    keys = ("results", "last_reports", "months_since_remark")
    known = {component.key for component in version.components}
    many = [
        {key: value for key, value in zip(keys, history, strict=True) if key in known}
        for history in histories
    ]
    assert version.value_keys <= set(agree(version, many))


@pytest.mark.parametrize("table", ["fhrs.csv", "nyc.csv", "other_schemes.csv"])
def test_every_row_of_a_decision_table_agrees(db, table):
    listed = [parameter.values[0] for parameter in rows(table)]
    if listed == [None]:
        pytest.skip("the decision tables are absent")
    if table == "other_schemes.csv":
        graded = [OTHER[row["scheme"], row["input"]][:2] for row in listed]
        for (key, on), inputs in graded:
            if key != "cn-food-risk":
                agree(schemes.get(key, on), [inputs])
    else:
        key, read = {"fhrs.csv": ("uk-fhrs", fhrs_inputs), "nyc.csv": ("us-nyc", nyc_inputs)}[table]
        assert len(agree(schemes.get(key), [read(row) for row in listed])) == len(listed)


def test_null_inputs_have_no_grade_and_empty_ones_name_what_is_missing(db):
    scheme = schemes.get("uk-fhrs")
    assert in_sql(scheme, [{}]) == ["refused: hygiene"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT grade_tested(NULL)")
        assert cursor.fetchone() == (None,)


def test_the_function_is_immutable_and_may_stand_in_a_schema(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA elsewhere")
        cursor.execute(schemes.sql.function(schemes.get("us-nyc"), "elsewhere.grade_us_nyc"))
        cursor.execute(
            "SELECT provolatile, proisstrict, proparallel FROM pg_proc WHERE proname = 'grade_us_nyc'"
        )
        assert cursor.fetchone() == ("i", True, "s")


@pytest.mark.parametrize("name", ["grade; drop table x", "Grade", "a.b.c", ""])
def test_a_name_that_is_not_plain_is_refused(name):
    with pytest.raises(ValueError, match="plain SQL name"):
        schemes.sql.function(schemes.get("uk-fhrs"), name)


def test_the_refusal_names_the_value_and_what_is_allowed(db):
    with connection.cursor() as cursor:
        cursor.execute(schemes.sql.function(schemes.get("uk-fhrs"), "grade_tested"))
        cursor.execute(
            """
            CREATE FUNCTION told() RETURNS text LANGUAGE plpgsql AS $$
            DECLARE words text;
            BEGIN
              PERFORM grade_tested('{"hygiene": 7, "structural": 0, "confidence": 0}');
            EXCEPTION WHEN check_violation THEN GET STACKED DIAGNOSTICS words = MESSAGE_TEXT; RETURN words;
            END $$
            """
        )
        cursor.execute("SELECT told()")
        assert cursor.fetchone() == ("hygiene: 7 is not allowed; allowed are 0, 5, 10, 15, 20, 25",)
