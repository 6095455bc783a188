"""The code on a sign: it leads back to its rating however it is typed, and a typing error leads nowhere."""

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from records.ratings.signs.codes import LETTERS, code_of, number_of

numbers = st.integers(0, 2**35 - 1)
places = st.integers(0, 7)


def typed(letters):
    return "".join(letters)


@given(numbers)
def test_a_code_leads_back_to_its_number(number):
    assert number_of(code_of(number)) == number


@given(numbers, st.sampled_from([str.lower, str.upper]), st.sampled_from(["", " ", "-", " – ", "."]))
def test_case_blanks_and_dashes_do_not_matter(number, case, between):
    assert number_of(case(between.join(code_of(number)))) == number


@given(numbers)
def test_letters_that_look_like_digits_are_read_as_those(number):
    code = code_of(number)
    for wrong, digit in (("O", "0"), ("o", "0"), ("I", "1"), ("l", "1")):
        assert number_of(code.replace(digit, wrong)) == number


@given(numbers, places, st.sampled_from(LETTERS))
def test_one_wrong_character_is_no_code(number, place, letter):
    letters = list(code_of(number).replace("-", ""))
    assume(letters[place] != letter)
    letters[place] = letter
    assert number_of(typed(letters)) is None


@given(numbers, places, places)
def test_two_characters_that_changed_places_are_no_code(number, one, other):
    letters = list(code_of(number).replace("-", ""))
    assume(letters[one] != letters[other])
    letters[one], letters[other] = letters[other], letters[one]
    assert number_of(typed(letters)) is None


def test_a_character_too_many_or_too_few_is_no_code():
    code = code_of(4711)
    for wrong in (code[:-1], code + "0", "0" + code, "", "-", "ß", "7KQ4-MFUX", "\0" * 8, "٣" * 8):
        assert number_of(wrong) is None


def test_neighbours_look_unrelated_and_no_two_numbers_have_one_code():
    codes = [code_of(number) for number in range(5000)]
    assert len(set(codes)) == 5000
    for one, next_one in pairwise(codes):
        assert sum(a != b for a, b in zip(one, next_one, strict=True)) >= 3


def test_the_code_of_a_rating_is_the_same_for_ever():
    assert [code_of(number) for number in (0, 1, 1_000_000)] == ["0BN2-AWWJ", "R1FG-S7FK", "4Z2Z-TXKR"]
