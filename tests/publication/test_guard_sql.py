"""The database finds the numbers of persons in exactly the texts in which the program finds them."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from records.publication import guard_sql, plain
from records.publication.personal import check_character, is_resident_number, number_in
from tests.search import sql

pytestmark = pytest.mark.django_db
MADE_UP = "11000018900101000"  # the first seventeen digits of nobody: the oldest date of birth there is
CASES = [
    "110000189001010006",
    "负责人（110000189001010006）",
    "１１００００１８９００１０１０００６",
    "110000 18900101 0006",
    "110000-18900101-0006",
    "110000 1890-01-01 0006",
    "ID110000189001010006男",
    "1110000189001010006",
    "1100001890010100061",
    "110000189001010001",
    "110000189013010003",
    "110000\u200b18900101\u200b0006",
    "SSN 123-45-6789.",
    "123 45 6789",
    "123-45 6789",
    "123–45–6789",
    "123-45-67891",
    "2026-17-0001-22",
    "91350100M000100Y43",
    "12-3456789",
    "",
    "no number at all",
]


MADE = "(SELECT prosrc FROM pg_proc WHERE oid = to_regprocedure('disclosed.holds_personal_number(text)'))"


@pytest.fixture(autouse=True)
def migrated(db):
    """What the migrations made of the function. Each test asks the one that is written here."""
    body = sql.value(MADE)
    with connection.cursor() as cursor:
        cursor.execute(guard_sql.FUNCTIONS)
    return body


def in_the_database(text):
    return sql.value("disclosed.holds_personal_number(%s)", text)


@pytest.mark.parametrize("text", CASES)
def test_both_answer_alike(text):
    assert in_the_database(text) == bool(number_in(text))


def test_what_is_absent_is_not_asked_about():
    assert in_the_database(None) is None


@pytest.mark.parametrize("born", ["18900101", "20000229", "19000229", "20991231", "21000101", "18891231"])
@pytest.mark.parametrize("province", ["11", "71", "72", "83", "84", "91", "60", "01"])
def test_both_know_the_same_dates_and_provinces(province, born):
    digits = f"{province}0000{born}000"
    number = digits + check_character(digits)
    assert in_the_database(number) == is_resident_number(number)


def test_every_unusual_character_is_plain_in_both():
    unusual = [
        letter for letter in plain._UNUSUAL if not plain._PLAIN[letter] or plain._PLAIN[letter].isalnum()
    ]
    texts = [f"{letter}{MADE_UP}6 {letter}" for letter in unusual]
    texts += [f"110000{letter}18900101{letter}0006" for letter in plain._UNUSUAL]
    found = sql.column("SELECT disclosed.holds_personal_number(t) FROM unnest(%s::text[]) t", texts)
    assert found == [bool(number_in(text)) for text in texts]
    assert True in found and False in found


@st.composite
def numbers(draw):
    """Numbers of the shape of a person's, right and almost right, with what people put between the digits."""
    birth = draw(st.dates().map("{:%Y%m%d}".format) | st.text("0123456789", min_size=8, max_size=8))
    digits = draw(st.sampled_from(["110000", "440100", "720000", "830001"])) + birth.zfill(8)
    digits += draw(st.text("0123456789", min_size=3, max_size=3))
    number = digits + draw(st.sampled_from([check_character(digits), check_character(digits).lower(), "7"]))
    gaps = st.sampled_from(["", "", "", "-", " ", "\u2013", "\u3000", "\u200b", "--"])
    number = number[:6] + draw(gaps) + number[6:14] + draw(gaps) + number[14:]
    return (
        number
        if draw(st.booleans())
        else number.translate({ord("0"): "０", ord("X"): "Ｘ", ord("9"): "\u0669"})
    )


PIECES = st.one_of(
    numbers(),
    st.from_regex(r"[0-9]{3}[- –][0-9]{2}[- –][0-9]{4}", fullmatch=True),
    st.sampled_from(["", " ", "-", "0", "x", "X", "号", "（", "\n", "\u200b", "a", "²", "①"]),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6),
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(PIECES, max_size=6).map("".join), min_size=1, max_size=20))
@example([f"{MADE_UP}6{MADE_UP}6", f"{MADE_UP}6 {MADE_UP}6", f"1 {MADE_UP}6"])
def test_both_answer_alike_for_any_text(texts):
    found = sql.column("SELECT disclosed.holds_personal_number(t) FROM unnest(%s::text[]) t", texts)
    assert found == [bool(number_in(text)) for text in texts]


def test_the_migrations_made_the_function_that_is_written_here(migrated):
    if migrated is None:
        pytest.skip("no migration makes the function")
    assert migrated == sql.value(MADE)
