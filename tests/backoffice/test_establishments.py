"""Establishments at the desk: duplicates, versions, merging; and the commands that prepare the ground."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from records.authorities.models import Authority
from records.businesses.duplicates import similar
from records.businesses.merge import merge
from records.businesses.models import Establishment, EstablishmentAlias
from records.ratings.models import Inspection, Rating
from tests.backoffice import office

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:records_establishment_{name}", args=args)


def form(desk, **more):
    return {
        "name": "Copper Kettle", "kind": "restaurant", "address": "12 Mill Lane", "postcode": "ab1 2cd",
        "address_visibility": "shown", "authority": desk.almond.pk, "versions-TOTAL_FORMS": "0",
        "versions-INITIAL_FORMS": "0",
    } | more  # fmt: skip


def test_a_new_one_that_may_be_there_already_is_named_before_it_is_saved(desk, as_user):
    client = as_user(desk.clerk)
    page = client.post(url("add"), form(desk))
    assert b"The register already has" in page.content and b"The Copper Kettle" in page.content
    assert Establishment.objects.count() == 2
    page = client.post(url("add"), form(desk, another="on"))
    assert page.status_code == 302 and Establishment.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "postcode", "found"),
    [
        ("COPPER KETTLE LTD", "AB12CD", True),
        ("Kettle Copper", "AB1 2CD", True),
        ("The Copper Kettle", "AB1 9ZZ", False),
        ("Fish Bar", "AB1 2CD", False),
        ("copper kettle", "", True),
        ("", "", False),
    ],
)
def test_likeness_is_of_words_under_the_same_postcode(desk, name, postcode, found):
    assert bool(similar(desk.almond, name, postcode)) is found
    assert similar(desk.birch, name, postcode) == []


def test_a_new_one_leads_on_to_its_inspection(desk, as_user):
    page = as_user(desk.clerk).post(url("add"), form(desk, name="Fish Bar", _inspect="1"))
    made = Establishment.objects.get(name="Fish Bar")
    assert page["Location"].endswith(f"inspection/add/?establishment={made.pk}")
    assert made.publish_at is None


def test_a_change_leaves_the_earlier_version_readable(desk, as_user):
    client = as_user(desk.clerk)
    data = form(desk, name="The Silver Kettle", latitude="52.2", longitude="0.12")
    assert client.post(url("change", desk.kettle.pk), data).status_code == 302
    page = client.get(url("change", desk.kettle.pk))
    assert b"Earlier versions" in page.content and b"The Copper Kettle" in page.content
    desk.kettle.refresh_from_db()
    assert (desk.kettle.name, desk.kettle.geocode_quality) == ("The Silver Kettle", "clerk")


def test_reference_and_authority_cannot_be_posted(desk, as_user):
    before = desk.kettle.reference
    as_user(desk.registrar).post(
        url("change", desk.kettle.pk), form(desk, authority=desk.birch.pk, reference="xxx")
    )
    desk.kettle.refresh_from_db()
    assert (desk.kettle.authority, desk.kettle.reference) == (desk.almond, before) or before is None


def test_the_number_of_a_person_in_a_text_is_refused_beside_the_form(desk, as_user):
    page = as_user(desk.clerk).post(url("add"), form(desk, name="Fish Bar 11010519491231002X"))
    assert b"what looks like the number of a person" in page.content
    assert Establishment.objects.count() == 2


def test_coordinates_are_given_both_or_none(desk, as_user):
    page = as_user(desk.clerk).post(url("change", desk.kettle.pk), form(desk, latitude="52.2"))
    assert page.status_code == 200 and b"give both or none" in page.content


# -- merging


@pytest.fixture
def double(desk):
    """A second row of the same place, with a published rating and a draft."""
    made = office.establishment(desk.almond, "Copper Kettle")
    office.published(made, desk.clerk, desk.checker)
    office.draft(made, desk.clerk, office.THREE)
    made.refresh_from_db()
    return made


def test_a_merged_row_steps_back_and_its_reference_leads_on(desk, double):
    office.published(desk.kettle, desk.clerk, desk.checker)
    merge(double, desk.kettle, "Same premises", desk.checker)
    assert [e.pk for e in Establishment.objects.public()] == [desk.kettle.pk]
    alias = EstablishmentAlias.objects.public().get(reference=double.reference)
    assert alias.establishment_id == desk.kettle.pk
    ended = Rating.objects.get(establishment=double)
    assert ended.state == "ended" and "Same premises" in ended.end_reason
    assert Inspection.objects.get(state="draft").establishment_id == desk.kettle.pk
    assert Inspection.objects.filter(establishment=double, state="published").count() == 1


def test_old_references_follow_a_second_merge(desk, double):
    third = office.establishment(desk.almond, "Kettle")
    merge(double, desk.kettle, "Same premises")
    merge(desk.kettle, third, "Same premises")
    assert {a.establishment_id for a in EstablishmentAlias.objects.all()} == {third.pk}


def test_a_merge_that_would_lose_something_is_refused(desk, double):
    with pytest.raises(ValidationError, match="why"):
        merge(double, desk.kettle, " ")
    with pytest.raises(ValidationError, match="itself"):
        merge(double, double, "x")
    with pytest.raises(ValidationError, match="same authority"):
        merge(double, desk.theirs, "x")
    waiting = office.draft(double, desk.clerk)
    waiting.submit(by=desk.clerk)
    with pytest.raises(ValidationError, match="wait to be checked"):
        merge(double, desk.kettle, "x")
    waiting.give_back(by=desk.checker, reason="x")
    Establishment.objects.filter(pk=double.pk).update(source="ratings-csv")
    with pytest.raises(ValidationError, match="still lists it"):
        merge(double, desk.kettle, "x")
    assert not EstablishmentAlias.objects.exists()


def test_a_clerk_merges_own_rows_by_reference(desk, as_user, double):
    desk.kettle.refresh_from_db()
    client = as_user(desk.clerk)
    page = client.post(url("merge", double.pk), {"into": desk.theirs.reference or "zzzzzzz", "reason": "x"})
    assert b"None of your establishments" in page.content
    page = client.post(
        url("merge", double.pk), {"into": desk.kettle.reference.upper(), "reason": "Same premises"}
    )
    assert page.status_code == 302
    assert as_user(desk.auditor).get(url("merge", desk.kettle.pk)).status_code == 403


# -- commands


def test_add_authority_makes_one_that_can_be_imported_to():
    out = StringIO()
    call_command(
        "add_authority", "elm", "Elm Borough", "--domain", "food-safety", "--country", "GB-ENG",
        "--time-zone",
        "Europe/London", stdout=out,
    )  # fmt: skip
    made = Authority.objects.get(code="elm")
    assert (made.name, made.domains, made.time_zone, made.slug) == (
        "Elm Borough", ["food-safety"], "Europe/London", "elm-borough"
    )  # fmt: skip
    call_command("add_authority", "elm-2", "Elm Borough", "--parent", "elm", stdout=out)
    second = Authority.objects.get(code="elm-2")
    assert (second.parent, second.slug) == (made, "elm-borough-2")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["elm", "Again"], "code"),
        (["oak", "Oak", "--time-zone", "Mars/Olympus"], "not a time zone"),
        (["oak", "Oak", "--parent", "nobody"], "no authority has the code nobody"),
        (["oak", "Oak", "--domain", "astrology"], "astrology"),
    ],
)
def test_add_authority_says_what_is_wrong(options, words):
    office.authority("elm", "Elm Borough")
    with pytest.raises(CommandError, match=words):
        call_command("add_authority", *options)
    assert Authority.objects.count() == 1
