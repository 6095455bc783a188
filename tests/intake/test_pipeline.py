"""One file, one transaction: all of it or nothing, one import at a time, and nothing unexpected unasked."""

import hashlib
import signal
from threading import Thread

import pytest
from django.db import IntegrityError, connection, connections

from records.authorities.models import Authority
from records.businesses.models import Establishment
from records.catalogue import accepted
from records.intake import pipeline
from records.intake.models import Batch, ImportProblem
from records.intake.preview import Stopped
from records.ratings.intake import merge
from records.ratings.intake.room import RatingIntake
from records.ratings.models import Inspection, Rating
from tests import another_process as process
from tests import make
from tests.importing import Told, counts, place, write

PLACES = [place(str(number)) for number in range(1, 41)]
EVERYTHING = (Establishment, Inspection, Rating, ImportProblem, Batch, Authority)


def held() -> list[int]:
    """How many rows the tables of an import have."""
    return [model.objects.count() for model in EVERYTHING]


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(register):
    before = held()
    preview = register.take(*PLACES, place("x", standing="9"), dry_run=True)
    assert counts(preview) == (40, 0, 0, 0, 1)
    assert held() == before
    assert counts(register.take(*PLACES)) == (40, 0, 0, 0, 0)


def test_a_dry_run_introduces_no_authority(register, tmp_path):
    (tmp_path / "file").touch()
    before = held()
    introduced = place("1", authority="075", authority_name="Example District")
    entry = accepted("fhrs-xml")
    _batch, preview = pipeline.run(
        entry.room, Told([introduced], like="fhrs-xml"), tmp_path / "file", dry_run=True
    )
    assert preview.new == 1 and held() == before


def test_an_error_in_the_middle_leaves_nothing(register, monkeypatch):
    before = held()
    wrong = "INSERT INTO records_reply (establishment_id, text, text_published) VALUES (-1, '', '')"
    monkeypatch.setattr(merge, "INTO_NEW", (*merge.INTO_NEW, wrong, "SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(IntegrityError):
        register.take(*PLACES)
    assert held() == before
    monkeypatch.undo()
    assert counts(register.take(*PLACES)) == (40, 0, 0, 0, 0)


def test_an_error_after_the_writing_leaves_nothing(register, monkeypatch):
    before = held()
    monkeypatch.setattr(pipeline, "store_problems", lambda batch, problems: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        register.take(*PLACES)
    assert held() == before


def test_a_file_that_would_remove_too_much_stops_and_nothing_happens(register):
    register.take(*PLACES)
    before = held()
    with pytest.raises(Stopped, match=r"3 of 40 establishments \(7\.5 %\) would leave .* 5 %"):
        register.take(*PLACES[:37], confirmed=False)
    assert held() == before
    assert not register.authority.establishments.filter(left_source_at__isnull=False).exists()
    assert counts(register.take(*PLACES[:37])) == (0, 0, 37, 3, 0)


def test_a_file_that_would_change_too_much_stops_and_nothing_happens(register):
    register.take(*PLACES)
    changed = [row._replace(name=f"{row.name} Renamed") for row in PLACES[:11]]
    with pytest.raises(Stopped, match=r"11 of 40 establishments .* would change") as stopped:
        register.take(*changed, *PLACES[11:], confirmed=False)
    assert counts(stopped.value.preview) == (0, 11, 29, 0, 0)
    assert not register.authority.establishments.filter(name__endswith="Renamed").exists()
    assert counts(register.take(*changed[:10], *PLACES[10:], confirmed=False)) == (0, 10, 30, 0, 0)


def test_one_authority_that_comes_almost_empty_stops_the_file_of_a_whole_country(register):
    make.authority(code="EX2", slug="example-two")
    few = [place(str(number), authority="EX2") for number in range(3)]
    many = [place(str(number)) for number in range(200)]
    register.take(*many, *few)
    with pytest.raises(Stopped, match="EX2 would lose 2 of its 3 establishments"):
        register.take(*many, few[0], confirmed=False)
    assert counts(register.take(*many, few[0], few[1], confirmed=False)) == (0, 0, 202, 1, 0)


def test_the_first_file_never_stops(register):
    assert counts(register.take(*PLACES, confirmed=False)) == (40, 0, 0, 0, 0)


def test_the_batch_says_what_file_it_was(register):
    path = register.file(*PLACES)
    register.take(path=path)
    batch = Batch.objects.get(pk=register.batch.pk)
    assert batch.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (batch.size, batch.file_name, batch.state) == (path.stat().st_size, path.name, "committed")
    assert batch.committed_at and batch.source == "Ratings (CSV)"


def test_the_fingerprint_of_a_folder_is_that_of_its_files_and_their_names(tmp_path):
    (tmp_path / "a.csv").write_text("one")
    first = pipeline.provenance(tmp_path)
    assert first == pipeline.provenance(tmp_path) and first[1] == 3
    (tmp_path / "a.csv").rename(tmp_path / "b.csv")
    assert pipeline.provenance(tmp_path)[0] != first[0]


def test_beyond_a_limit_problems_are_counted_and_not_kept(register, monkeypatch):
    monkeypatch.setattr(pipeline, "KEPT_PROBLEMS", 3)
    preview = register.take(*(place(str(number), standing="9") for number in range(5)), place("9"))
    assert counts(preview) == (1, 0, 0, 0, 5) and len(preview.problems) == 5
    assert register.batch.refused == 5 and register.batch.problems.count() == 3


def test_of_many_rows_only_the_new_and_the_changed_reach_the_database(register):
    register.take(*PLACES)
    seen = []
    room = RatingIntake()
    compare = room.compare

    def looking(cursor, format):
        cursor.execute("SELECT source_id FROM stage ORDER BY no")
        seen.extend(number for (number,) in cursor)
        return compare(cursor, format)

    room.compare = looking
    path = register.file(place("new"), *PLACES[:9], place("10", "Renamed"), *PLACES[10:], place("last"))
    pipeline.run(room, accepted("ratings-csv").format, path)
    assert seen == ["new", "10", "last"]


# -- with other processes


@pytest.fixture
def weekly(transactional_db, tmp_path):
    """A file of EX1, whose authority is committed."""
    make.authority(code="EX1", slug="example-one")
    return write(tmp_path / "week.csv", PLACES)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_in_the_middle_has_not_happened_and_the_next_one_works(weekly):
    before = held()
    with process.nobody_writes("records_reply"):
        running = process.start("import_file", "ratings-csv", weekly)
        (backend,) = process.until(process.WAITS_FOR_TABLE, "records_reply")
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert running.returncode == -signal.SIGKILL
    gone = "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)"
    process.until(gone, backend)
    assert held() == before
    status, out, messages = process.finish(process.start("import_file", "ratings-csv", weekly))
    assert (status, out[-1]) == (0, "40 new, 0 changed, 0 unchanged, 0 vanished, 0 refused"), messages
    assert Establishment.objects.public().count() == 40


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_the_second_waits_and_sees_what_the_first_did(weekly):
    found = []

    def bring():
        entry = accepted("ratings-csv")
        try:
            found.append(counts(pipeline.run(entry.room, entry.format, weekly)[1]))
        finally:
            connections.close_all()

    first, second = Thread(target=bring), Thread(target=bring)
    with process.nobody_writes("records_reply"):
        first.start()
        process.until(process.WAITS_FOR_TABLE, "records_reply")
        second.start()
        process.until(process.WAITS_FOR_ANOTHER)
        assert found == []
    first.join(30)
    second.join(30)
    assert found == [(40, 0, 0, 0, 0), (0, 0, 40, 0, 0)]
    assert Establishment.objects.count() == 40 and Batch.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_command_tells_the_shell_how_it_ended(weekly, tmp_path):
    done = process.finish(process.start("import_file", "ratings-csv", weekly))
    assert done[0] == 0 and done[1][-1] == "40 new, 0 changed, 0 unchanged, 0 vanished, 0 refused"
    fewer = write(tmp_path / "fewer.csv", PLACES[:20])
    status, out, messages = process.finish(process.start("import_file", "ratings-csv", fewer))
    assert status == 1 and out[-1] == "0 new, 0 changed, 20 unchanged, 20 vanished, 0 refused"
    assert "20 of 40 establishments (50.0 %)" in messages and "--yes" in messages
    assert "Traceback" not in messages
    status, out, _messages = process.finish(process.start("import_file", "ratings-csv", fewer, "--yes"))
    assert (status, out[-1]) == (0, "0 new, 0 changed, 20 unchanged, 20 vanished, 0 refused")
    assert Establishment.objects.filter(left_source_at__isnull=False).count() == 20
    status, _out, messages = process.finish(process.start("import_file", "uk-xml", fewer))
    assert status == 2 and "fhrs-xml" in messages


@pytest.mark.django_db(transaction=True)
def test_no_staging_table_outlives_its_import(weekly):
    entry = accepted("ratings-csv")
    pipeline.run(entry.room, entry.format, weekly)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'")
        assert cursor.fetchall() == []
