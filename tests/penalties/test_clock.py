"""The clock: what is due is shown, what is over disappears; twice is once, and two at once do it once."""

from datetime import timedelta
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from records.penalties import clock
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.publication.models import Transition
from tests import make


def move(penalty, **times) -> None:
    """Let time pass for a record: its instants as intervals from now."""
    given = ", ".join(f"{name} = now() + %s" for name in times)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE records_penalty SET {given} WHERE id = %s", [*times.values(), penalty.pk])
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")


def over(penalty) -> None:
    move(penalty, publish_at=timedelta(days=-9), hide_at=timedelta(seconds=-1))


def approved(**facts):
    penalty = make.penalty(**facts)
    penalty.submit(penalty.entered_by)
    penalty.approve(make.user("checker", penalty.authority))
    return penalty


@pytest.mark.django_db
def test_the_clock_shows_what_is_due_and_ends_what_is_over_and_does_nothing_twice():
    due, late, hidden, waiting = approved(), make.published_penalty(), make.published_penalty(), approved()
    registrar = make.user("registrar", hidden.authority)
    hidden.suspend(registrar, "A court asks.", "court_stay", timezone.localdate() + timedelta(days=9))
    over(late), over(hidden)
    move(waiting, publish_at=timedelta(days=1))
    out = StringIO()
    call_command("run_clock", stdout=out)
    assert "1 decisions published, 2 decisions expired" in out.getvalue()
    states = [Penalty.objects.get(pk=p.pk).state for p in (due, late, hidden, waiting)]
    assert states == ["published", "expired", "expired", "approved"]
    call_command("run_clock", stdout=(again := StringIO()))
    assert "0 decisions published, 0 decisions expired" in again.getvalue()
    for penalty in (late, hidden):
        assert Transition.objects.filter(record_id=penalty.pk, target="expired", by=None).count() == 1


@pytest.mark.django_db
def test_what_was_annulled_meanwhile_is_not_shown_and_said_so():
    penalty = approved()
    PenaltyEvent.objects.create(penalty=penalty, kind="annulled", entered_by=penalty.entered_by)
    with pytest.raises(CommandError, match="annulled"):
        call_command("run_clock", stdout=StringIO())
    penalty.refresh_from_db()
    assert penalty.state == "approved"


@pytest.mark.django_db
def test_displays_are_ended_in_pieces():
    authority = make.authority()
    for _number in range(5):
        over(make.published_penalty(authority=authority))
    assert clock.expire_over(at_once=2) == 5
    assert clock.expire_over(at_once=2) == 0


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_do_one_step():
    penalty, late = approved(), make.published_penalty()
    over(late)
    done = []

    def run():
        done.append((clock.expire_over(), clock.publish_due()[0]))
        connections.close_all()

    clocks = [Thread(target=run) for _number in range(2)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join()
    assert [sum(counts) for counts in zip(*done, strict=True)] == [1, 1]
    for record, target in ((late, "expired"), (penalty, "published")):
        assert Transition.objects.filter(kind="penalty", record_id=record.pk, target=target).count() == 1
