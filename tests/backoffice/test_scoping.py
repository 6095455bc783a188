"""Nobody sees or changes another authority's records, by whichever door they try."""

import pytest
from django.urls import reverse

from records.businesses.models import Business, Establishment
from records.ratings.models import Inspection
from tests.backoffice import office

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def theirs(desk):
    """An inspection of the other authority, in review, and one published."""
    waiting = office.draft(desk.theirs, desk.stranger)
    waiting.submit(by=desk.stranger)
    return waiting


LISTS = ["records_inspection", "records_rating", "records_establishment", "records_authority"]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("who", ["clerk", "checker", "auditor"])
def test_lists_hold_nothing_of_another_authority(desk, as_user, theirs, kind, who):
    page = as_user(getattr(desk, who)).get(url(f"{kind}_changelist"))
    assert page.status_code == 200
    assert b"Birch" not in page.content


def test_a_registrar_sees_all(desk, as_user, theirs):
    page = as_user(desk.registrar).get(url("records_establishment_changelist"))
    assert b"The Birch Bark" in page.content and b"The Copper Kettle" in page.content


@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_typed_addresses_of_foreign_records_do_not_exist(desk, as_user, theirs, view):
    client, refusals = as_user(desk.clerk), (403, 404) if view == "delete" else (404,)
    assert client.get(url(f"records_inspection_{view}", theirs.pk)).status_code in refusals
    assert client.get(url(f"records_establishment_{view}", desk.theirs.pk)).status_code in refusals
    assert client.get(url(f"records_authority_{view}", desk.birch.pk)).status_code in refusals


@pytest.mark.parametrize("kind", ["inspection", "establishment", "rating", "batch", "authority"])
def test_nobody_deletes_what_is_kept(desk, as_user, kind):
    own = {
        "inspection": office.published(desk.kettle, desk.clerk, desk.checker).pk,
        "establishment": desk.kettle.pk,
        "rating": desk.kettle.ratings.first() and desk.kettle.ratings.first().pk,
        "authority": desk.almond.pk,
        "batch": 1,
    }
    for who in (desk.clerk, desk.registrar):
        page = as_user(who).post(url(f"records_{kind}_delete", own[kind] or 1), {"post": "yes"})
        assert page.status_code in (403, 404)
    assert Establishment.objects.filter(pk=desk.kettle.pk).exists()


def test_suggestions_and_search_hold_only_own_establishments(desk, as_user):
    client = as_user(desk.clerk)
    found = client.get(url("records_inspection_suggest"), {"q": "bark"}).json()
    assert found == {"found": []}
    assert [
        one["label"] for one in client.get(url("records_inspection_suggest"), {"q": "kett"}).json()["found"]
    ] == ["The Copper Kettle"]
    assert (
        b"No establishment matches" in client.get(url("records_inspection_add"), {"q": "birch bark"}).content
    )


def test_a_foreign_establishment_is_not_entered_graded_or_submitted(desk, as_user):
    client = as_user(desk.clerk)
    add = url("records_inspection_add")
    data = entry(desk.theirs)
    assert client.get(add, {"establishment": desk.theirs.pk}).status_code == 404
    assert client.post(f"{add}?establishment={desk.theirs.pk}", data | {"_next": "1"}).status_code == 404
    assert client.post(url("records_inspection_grade"), data).status_code == 404
    # The address names the own one, the body the other: the address counts.
    page = client.post(f"{add}?establishment={desk.kettle.pk}", data | {"_next": "1"})
    assert page.status_code == 302
    assert Inspection.objects.get().establishment == desk.kettle


def entry(place, **more):
    """A complete entry as the form sends it."""
    return {
        "establishment": place.pk, "scheme": "uk-fhrs", "inspected_on": "2026-11-02", "score_hygiene": "5",
        "score_structural": "5", "score_confidence": "5", "findings-TOTAL_FORMS": "0",
        "findings-INITIAL_FORMS": "0",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    "verb", ["approve", "give_back", "withdraw", "submit", "publish", "supersede", "nonsense"]
)
def test_no_step_is_taken_on_a_foreign_record(desk, as_user, theirs, verb):
    for who in (desk.clerk, desk.checker, desk.both):
        page = as_user(who).post(url("records_inspection_step", theirs.pk, verb), {"reason": "x"})
        assert page.status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "in_review"


def test_a_role_decides_which_steps_a_member_takes(desk, as_user):
    made = office.draft(desk.kettle, desk.clerk)
    made.submit(by=desk.clerk)
    for who in (desk.clerk, desk.auditor):
        assert as_user(who).post(url("records_inspection_step", made.pk, "approve")).status_code == 403
    assert as_user(desk.checker).post(url("records_inspection_step", made.pk, "approve")).status_code == 302
    made.refresh_from_db()
    assert made.state == "approved"


def test_who_is_clerk_and_checker_cannot_approve_their_own(desk, as_user):
    made = office.draft(desk.kettle, desk.both)
    made.submit(by=desk.both)
    client = as_user(desk.both)
    page = client.get(url("records_inspection_change", made.pk))
    assert b"another person checks it" in page.content and b"disabled" in page.content
    page = client.post(url("records_inspection_step", made.pk, "approve"))
    assert page.status_code == 422 and b"another person checks it" in page.content
    made.refresh_from_db()
    assert made.state == "in_review"


def test_a_registrar_cannot_approve_their_own_either(desk, as_user):
    made = office.draft(desk.kettle, desk.registrar)
    made.submit(by=desk.registrar)
    assert as_user(desk.registrar).post(url("records_inspection_step", made.pk, "approve")).status_code == 422


@pytest.mark.parametrize("verb", ["correct", "discard"])
def test_corrections_and_drafts_of_others_are_left_alone(desk, as_user, verb):
    foreign = office.draft(desk.theirs, desk.stranger)
    own = office.draft(desk.kettle, desk.clerk)
    assert as_user(desk.clerk).post(url(f"records_inspection_{verb}", foreign.pk)).status_code == 404
    assert as_user(desk.auditor).post(url(f"records_inspection_{verb}", own.pk)).status_code == 403
    as_user(desk.both).post(url(f"records_inspection_{verb}", own.pk))
    assert Inspection.objects.count() == 2


def test_a_draft_is_changed_only_by_the_person_who_entered_it(desk, as_user):
    made = office.draft(desk.kettle, desk.clerk)
    page = as_user(desk.both).post(
        url("records_inspection_change", made.pk), entry(desk.kettle, score_hygiene="25")
    )
    assert b"<form" in page.content
    made.refresh_from_db()
    assert made.scores == office.FIVE


def test_an_establishment_is_added_only_to_an_own_authority(desk, as_user):
    data = {"name": "New Place", "kind": "other", "address_visibility": "shown", "authority": desk.birch.pk}
    page = as_user(desk.clerk).post(url("records_establishment_add"), data | versions())
    assert page.status_code == 200 and b"Select a valid choice" in page.content
    both = office.person("mixed", (desk.almond, "clerk"), (desk.birch, "auditor"))
    page = as_user(both).post(url("records_establishment_add"), data | versions())
    assert b"Select a valid choice" in page.content
    assert not Establishment.objects.filter(name="New Place").exists()


def versions():
    return {"versions-TOTAL_FORMS": "0", "versions-INITIAL_FORMS": "0"}


def test_an_auditor_of_one_authority_and_clerk_of_another_enters_only_there(desk, as_user):
    mixed = office.person("mixed", (desk.almond, "auditor"), (desk.birch, "clerk"))
    client = as_user(mixed)
    assert client.get(url("records_establishment_change", desk.kettle.pk)).status_code == 200
    page = client.post(url("records_establishment_change", desk.kettle.pk), {"name": "Mine now"} | versions())
    assert page.status_code == 403
    assert client.get(url("records_inspection_add"), {"establishment": desk.kettle.pk}).status_code == 404
    assert client.get(url("records_inspection_add"), {"establishment": desk.theirs.pk}).status_code == 200


def test_related_records_cannot_be_reached_by_number(desk, as_user):
    trader = Business.objects.create(name="Sten Trader", kind="sole_trader")
    Establishment.objects.filter(pk=desk.theirs.pk).update(business=trader)
    client = as_user(desk.clerk)
    data = {
        "name": "The Copper Kettle", "kind": "restaurant", "address_visibility": "shown",
        "business": trader.pk
    } | versions()  # fmt: skip
    page = client.post(url("records_establishment_change", desk.kettle.pk), data)
    assert page.status_code == 200 and b"Select a valid choice" in page.content
    assert b"Sten Trader" not in client.get(url("records_business_changelist")).content
    assert client.get(url("records_business_change", trader.pk)).status_code == 404


def test_djangos_autocomplete_view_is_scoped_as_well(desk, as_user):
    page = as_user(desk.clerk).get(
        url("autocomplete"),
        {"app_label": "records", "model_name": "inspection", "field_name": "establishment", "term": "the"},
    )
    assert {row["text"] for row in page.json()["results"]} == {"The Copper Kettle"}


def test_filters_do_not_leak_through_typed_lookups(desk, as_user):
    for lookup in (
        "authority__memberships__user__password__startswith",
        "authority__memberships__user__username",
    ):
        page = as_user(desk.clerk).get(url("records_establishment_changelist"), {lookup: "a"})
        assert page.status_code in (302, 400)


def test_people_and_memberships_are_managed_by_registrars_alone(desk, as_user):
    for who in (desk.clerk, desk.checker):
        client = as_user(who)
        assert client.get(url("auth_user_changelist")).status_code == 403
        assert client.get(url("auth_user_change", desk.stranger.pk)).status_code == 403
        page = client.get(url("records_authority_change", desk.almond.pk))
        assert b"memberships-0-role" not in page.content
        assert client.post(url("records_authority_change", desk.almond.pk), {"name": "X"}).status_code == 403
    assert as_user(desk.registrar).get(url("auth_user_change", desk.clerk.pk)).status_code == 200


def test_without_membership_the_back_office_stays_shut(desk, client, as_user):
    nobody = office.person("nobody", is_staff=True)
    assert as_user(nobody).get(url("index")).status_code == 302
    assert client.get(url("index")).status_code == 302
    assert client.post(url("records_inspection_grade"), {}).status_code == 302
    desk.clerk.is_active = False
    desk.clerk.save()
    assert as_user(desk.clerk).get(url("index")).status_code == 302


def test_the_sign_in_page_bears_the_name_of_the_portal(client, db, settings):
    settings.PLACARD_NAME = "Ratings of Almond County"
    page = client.get(url("login"))
    assert b"Ratings of Almond County" in page.content and b"testserver" not in page.content


def test_signing_in_needs_a_membership_and_not_a_staff_flag(desk, client):
    page = client.post(url("login"), {"username": "amal", "password": office.PASSWORD, "next": url("index")})
    assert page.status_code == 302
    assert not desk.clerk.is_staff
    assert client.get(url("index")).status_code == 200
