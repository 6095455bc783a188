"""What the engine refuses, how it explains, and how texts become inputs."""

import json
import pickle
from decimal import Decimal

import pytest

from records.ratings import schemes

GOOD = {"hygiene": 5, "structural": 5, "confidence": 5}


@pytest.fixture
def fhrs():
    return schemes.get("uk-fhrs")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"hygiene": 7}, "range"),
        ({"hygiene": "5"}, "type"),
        ({"hygiene": True}, "type"),
        ({"hygiene": [5]}, "type"),
        ({"hygiene": float("nan")}, "type"),
        ({"hygiene": 10**400}, "range"),
        ({"hygiene": Decimal("5.5")}, "range"),
        ({"hygiene": None}, "missing"),
    ],
)
def test_a_refused_value_names_its_component_and_what_is_allowed(fhrs, wrong, code):
    with pytest.raises(schemes.InputError) as caught:
        fhrs.grade(GOOD | wrong)
    assert (caught.value.component, caught.value.code) == ("hygiene", code)
    assert "0, 5, 10, 15, 20, 25" in caught.value.message


def test_an_unknown_component_is_refused_and_the_known_ones_are_named(fhrs):
    with pytest.raises(schemes.InputError, match="known are confidence, hygiene, structural") as caught:
        fhrs.grade(GOOD | {"tax": 1})
    assert (caught.value.component, caught.value.code) == ("tax", "unknown")


@pytest.mark.parametrize("five", [5, 5.0, Decimal(5), Decimal("5.0")])
def test_a_whole_number_may_come_as_any_number_type(fhrs, five):
    assert fhrs.grade(GOOD | {"hygiene": five}).value == "5"


def test_the_reason_is_given_in_the_language_asked_for(fhrs):
    assert fhrs.grade(GOOD, "en").reason == "The three scores add up to 15; the worst of them is 5."
    assert fhrs.grade(GOOD, "cy").reason.startswith("Cyfanswm")


def test_a_number_shown_in_place_of_a_letter_names_its_component():
    scheme = schemes.get("us-la-county")
    outcome = scheme.grade({"score": 69})
    assert scheme.value(outcome.value).shows == "score"
    assert "69" in outcome.reason


@pytest.mark.parametrize("empty", ["", " ", "-", "–"])
def test_a_blank_or_a_dash_in_a_file_is_no_value(empty):
    assert schemes.get("us-nyc").read({"inspection": "initial", "score": empty}) == {"inspection": "initial"}


def test_texts_become_inputs_that_json_can_hold():
    scheme = schemes.get("dk-smiley")
    assert scheme.read({"results": "1, 1;3 1", "name": "x"}) == {"results": [1, 1, 3, 1]}
    wake = schemes.get("us-wake-county").read({"score": "89.5"})
    assert json.dumps(wake) == '{"score": 89.5}'
    nyc = schemes.get("us-nyc").read({"inspection": "re", "score": "13.0", "closed": "No", "mobile": "true"})
    assert nyc == {"inspection": "re", "score": 13, "closed": False, "mobile": True}


@pytest.mark.parametrize("text", ["five", "５", "1e3", "0x1", "1,5", "nan", "--5", "9" * 13])
def test_a_text_that_is_no_number_is_refused_with_the_text(text):
    with pytest.raises(schemes.InputError) as caught:
        schemes.get("us-wake-county").read({"score": text})
    assert repr(text) in caught.value.message


def test_a_flag_is_yes_or_no():
    with pytest.raises(schemes.InputError, match="yes and no"):
        schemes.get("us-nyc").read({"closed": "perhaps"})


def test_a_list_may_be_neither_empty_nor_too_long():
    scheme = schemes.get("dk-smiley")
    for results in ([], [1] * 41):
        with pytest.raises(schemes.InputError):
            scheme.grade({"results": results})


def test_words_survive_a_trip_to_another_process(fhrs):
    words = pickle.loads(pickle.dumps(fhrs.value("5").label))
    assert (words("cy"), words("en-gb"), words("fr")) == ("Da iawn", "Very good", "Very good")


def test_a_label_without_a_language_follows_the_page(fhrs):
    from django.utils import translation

    with translation.override("cy"):
        assert fhrs.value("5").label() == "Da iawn"
    with translation.override("en-gb"):
        assert fhrs.value("5").label() == "Very good"


def test_a_component_knows_the_word_for_its_value(fhrs):
    assert fhrs.component("confidence").word(30, "en") == "Urgent improvement necessary"
    assert fhrs.component("hygiene").word(Decimal(5), "cy") == "Da"
    assert fhrs.component("hygiene").word(None) == ""
