"""What the database refuses to the role of the web process, asked by plain SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from records.publication.models import Transition
from records.ratings.models import Inspection, Rating
from tests.backoffice import office

pytestmark = pytest.mark.django_db

ATTACKS = [
    "UPDATE records_inspection SET scores = '{}' WHERE id = {id}",
    "UPDATE records_inspection SET inspected_on = '2020-01-01' WHERE id = {id}",
    "UPDATE records_inspection SET checked_by_id = NULL WHERE id = {id}",
    "UPDATE records_inspection SET publish_at = '2030-01-01' WHERE id = {id}",
    "UPDATE records_inspection SET state = 'draft' WHERE id = {id}",
    "DELETE FROM records_inspection WHERE id = {id}",
    "INSERT INTO records_finding (inspection_id, position, code, text, criticality) VALUES "
    "({id}, 1, '', 'x', '')",
    "UPDATE records_rating SET value = '0' WHERE inspection_id = {id}",
    "DELETE FROM records_rating WHERE inspection_id = {id}",
    "UPDATE records_rating SET state = 'published' WHERE inspection_id = {id} AND state = 'superseded'",
    "DELETE FROM records_transition WHERE record_id = {id}",
    "UPDATE records_transition SET reason = '' WHERE record_id = {id}",
    "INSERT INTO records_transition (kind, record_id, source, target, reason) VALUES "
    "('inspection', {id}, 'a', 'b', '')",
    "INSERT INTO records_allowedtransition (kind, source, target) VALUES ('inspection', "
    "'published', 'draft')",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_published_resists_plain_sql_of_the_web_role(place, maker, checker, attack):
    made = office.published(place, maker, checker)
    before = (
        list(Inspection.objects.values()),
        list(Rating.objects.values()),
        list(Transition.objects.values()),
    )
    statement = attack.replace("{id}", str(made.pk))
    touched = 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE placard_office")
        try:
            with transaction.atomic():
                cursor.execute(statement)
                touched = cursor.rowcount
        except DatabaseError as refusal:
            assert "permission denied to set role" not in str(refusal)
        cursor.execute("SET LOCAL ROLE NONE")
    assert touched == 0
    after = (
        list(Inspection.objects.values()),
        list(Rating.objects.values()),
        list(Transition.objects.values()),
    )
    assert before == after


def test_the_web_role_can_take_the_whole_way(place, maker, checker):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE placard_office")
        made = office.published(place, maker, checker, office.THREE)
        draft = made.correct(by=maker)
        draft.submit(by=maker, reason="Typing error")
        draft.approve(by=checker)
        cursor.execute("SET LOCAL ROLE NONE")
    assert Rating.objects.filter(state="published").count() == 1
    assert Transition.objects.filter(kind="inspection").count() == 7
