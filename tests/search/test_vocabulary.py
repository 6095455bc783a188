"""The vocabulary follows the register: imports teach what they brought, the clock counts all once a day."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from records.search import vocabulary
from records.search.models import Vocabulary, Word
from tests import make
from tests.importing import place

pytestmark = pytest.mark.django_db


def counts(*words):
    return dict(Word.objects.filter(word__in=words).values_list("word", "count"))


def recount():
    with connection.cursor() as cursor:
        return vocabulary.recount(cursor)


def run_clock():
    call_command("run_clock", stdout=StringIO())


def yesterday():
    Vocabulary.objects.update(counted_at=timezone.now() - timedelta(days=1))


def test_an_import_adds_the_words_that_it_brought_and_looks_at_nothing_else(register):
    make.establishment(name="Unrelated Observatory")
    register.take(place("1", "Marmalade Kitchen"), place("2", "Marmalade House"))
    assert counts("marmalade", "kitchen", "observatory") == {"marmalade": 2, "kitchen": 1}
    register.take(place("1", "Marmalade Kitchen"), place("2", "Quince House"), place("3", "Quince Garden"))
    assert counts("marmalade", "quince", "garden") == {"marmalade": 2, "quince": 2, "garden": 1}


def test_an_import_forgets_nothing_and_the_recount_does(register):
    register.take(place("1", "Marmalade Kitchen"))
    register.take(place("1", "Quince Kitchen"))
    assert counts("marmalade", "quince") == {"marmalade": 1, "quince": 1}
    recount()
    assert counts("marmalade", "quince") == {"quince": 1}


def test_the_clock_learns_once_a_day_what_clerks_have_published():
    run_clock()
    make.published_penalty(respondent="Zanzibar Provisions Ltd")
    run_clock()
    assert counts("zanzibar") == {}
    yesterday()
    run_clock()
    assert counts("zanzibar", "provisions") == {"zanzibar": 1, "provisions": 1}


def test_what_is_not_public_is_not_learnt():
    make.penalty(respondent="Zanzibar Provisions Ltd")
    make.establishment(name="Hidden Observatory", publish_at=None)
    recount()
    assert counts("zanzibar", "observatory") == {}


def test_the_day_and_the_length_of_a_count_are_kept():
    assert recount() is not None
    kept = Vocabulary.objects.get()
    assert timezone.localdate(kept.counted_at) == timezone.localdate() and kept.seconds > 0


def test_what_an_import_taught_while_all_was_counted_stays(monkeypatch):
    make.establishment(name="Golden Observatory")
    recount()
    counted = vocabulary._count

    def meanwhile(cursor, select_sql, params):
        counted(cursor, select_sql, params)
        cursor.execute("INSERT INTO records_word (word, count, deletes) VALUES ('quince', 1, '{1}')")
        cursor.execute("UPDATE records_word SET count = 9 WHERE word = 'golden'")

    monkeypatch.setattr(vocabulary, "_count", meanwhile)
    recount()
    assert counts("golden", "observatory", "quince") == {"golden": 9, "observatory": 1, "quince": 1}


def test_while_one_counts_another_does_not():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(vocabulary._ALONE.replace("_xact", ""))  # held beyond its transaction
            assert recount() is None
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    assert recount() is not None
