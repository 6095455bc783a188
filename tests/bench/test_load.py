"""The made-up load: the same each time, taken up again where it stopped, sound and public."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.http import QueryDict

from records.bench.load import plan as plans
from records.bench.load import progress, taking_down
from records.bench.load.run import load
from records.bench.load.tables import BIG, TABLES
from records.businesses.models import Establishment
from records.penalties import ledger
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.penalties.search import PenaltySearch
from records.ratings.models import Rating
from records.ratings.search import RatingSearch
from tests import another_process as process
from tests import make

pytestmark = pytest.mark.django_db
PLAN = plans.Plan(400, 200, date(2026, 11, 1))

STANDING = """
SELECT t.tgrelid::regclass::text, t.tgname, t.tgenabled::text FROM pg_trigger t
WHERE t.tgrelid = ANY (%(tables)s::regclass[]) AND NOT t.tgisinternal
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) || convalidated
FROM pg_constraint WHERE conrelid = ANY (%(tables)s::regclass[])
UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%(tables)s)
ORDER BY 1, 2, 3
"""


class Stopped(Exception):
    """Somebody ended the load."""


EMPTY = "TRUNCATE records_transition, records_law, records_document, auth_user CASCADE"


@pytest.fixture
def scratch(empty_register, monkeypatch):
    """An empty register; blocks are small, so that few rows are many blocks."""
    monkeypatch.setattr(plans, "BLOCK", 50)
    ask(EMPTY)


def ask(query, values=None):
    """The rows that a query answers."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def standing():
    """What stands at the big tables; a definition is read back with its casts in other places."""
    found = ask(STANDING, {"tables": list(BIG)})
    return [(*names, re.sub(r"::(text|character varying)(\[\])?|[()]", "", said)) for *names, said in found]


def fill(size=2, say=lambda _text: None):
    """Load the plan in this process; whether anything was to be done."""
    return load(PLAN, 1, say, size)


def digest():
    """A fingerprint of all rows of each big table."""
    return {
        table: ask(f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY id)) FROM {table} t")[0]
        for table in TABLES
    }


def undone(size):
    """The fingerprint of a load that is then taken back."""
    with transaction.atomic():
        fill(size)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_the_same_plan_makes_the_same_rows_whatever_the_size_of_a_chunk(scratch):
    first, second = undone(1), undone(5)
    assert first == second
    assert first["records_penalty"][0] == 400 and first["records_rating"][0] == 200


def test_a_load_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(scratch):
    whole = undone(3)

    def stop(_text):
        raise Stopped

    with pytest.raises(Stopped):
        fill(1, stop)
    with connection.cursor() as cursor:
        assert progress.loaded(cursor) == {"businesses": 1}
    assert fill(3) is True
    assert digest() == whole


def test_a_load_that_is_finished_is_left_alone(scratch):
    assert fill() is True
    before = digest()
    assert fill() is False
    assert digest() == before


def test_a_register_of_somebody_else_is_refused_with_what_to_do(scratch):
    make.published_penalty(respondent="A Real Register Ltd")
    with pytest.raises(CommandError, match=r"did not make .*empty database"):
        call_command("make_load", penalties=400, establishments=200, processes=1, stdout=StringIO())
    assert ask("SELECT to_regclass('made_load.plan')") == [(None,)]


def test_a_load_to_which_somebody_added_is_refused(scratch):
    fill()
    make.authority(name="Added Later")
    with pytest.raises(progress.Refused, match="records_authority"):
        fill()


def test_a_load_of_other_numbers_is_refused(scratch):
    fill()
    with pytest.raises(progress.Refused, match="another load, of 400 decisions and 200 establishments"):
        load(plans.Plan(500, 200, PLAN.today), 1, print)


def test_triggers_keys_and_indexes_are_there_again(scratch):
    before = standing()
    fill()
    assert standing() == before
    assert len(before) > 100


def test_every_decision_and_place_is_public(scratch):
    fill()
    assert Penalty.objects.public().count() == 400
    assert Establishment.objects.public().count() == 200
    assert Rating.objects.public().current().count() == 200


def test_the_search_finds_decisions_and_places_by_their_words(scratch):
    fill()
    decision = Penalty.objects.exclude(respondent_kind="sole_trader").get(pk=123)
    words = QueryDict(mutable=True)
    words["q"] = f"{decision.facts.split('.')[0]} {decision.respondent}"
    assert decision in PenaltySearch(words).page.rows
    place = Establishment.objects.get(pk=77)
    words["q"] = f"{place.name} {place.address}"
    assert place.name in [row.name for row in RatingSearch(words).page.rows]


def test_a_tenth_is_chinese_and_found_by_its_characters(scratch):
    fill()
    chinese = Penalty.objects.filter(language="zh-hans")
    assert chinese.count() == 40
    words = QueryDict(mutable=True)
    words["q"] = chinese.first().respondent
    assert words["q"] in [row.respondent for row in PenaltySearch(words).page.rows]


def test_what_is_owed_follows_from_the_events(scratch):
    fill()
    events = {}
    for event in PenaltyEvent.objects.order_by("id"):
        events.setdefault(event.penalty_id, []).append(ledger.Entry(event.kind, event.on, event.amount))
    states = set()
    for row in Penalty.objects.all():
        told = ledger.fold(events.get(row.pk, ()))
        assert (row.imposed, row.owed, row.fine_state, row.appeal) == (
            told.imposed,
            told.owed,
            told.state,
            told.appeal,
        )
        states.add(row.fine_state)
    assert states >= {"", "imposed", "paid", "contested", "varied", "paid_in_part"}


def test_words_go_together(scratch):
    """Two words of one subject meet more often than if each were drawn alone."""
    fill()
    (exits, doors, both), = ask(
        "SELECT count(*) FILTER (WHERE facts ~ 'exit'), count(*) FILTER (WHERE facts ~ 'alarm'), "
        "count(*) FILTER (WHERE facts ~ 'exit' AND facts ~ 'alarm') FROM records_penalty"
    )  # fmt: skip
    assert both > 2 * exits * doors / 400 > 0


@pytest.mark.django_db(transaction=True)
def test_two_processes_fill_one_database_and_a_second_start_changes_nothing(empty_register):
    ask(EMPTY)
    arguments = ("make_load", "--penalties", 1200, "--establishments", 1100, "--processes")
    try:
        status, said, messages = process.finish(process.start(*arguments, 2))
        assert status == 0, messages
        assert said[-1] == "Loaded 1,200 decisions and 1,100 establishments as of 2026-11-23."
        assert Penalty.objects.public().count() == 1200
        assert ask("SELECT kind, count(*) FROM made_load.block GROUP BY 1 ORDER BY 1") == [
            ("businesses", 1), ("cards", 2), ("establishments", 2), ("penalties", 2),
        ]  # fmt: skip
        before = digest()
        status, said, messages = process.finish(process.start(*arguments, 2))
        assert (status, said[-1].endswith("Nothing was changed.")) == (0, True), messages
        assert digest() == before
    finally:
        with connection.cursor() as cursor:
            if progress.begun(cursor):
                taking_down.build(cursor, print)
                cursor.execute("DROP SCHEMA made_load CASCADE")


@pytest.mark.parametrize("number", [0, 1, 12345, 13_000_000])
def test_references_are_those_that_the_database_gives(number):
    assert ask("SELECT disclosed.reference(%s)", [number]) == [(plans.reference(number),)]
