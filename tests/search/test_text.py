"""What a person types finds what they mean, and nothing they type is an error."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from records.search.ranking import ranked
from records.search.text import clean, parse
from tests import make
from tests.search import sql

pytestmark = pytest.mark.django_db

PLACES = {
    "china": ("72 China", "18 Norfolk Street\nCambridge", "CB1 2LF"),
    "cafe": ("Café Ŵyn", "3 High Street\nTestham", "QA1 1AB"),
    "ty": ("Tŷ Coffi", "9 Heol Fawr\nLlanbrawf", "QL10 4ZZ"),
    "jackie": ("Jackie’s Fish & Chips", "1 Quay Lane\nTestham", "QA1 1AB"),
    "dragon": ("北京金龙饭店", "2 Station Road\nCambridge", "CB1 2LF"),
    "golden": ("Golden Dragon", "7 Cambridge Road\nTestham", "QA10 2BC"),
    "pizza": ("Golden Pizza", "8 Cambridge Road\nTestham", "QA10 2BD"),
    "number": ("Ｃａｆｅ ４２", "5 Mill Lane\nTestham", "10001"),
}


@pytest.fixture
def places(db):
    authority = make.authority()
    return {
        key: make.establishment(authority=authority, name=name, address=address, postcode=postcode)
        for key, (name, address, postcode) in PLACES.items()
    }


def found(places, typed):
    """The keys of the places that the first successful step of a search finds, as the public."""
    rows = type(next(iter(places.values()))).objects.public()
    for step in parse(typed).ladder():
        keys = {
            key for key, place in places.items() if rows.filter(search=step.expression, pk=place.pk).exists()
        }
        if keys:
            return keys
    return set()


@pytest.mark.parametrize(
    ("typed", "expected"),
    {
        "cafe": {"cafe", "number"},
        "CAFÉ wyn": {"cafe"},
        "72 China Cambridge": {"china"},
        "72 china camb": {"china"},
        "７２ china": {"china"},
        "cafe 42": {"number"},
        "chin camb": {"china"},
        "金龙": {"dragon"},
        "金龙饭店": {"dragon"},
        "金": {"dragon"},
        "北京 cambridge": {"dragon"},
        "龙金": set(),
        "ty coffi": {"ty"},
        "tŷ": {"ty"},
        "jackies": {"jackie"},
        "Jackie's": {"jackie"},
        "jackie testham": {"jackie"},
        "fish and chips": {"jackie"},
        "fish & chips": {"jackie"},
        "CB1 2LF": {"china", "dragon"},
        "cb12lf": {"china", "dragon"},
        "cb1": {"china", "dragon"},
        "cb1 2": {"china", "dragon"},
        "cb1 2l": {"china", "dragon"},
        "china cb1 2lf": {"china"},
        "qa1": {"cafe", "jackie"},
        "10001": {"number"},
        "golden": {"golden", "pizza"},
        "golden -pizza": {"golden"},
        "-pizza golden": {"golden"},
        '"golden dragon"': {"golden"},
        "“dragon golden”": set(),
        "dragon golden": {"golden"},
        "-pizza": {"pizza"},
        "nothing like that": set(),
    }.items(),
)
def test_what_is_typed_finds_what_is_meant(places, typed, expected):
    assert found(places, typed) == expected


def test_a_private_home_is_found_by_its_name_and_not_by_its_address():
    place = make.establishment(name="Cakes by Ann", address="4 Hidden Row", address_visibility="withheld")
    assert found({"home": place}, "cakes") == {"home"}
    assert found({"home": place}, "hidden") == set()
    assert found({"home": place}, "QA1 1AA") == set()


def test_the_name_ranks_above_the_address_and_the_whole_name_first(places):
    road = make.establishment(name="Road Kitchen", address="1 Golden Square", postcode="")
    whole = make.establishment(name="Golden", address="", postcode="")
    query = parse("golden")
    rows = ranked(type(road).objects.public(), query.ladder()[0], query.words)
    names = [row.name for row in rows]
    assert names[0] == whole.name
    assert names[-1] == road.name
    assert set(names[1:-1]) == {"Golden Dragon", "Golden Pizza"}


WILD = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from("ab1 é金龙'\"“”-&|!()<>:*\\/%_,;\x00\ud800\u0301\t\n"), max_size=60),
    st.lists(
        st.sampled_from(["cb1", "2qx", "-", "--a", '"', "a & b", "!", ":*", "<->", "''", "金", "北京"])
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=WILD)
@example(typed="x" * 5000)
@example(typed="ab " * 5000)
@example(typed="'")
@example(typed="ǆ\u0345 \ufdfa" * 40)
def test_nothing_that_can_be_typed_is_an_error(db, typed):
    query = parse(typed)
    assert len(query.text) <= 200
    for step in query.ladder():
        for expression in (step.tsquery, step.name_tsquery):
            sql.value("to_tsvector('simple', 'a b c') @@ %s::tsquery", expression)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30))
def test_every_name_is_found_by_itself(db, name):
    query = parse(name.replace('"', " ").replace("-", " ").translate({ord(c): " " for c in "“”„‟«»＂"}))
    for step in query.ladder():
        assert sql.value("disclosed.name_vector(%s, '', '') @@ %s::tsquery", query.text, step.tsquery)


def test_cleaning_leaves_one_line_that_a_database_accepts():
    assert clean("a\x00b\ud800\tc\r\n d") == "a b c d"


def test_the_sentence_repeats_what_was_typed():
    assert parse("72  China ").sentence() == "matching “72 China”"
    assert parse("…").sentence() == ""
    assert not parse("…")


def test_in_long_texts_a_frequent_word_is_at_last_still_itself_and_the_rest_may_begin_longer_ones():
    stems = {"kettles": "kettl", "food": "food", "mill": "mill"}
    steps = list(parse("kettles food mill").ladder_of_texts(stems, {"food"}.__contains__))
    assert [step.prefixes for step in steps] == [(), ("mill",), ("kettles", "mill")]
    assert [step.anchor for step in steps] == ["", "'kettl' & 'food'", "'food'"]
    assert len(list(parse("kettles food mill").ladder_of_texts(stems, str.isalpha))) == 2
