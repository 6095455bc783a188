"""Loading the demo: what is in the register afterwards, who may sign in, and where it refuses to go."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from records.authorities import roles
from records.authorities.models import Membership
from records.businesses.models import Establishment, EstablishmentVersion
from records.demo import county, decisions, load, people
from records.intake.models import Batch
from records.penalties.models import Penalty
from records.ratings.models import Inspection, Rating
from tests import make

TODAY = date.today() - timedelta(days=1)


def run(**options):
    """The output of the command."""
    out = StringIO()
    call_command("load_demo", today=TODAY, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def small_county(monkeypatch, empty_register):
    """The county with an eighth of its places and a tenth of its decisions."""
    registers = [
        county.Register(r.code, r.prefix, r.towns, 350 if r.welsh else 130, r.welsh) for r in county.REGISTERS
    ]
    monkeypatch.setattr(county, "REGISTERS", registers)
    monkeypatch.setattr(decisions, "COUNT", 3)


@pytest.mark.django_db(transaction=True)
def test_the_demo_is_loaded_through_imports_and_a_second_run_changes_nothing(small_county):
    first = run()
    assert f"Accounts (password {people.PASSWORD}): adjudicator.aberwyrn" in first
    batches = list(Batch.objects.committed().order_by("pk"))
    assert len(batches) == 6
    assert all(
        b.new + b.changed and b.uploaded_by and b.confirmed_by and len(b.sha256) == 64 for b in batches
    )
    assert sum(b.refused for b in batches) == 4 and [b.vanished > 0 for b in batches][3:5] == [False, True]
    assert Rating.objects.filter(state="superseded").exists()
    assert Rating.objects.current().filter(by_source=True, pending=False).exists()
    assert EstablishmentVersion.objects.exclude(name="").exists()
    assert batches[5].details["kinds"]["returned"] == 1
    assert Establishment.objects.filter(left_source_at=None, source_id="CA00333").exists()
    counts = [model.objects.count() for model in (Establishment, Inspection, Rating, Batch)]
    assert "already loaded" in run()
    assert [model.objects.count() for model in (Establishment, Inspection, Rating, Batch)] == counts
    _the_desk_has_each_state()
    _every_account_signs_in()


def _the_desk_has_each_state():
    for code in ("demo-aberwyrn", "demo-harrowmere"):
        by_hand = Inspection.objects.filter(batch=None, establishment__authority__code=code)
        approved = "approved" if code == "demo-aberwyrn" else "published"
        assert sorted(by_hand.values_list("state", flat=True)) == sorted(
            ["draft", "draft", "in_review", approved]
        )
        returned = [one for one in by_hand.filter(state="draft") if one.last_step("draft")]
        assert (
            returned[0].last_step("draft").reason
            == "The second finding does not say where. Name the room, please."
        )


def _every_account_signs_in():
    names = people.accounts()
    assert len(names) == 2 * len(roles.ROLES) + 1
    for name in names:
        user = get_user_model().objects.get(username=name)
        assert user.check_password(people.PASSWORD)
        assert user.is_superuser == (name == "registrar")
    assert Membership.objects.filter(user__username="checker.harrowmere").get().authority.slug == "harrowmere"


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_load_is_taken_up_where_it_stopped(small_county, monkeypatch):
    steps = []

    def stumble(*args, **kwargs):
        steps.append(args)
        if len(steps) == 3:
            raise KeyboardInterrupt
        return imported(*args, **kwargs)

    imported = load.run
    monkeypatch.setattr(load, "run", stumble)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert Batch.objects.count() == 2 and not load.is_loaded()
    run()
    assert Batch.objects.count() == 6 and load.is_loaded()


@pytest.mark.django_db
def test_the_demo_refuses_a_database_with_records_of_others(empty_register):
    make.establishment()
    with pytest.raises(CommandError, match=r"already holds 1 establishment"):
        run()
    assert "The demo was not loaded. The database already holds 1" in run(if_empty=True)
    assert not get_user_model().objects.filter(username="registrar").exists()


@pytest.mark.parametrize(("day", "why"), [("yesterday", "is not a date"), ("2025-01-01", "or a later day")])
def test_a_day_that_the_demo_cannot_be_counted_from_is_refused(day, why):
    with pytest.raises(CommandError, match=why):
        call_command("load_demo", f"--today={day}")


@pytest.mark.django_db(transaction=True)
def test_a_day_in_the_future_puts_nothing_on_the_desk_that_has_not_happened(small_county):
    call_command("load_demo", today=date.today() + timedelta(days=500), stdout=StringIO())
    by_hand = Inspection.objects.filter(batch=None)
    assert by_hand.count() == 8 and max(one.inspected_on for one in by_hand) < date.today()


@pytest.mark.django_db
def test_the_demo_refuses_an_installation_with_users(settings, empty_register):
    settings.EMBEDDED = False
    get_user_model().objects.create_user("somebody")
    with pytest.raises(CommandError, match="whose password everybody knows; add --force"):
        run()
    load.refuse(force=True)


@pytest.mark.django_db(transaction=True)
def test_the_demo_has_decisions_in_every_state_of_the_desk_and_shows_none_that_is_not_public(small_county):
    run()
    for code in ("demo-aberwyrn", "demo-harrowmere"):
        held = Penalty.objects.filter(authority__code=code)
        states = set(held.values_list("state", flat=True))
        assert states >= {"draft", "in_review", "published", "refused", "withdrawn", "suspended", "approved"}
        shown = Penalty.objects.public().filter(authority__code=code)
        assert shown.count() == held.filter(state="published").count() > 3
        assert held.filter(version=2).count() == 1
        assert set(shown.filter(respondent_kind="sole_trader").values_list("respondent", flat=True)) <= {""}
