"""What an import makes of visits, grades, companies and replies: kept, superseded, never doubled."""

import pytest

from records.businesses.models import Business, BusinessIdentifier
from records.ratings.models import Rating
from tests import make
from tests.importing import DAY, counts, day, place, visited
from tests.world_places import fhrs, visit


def test_a_company_number_makes_one_business_of_two_places(register):
    company = {"company": "Example Table Ltd", "company_scheme": "gb-coh"}
    register.take(
        place("1", **company, company_id="9900 0001"), place("2", **company, company_id="99000001"),
        place("3", company="Example Table Ltd"), place("4"),
    )  # fmt: skip
    one, two, three, four = (register.held(str(n)).business for n in range(1, 5))
    assert one == two and one.identifiers.get().value == "99000001"
    assert three not in (None, one) and four is None


def test_a_company_without_number_is_renamed_not_doubled(register):
    register.take(place("1", company="Exmaple Ltd"), place("2"))
    register.take(place("1", company="Example Ltd"), place("2"))
    assert register.held("1").business.name == "Example Ltd"
    assert Business.objects.filter(name__endswith="ple Ltd").count() == 1


@pytest.mark.parametrize(
    ("scheme", "number", "field"),
    [("gb-coh", "123456789012", "company_id"),
     ("xx-none", "12345678", "company_scheme"), ("", "12345678", "company_scheme")],
)  # fmt: skip
def test_a_company_number_that_cannot_be_right_is_refused(register, scheme, number, field):
    preview = register.take(
        place("1", company="Example Ltd", company_scheme=scheme, company_id=number), place("2")
    )
    assert counts(preview) == (1, 0, 0, 0, 1) and preview.problems[0].field == field
    assert not BusinessIdentifier.objects.filter(value=number).exists()


def test_a_new_rating_on_its_way_is_shown_on_the_rating_that_stands(register):
    register.take(place("1"), place("2"))
    rating = register.standing("1")
    preview = register.take(place("1", pending=True), place("2"))
    assert counts(preview) == (0, 1, 1, 0, 0) and preview.kinds["pending"] == 1
    assert register.standing("1") == rating and register.standing("1").pending
    register.take(place("1"), place("2"))
    assert register.standing("1") == rating and not register.standing("1").pending


def test_a_status_gives_way_to_a_grade_and_the_grade_to_a_status(register):
    waiting = {"visits": (), "standing": "AwaitingInspection"}
    register.take(place("1", **waiting), place("2"))
    assert (register.standing("1").status, register.standing("1").value) == ("awaiting_inspection", None)
    register.take(place("1", grade=4), place("2"))
    assert (register.standing("1").status, register.standing("1").value) == (None, "4")
    register.take(place("1", **waiting), place("2"))
    assert register.standing("1").status == "awaiting_inspection"
    history = Rating.objects.filter(establishment=register.held("1")).order_by("pk")
    assert [(r.value or r.status, r.state) for r in history] == [
        ("awaiting_inspection", "superseded"), ("4", "superseded"), ("awaiting_inspection", "published"),
    ]  # fmt: skip
    assert len(register.visits("1")) == 1


MORNING = visited(DAY, hygiene=5, structural=5, confidence=5)
EVENING = visited(DAY, hygiene=10, structural=10, confidence=10)


def test_of_two_visits_on_one_day_only_the_one_that_changed_is_superseded(register):
    register.take_told(place("1", visits=(MORNING, EVENING)), place("2"))
    morning, evening = register.visits("1")
    other = EVENING._replace(scores={"hygiene": "15", "structural": "10", "confidence": "10"})
    register.take_told(place("1", visits=(MORNING, other)), place("2"))
    assert [visit.grade for visit in register.visits("1")] == ["5", "2"]
    assert register.visits("1")[0] == morning and register.visits("1", "superseded") == [evening]


def test_two_visits_on_one_day_that_both_changed_are_superseded_one_by_one(register):
    register.take_told(place("1", visits=(MORNING, EVENING)), place("2"))
    held = register.visits("1")
    changed = (MORNING._replace(outcome="Advice was given."), EVENING._replace(outcome="Advice was given."))
    register.take_told(place("1", visits=changed), place("2"))
    old, new = register.visits("1", "superseded"), register.visits("1")
    assert old == held and [visit.superseded_by for visit in old] == new and len(new) == 2
    assert register.standing("1").inspection == new[-1]


def test_a_visit_that_a_file_lists_twice_stays_two_visits_and_supersedes_nothing(register):
    register.take_told(place("1", visits=(MORNING, MORNING)), place("2"))
    rating = register.standing("1")
    register.take_told(place("1", "New Name", visits=(MORNING, MORNING)), place("2"))
    assert register.held("1").name == "New Name" and len(register.visits("1")) == 2
    assert register.standing("1") == rating and not register.visits("1", "superseded")


def test_a_visit_that_a_file_no_longer_lists_is_kept(register):
    register.take(place("1", visits=(fhrs(DAY, 3), fhrs(day(30), 5))), place("2"))
    register.take(place("1", visits=(fhrs(day(30), 5),)), place("2"))
    assert [visit.grade for visit in register.visits("1")] == ["3", "5"]
    assert not register.visits("1", "superseded")


def test_a_visit_withdrawn_here_stays_withdrawn_while_its_source_says_the_same(register):
    register.take(place("1", grade=2), place("2"))
    (visit,) = register.visits("1")
    visit.withdraw(make.user("checker", register.authority), "It was another place.")
    assert not register.held("1").ratings.current().exists()
    register.take(place("1", "New Name", grade=2), place("2"))
    assert register.held("1").name == "New Name"
    assert not register.visits("1") and not register.held("1").ratings.current().exists()
    register.take(place("1", "New Name", visits=(fhrs(DAY, 2), fhrs(day(9), 5))), place("2"))
    assert register.standing("1").value == "5" and len(register.visits("1", "withdrawn")) == 1


def test_the_grade_is_the_databases_own(register):
    register.take(place("1", grade=3))
    (visit,) = register.visits("1")
    assert visit.scores == {"hygiene": 10, "structural": 10, "confidence": 10} and visit.grade == "3"
    rating = register.standing("1")
    assert (rating.value, rating.computed, rating.by_source) == ("3", "3", False)


def test_a_grade_other_than_computed_is_shown_as_the_sources_with_both(register):
    register.take(place("1", standing="3", rated_on=DAY.isoformat()), place("2", standing="5"))
    rating = register.standing("1")
    assert (rating.value, rating.computed, rating.by_source) == ("3", "5", True)
    assert not register.standing("2").by_source


def test_a_grade_without_scores_is_the_sources_own(register):
    register.take(place("1", visits=(), standing="4", rated_on="2026-02-01"))
    rating = register.standing("1")
    assert (rating.value, rating.computed, rating.by_source, rating.inspection) == ("4", "", True, None)


def test_a_grade_is_judged_by_the_version_of_its_day(register):
    before = visit(day(-6000), results="1 1 1 1")
    preview = register.take(
        place("1", scheme="dk-smiley", visits=(before,)),
        place("2", scheme="dk-smiley", visits=(before,), standing="happy"),
        place("3", scheme="dk-smiley", visits=(), standing="happy"),
    )
    assert [p.message for p in preview.problems if p.field not in ("rating", "results")] == []
    for rating in Rating.objects.current().filter(establishment__authority=register.authority):
        assert rating.inspection is None or rating.version == rating.inspection.version


def test_a_reply_is_replaced_and_the_earlier_one_no_longer_shown(register):
    register.take(place("1", reply="We have a new fridge."), place("2"))
    register.take(place("1", reply="We have two new fridges."), place("2"))
    replies = register.held("1").replies.order_by("pk")
    assert [(r.text, r.replaced_at is None) for r in replies] == [
        ("We have a new fridge.", False), ("We have two new fridges.", True),
    ]  # fmt: skip
    register.take(place("1"), place("2"))
    assert not replies.filter(replaced_at=None).exists()


def test_how_an_authority_is_reached_changes_no_establishment(register):
    from records.catalogue import accepted
    from records.ratings.intake import staging
    from records.ratings.intake.room import RatingIntake

    context = RatingIntake().context(accepted("ratings-csv").format, "", False)
    row = place("1")
    before, _lines = staging.staged(row, 1, "file, line 2", context)
    after, _lines = staging.staged(
        row._replace(authority_email="new@example.org"), 1, "file, line 2", context
    )
    assert before == after
