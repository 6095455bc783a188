"""Personal data is found in the texts of a decision, everything else is left alone, and no value is told.

All numbers are made up, from ranges that are given to nobody wherever there is one.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.publication import guard
from records.publication.personal import number_in
from tests.publication.guard_texts import FOUND, LEFT_ALONE


@pytest.mark.parametrize(("text", "kind", "value"), FOUND)
def test_personal_data_is_found_where_it_stands(text, kind, value):
    assert [(found.kind, text[found.start : found.end]) for found in guard.scan(text)] == [(kind, value)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_nobody_s_is_left_alone(text):
    assert guard.scan(text) == []


@pytest.mark.parametrize(("text", "kind", "value"), FOUND)
def test_no_hint_no_masked_text_and_no_word_of_what_was_found_holds_the_value(text, kind, value):
    (found,) = guard.scan(text)
    told = [repr(found), str(found), str(found.words), guard.hint(text, found), guard.masked(text, [found])]
    assert not [words for words in told if value in words]
    assert guard.MASK in guard.hint(text, found)


def test_what_has_to_be_found_twice_is_found_twice_in_the_order_of_the_text():
    text = "电话13800138000，身份证号110000189001010006，电话13800138000"
    assert [found.kind for found in guard.scan(text)] == ["phone", "identity_number", "phone"]


def test_what_lies_in_something_worse_is_told_once():
    assert [
        found.kind for found in guard.scan("卡号：4111 1111 1111 1111，账号 GB82 WEST 1234 5698 7654 32")
    ] == [
        "bank_account",
        "bank_account",
    ]


def test_an_identity_number_within_a_home_address_is_told_beside_it():
    text = "residing at 12 Example Road with number 110000189001010006."
    kinds = [found.kind for found in guard.scan(text)]
    assert sorted(kinds) == ["home_address", "identity_number"]
    assert guard.masked(text, guard.scan(text)) == f"residing at {guard.MASK}."


def test_a_mask_is_of_one_length_whatever_it_covers():
    text = "Write to a@example.org or to somebody.else@example.org now."
    assert guard.masked(text, guard.scan(text)) == f"Write to {guard.MASK} or to {guard.MASK} now."


def test_masking_nothing_changes_nothing():
    assert guard.masked("The Sample Kettle", []) == "The Sample Kettle"


def test_a_hint_shows_the_words_around_and_no_neighbour():
    text = "当事人张某，身份证号110000189001010006，电话13800138000，经营者。" + "经营" * 40
    first, second = guard.scan(text)
    for found in (first, second):
        hint = guard.hint(text, found)
        assert "身份证号███" in hint and "电话███" in hint
        assert hint.endswith("…") and len(hint) < 60


def test_a_hint_begins_within_the_text_where_much_stands_before_it():
    text = "They sold more than they had said. " * 3 + "Call 020 7946 0958."
    (found,) = guard.scan(text)
    assert guard.hint(text, found) == "…han they had said. Call ███."


def test_positions_are_those_of_the_text_as_given():
    text = "号\u200b：１１００００\u200b１８９００１０１\u200b０００６。"
    (found,) = guard.scan(text)
    assert text[found.start : found.end] == "１１００００\u200b１８９００１０１\u200b０００６"


def test_the_fields_of_a_record_are_looked_through_one_by_one():
    fields = {
        "facts": "Call 020 7946 0958 or a@example.org.",
        "remedy": "None.",
        "premises": "1 Example Street",
    }
    told = guard.scan_fields(fields)
    assert [(one.field, one.found.kind, one.hint) for one in told] == [
        ("facts", "phone", "Call ███ or ███."),
        ("facts", "email", "Call ███ or ███."),
    ]


def test_every_detector_says_what_it_is_and_why():
    kinds = [detector.kind for detector in guard.DETECTORS]
    assert kinds == [
        "identity_number",
        "us_person_number",
        "uk_nino",
        "passport",
        "bank_account",
        "phone",
        "email",
        "date_of_birth",
        "home_address",
    ]
    for detector in guard.DETECTORS:
        assert str(detector.label) and str(detector.explanation).endswith(".")
        assert detector.rules


def test_every_word_that_a_rule_asks_for_is_in_lower_case():
    words = [word for detector in guard.DETECTORS for rule in detector.rules for word in rule.words]
    assert [word for word in words if word != word.lower()] == []


def test_every_detector_has_a_text_in_which_it_is_alone():
    assert {kind for _text, kind, _value in FOUND} == {detector.kind for detector in guard.DETECTORS}


@pytest.mark.parametrize(
    "piece",
    ["1 ", "1-", "a@", "a@b.co ", "GB82WEST1234569876543 ", "tel 12345678 ", "住址", "residing at 12 Road "],
)
def test_no_text_takes_long(piece):
    begun = time.process_time()
    guard.scan(piece * (20_000 // len(piece)))
    assert time.process_time() - begun < 2


PIECES = st.one_of(
    st.sampled_from([text for text, _kind, _value in FOUND]),
    st.sampled_from(["", " ", "，", "0", "@", "İ", "\u200b", "１", "x", "\n"]),
    st.text(max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=6).map("".join))
def test_any_text_is_looked_through_and_what_is_covered_is_gone(text):
    found = guard.scan(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    covered = guard.masked(text, found)
    assert not number_in(covered)
    for one in found:
        assert guard.MASK in guard.hint(text, one, found)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=6).map("".join))
def test_what_the_database_would_refuse_is_always_found(text):
    if number_in(text):
        assert {"identity_number", "us_person_number"} & {found.kind for found in guard.scan(text)}
