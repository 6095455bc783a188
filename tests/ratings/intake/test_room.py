"""What an import does to the register: new, changed, kept, vanished, back, refused."""

from records.authorities.models import Authority
from records.businesses.models import Establishment, EstablishmentVersion
from records.intake.models import BatchScope, ImportProblem
from records.publication.models import Transition
from records.ratings.models import Inspection, Rating
from records.search.models import Word
from tests import make
from tests.importing import DAY, counts, day, place
from tests.world_places import fhrs

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


def test_the_names_teach_the_search_its_words(register):
    Word.objects.all().delete()
    register.take(place("1", "Marmalade Observatory"))
    assert set(
        Word.objects.filter(word__in=["marmalade", "observatory"]).values_list("count", flat=True)
    ) == {1}


def test_the_public_reads_what_was_imported(register):
    register.take(*WEEK_ONE)
    held = Establishment.objects.public().get(pk=register.held("5").pk)
    assert Rating.objects.public().current().get(establishment=held).value == "5"
    assert Inspection.objects.public().filter(establishment=held).count() == 1
