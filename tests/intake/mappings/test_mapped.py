"""The engine of mappings: values, conversions, conditions, grouping, and files that are not as expected."""

import json

import pytest

from records.intake.mappings import convert
from records.intake.mappings.convert import Step, Unconvertible, applied
from records.intake.mappings.merge import Conflict, merged
from records.intake.mappings.values import Refused, Value, When
from records.intake.rows import EventRow, PenaltyRow, SanctionRow, ViolationRow
from tests.intake.mappings.test_strict import EXAMPLE, LINE, loaded
from tests.intake.reading import read_bytes

BARE = dict.fromkeys(PenaltyRow._fields, "") | {
    name: () for name in ("violations", "violated", "applied", "sanctions", "events", "identifiers")
}


def row(where: str, amount: str, *events: EventRow, violation: str = "", **rest) -> PenaltyRow:
    """A row with one fine, of which only what is given matters."""
    made = {
        "where": where,
        "sanctions": (SanctionRow("fine", amount, "EUR"),),
        "events": events,
        "violations": (ViolationRow(violation or where),),
    }
    return PenaltyRow(**BARE | made | rest)


def column(name: str, *steps) -> Value:
    return Value("column", name, steps=tuple(Step(step) if isinstance(step, str) else step for step in steps))


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("strip", " \u200bx\u00a0", "x"),
        ("spaces", " a  b\n", "a b"),
        ("slug", "Failure to Pay: 10%", "failure-to-pay-10"),
        ("us_date", "01/31/2026", "2026-01-31"),
        ("cn_date", "2026年1月31日", "2026-01-31"),
        ("compact_date", "20260131", "2026-01-31"),
        ("decimal", "1,234.50", "1234.50"),
        ("cents", "586.8399999999999", "586.84"),
        ("wan", "0.2", "2000"),
        ("cn_money", "49.370242万元", "493702.42"),
        ("yes_no", " Yes ", "yes"),
    ],
)
def test_a_conversion_reads_what_its_name_says(name, raw, expected):
    assert applied((Step(name),), (raw,)) == (expected,)
    assert applied((Step(name),), ("",)) == ("",)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("us_date", "31/01/2026"),
        ("decimal", "five"),
        ("cents", "1.005"),
        ("cn_money", "约五元"),
        ("yes_no", "?"),
    ],
)
def test_a_conversion_that_fails_says_what_to_do(name, raw):
    with pytest.raises(Unconvertible, match=r"\."):
        applied((Step(name),), (raw,))


def test_long_codes_stay_apart():
    one, two = (applied((Step("slug"),), (f"{'word ' * 30}{end}",))[0] for end in "ab")
    assert one != two and max(len(one), len(two)) <= 60


def test_split_and_join_make_several_texts_and_one():
    assert applied((Step("split", (";", "/")), Step("join", " + ")), ("a; b/ /c",)) == ("a + b + c",)


def test_first_takes_what_is_not_empty_and_join_leaves_out_what_is():
    record = {"a": ("",), "b": (" x ",)}
    parts = (column("a", "strip"), column("b", "strip"))
    assert Value("first", parts=parts).text(record) == "x"
    assert Value("join", parts=(*parts, Value("constant", "y")), mark="-").text(record) == "x-y"


def test_several_values_where_one_is_needed_are_refused():
    with pytest.raises(Refused, match="several values"):
        column("a").text({"a": ("1", "2")})


def test_a_value_that_a_lookup_does_not_know_is_refused():
    value = column("a", Step("lookup", {"x": "1"}))
    assert (value.text({"a": (" X ",)}), value.text({"a": ("",)})) == ("1", "")
    with pytest.raises(Refused, match="no entry"):
        value.text({"a": ("y",)})


def test_conditions_look_past_capitals_and_blanks():
    yes = When("a", among=frozenset({"yes"}))
    assert yes.holds({"a": (" YES ",)}) and not yes.holds({"a": ("no",)}) and not yes.holds({})
    assert When("a", outside=frozenset({"no"})).holds({})
    assert When("a", among=frozenset({""})).holds({"b": ("x",)})


def test_what_all_rows_have_counts_once_with_its_sum():
    paid = [EventRow("paid", amount=amount, currency="EUR") for amount in ("1.50", "2.50")]
    found = merged([row("a", "1.50", paid[0]), row("b", "2.50", paid[1])])
    assert found.events == (EventRow("paid", amount="4.00", currency="EUR"),)
    assert [one.amount for one in found.sanctions] == ["1.50", "2.50"]


def test_what_only_some_rows_have_is_a_part():
    found = merged([row("a", "1", EventRow("annulled")), row("b", "2"), row("c", "3", EventRow("lien"))])
    assert found.events == (
        EventRow("varied", amount="5", currency="EUR", note="1 of 3 lines of the source"),
        EventRow("lien", note="1 of 3 lines of the source"),
    )


def test_events_of_different_days_stay_apart():
    days = [EventRow("paid_in_part", f"2026-01-0{day}", "1", "EUR") for day in (1, 2)]
    assert merged([row("a", "1", days[0]), row("b", "2", days[1])]).events == tuple(days)


def test_rows_that_differ_about_the_decision_are_in_conflict():
    found = merged([row("a", "1", respondent="X"), row("b", "2", respondent="Y")])
    assert isinstance(found, Conflict)
    assert (found.place, found.field, found.value) == (1, "respondent", "Y") and "a" in found.message


def test_one_sanction_is_not_counted_twice():
    found = merged([row("a", "1", violation="v"), row("b", "1", EventRow("paid"), violation="v")])
    assert isinstance(found, Conflict) and "same violation and sanction" in found.message


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("01/31/2026", "31/01/2026", "Day"),
        ("01/31/2026", "", "Day"),
        ("Example Ltd", " ", "Name"),
        ('"1,000.50"', "much", "Fine"),
        ('"1,000.50"', "", "sanctions"),
        ("Yes ", "later", "Paid"),
        ("1,Example", ",Example", "Number"),
    ],
)
def test_a_line_that_cannot_be_taken_names_its_column(old, new, field, tmp_path):
    (problem,) = read_bytes(loaded(tmp_path, EXAMPLE), LINE.replace(old, new, 1).encode()).problems
    assert (problem.where, problem.field) == ("line 2", field) and problem.message


def test_a_column_that_no_rule_reads_is_told_and_one_that_is_missing_ends_the_reading(tmp_path):
    format = loaded(tmp_path, EXAMPLE)
    found = read_bytes(format, LINE.replace("Clerk", "Boss").encode())
    assert [problem.field for problem in found.problems] == ["boss"] and found.decisions
    found = read_bytes(format, LINE.replace("Reason", "Cause").encode())
    assert "reason" in found.problems[0].message and not found.decisions


def test_a_number_that_stands_twice_is_refused_without_group_by(tmp_path):
    text = LINE + LINE.splitlines()[1] + "\n"
    (problem,) = read_bytes(loaded(tmp_path, EXAMPLE), text.encode()).problems
    assert problem.where == "line 3" and "line 2" in problem.message


@pytest.fixture
def jsonl(tmp_path):
    return loaded(tmp_path, EXAMPLE.replace('file = "csv"', 'file = "jsonl"'))


def record(**values) -> str:
    """One line of JSON that the example reads, with these values instead."""
    usual = {
        "Number": 1, "Name": "X", "Day": "01/31/2026", "Section": None, "Reason": "R", "Fine": 5,
        "Paid": False,
    }  # fmt: skip
    return json.dumps(usual | values)


def test_json_lines_are_read_with_numbers_as_printed(jsonl):
    (row,) = read_bytes(
        jsonl, (record(Fine=None) + "\n").replace('"Fine": null', '"Fine": 0.10').encode()
    ).decisions
    assert (row.sanctions[0].amount, row.events, row.violated) == ("0.10", (), ())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        (record().replace("5", "NaN"), "NaN is no number"),
        (record(Name={"first": "X"}), "no mapping can read"),
        (record(Name=["X", "Y"]), "several values"),
        (record() + "\x00", "NUL"),
    ],
)
def test_a_line_that_is_no_flat_object_is_a_problem(line, words, jsonl):
    found = read_bytes(jsonl, f"{line}\n\n{record(Number=2)}\n".encode())
    assert [row.decision_number for row in found.decisions] == ["2"]
    assert found.problems[0].where == "line 1" and words in found.problems[0].message


def test_a_key_that_no_rule_reads_is_told_once(jsonl):
    found = read_bytes(jsonl, f"{record(Boss=1)}\n{record(Boss=1, Number=2)}\n".encode())
    assert [(problem.where, problem.field) for problem in found.problems] == [("line 1", "boss")]


def test_the_conversions_are_a_closed_list():
    assert set(convert.NAMES) == {*convert.SIMPLE, *convert.ARGUED}
