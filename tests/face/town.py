"""Everything a page can show, in one register: the world, and decisions, laws, people and their work.

    def test_something(town):
        town.kettle          # a decision in two versions, with a law, an article and a company
        town.people["clerk"] # somebody who works for Almond

`town.world` is the world of `tests/world.py`.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from records.intake.models import Batch
from records.ratings import statistics
from records.ratings.signs.codes import code_of
from tests import make
from tests.penalties.test_gone import end_at
from tests.penalties.test_persons import TRADER
from tests.penalties.test_shown import corrected, happened

UPLOAD = "establishment_id,name,scheme,rating,inspected_on\n1,Blue Door Bakery,uk-fhrs,4,2026-05-04\n2,,,,\n"


@pytest.fixture
def town(world, _django_db_helper, settings, tmp_path):
    """The whole of it; see the module."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    statistics.forget()
    return build(world)


def build(world) -> SimpleNamespace:
    """What is in it, by name."""
    authority = world.authority("ALM")
    people = {role: make.user(role, authority) for role in ("clerk", "checker", "publisher", "auditor")}
    people |= {"registrar": make.user("registrar")}
    town = SimpleNamespace(world=world, authority=authority, people=people)
    _laws(town)
    _decisions(town)
    _work(town)
    return town


def _laws(town) -> None:
    town.law = make.law(key="food-act", title="Food Safety Act 1990", short_title="Food Act")
    town.article = make.provision(town.law, "s. 17(1)", "Keep food at or below 8 degrees.")
    town.violation = make.violation(code="F02", title="Food kept too warm", provision=town.article)
    town.company = make.business("Copper Kettle Ltd", {"gb-coh": "01234567"})


def _decisions(town) -> None:
    def decided(**facts):
        return make.published_penalty(authority=town.authority, violations=(town.violation,), **facts)

    kettle = decided(
        respondent="Copper Kettle Ltd", law=town.law, cited=(town.article,), business=town.company,
        establishment=town.world.copper_kettle, facts="Cooked rice was kept at 21 degrees.",
        sanctions=(("fine", 12000), ("closure_order", None)),
    )  # fmt: skip
    happened(kettle, "contested", 9)
    happened(kettle, "varied", 5, 4000)
    town.kettle = corrected(kettle, facts="Cooked rice was kept at 12 degrees.")
    town.trader, town.contested, town.withdrawn, town.hidden, town.over = (
        decided(**facts) for facts in (TRADER, {}, {}, {}, {})
    )
    happened(town.contested, "contested", 1)
    town.withdrawn.withdraw(town.people["checker"], "The tribunal annulled it.", "annulled", make.document())
    review = timezone.localdate() + timedelta(days=9)
    registrar = make.user("registrar", town.authority)
    town.hidden.suspend(registrar, "A court stayed it.", "court_stay", review)
    end_at(town.over, timezone.now() - timedelta(minutes=1))


def _work(town) -> None:
    """One of each thing that lies on the desk."""
    clerk = town.people["clerk"]
    town.sign = code_of(town.world.copper_kettle.ratings.get(state="published").pk)
    town.draft, town.in_review = (
        make.penalty(authority=town.authority, violations=(town.violation,), entered_by=clerk)
        for _number in range(2)
    )
    town.in_review.submit(clerk)
    town.correction = town.contested.correct(clerk)
    town.visit, town.seen = (
        make.inspection(establishment=town.world.copper_kettle, findings=("A tile was cracked.",),
                        entered_by=clerk)
        for _number in range(2)
    )  # fmt: skip
    town.seen.submit(by=clerk)
    # A file of ratings, one of whose rows cannot be taken.
    client, file = Client(), SimpleUploadedFile("week.csv", UPLOAD.encode())
    client.force_login(clerk)
    sent = {
        "format": "ratings-csv",
        "file": file,
        "authority": town.authority.code,
        "source": "Almond Borough",
    }
    client.post(reverse("admin:records_batch_add"), sent)
    town.batch = Batch.objects.latest("pk")
