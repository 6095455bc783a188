"""Compiles a scheme's rule to one PL/pgSQL function, for constraints and bulk work inside the database.

The function takes the inputs as jsonb, returns the value key, and NULL when the inputs are NULL or give a
status instead of a grade. It raises SQLSTATE 23514 (check_violation) with the component as COLUMN where
Python raises InputError. One difference: a component that the scheme does not know is passed over, for
speed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from records.ratings.schemes.engine import allowed_words
from records.ratings.schemes.rule import Band, Condition, Ladder, Measure, Step, Test
from records.ratings.schemes.scheme import Scheme
from records.ratings.schemes.vocabulary import LIMIT, Component

NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?")
TYPES = {"integer": "bigint", "decimal": "numeric", "choice": "text", "flag": "boolean", "list": "numeric[]"}
CASTS = {"integer": "numeric", "decimal": "numeric", "flag": "boolean"}
JSON = {"integer": "number", "decimal": "number", "choice": "string", "flag": "boolean", "list": "array"}
SIGNS = {"at_least": ">=", "at_most": "<=", "over": ">", "under": "<"}


def function(scheme: Scheme, name: str) -> str:
    """The CREATE OR REPLACE FUNCTION statement; `name` may carry a schema ("records.grade_uk_fhrs")."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a plain SQL name; use small letters, digits and _")
    declared = [f"{column(component.key)} {TYPES[component.kind]};" for component in scheme.components]
    declared += [f"{column(measure.key)} {_type(measure, scheme)};" for measure in scheme.measures]
    declared += ["item jsonb;"] if any(component.kind == "list" for component in scheme.components) else []
    body = [line for component in scheme.components for line in read(component)]
    body += [f"{column(measure.key)} := {formula(measure, scheme)};" for measure in scheme.measures]
    for check in scheme.checks:
        when = f"{condition(check.when)} AND " if check.when else ""
        fault = refuse(check.component, literal(check.message("en")))
        body.append(f"IF {when}NOT {condition(check.must)} THEN {fault} END IF;")
    for step in scheme.steps:
        body += decide(scheme, step)
    lines = "\n  ".join(body)
    return (
        f"CREATE OR REPLACE FUNCTION {name}(inputs jsonb) RETURNS text\n"
        f"LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $grade$\n"
        f"#variable_conflict use_variable\n"
        f"DECLARE\n  {chr(10).join('  ' + line for line in declared).lstrip()}\n"
        f"BEGIN\n  {lines}\nEND\n$grade$"
    )


def column(name: str) -> str:
    return '"_' + name + '"'


def literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return "'" + str(value).replace("'", "''") + "'"


def refuse(component: str, message: str) -> str:
    named = literal(f"{component}: ")
    where = f"COLUMN = {literal(component)}, MESSAGE = {named} || {message}"
    return f"RAISE EXCEPTION USING ERRCODE = '23514', {where};"


def read(component: Component) -> list[str]:
    """Statements that fill a component's variable or refuse its value."""
    name, raw = column(component.key), f"(inputs -> {literal(component.key)})"
    told = literal(f" is not allowed; allowed {allowed_words(component)}")
    wrong = refuse(component.key, f"coalesce(inputs ->> {literal(component.key)}, '') || {told}")
    missing = refuse(component.key, literal(f"is missing; allowed {allowed_words(component)}"))
    if component.kind == "list":
        inner = _read_list(component, name, raw, wrong)
    else:
        cast = (
            f"(inputs ->> {literal(component.key)})"
            if component.kind == "choice"
            else f"{raw}::{CASTS[component.kind]}"
        )
        test = bounds(component, cast)
        inner = [f"IF {test} THEN {wrong} END IF;"] if test else []
        inner.append(f"{name} := {cast};")
    lines = [
        f"IF jsonb_typeof({raw}) = {literal(JSON[component.kind])} THEN",
        *("  " + line for line in inner),
        f"ELSIF jsonb_typeof({raw}) <> 'null' THEN {wrong}",
        f"ELSE {missing if component.required else f'{name} := NULL;'}",
        "END IF;",
    ]
    if component.kind == "integer" and component.allowed:
        # by far the most rows: a plain whole number among few, found by its text without numeric arithmetic
        whens = " ".join(f"WHEN '{item:f}' THEN {item:f}" for item in component.allowed)
        quick = f"{name} := CASE {raw}::text {whens} END;"
        lines = [quick, f"IF {name} IS NULL THEN", *("  " + line for line in lines), "END IF;"]
    return lines


def bounds(component: Component, name: str) -> str:
    """The SQL test that finds a value outside the allowed ones, or '' when every value is allowed."""
    if component.allowed:
        return f"{name} NOT IN ({', '.join(literal(item) for item in component.allowed)})"
    tests = []
    if component.kind in ("integer", "decimal", "list"):
        tests.append(f"{name} > {literal(LIMIT if component.maximum is None else component.maximum)}")
        tests.append(f"{name} < {literal(-LIMIT if component.minimum is None else component.minimum)}")
        if component.step is not None:
            tests.append(f"mod({name}, {literal(component.step)}) <> 0")
    return " OR ".join(tests)


def _read_list(component: Component, name: str, raw: str, wrong: str) -> list[str]:
    length = f"jsonb_array_length({raw})"
    many = f" OR {length} > {component.max_items}" if component.max_items else ""
    test = bounds(component, "item::numeric")
    return [
        f"IF {length} = 0{many} THEN {wrong} END IF;",
        f"{name} := '{{}}';",
        f"FOR item IN SELECT jsonb_array_elements({raw}) LOOP",
        f"  IF jsonb_typeof(item) <> 'number' THEN {wrong} END IF;",
        f"  IF {test} THEN {wrong} END IF;",
        f"  {name} := {name} || item::numeric;",
        "END LOOP;",
    ]


def _type(measure: Measure, scheme: Scheme) -> str:
    whole = all(scheme.component(name).kind == "integer" for name in measure.of)
    return "bigint" if whole or measure.how == "count" else "numeric"


def formula(measure: Measure, scheme: Scheme) -> str:
    names = [column(name) for name in measure.of]
    if scheme.component(measure.of[0]).kind == "list" and measure.how != "first":
        how = {"mean": "avg"}.get(measure.how, measure.how)
        made = f"(SELECT {how}(number) FROM unnest({names[0]}) AS number)"
        return f"CASE WHEN {names[0]} IS NOT NULL THEN {made} END"
    joined = ", ".join(names)
    forms = {"max": f"GREATEST({joined})", "min": f"LEAST({joined})", "first": f"COALESCE({joined})"}
    return forms.get(measure.how) or " + ".join(names)


def condition(groups: Condition) -> str:
    """A condition that is true or false, never NULL: a comparison with something absent does not hold."""
    return (
        "(" + " OR ".join("(" + " AND ".join(_test(test) for test in group) + ")" for group in groups) + ")"
    )


def _test(test: Test) -> str:
    name = column(test.name)
    if test.op == "present":
        return f"{name} IS {'NOT ' if test.against else ''}NULL"
    if test.op == "equals":
        items = test.against if isinstance(test.against, tuple) else (test.against,)
        return f"COALESCE({name} IN ({', '.join(literal(item) for item in items)}), false)"
    against = column(test.against) if test.other else literal(test.against)
    return f"COALESCE({name} {SIGNS[test.op]} {against}, false)"


def decide(scheme: Scheme, step: Step) -> list[str]:
    """The statements of one step; they return, so the next is reached only when it does not apply."""
    lines = []
    if step.result:
        lines.append(f"RETURN {_value(step.result.value)};")
    elif step.picked:
        graded = ", ".join(
            literal(key) for key in scheme.component(step.picked).allowed if key in scheme.value_keys
        )
        lines.append(f"RETURN CASE WHEN {column(step.picked)} IN ({graded}) THEN {column(step.picked)} END;")
    else:
        for ladder in filter(None, (step.ladder, step.cap)):
            blamed = scheme.blamed(ladder.of)
            missing = refuse(blamed.key, literal(f"is missing; allowed {allowed_words(blamed)}"))
            if not _always(scheme, ladder.of):
                lines.append(f"IF {column(ladder.of)} IS NULL THEN {missing} END IF;")
        lines.append(f"RETURN {_climbed(scheme, step)};")
    return (
        [f"IF {condition(step.when)} THEN", *("  " + line for line in lines), "END IF;"]
        if step.when
        else lines
    )


def _always(scheme: Scheme, name: str) -> bool:
    measure = next((measure for measure in scheme.measures if measure.key == name), None)
    return any(scheme.component(part).required for part in (measure.of if measure else (name,)))


def _climbed(scheme: Scheme, step: Step) -> str:
    if not step.cap:
        return _cases(step.ladder, lambda band: _value(band.result.value))
    orders = [
        _cases(ladder, lambda band: str(scheme.value(band.result.value).order))
        for ladder in (step.ladder, step.cap)
    ]
    keys = ", ".join(literal(value.key) for value in scheme.values)
    return f"(ARRAY[{keys}])[1 + GREATEST({', '.join(orders)})]"


def _cases(ladder: Ladder, shown) -> str:
    """The bands upwards, each known by its upper end: that they meet was checked on reading."""
    *lower, last = sorted(
        ladder.bands, key=lambda band: (band.high is None, band.high or 0, not band.high_open)
    )
    whens = " ".join(f"WHEN {_below(ladder.of, band)} THEN {shown(band)}" for band in lower)
    return f"CASE {whens} ELSE {shown(last)} END" if lower else shown(last)


def _below(name: str, band: Band) -> str:
    return f"{column(name)} {'<' if band.high_open else '<='} {literal(band.high)}"


def _value(key: str | None) -> str:
    return "NULL" if key is None else literal(key)
