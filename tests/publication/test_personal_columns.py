"""No column that everybody reads takes the number of a person, whoever writes it, by whatever statement."""

import pytest
from django.apps import apps
from django.db import models

from records.penalties.happenings import PenaltyEvent
from records.ratings.models import Reply
from tests import make
from tests.deciding import settle
from tests.publication.attack import execute, refuse

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"

CHECKED = {
    (model._meta.db_table, field)
    for model in apps.get_app_config("records").get_models()
    for constraint in model._meta.constraints
    if constraint.name.endswith("_no_personal_number")
    for field in (f.name for f in constraint.condition.flatten() if isinstance(f, models.F))
}


@pytest.fixture
def rows(db):
    """One row in each of the tables."""
    place = make.establishment()
    visit = make.inspection(establishment=place, findings=("A tile was cracked.",))
    make.business()
    Reply.objects.create(establishment=place, text="We have cleaned since.")
    penalty = make.published_penalty(cited=(make.provision(),))
    PenaltyEvent.objects.create(penalty=penalty, kind="paid", entered_by=penalty.entered_by)
    checker = make.user("checker", penalty.authority)
    penalty.withdraw(checker, "Annulled.", "annulled", make.document())
    return visit


@pytest.mark.parametrize(("table", "column"), sorted(CHECKED))
def test_a_column_that_is_read_by_all_refuses_the_number_of_a_person(rows, table, column):
    # Some rows never change at all; this check holds for those that are born as well.
    settle()
    execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    refuse(f"UPDATE {table} SET {column} = %s", NUMBER, match="_no_personal_number")


def test_every_text_of_visits_and_places_is_checked():
    entered = {"inspection", "finding", "reply", "establishment", "business"}
    texts = {
        (model._meta.db_table, field.name)
        for model in apps.get_app_config("records").get_models()
        if model._meta.model_name in entered
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or isinstance(field, models.GeneratedField))
    }
    # Made by the database, or a code of ours.
    ours = {"reference", "country", "source"}
    assert {(table, name) for table, name in texts - CHECKED if name not in ours} == set()
