"""“Did you mean …?” corrects what no public text holds, and keeps the rest."""

import pytest
from django.db import connection

from records.search import bench
from records.search.models import Word
from records.search.suggest import candidates, did_you_mean
from records.search.vocabulary import hashes, update_vocabulary

pytestmark = pytest.mark.django_db

TEXTS = [
    *["Golden Dragon Restaurant"] * 60,
    *["Copper Kettle Café, Cambridge"] * 3,
    "Jackie’s Fish & Chips",
    "Restuarant Oxford",
    "北京金龙饭店 B12 42nd",
]


@pytest.fixture
def vocabulary(db):
    with connection.cursor() as cursor:
        update_vocabulary(cursor, "SELECT unnest(%s::text[])", [TEXTS])


def known():
    return dict(Word.objects.public().values_list("word", "count"))


def test_the_vocabulary_holds_the_words_of_four_letters_and_more(vocabulary):
    assert known() == {
        "golden": 60,
        "dragon": 60,
        "restaurant": 60,
        "copper": 3,
        "kettle": 3,
        "cafe": 3,
        "cambridge": 3,
        "jackies": 1,
        "fish": 1,
        "chips": 1,
        "restuarant": 1,
        "oxford": 1,
    }


def test_updating_adds_refreshes_and_forgets(vocabulary):
    with connection.cursor() as cursor:
        numbers = update_vocabulary(
            cursor, "SELECT unnest(%s::text[])", [["Golden Kettle", "Brand New Kettle"] * 5]
        )
    assert numbers == (1, 10)
    assert known() == {"golden": 5, "kettle": 10, "brand": 5}


def test_updating_twice_changes_nothing(vocabulary):
    with connection.cursor() as cursor:
        assert update_vocabulary(cursor, "SELECT unnest(%s::text[])", [TEXTS]) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    {
        "goldn dragn": "golden dragon",
        "glodne": "golden",
        "kopper kettle": "copper kettle",
        "72 Cambrige": "72 cambridge",
        "Jackeis chips": "jackies chips",
        '"goldan dragon" -pizza': '"golden dragon" -pizza',
        "restuarant": "restaurant",
        "golden dragon": None,
        "restaur": None,
        "xylophone": None,
        "goldn xylophone": None,
        "金尤": None,
        "b13": None,
        "fsh": None,
        "": None,
    }.items(),
)
def test_misspelt_words_are_corrected_and_others_kept(vocabulary, typed, meant):
    assert did_you_mean(typed) == meant


def test_only_a_correction_that_finds_something_is_proposed(vocabulary):
    tried = []
    assert did_you_mean("goldn dragn", finds=lambda text: tried.append(text)) is None
    assert tried == ["golden dragon"]
    assert (
        did_you_mean("restuarant oxfrod", finds=lambda text: text == "restaurant oxford")
        == "restaurant oxford"
    )


def test_the_public_role_reads_the_vocabulary(django_db_blocker, vocabulary):
    assert candidates("goldn", using="public") == ["golden"]


def test_words_within_two_errors_share_a_hash():
    pairs = bench.typing_errors(bench.invented_words(500), 300)
    assert all(hashes(typed) & hashes(meant) for typed, meant in pairs)


def test_suggestions_are_measured_against_a_scan_of_everything(db):
    with connection.cursor() as cursor:
        update_vocabulary(cursor, "SELECT unnest(%s::text[])", [bench.invented_words(3000)])
    measured = bench.compare_suggestions(number=60, scanned=60)
    assert measured["words"] == 3000
    assert measured["index"]["five"] >= 0.9
    assert measured["index"]["five"] >= measured["scan"]["five"] - 0.05
