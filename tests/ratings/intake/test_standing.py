"""Which rating stands after an import: the file's, the one entered by hand later, or none any more."""

from datetime import UTC, datetime

from django.contrib.postgres.functions import TransactionNow
from django.db import connection

from records.ratings.models import Inspection, Rating
from tests import make
from tests.importing import day, place
from tests.world_places import fhrs


def enter_by_hand(register, number: str, on, value: str) -> Rating:
    """Publish what a clerk entered and a colleague approved, step by step as the database asks for it."""
    maker, checker = make.user("clerk", register.authority), make.user("checker", register.authority)
    visit = make.inspection(
        establishment=register.held(number), inspected_on=on, entered_by=maker,
        scores={"hygiene": 10, "structural": 10, "confidence": 10},
    )  # fmt: skip
    Rating.objects.filter(establishment=visit.establishment, state="published").update(
        state="superseded", ended_at=TransactionNow(), end_reason="A newer visit"
    )
    for state in ("in_review", "approved", "published"):
        checked = {} if state == "in_review" else {"checked_by": checker, "publish_at": datetime.now(UTC)}
        Inspection.objects.filter(pk=visit.pk).update(state=state, **checked)
    return make.rating(
        visit.establishment, key=value, inspection=visit, computed=value, rated_on=on, batch=None,
        publish_at=TransactionNow(),
    )  # fmt: skip


def test_a_rename_in_the_file_leaves_a_later_rating_entered_by_hand(register):
    register.take(place("1", "The Copper Kettle", visits=(fhrs(day(0), 5),)))
    entered = enter_by_hand(register, "1", day(10), "3")
    register.take(place("1", "The Tin Kettle", visits=(fhrs(day(0), 5),)))
    assert register.held("1").name == "The Tin Kettle"
    assert register.standing("1") == entered


def test_a_later_rating_in_the_file_supersedes_the_one_entered_by_hand(register):
    register.take(place("1", visits=(fhrs(day(0), 5),)))
    entered = enter_by_hand(register, "1", day(10), "3")
    register.take(place("1", visits=(fhrs(day(0), 5), fhrs(day(20), 4))))
    assert register.standing("1").value == "4"
    entered.refresh_from_db()
    assert entered.state == "superseded" and "week-2.csv" in entered.end_reason


def test_a_rating_that_the_source_no_longer_gives_ends_and_says_so(register):
    register.take(place("1", visits=(), standing="Exempt"))
    held = register.standing("1")
    register.take(place("1", visits=(), standing=""))
    held.refresh_from_db()
    assert held.state == "ended" and "week-2.csv" in held.end_reason
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source, target FROM records_transition WHERE kind = 'rating' AND record_id = %s",
            [held.pk],
        )
        assert cursor.fetchall() == [("published", "ended")]


def test_a_preview_says_when_something_could_not_be_read(register, tmp_path):
    whole = register.take(place("1"), place("2"))
    assert whole.notes() == []
    broken = tmp_path / "broken.csv"
    broken.write_bytes(register.file(place("1"), place("2")).read_bytes()[:-40] + b'\nEX1,"')
    preview = register.take(path=broken)
    assert preview.vanished == 0 and "could not be read" in preview.notes()[0]
    assert register.batch.details["notes"] == preview.notes()
