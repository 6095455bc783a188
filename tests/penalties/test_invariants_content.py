"""The invariants of decisions in the database (I12 to I18, I41), attacked with plain SQL."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from records.publication.models import Transition
from tests import make
from tests.penalties.attacked import CHANGE, submit
from tests.publication.attack import BOTH, OFFICE, execute, refuse

pytestmark = pytest.mark.django_db

# -- I12 to I16: what a decision says


@BOTH
@pytest.mark.parametrize(
    "missing",
    ["decision_number = ''", "respondent = ''", "facts = ''", "legal_basis = ''", "domain = ''",
     "decided_on = NULL", "law_id = NULL", "document_id = NULL"],
)  # fmt: skip
def test_i12_beyond_a_draft_nothing_that_the_law_asks_for_is_missing(draft, missing, role):
    execute(CHANGE.format(missing), draft.pk, role=role)
    with pytest.raises(DatabaseError):
        submit(draft, role)


@BOTH
def test_i13_a_memorandum_is_not_what_a_decision_rests_on(draft, role):
    memorandum = make.law(rank="memorandum")
    execute(CHANGE.format("law_id = %s"), memorandum.pk, draft.pk, role=role)
    with pytest.raises(DatabaseError, match="penalty_rests_on_a_law"):
        submit(draft, role)
    # The rank is the law's own, whatever a statement says.
    execute(CHANGE.format("basis_rank = 'law'"), draft.pk, role=role)
    draft.refresh_from_db()
    assert draft.basis_rank == "memorandum"


def test_i13_the_rank_of_a_cited_law_does_not_change(published):
    refuse(
        "UPDATE records_law SET rank = 'memorandum' WHERE id = %s", published.law_id, match="rest on the law"
    )


@BOTH
def test_i14_a_type_of_violation_was_in_force_on_the_day_of_the_decision(draft, role):
    yesterday = draft.decided_on - timedelta(days=1)
    execute("UPDATE records_violationtype SET in_force_until = %s", yesterday, role=role)
    with pytest.raises(DatabaseError, match="not in force on the day of the decision"):
        submit(draft, role)


@BOTH
def test_i15_one_authority_has_one_decision_of_a_number_however_it_is_written(draft, role):
    other = make.penalty(authority=draft.authority, entered_by=draft.entered_by)
    number = f" {draft.decision_number.replace('/', '／').lower()} "
    refuse(CHANGE.format("decision_number = %s"), number, other.pk, role=role, match="penalty_number_once")
    assert execute(CHANGE.format("decision_number = %s"), number, make.penalty().pk, role=role) == 1


@BOTH
def test_i16_a_decision_is_not_made_in_the_future_and_has_sanctions_and_violations(role):
    tomorrow = make.penalty(decided_on=timezone.localdate() + timedelta(days=2))
    with pytest.raises(DatabaseError, match="lies in the future"):
        submit(tomorrow, role)
    for table in ("records_penaltysanction", "records_penaltyviolation"):
        draft = make.penalty()
        execute(f"DELETE FROM {table} WHERE penalty_id = %s", draft.pk, role=role)
        with pytest.raises(DatabaseError, match=r"no sanction|no type of violation"):
            submit(draft, role)
    odd = make.penalty()
    with pytest.raises(DatabaseError, match="not those of its sanctions"):
        execute(CHANGE.format("state = 'in_review', sanction_kinds = '{warning}'"), odd.pk, role=role)


# -- I17, I41: people


@BOTH
def test_i17_nobody_is_two_people(reviewed, role):
    for column in ("checked_by_id", "published_by_id", "adjudicated_by_id"):
        with pytest.raises(DatabaseError, match=r"maker_does_nothing_else|not a|not an"):
            execute(CHANGE.format(f"{column} = entered_by_id"), reviewed.pk, role=role)


@BOTH
@pytest.mark.parametrize(
    ("column", "right"),
    [("entered_by_id", "clerk"), ("checked_by_id", "checker"), ("published_by_id", "publisher"),
     ("adjudicated_by_id", "adjudicator")],
)  # fmt: skip
def test_i41_only_people_of_the_authority_in_their_own_role_act_on_its_records(draft, column, right, role):
    stranger = make.user(right)
    wrong = make.user("auditor", draft.authority)
    registrar = make.user("registrar")
    for person in (stranger, wrong, registrar):
        refuse(CHANGE.format(f"{column} = %s"), person.pk, draft.pk, role=role, match="this person is not")
    own = make.user(right, draft.authority)
    assert execute(CHANGE.format(f"{column} = %s"), own.pk, draft.pk, role=role) == 1


@BOTH
def test_i41_an_authority_decides_only_in_its_domains(draft, role):
    execute(CHANGE.format("domain = 'finance'"), draft.pk, role=role)
    with pytest.raises(DatabaseError, match="does not act in its domain"):
        submit(draft, role)


@BOTH
def test_i41_events_and_proposals_are_of_the_authoritys_own_people(published, role):
    add = (
        "INSERT INTO records_penaltyevent (penalty_id, kind, currency, note, entered_by_id) "
        "VALUES (%s, 'contested', '', '', %s)"
    )
    refuse(add, published.pk, make.user("clerk").pk, role=role, match="not a clerk")
    propose = "INSERT INTO records_proposal (penalty_id, verb, reason, by_id) VALUES (%s, 'resume', 'x', %s)"
    refuse(propose, published.pk, make.user("adjudicator").pk, role=role, match="entitled to propose")


# -- I18 to I20: states (the rest is in test_states.py)


@BOTH
def test_i18_each_change_of_many_at_once_leaves_its_row(role):
    authority = make.authority()
    clerk = make.user("clerk", authority)
    several = [make.penalty(authority=authority, entered_by=clerk) for _number in range(3)]
    numbers = [penalty.pk for penalty in several]
    execute(
        "UPDATE records_penalty SET state = 'in_review', sanction_kinds = '{fine}' WHERE id = ANY (%s)",
        numbers, role=role,
    )  # fmt: skip
    steps = Transition.objects.filter(kind="penalty", record_id__in=numbers, target="in_review")
    assert steps.count() == 3


def test_i18_the_trace_is_written_by_nobody(published):
    refuse("DELETE FROM records_transition")
    refuse("UPDATE records_transition SET reason = 'x'", role=OFFICE)
    refuse(
        "INSERT INTO records_transition (kind, record_id, source, target, reason) "
        "VALUES ('penalty', %s, 'published', 'expired', 'x')", published.pk, role=OFFICE, match="denied",
    )  # fmt: skip
