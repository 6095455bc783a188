"""Files of which nothing goes into the register."""

import pytest
from django.urls import reverse

from records.intake.models import Batch
from tests.backoffice.test_imports import HEADER, folder, upload, url  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", ["", "9,,AB1,uk-fhrs,,,,,\n"], ids=["empty", "refused"])
def test_a_file_of_which_nothing_can_be_taken_is_not_laid_on_anybody_elses_desk(desk, as_user, rows):
    page = upload(as_user(desk.clerk), HEADER + rows).content
    assert b"there is nothing to confirm" in page and b"It waits on their desk" not in page
    assert b"week.csv" in as_user(desk.clerk).get(reverse("admin:index")).content
    checker = as_user(desk.checker)
    assert b"week.csv" not in checker.get(reverse("admin:index")).content
    assert b"Confirm and import" not in checker.get(url("change", Batch.objects.get().pk)).content
