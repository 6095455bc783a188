"""Imports at the desk: upload, preview, another person's confirmation, and whatever may go wrong between."""

import stat
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from records.businesses.models import Establishment
from records.catalogue import ACCEPTED
from records.intake import uploads
from records.intake.models import Batch
from records.ratings.models import Rating
from tests.backoffice import office

pytestmark = pytest.mark.django_db

HEADER = (
    "establishment_id,name,postcode,scheme,rating,inspected_on,"
    "score_hygiene,score_structural,score_confidence\n"
)
ROWS = [
    "1,Blue Door Bakery,AB1 1AA,uk-fhrs,,2026-05-04,5,5,5\n",
    "2,Mill Lane Fish Bar,AB1 1AB,uk-fhrs,,2026-05-05,10,10,10\n",
    "3,Riverside Kitchen,AB1 1AC,uk-fhrs,Exempt,,,,\n",
]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Uploads of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


def url(name, *args):
    return reverse(f"admin:records_batch_{name}", args=args)


def upload(client, text, name="week.csv", follow=True, **more):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    data = {"format": "ratings-csv", "file": file, "authority": "almond", "source": "Almond Borough"} | more
    return client.post(url("add"), data, follow=follow)


def imported(desk, as_user, rows):
    """A batch that went in the whole way."""
    upload(as_user(desk.clerk), HEADER + "".join(rows))
    batch = Batch.objects.latest("pk")
    as_user(desk.checker).post(url("confirm", batch.pk), {"agreed": "1"})
    batch.refresh_from_db()
    assert batch.state == "committed"
    end_of_transaction()
    return batch


def end_of_transaction():
    """What the end of the import's transaction does outside tests: its tables are gone."""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD TEMP")


def test_an_upload_is_stored_privately_previewed_and_changes_nothing(desk, as_user, folder):
    page = upload(as_user(desk.clerk), HEADER + "".join(ROWS))
    batch = Batch.objects.get()
    assert (batch.state, batch.new, batch.refused, batch.uploaded_by) == ("previewed", 3, 0, desk.clerk)
    assert b"What it would do" in page.content and b"Blue Door Bakery" in page.content
    assert b"another person of your authority confirms it" in page.content
    stored = folder / batch.upload
    assert stored.name.startswith(batch.sha256)
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert not Rating.objects.exists()
    assert Establishment.objects.count() == 2


def test_another_person_confirms_and_the_rows_are_in(desk, as_user):
    batch = imported(desk, as_user, ROWS)
    assert (batch.confirmed_by, batch.uploaded_by, batch.new) == (desk.checker, desk.clerk, 3)
    assert Rating.objects.get(establishment__source_id="2").value == "3"
    assert Rating.objects.get(establishment__source_id="3").status == "exempt"
    page = as_user(desk.clerk).get(url("change", batch.pk))
    assert b"What it did" in page.content and b"Confirm and import" not in page.content


def test_nobody_confirms_their_own_upload(desk, as_user):
    client = as_user(desk.both)
    upload(client, HEADER + ROWS[0])
    batch = Batch.objects.get()
    assert b"Confirm and import" not in client.get(url("change", batch.pk)).content
    page = client.post(url("confirm", batch.pk))
    assert page.status_code == 422 and b"another person confirms it" in page.content
    batch.refresh_from_db()
    assert batch.state == "previewed"


def test_a_stranger_sees_confirms_and_discards_nothing(desk, as_user):
    upload(as_user(desk.clerk), HEADER + ROWS[0])
    batch = Batch.objects.get()
    client = as_user(desk.stranger)
    assert client.get(url("change", batch.pk)).status_code == 404
    assert client.get(url("problems", batch.pk)).status_code == 404
    for verb in ("confirm", "again", "discard"):
        assert client.post(url(verb, batch.pk)).status_code == 404
    assert b"week.csv" not in client.get(url("changelist")).content
    assert as_user(desk.clerk).post(url("confirm", batch.pk)).status_code == 403
    assert as_user(desk.auditor).post(url("discard", batch.pk)).status_code == 403


def test_an_upload_for_another_authority_is_not_offered(desk, as_user):
    page = upload(as_user(desk.clerk), HEADER + ROWS[0], authority="birch")
    assert page.status_code == 422
    assert not Batch.objects.exists()
    assert as_user(desk.auditor).get(url("add")).status_code == 403
    assert as_user(desk.checker).get(url("add")).status_code == 403


def test_rows_of_another_authority_are_refused_even_inside_the_file(desk, as_user):
    text = "authority," + HEADER + "almond," + ROWS[0] + "birch," + ROWS[1]
    page = upload(as_user(desk.clerk), text)
    batch = Batch.objects.get()
    assert (batch.new, batch.refused) == (1, 1)
    assert b"Only records of almond are taken here" in page.content


def test_problems_are_listed_with_the_name_of_the_file_and_as_csv(desk, as_user):
    client = as_user(desk.clerk)
    page = upload(
        client, HEADER + ROWS[0] + "9,=Bad Place,AB1,uk-fhrs,,2026-05-04,7,5,5\n", name="May 2026.csv"
    )
    batch = Batch.objects.get()
    assert (batch.new, batch.refused) == (1, 1)
    assert b"May 2026.csv" in page.content and b"hygiene" in page.content
    assert batch.sha256[:20].encode() not in page.content.split(b"Where it comes from")[0]
    table = client.get(url("problems", batch.pk))
    assert table["Content-Type"].startswith("text/csv")
    assert "May 2026.csv" in table.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("week.xlsx", "x", b"reads files that end in"),
        ("week.csv", "", b"The file is empty"),
    ],
)
def test_files_that_cannot_be_taken_say_why(desk, as_user, name, text, words):
    page = upload(as_user(desk.clerk), text, name=name)
    assert page.status_code == 422 and words in page.content
    assert not Batch.objects.exists()


def test_a_file_that_is_too_large_leaves_nothing_behind(desk, as_user, monkeypatch, folder):
    monkeypatch.setattr(uploads, "LARGEST", 100)
    page = upload(as_user(desk.clerk), HEADER + "".join(ROWS))
    assert page.status_code == 422 and b"import_file" in page.content
    assert not folder.exists() or not list(folder.iterdir())


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00garbage", b"no header at all", b"\x1f\x8b broken", b"a,b\n\x00,1\n"]
)
def test_a_broken_file_becomes_problems_and_no_error(desk, as_user, content):
    page = upload(as_user(desk.clerk), content)
    assert page.status_code == 200
    assert Batch.objects.get().refused >= 1


def test_more_than_expected_needs_a_tick_that_names_the_numbers(desk, as_user):
    imported(desk, as_user, ROWS)
    upload(as_user(desk.clerk), HEADER + ROWS[0])
    batch = Batch.objects.latest("pk")
    assert batch.vanished == 2
    client = as_user(desk.checker)
    page = client.get(url("change", batch.pk))
    assert b"more than expected" in page.content and b"2 shall be marked as no longer" in page.content
    page = client.post(url("confirm", batch.pk))
    assert page.status_code == 422 and b"Nothing was imported" in page.content
    batch.refresh_from_db()
    assert batch.state == "previewed" and batch.confirmed_by is None
    assert not Establishment.objects.filter(left_source_at__isnull=False).exists()
    client.post(url("confirm", batch.pk), {"agreed": "1"})
    assert Establishment.objects.filter(left_source_at__isnull=False).count() == 2


def test_what_changed_since_the_preview_is_shown_again_before_anything_happens(desk, as_user):
    upload(as_user(desk.clerk), HEADER + "".join(ROWS))
    first = Batch.objects.get()
    upload(as_user(desk.clerk), HEADER + "".join(ROWS) + "4,New Place,AB1 1AD,uk-fhrs,Exempt,,,,\n")
    second = Batch.objects.latest("pk")
    client = as_user(desk.checker)
    client.post(url("confirm", first.pk))
    end_of_transaction()
    page = client.post(url("confirm", second.pk))
    assert page.status_code == 422 and b"has changed since this preview" in page.content
    second.refresh_from_db()
    assert (second.state, second.new, second.unchanged, second.confirmed_by) == ("previewed", 1, 3, None)
    client.post(url("confirm", second.pk))
    second.refresh_from_db()
    assert (second.state, second.new) == ("committed", 1)


def test_a_file_that_was_altered_on_the_server_is_not_imported(desk, as_user, folder):
    upload(as_user(desk.clerk), HEADER + ROWS[0])
    batch = Batch.objects.get()
    with (folder / batch.upload).open("a") as file:
        file.write(ROWS[1])
    page = as_user(desk.checker).post(url("confirm", batch.pk))
    assert page.status_code == 422 and b"not the one that was uploaded" in page.content
    Path(folder / batch.upload).unlink()
    page = as_user(desk.checker).post(url("confirm", batch.pk))
    assert page.status_code == 422 and b"no longer on the server" in page.content
    assert not Rating.objects.exists()


def test_a_crash_in_the_middle_leaves_nothing_and_the_batch_can_be_confirmed_again(
    desk, as_user, monkeypatch
):
    upload(as_user(desk.clerk), HEADER + "".join(ROWS))
    batch = Batch.objects.get()
    room = ACCEPTED["ratings-csv"].room
    whole = type(room).commit

    def half(self, *arguments):
        whole(self, *arguments)
        raise KeyboardInterrupt("the process was killed")

    with monkeypatch.context() as patch:
        patch.setattr(type(room), "commit", half)
        with pytest.raises(KeyboardInterrupt):
            as_user(desk.checker).post(url("confirm", batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.confirmed_by) == ("previewed", None)
    assert not Rating.objects.exists()
    as_user(desk.checker).post(url("confirm", batch.pk))
    assert Rating.objects.count() == 3


def test_confirming_twice_imports_once(desk, as_user):
    batch = imported(desk, as_user, ROWS)
    page = as_user(desk.checker).post(url("confirm", batch.pk))
    assert page.status_code == 422 and b"by now" in page.content
    assert Rating.objects.count() == 3


def test_discarding_deletes_the_file_unless_another_import_has_the_same(desk, as_user, folder):
    client = as_user(desk.clerk)
    for _number in range(2):
        upload(client, HEADER + ROWS[0])
    first, second = Batch.objects.order_by("pk")
    client.post(url("discard", first.pk))
    assert (folder / second.upload).exists()
    client.post(url("discard", second.pk))
    assert list(folder.iterdir()) == []
    second.refresh_from_db()
    assert second.state == "discarded"
    assert as_user(desk.checker).post(url("confirm", second.pk)).status_code == 422


def test_the_template_can_be_downloaded_filled_in_and_uploaded(desk, as_user):
    client = as_user(desk.clerk)
    template = client.get(url("template", "ratings-csv"))
    assert template["Content-Disposition"].endswith('.csv"')
    page = upload(client, template.content.replace(b"EX1", b"almond"))
    assert page.status_code == 200 and Batch.objects.get().refused == 0
    assert client.get(url("template", "fhrs-xml")).status_code == 404


def test_the_desk_shows_what_waits_to_whom(desk, as_user):
    upload(as_user(desk.clerk), HEADER + ROWS[0])
    assert b"yours; another person confirms it" in as_user(desk.clerk).get(reverse("admin:index")).content
    assert b"would bring 1 new" in as_user(desk.checker).get(reverse("admin:index")).content
    assert b"week.csv" not in as_user(desk.stranger).get(reverse("admin:index")).content


def test_a_registrar_may_leave_the_authority_to_the_file_and_another_registrar_confirms(desk, as_user):
    text = "authority," + HEADER + "almond," + ROWS[0] + "birch," + ROWS[1]
    upload(as_user(desk.registrar), text, authority="")
    batch = Batch.objects.get()
    assert (batch.new, batch.refused) == (2, 0)
    for who in (desk.checker, desk.stranger):
        assert as_user(who).post(url("confirm", batch.pk)).status_code == 404
    other = office.registrar("second")
    as_user(other).post(url("confirm", batch.pk))
    assert Rating.objects.count() == 2


def test_the_web_role_uploads_and_confirms(desk, as_user, web_role, monkeypatch):
    errors = []
    monkeypatch.setattr(uploads.logger, "error", lambda *args, **more: errors.append(args))
    web_role()
    imported(desk, as_user, ROWS)
    assert Rating.objects.count() == 3
    assert errors == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("placard_office",)
