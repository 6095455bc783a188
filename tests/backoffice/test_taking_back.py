"""Taking back at the desk what one has submitted: by that person alone, and only while nobody has decided."""

import pytest
from django.urls import reverse

from records.penalties.desk import actions
from tests import make
from tests.backoffice import office
from tests.publication.attack import BOTH, execute, refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(desk):
    """An inspection that the clerk has submitted."""
    made = office.draft(desk.kettle, desk.clerk)
    made.submit(by=desk.clerk)
    return made


@pytest.fixture
def decision(desk):
    """A decision that the clerk has submitted."""
    made = make.penalty(authority=desk.almond, entered_by=desk.clerk, decision_number="EHO/2026/0117")
    made.submit(desk.clerk)
    return made


def page_of(record) -> str:
    return reverse(f"admin:records_{record._meta.model_name}_change", args=[record.pk])


def step(record, verb: str) -> str:
    kind = record._meta.model_name
    name = f"admin:records_{kind}_{'do' if kind == 'penalty' else 'step'}"
    return reverse(name, args=[record.pk, verb])


@pytest.fixture(params=["visit", "decision"])
def submitted(request):
    """Each of the two."""
    return request.getfixturevalue(request.param)


def first_screen(client) -> str:
    return client.get(reverse("admin:index")).content.decode()


def test_who_submitted_it_takes_it_back_and_goes_on_with_the_draft(desk, as_user, submitted):
    clerk = as_user(desk.clerk)
    assert "submitted by me" in first_screen(clerk).lower() and page_of(submitted) in first_screen(clerk)
    assert step(submitted, "take_back") in clerk.get(page_of(submitted)).content.decode()
    told = clerk.post(step(submitted, "take_back"), follow=True)
    assert told.redirect_chain[-1][0] == page_of(submitted)
    assert "It is a draft again." in told.content.decode() and "Returned to you" not in told.content.decode()
    submitted.refresh_from_db()
    assert submitted.state == "draft"
    assert "My drafts" in first_screen(clerk) and page_of(submitted) in first_screen(clerk)


def test_the_checkers_queue_no_longer_shows_it_and_the_trace_says_who_took_it_back(desk, as_user, submitted):
    checker = as_user(desk.checker)
    assert page_of(submitted) in first_screen(checker)
    as_user(desk.clerk).post(step(submitted, "take_back"))
    assert page_of(submitted) not in first_screen(checker)
    told = checker.get(page_of(submitted)).content.decode()
    assert "<strong>taken back</strong> Amal Clerk" in told and "<strong>returned</strong>" not in told


def test_it_is_offered_to_nobody_else(desk, as_user, submitted):
    others = (desk.both, desk.checker, desk.auditor, desk.registrar)
    for who in others:
        client = as_user(who)
        assert step(submitted, "take_back") not in client.get(page_of(submitted)).content.decode()
        assert client.post(step(submitted, "take_back")).status_code == 403
    assert as_user(desk.stranger).post(step(submitted, "take_back")).status_code == 404
    submitted.refresh_from_db()
    assert submitted.state == "in_review"


def test_who_comes_after_the_approval_is_told_so_and_sees_the_record_as_it_stands(desk, as_user, submitted):
    as_user(desk.checker).post(step(submitted, "approve"))
    told = as_user(desk.clerk).post(step(submitted, "take_back"), follow=True)
    assert told.redirect_chain[-1][0] == page_of(submitted)
    assert "Too late: somebody has acted on it meanwhile. It is “approved” now." in told.content.decode()
    submitted.refresh_from_db()
    assert (submitted.state, submitted.checked_by) == ("approved", desk.checker)


def test_a_checker_who_comes_after_it_was_taken_back_is_told_so_as_well(desk, as_user, submitted):
    as_user(desk.clerk).post(step(submitted, "take_back"))
    told = as_user(desk.checker).post(step(submitted, "approve"), follow=True)
    assert "It is “draft” now." in told.content.decode()
    submitted.refresh_from_db()
    assert (submitted.state, submitted.checked_by) == ("draft", None)


def test_a_reason_that_was_given_before_is_not_shown_as_if_it_had_been_returned_again(
    desk, as_user, submitted
):
    submitted.give_back(desk.checker, "The date is that of the letter.")
    clerk = as_user(desk.clerk)
    assert "The date is that of the letter." in first_screen(clerk)
    submitted.submit(desk.clerk)
    clerk.post(step(submitted, "take_back"))
    assert "The date is that of the letter." not in first_screen(clerk)
    assert "Returned to you" not in clerk.get(page_of(submitted)).content.decode()


def test_a_correction_is_taken_back_on_its_own_page(desk, as_user):
    decision = make.published_penalty(authority=desk.almond)
    correction = decision.correct(desk.clerk)
    correction.submit(desk.clerk, "A spelling mistake.")
    own = reverse("admin:records_penalty_correction", args=[correction.pk])
    address = reverse("admin:records_penalty_correction_do", args=[correction.pk, "take_back"])
    assert as_user(desk.both).post(address).status_code == 403
    clerk = as_user(desk.clerk)
    assert address in clerk.get(own).content.decode()
    assert clerk.post(address).url == own
    correction.refresh_from_db()
    assert correction.state == "draft" and "A spelling mistake." in clerk.get(own).content.decode()


def test_the_web_role_takes_back(desk, as_user, submitted, web_role):
    web_role()
    assert as_user(desk.clerk).post(step(submitted, "take_back")).status_code == 302
    submitted.refresh_from_db()
    assert submitted.state == "draft"


@BOTH
def test_the_database_takes_back_nothing_that_was_approved_and_changes_nothing_in_review(
    desk, decision, visit, role
):
    for table, text in (("records_penalty", "facts"), ("records_inspection", "outcome")):
        record = decision if table == "records_penalty" else visit
        refuse(f"UPDATE {table} SET {text} = 'x' WHERE id = %s", record.pk, role=role)
        record.approve(desk.checker)
        refuse(f"UPDATE {table} SET state = 'draft' WHERE id = %s", record.pk, role=role, match="not exist")


@BOTH
def test_what_was_taken_back_still_needs_a_second_person(desk, visit, role):
    visit.take_back(desk.clerk)
    visit.submit(desk.clerk)
    alone = (
        "UPDATE records_inspection SET state = 'approved', publish_at = now(), checked_by_id = %s "
        "WHERE id = %s"
    )
    refuse(alone, None, visit.pk, role=role)
    refuse(alone, desk.clerk.pk, visit.pk, role=role)
    assert execute(alone, desk.checker.pk, visit.pk, role=role) == 1


def test_a_decision_in_review_offers_its_clerk_just_this(desk, decision):
    assert [action.key for action, _why in actions.offered(decision, desk.clerk)] == ["take_back"]
