"""The world that tests of pages stand on, and the functions that make single records."""

import pytest

from records.businesses.models import Establishment, EstablishmentVersion
from records.ratings.models import Inspection, Rating
from tests import make


def standing(place):
    """The current rating of a place as the public sees it: grade or status."""
    rating = Rating.objects.public().current().get(establishment=place)
    return rating.value or rating.status


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("copper_kettle", "4"),
        ("closed", "3"),
        ("awaiting", "awaiting_inspection"),
        ("exempt", "exempt"),
        ("by_source", "3"),
        ("superseded", "5"),
        ("corrected", "4"),
        ("returned", "5"),
        ("vanished", "4"),
        ("same_company", "0"),
        ("welsh", "5"),
        ("plate", "pass_and_eat_safe"),
        ("letter", "A"),
        ("letter_b", "B"),
        ("grade_pending", "grade_pending"),
        ("face", "happy"),
        ("sour_face", "sour"),
        ("chinese", "excellent"),
        ("chinese_ungraded", "below_pass"),
    ],
)
def test_the_public_reads_the_standing_of_each_place_of_the_world(world, name, expected):
    assert standing(getattr(world, name)) == expected


@pytest.mark.django_db
def test_the_world_holds_what_its_names_promise(world):
    assert [batch.summary for batch in world.batches] == [
        f"{len(world.files[0])} new, 0 changed, 0 unchanged, 0 vanished, 0 refused",
        f"0 new, 0 changed, {len(world.files[1])} unchanged, 2 vanished, 0 refused",
        f"0 new, 4 changed, {len(world.files[2]) - 4} unchanged, 0 vanished, 0 refused",
    ]
    assert world.vanished.left_source_at and not world.returned.left_source_at
    assert world.mojibake.name == "Jackie’s Kitchen"
    assert EstablishmentVersion.objects.public().get(establishment=world.renamed).name == "The Old Lantern"
    assert (
        Rating.objects.public().filter(establishment=world.superseded, state="superseded").get().value == "2"
    )
    assert Inspection.objects.public().filter(establishment=world.corrected).count() == 2
    assert world.pending.ratings.current().get().pending
    assert world.by_source.ratings.current().get().computed == "5"
    assert world.with_company.business == world.same_company.business
    assert world.with_reply.replies.get().text.startswith("We have replaced the fridge & trained our staff.")
    assert world.overdue.inspections.get().inspected_on == world.days_ago(900)


@pytest.mark.django_db
def test_the_public_sees_of_a_private_home_only_the_name(world):
    home = Establishment.objects.public().get(source_id=world.private_home.source_id)
    assert home.name == "Bramble Bakes"
    assert (home.address, home.postcode, home.phone, home.latitude, home.location) == ("", "", "", None, None)
    assert Establishment.objects.public().get(source_id=world.area_only.source_id).postcode == "QA4"
    assert not Establishment.objects.public().filter(source_id=world.hidden.source_id).exists()


@pytest.mark.django_db
def test_a_name_that_the_world_does_not_have_is_said_with_those_it_has(world):
    with pytest.raises(AttributeError, match=r"has no 'kopper_kettle'.*copper_kettle"):
        _ = world.kopper_kettle


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_the_world_is_there_again_after_a_test_that_emptied_the_database(world, time):
    assert Establishment.objects.public().get(pk=world.copper_kettle.pk).name == "The Copper Kettle"


@pytest.mark.django_db
def test_an_empty_register_is_empty_for_one_test_alone(world, empty_register):
    assert not Establishment.objects.exists() and not Establishment.objects.public().exists()


@pytest.mark.django_db
def test_a_made_inspection_is_a_draft_with_the_grade_of_its_scores():
    made = make.inspection(
        scores={"hygiene": 5, "structural": 5, "confidence": 10}, findings=("A tile was cracked.",)
    )
    assert (made.state, made.grade, made.findings.count()) == ("draft", "4", 1)
    assert len(made.establishment.reference) == 7


@pytest.mark.django_db
def test_a_made_user_has_the_role_at_the_authority():
    council = make.authority()
    clerk = make.user("clerk", council)
    assert clerk.memberships.get().authority == council
    assert clerk.check_password(make.PASSWORD)
    assert make.user("registrar").is_superuser
