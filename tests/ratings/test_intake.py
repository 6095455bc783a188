"""What an import does to the register: new, changed, kept, vanished, back, and nothing by the order of lines."""

import pytest
from django.db import connection

from records.authorities.models import Authority
from records.businesses.models import Business, BusinessIdentifier, Establishment, EstablishmentVersion
from records.intake.models import BatchScope, ImportProblem
from records.publication.models import Transition
from records.ratings.models import Inspection, Rating
from records.search.models import Word
from tests import make
from tests.importing import DAY, counts, day, place, register, visited  # noqa: F401
from tests.world_places import fhrs, visit

WEEK_ONE = [place(str(number), grade=number % 6) for number in range(1, 9)]


def test_the_same_file_a_second_time_changes_nothing(register):
    assert counts(register.take(*WEEK_ONE)) == (8, 0, 0, 0, 0)
    before = Rating.objects.count(), Inspection.objects.count()
    assert counts(register.take(*WEEK_ONE)) == (0, 0, 8, 0, 0)
    assert (Rating.objects.count(), Inspection.objects.count()) == before
    assert not EstablishmentVersion.objects.filter(establishment__authority__code="EX1").exists()


def test_the_order_of_a_file_does_not_matter(register):
    twice = place("1", "Another Place 1")
    register.take_told(*WEEK_ONE, twice)
    assert counts(register.take_told(twice, *reversed(WEEK_ONE))) == (0, 0, 8, 0, 1)
    assert register.held("1").name == "Sample Place 1"


def test_every_record_knows_its_batch(register):
    register.take(*WEEK_ONE)
    batch, held = register.batch, register.held("3")
    assert held.batch == held.ratings.get().batch == held.inspections.get().batch == batch
    assert len(batch.sha256) == 64 and batch.size > 0 and batch.file_name == "week-1.csv"
    assert list(BatchScope.objects.filter(batch=batch).values_list("authority_code", "establishments")) == [
        ("EX1", 8)
    ]
    assert batch.summary == "8 new, 0 changed, 0 unchanged, 0 vanished, 0 refused"


def test_a_newer_visit_supersedes_the_rating_and_keeps_the_visit(register):
    register.take(place("1", grade=2), place("2"))
    old = register.standing("1")
    newer = place("1", visits=(fhrs(DAY, 2), fhrs(day(90), 5)))
    preview = register.take(newer, place("2"))
    assert counts(preview) == (0, 1, 1, 0, 0) and preview.kinds["rating"] == preview.kinds["rated_on"] == 1
    old.refresh_from_db()
    assert (old.state, old.value, old.ended_batch) == ("superseded", "2", register.batch)
    assert "week-2.csv" in old.end_reason and old.ended_at
    assert register.standing("1").value == "5" and register.standing("1").rated_on == day(90)
    assert [visit.grade for visit in register.visits("1")] == ["2", "5"]
    step = Transition.objects.get(kind="rating", record_id=old.pk)
    assert (step.source, step.target, step.reason) == ("published", "superseded", old.end_reason)


def test_a_visit_of_which_something_else_is_published_is_superseded(register):
    register.take(place("1", grade=3), place("2"))
    register.take(place("1", grade=4), place("2"))
    (old,), (new,) = register.visits("1", "superseded"), register.visits("1")
    assert (old.grade, new.grade, old.superseded_by) == ("3", "4", new)
    step = Transition.objects.get(kind="inspection", record_id=old.pk)
    assert step.target == "superseded" and "week-2.csv" in step.reason
    assert register.standing("1").inspection == new


def test_the_earlier_name_stays_readable(register):
    register.take(place("1", "The Old  Lantern"), place("2"))
    first = register.batch
    preview = register.take(place("1", "The New Lantern"), place("2"))
    assert preview.kinds["name"] == 1 and preview.examples["name"] == ["The Old Lantern | The New Lantern"]
    held = register.held("1")
    version = held.versions.get()
    assert (version.name, version.name_published, version.batch) == (
        "The Old Lantern", "The Old  Lantern", first,
    )  # fmt: skip
    assert (held.name, held.batch) == ("The New Lantern", register.batch)
    assert held.inspections.count() == held.ratings.count() == 1


def test_what_vanishes_is_marked_and_what_comes_back_resumes(register):
    register.take(*WEEK_ONE)
    reference = register.held("8").reference
    assert counts(register.take(*WEEK_ONE[:7])) == (0, 0, 7, 1, 0)
    gone = register.held("8")
    assert gone.left_source_at and gone.left_batch == register.batch
    assert gone.ratings.current().exists() and Establishment.objects.public().filter(pk=gone.pk).exists()
    assert counts(register.take(*WEEK_ONE[:7])) == (0, 0, 7, 0, 0)
    back = register.take(*WEEK_ONE)
    assert counts(back) == (0, 1, 7, 0, 0) and back.kinds["returned"] == 1
    held = register.held("8")
    assert (held.reference, held.left_source_at, held.left_batch) == (reference, None, None)
    assert held.inspections.count() == held.ratings.count() == 1


def test_a_place_that_comes_back_changed_is_brought_up_to_date(register):
    register.take(*WEEK_ONE)
    register.take(*WEEK_ONE[:7])
    register.take(*WEEK_ONE[:7], place("8", "Renamed Meanwhile", grade=1))
    assert (register.held("8").name, register.standing("8").value) == ("Renamed Meanwhile", "1")


def test_of_a_repeated_number_the_first_counts_and_both_places_are_named(register):
    preview = register.take(place("1", "First"), place("2"), place("1", "Second"))
    assert counts(preview) == (2, 0, 0, 0, 1)
    (problem,) = preview.problems
    assert problem.field == "establishment_id" and problem.value == "1"
    assert problem.where == "line 4" and "line 2" in problem.message
    assert register.held("1").name == "First"


def test_of_a_number_repeated_in_two_files_both_places_are_named(register, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    register.file(place("1", "First"), place("2")).rename(folder / "a.csv")
    register.file(place("3"), place("1", "Second")).rename(folder / "b.csv")
    preview = register.take(path=folder)
    assert counts(preview) == (3, 0, 0, 0, 1)
    (problem,) = preview.problems
    assert (problem.file, problem.where, problem.value) == ("b.csv", "line 3", "1")
    assert "a.csv, line 2" in problem.message
    assert register.held("1").name == "First"
    assert counts(register.take(path=folder)) == (0, 0, 3, 0, 1)


def test_of_a_repeated_number_a_row_that_can_be_taken_counts_and_is_refused_once(register, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    register.file(place("1", "Refused", standing="9")).rename(folder / "a.csv")
    register.file(place("1", "Taken")).rename(folder / "b.csv")
    preview = register.take(path=folder)
    assert counts(preview) == (1, 0, 0, 0, 1) and preview.problems[0].field == "rating"
    assert register.held("1").name == "Taken"


def test_a_refused_row_keeps_its_place_as_it_was(register):
    register.take(*WEEK_ONE)
    preview = register.take(*WEEK_ONE[:7], place("8", standing="Excellent"))
    assert counts(preview) == (0, 0, 7, 0, 1)
    assert register.held("8").left_source_at is None
    problem = ImportProblem.objects.get(batch=register.batch)
    assert (problem.field, problem.value, problem.where) == ("rating", "Excellent", "line 9")
    assert "uk-fhrs" in problem.message


def test_a_file_that_breaks_off_makes_nothing_vanish_and_the_rest_goes_in(register, tmp_path):
    register.take(*WEEK_ONE)
    whole = register.file(place("1", "Renamed Before The Break"), *WEEK_ONE[1:]).read_bytes()
    broken = tmp_path / "broken.csv"
    broken.write_bytes(whole[: whole.rindex(b"6,")] + b'EX1,"')
    preview = register.take(path=broken)
    assert preview.vanished == 0 and preview.changed == 1 and preview.refused >= 1
    assert register.held("1").name == "Renamed Before The Break"


def test_an_unreadable_file_of_several_makes_nothing_vanish(register, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    register.file(*WEEK_ONE[:4]).rename(folder / "a.csv")
    register.file(*WEEK_ONE[4:]).rename(folder / "b.csv")
    assert counts(register.take(path=folder)) == (8, 0, 0, 0, 0)
    (folder / "b.csv").write_bytes(b"PK\x03\x04 not a table")
    preview = register.take(path=folder)
    assert (preview.unchanged, preview.vanished) == (4, 0) and preview.refused >= 1


def test_a_file_of_one_authority_says_nothing_about_another(register):
    other = make.authority(code="EX2", slug="example-two")
    register.take(*WEEK_ONE, *(place(str(n), authority="EX2") for n in range(5)))
    preview = register.take(*WEEK_ONE)
    assert counts(preview) == (0, 0, 8, 0, 0)
    assert not other.establishments.filter(left_source_at__isnull=False).exists()


def test_what_another_format_brought_does_not_vanish(register):
    register.take(*WEEK_ONE)
    Establishment.objects.filter(pk=register.held("8").pk).update(source="lives")
    assert counts(register.take(*WEEK_ONE[:7])) == (0, 0, 7, 0, 0)


def test_an_authority_that_nobody_knows_is_refused(register):
    preview = register.take(place("1"), place("2", authority="NOWHERE"), place("3", authority="NOWHERE"))
    assert counts(preview) == (1, 0, 0, 0, 2)
    assert {(p.field, p.value) for p in preview.problems} == {("authority", "NOWHERE")}
    assert not Authority.objects.filter(code="NOWHERE").exists()
    assert "add_authority" in preview.problems[0].message


def test_a_row_without_authority_is_of_the_one_that_is_named(register):
    assert counts(register.take(place("1", authority=""))) == (0, 0, 0, 0, 1)
    assert counts(register.take(place("1", authority=""), authority="EX1")) == (1, 0, 0, 0, 0)


def test_an_authority_outside_its_domain_is_refused(register):
    make.authority(code="AIR", slug="air", domains=["environment"])
    preview = register.take(place("1"), place("2", authority="AIR"))
    assert counts(preview) == (1, 0, 0, 0, 1)
    assert preview.problems[0].field == "scheme" and "food-safety" in preview.problems[0].message


def test_with_only_other_authorities_rows_are_refused_and_their_places_untouched(register):
    other = make.authority(code="EX2", slug="example-two")
    register.take(*WEEK_ONE, *(place(str(n), authority="EX2") for n in range(5)))
    preview = register.take(*WEEK_ONE, place("1", "Taken Over", authority="EX2"), authority="EX1", only=True)
    assert counts(preview) == (0, 0, 8, 0, 1)
    assert preview.problems[0].value == "EX2" and "EX1" in preview.problems[0].message
    assert not other.establishments.filter(left_source_at__isnull=False).exists()
    assert not other.establishments.filter(name="Taken Over").exists()


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
    [("gb-coh", "123456789012", "company_id"), ("xx-none", "12345678", "company_scheme"), ("", "12345678", "company_scheme")],
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
    from records.ratings import staging
    from records.ratings.intake import RatingIntake

    context = RatingIntake().context(accepted("ratings-csv").format, "", False)
    row = place("1")
    before, _lines = staging.staged(row, 1, "file, line 2", context)
    after, _lines = staging.staged(
        row._replace(authority_email="new@example.org"), 1, "file, line 2", context
    )
    assert before == after


def test_the_names_teach_the_search_its_words(register):
    Word.objects.all().delete()
    register.take(place("1", "Marmalade Observatory"))
    assert set(
        Word.objects.filter(word__in=["marmalade", "observatory"]).values_list("count", flat=True)
    ) == {1}
    Word.objects.all().delete()
    register.take(place("1", "Marmalade Observatory"))
    assert Word.objects.filter(word="marmalade").exists()


def test_the_public_reads_what_was_imported(register):
    register.take(*WEEK_ONE)
    held = Establishment.objects.public().get(pk=register.held("5").pk)
    assert Rating.objects.public().current().get(establishment=held).value == "5"
    assert Inspection.objects.public().filter(establishment=held).count() == 1


def test_the_database_is_left_without_staging_tables(register):
    register.take(*WEEK_ONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relname IN ('keys', 'stage')"
        )
        assert cursor.fetchone() == (0,)
