"""An inspection that was submitted becomes a draft again: by whom, and until when."""

import pytest
from django.core.exceptions import ValidationError

from records.ratings.models import Inspection
from tests.backoffice import office

pytestmark = pytest.mark.django_db


def test_who_submitted_an_inspection_takes_it_back_and_nobody_else_does(place, maker, checker):
    made = office.draft(place, maker)
    made.submit(by=maker)
    with pytest.raises(ValidationError, match="Only the person who submitted it"):
        made.take_back(by=checker)
    made.refresh_from_db()
    made.take_back(by=maker)
    made.refresh_from_db()
    assert (made.state, made.submitted_at) == ("draft", None)
    step = made.last_step("draft")
    assert (step.source, step.by, step.reason, step.is_taken_back) == ("in_review", maker, "", True)


def test_what_was_approved_in_the_meantime_is_not_taken_back(place, maker, checker):
    made = office.draft(place, maker)
    made.submit(by=maker)
    as_the_clerk_sees_it = Inspection.objects.get(pk=made.pk)
    made.approve(by=checker)
    with pytest.raises(ValidationError, match="published by now"):
        as_the_clerk_sees_it.take_back(by=maker)
    made.refresh_from_db()
    assert (made.state, made.checked_by) == ("published", checker)
