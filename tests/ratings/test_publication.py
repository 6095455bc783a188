"""The verbs of an inspection: who, when, why, and what the database refuses."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from records.publication import states
from records.publication.models import Transition
from records.ratings.models import Inspection, Rating
from tests.backoffice import office

pytestmark = pytest.mark.django_db


def steps_of(inspection):
    rows = Transition.objects.filter(kind="inspection", record_id=inspection.pk).order_by("pk")
    return [(t.source, t.target, t.by and t.by.username, t.reason) for t in rows]


def test_two_people_bring_an_inspection_to_the_public_and_leave_a_trace(place, maker, checker):
    made = office.draft(place, maker)
    made.submit(by=maker)
    made.approve(by=checker)
    made.refresh_from_db()
    assert made.state == "published"
    assert steps_of(made) == [
        ("draft", "in_review", "maker", ""),
        ("in_review", "approved", "checker", ""),
        ("approved", "published", "checker", ""),
    ]
    rating = Rating.objects.get(establishment=place, state="published")
    assert (rating.value, rating.computed, rating.by_source, rating.rated_on) == (
        "5",
        "5",
        False,
        date(2026, 11, 2),
    )
    assert Rating.objects.public().get().value == "5"
    assert Inspection.objects.public().get().pk == made.pk
    assert type(place).objects.public().get().reference == place.reference


def test_nothing_is_public_before_it_is_published(place, maker, checker):
    made = office.draft(place, maker)
    assert not Inspection.objects.public().exists()
    made.submit(by=maker)
    assert not Inspection.objects.public().exists()
    assert not type(place).objects.public().exists()


def test_nobody_approves_or_returns_their_own(place, maker):
    made = office.draft(place, maker)
    made.submit(by=maker)
    for verb in ("approve", "give_back"):
        with pytest.raises(ValidationError, match="another person"):
            getattr(made, verb)(by=maker, reason="x")
    with pytest.raises(IntegrityError, match="checked_by_another_person"), transaction.atomic():
        Inspection.objects.filter(pk=made.pk).update(checked_by=maker)


def test_only_the_person_who_entered_a_draft_submits_it(place, maker, checker):
    made = office.draft(place, maker)
    with pytest.raises(ValidationError, match="who entered it"):
        made.submit(by=checker)


def test_returning_needs_a_reason_and_opens_the_draft_again(place, maker, checker):
    made = office.draft(place, maker)
    made.submit(by=maker)
    with pytest.raises(ValidationError, match="why"):
        made.give_back(by=checker, reason="  ")
    made.give_back(by=checker, reason="Wrong street")
    made.refresh_from_db()
    assert (made.state, made.submitted_at) == ("draft", None)
    assert steps_of(made)[-1] == ("in_review", "draft", "checker", "Wrong street")
    made.submit(by=maker)


def test_every_step_that_is_not_in_the_table_is_refused_by_verb_and_database(place, maker, checker):
    verbs = {t.verb for t in states.TRANSITIONS if t.kind == "inspection"} - {"supersede"}
    made = office.draft(place, maker)
    for verb in verbs - {t.verb for t in states.steps("inspection", "draft")}:
        with pytest.raises(ValidationError):
            getattr(made, verb)(by=checker, reason="x")
    for state in states.InspectionState:
        if not states.allowed("inspection", "draft", state) and state != "draft":
            with pytest.raises(IntegrityError), transaction.atomic():
                Inspection.objects.filter(pk=made.pk).update(
                    state=state, checked_by=checker, publish_at=timezone.now()
                )


def test_the_same_step_taken_twice_happens_once(place, maker, checker):
    made, again = office.draft(place, maker), None
    again = Inspection.objects.get(pk=made.pk)
    made.submit(by=maker)
    with pytest.raises(ValidationError, match="by now"):
        again.submit(by=maker)
    assert len(steps_of(made)) == 1


@pytest.mark.parametrize(
    ("scores", "on", "words"),
    [
        (None, date(2026, 11, 2), "missing"),
        (office.FIVE, date(2027, 1, 1), "future"),
    ],
)
def test_gates_say_what_is_wrong_before_submitting(place, maker, scores, on, words):
    made = office.draft(place, maker, scores, on)
    with pytest.raises(ValidationError, match=words):
        made.submit(by=maker)


def test_an_authority_does_not_submit_outside_its_domains(place, maker, almond):
    made = office.draft(place, maker)
    almond.domains = ["environment"]
    almond.save()
    made = Inspection.objects.get(pk=made.pk)
    with pytest.raises(ValidationError, match="does not act"):
        made.submit(by=maker)


# -- embargo


@pytest.mark.parametrize(
    ("country", "scores", "first"),
    [
        ("GB-ENG", office.FIVE, None),  # a 5 at once
        ("GB-ENG", office.THREE, date(2026, 12, 21)),  # 28 days
        ("GB-WLS", office.FIVE, date(2026, 12, 15)),  # 21 days after the day of notice, then shown
        ("GB-NIR", office.THREE, date(2026, 12, 14)),  # the day of notice is the first of the 21
        ("", office.THREE, None),  # no rule
    ],
)
def test_the_appeal_rule_of_the_country_decides_from_when_a_rating_is_shown(
    monkeypatch, place, maker, checker, almond, country, scores, first
):
    now = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/London"))
    monkeypatch.setattr(timezone, "now", lambda: now)
    almond.country = country
    almond.save()
    made = office.draft(place, maker, scores)
    made.submit(by=maker)
    made.approve(by=checker)
    made.refresh_from_db()
    if first is None:
        assert made.state == "published"
    else:
        assert made.state == "approved"
        assert made.publish_at.astimezone(ZoneInfo("Europe/London")).date() == first
        assert made.publish_at.astimezone(ZoneInfo("Europe/London")).hour == 0


def approved(place, maker, checker, scores=office.THREE):
    place.authority.country = "GB-ENG"
    place.authority.save()
    made = office.draft(place, maker, scores)
    made.submit(by=maker)
    made.approve(by=checker)
    made.refresh_from_db()
    return made


def test_while_a_new_rating_waits_the_old_one_stays_and_says_so(place, maker, checker):
    office.published(place, maker, checker, on=date(2025, 1, 1))
    made = approved(place, maker, checker)
    assert made.state == "approved"
    assert Rating.objects.public().get().pending is True
    made.withdraw(by=checker, reason="Wrong establishment")
    assert Rating.objects.public().get().pending is False


def test_the_clock_publishes_what_is_due_once_and_nothing_else(place, maker, checker):
    before = office.published(place, maker, checker, on=date(2025, 1, 1))
    made = approved(place, maker, checker)
    out = StringIO()
    call_command("run_clock", stdout=out)
    assert out.getvalue().startswith("0 inspections ")
    Inspection.objects.filter(pk=made.pk).update(publish_at=timezone.now())
    for line in ("1 inspections ", "0 inspections "):
        out = StringIO()
        call_command("run_clock", stdout=out)
        assert out.getvalue().startswith(line)
    assert steps_of(made)[-1] == ("approved", "published", None, "")
    current = Rating.objects.get(state="published")
    assert (current.value, current.pending, current.inspection_id) == ("3", False, made.pk)
    assert Rating.objects.get(state="superseded").inspection_id == before.pk


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_publish_once(almond, place, maker, checker):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from records.ratings.clock import publish_due

    made = approved(place, maker, checker)
    Inspection.objects.filter(pk=made.pk).update(publish_at=timezone.now())

    def tick():
        try:
            return publish_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = [future.result() for future in [pool.submit(tick) for _ in range(2)]]
    assert sorted(count for count, _failed in results) == [0, 1]
    assert [failed for _count, failed in results] == [[], []]
    assert Rating.objects.filter(state="published").count() == 1


# -- what follows from a publication


def test_an_earlier_visit_entered_late_does_not_replace_the_standing(place, maker, checker):
    office.published(place, maker, checker, on=date(2026, 6, 1))
    late = office.published(place, maker, checker, office.THREE, on=date(2024, 6, 1))
    assert late.state == "published"
    assert Rating.objects.get(state="published").value == "5"
    assert Rating.objects.count() == 1


def test_a_visit_after_which_the_card_stays_leaves_the_letter_standing(place, maker, checker):
    first = {"inspection": "initial", "score": 5}
    office.published(place, maker, checker, first, on=date(2026, 1, 5), key="us-nyc")
    office.published(place, maker, checker, {"inspection": "compliance"}, on=date(2026, 3, 5), key="us-nyc")
    assert Rating.objects.get(state="published").value == "A"
    closed = {"inspection": "initial", "score": 60, "closed": True}
    office.published(place, maker, checker, closed, on=date(2026, 5, 5), key="us-nyc")
    assert Rating.objects.get(state="published").status == "closed_by_order"


def test_withdrawing_takes_the_rating_along_and_brings_no_old_one_back(place, maker, checker):
    office.published(place, maker, checker, office.THREE, on=date(2025, 1, 1))
    made = office.published(place, maker, checker)
    with pytest.raises(ValidationError, match="why"):
        made.withdraw(by=checker, reason="")
    made.withdraw(by=checker, reason="Another place was inspected")
    assert not Rating.objects.filter(state="published").exists()
    withdrawn = Rating.objects.get(state="withdrawn")
    assert (withdrawn.value, withdrawn.end_reason) == ("5", "Another place was inspected")
    assert made.pk not in set(Inspection.objects.public().values_list("pk", flat=True))


def test_a_correction_takes_the_place_of_what_was_published(place, maker, checker):
    wrong = office.published(place, maker, checker, office.THREE)
    wrong_rating = Rating.objects.get()
    draft = wrong.correct(by=maker)
    assert (draft.state, draft.scores, draft.entered_by) == ("draft", wrong.scores, maker)
    with pytest.raises(ValidationError, match="already"):
        wrong.correct(by=maker)
    draft.scores = office.FIVE
    draft.save()
    with pytest.raises(ValidationError, match="what was wrong"):
        draft.submit(by=maker)
    assert Rating.objects.public().get().value == "3"
    draft.submit(by=maker, reason="Scores of the neighbour")
    draft.approve(by=checker)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.superseded_by_id) == ("superseded", draft.pk)
    assert steps_of(wrong)[-1] == ("published", "superseded", "checker", "Scores of the neighbour")
    wrong_rating.refresh_from_db()
    assert (wrong_rating.state, wrong_rating.end_reason) == ("superseded", "Scores of the neighbour")
    assert Rating.objects.public().filter(state="published").get().value == "5"
    assert Inspection.objects.public().filter(pk=wrong.pk).exists()


def test_discarding_a_correction_leaves_the_published_one_as_it_was(place, maker, checker):
    wrong = office.published(place, maker, checker, office.THREE)
    draft = wrong.correct(by=maker)
    with pytest.raises(ValidationError):
        draft.discard(by=checker)
    draft.discard(by=maker)
    wrong.refresh_from_db()
    assert wrong.superseded_by_id is None
    assert wrong.correct(by=maker).pk != draft.pk
