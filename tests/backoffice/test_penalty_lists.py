"""Steps for many decisions at once: offered to those whose roles they are, and taken one by one."""

import pytest
from django.urls import reverse

from records.authorities.roles import BY_SLUG
from records.penalties.models import Penalty
from tests import make

pytestmark = pytest.mark.django_db

APPROVED = {"state__exact": "approved"}
# role -> the steps for many that are its own; of all others there are none
WHO = {"checker": {"approve_many", "give_back_many"}, "publisher": {"publish_many"}}


def reviewed(desk) -> Penalty:
    penalty = make.penalty(authority=desk.almond, entered_by=desk.clerk)
    penalty.submit(desk.clerk)
    return penalty


@pytest.fixture
def approved(desk):
    """A decision that waits to be published."""
    penalty = reviewed(desk)
    penalty.approve(desk.checker)
    return penalty


def address(**narrowed) -> str:
    return reverse("admin:records_penalty_changelist", query=narrowed or None)


def offered(client, **narrowed) -> set[str]:
    form = client.get(address(**narrowed)).context["action_form"]
    return {key for key, _label in form.fields["action"].choices if key} if form else set()


def take(client, step: str, *records, **narrowed):
    chosen = {"action": step, "_selected_action": [record.pk for record in records], "sure": "1"}
    return client.post(address(**narrowed), chosen)


def states(*records) -> list[str]:
    return [Penalty.objects.get(pk=record.pk).state for record in records]


def test_the_list_offers_each_person_the_steps_of_their_roles_and_no_others(desk, as_user, approved):
    for role in BY_SLUG:
        assert offered(as_user(make.user(role, desk.almond))) == WHO.get(role, set()), role
    assert offered(as_user(desk.registrar)) == set()
    elsewhere = make.user("publisher", desk.birch)
    make.membership(elsewhere, "checker", desk.almond)
    assert offered(as_user(elsewhere)) == WHO["checker"] | WHO["publisher"]


def test_what_waits_for_its_day_can_be_published_by_who_publishes_and_by_nobody_else(desk, as_user, approved):
    checker, publisher = as_user(desk.checker), as_user(make.user("publisher", desk.almond))
    assert offered(publisher, **APPROVED) == {"publish_many"}
    assert offered(checker, **APPROVED) == set()
    assert "action-select" not in checker.get(address(**APPROVED)).content.decode()
    take(checker, "publish_many", approved, **APPROVED)
    assert states(approved) == ["approved"]
    take(publisher, "publish_many", approved, **APPROVED)
    assert states(approved) == ["published"]


def test_a_list_of_one_state_offers_the_steps_that_lead_on_from_it(desk, as_user):
    everything = make.user("checker", desk.almond)
    make.membership(everything, "publisher", desk.almond)
    client = as_user(everything)
    assert offered(client, state__exact="in_review") == {"approve_many", "give_back_many"}
    assert offered(client, **APPROVED) == {"publish_many"}
    assert offered(client, state__exact="withdrawn") == set()


def test_the_page_of_a_decision_offers_publishing_to_who_publishes_and_to_nobody_else(
    desk, as_user, approved
):
    page = reverse("admin:records_penalty_change", args=[approved.pk])
    button = reverse("admin:records_penalty_do", args=[approved.pk, "publish"])
    for role in BY_SLUG:
        client = as_user(make.user(role, desk.almond))
        assert (button in client.get(page).content.decode()) == (role == "publisher"), role


def test_many_are_approved_together_and_those_that_cannot_be_say_why(desk, as_user):
    good, also, shut = reviewed(desk), reviewed(desk), make.published_penalty(authority=desk.almond)
    client = as_user(desk.checker)
    chosen = {"action": "approve_many", "_selected_action": [good.pk, also.pk, shut.pk]}
    told = client.post(address(), chosen).content.decode()
    assert "2 decisions" in told and "published" in told
    assert states(good, also) == ["in_review", "in_review"]
    take(client, "approve_many", good, also, shut)
    assert states(good, also, shut) == ["approved", "approved", "published"]
