"""Two people stand for an import of decisions: at the desk, on the command line, and in the database."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from records.intake import uploads
from records.intake.models import Batch
from records.laws.models import Law
from records.penalties.models import Penalty
from tests import make
from tests.deciding import decision, settle
from tests.intake.reading import SAMPLES


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Uploads of a test go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def table(decisions, tmp_path):
    """A table of decisions whose law and types of violation the register has."""
    law = make.law(key="food-act", title="Example Food Act")
    make.violation(code="F12", provision=make.provision(law, "s. 12"))
    lines = [
        "authority,decision_number,respondent,respondent_kind,decided_on,legal_basis,facts,document_url,"
        "sanction,amount,currency,violation_code,law,article"
    ]
    lines += [
        f"EX1,EX 2026/{number},Example Bakery {number} Ltd,{kind},2026-03-02,Example Food Act s. 12,"
        f"Flour with insects.,https://ex1.example.org/{number},fine,1500.00,EUR,F12,Example Food Act,s. 12"
        for number, kind in enumerate(("organisation", "organisation", "natural_person"), 1)
    ]
    path = tmp_path / "march.csv"
    path.write_text("\n".join(lines))
    return path


def command(*arguments) -> tuple[list[str], str]:
    """The lines of the output, and what it said beside it."""
    out, messages = StringIO(), StringIO()
    try:
        call_command("import_file", *map(str, arguments), stdout=out, stderr=messages)
    finally:
        settle()
    return out.getvalue().splitlines(), messages.getvalue()


def url(name, *args):
    return reverse(f"admin:records_batch_{name}", args=args)


# -- the database


def test_the_database_takes_no_decision_of_a_batch_that_one_person_stands_for(decisions):
    with pytest.raises(IntegrityError, match="two people stand for an import"):
        decisions.take(decision("1"), people=(decisions.clerk, None))


# -- the command


def test_without_a_person_the_command_says_who_is_missing(decisions, table):
    with pytest.raises(CommandError, match=r"Two people stand .* --by USER .* --approved-by USER2"):
        command("penalties-csv", table)


def test_a_dry_run_needs_nobody(decisions, table):
    out, messages = command("penalties-csv", table, "--dry-run")
    assert out[-1] == "2 new, 0 changed, 0 unchanged, 0 vanished, 1 refused"
    assert "march.csv, line 4: respondent_kind 'natural_person': A natural person is not shown" in messages
    assert "Refused by the gates: 1 × it would name a person." in out
    assert not Penalty.objects.exists() and not Batch.objects.exists()


def test_two_people_bring_it_in_at_once(decisions, table):
    people = ("--by", decisions.clerk.username, "--approved-by", decisions.checker.username)
    out, _messages = command("penalties-csv", table, "--authority", "EX1", *people)
    assert out[-1] == "2 new, 0 changed, 0 unchanged, 0 vanished, 1 refused"
    assert Penalty.objects.public().count() == 2
    batch = Batch.objects.get()
    assert (batch.state, batch.uploaded_by, batch.confirmed_by) == (
        "committed", decisions.clerk, decisions.checker,
    )  # fmt: skip
    again = command("penalties-csv", table, "--authority", "EX1", *people)[0][-1]
    assert again == "0 new, 0 changed, 2 unchanged, 0 vanished, 1 refused"


@pytest.mark.parametrize(
    ("by", "approver", "message"),
    [
        ("clerk", "clerk", "--approved-by: .* may not do this for EX1"),
        ("both", "both", "name the same person"),
        ("checker", "clerk", "--by: .* may not do this for EX1"),
        ("", "checker", "--approved-by needs --by"),
        ("nobody", "checker", "nobody who may sign in is called nobody"),
    ],
)
def test_the_two_have_their_roles_and_are_two(decisions, table, by, approver, message):
    both = make.user("clerk", decisions.authority)
    make.membership(both, "checker", decisions.authority)
    names = {
        "clerk": decisions.clerk.username, "checker": decisions.checker.username, "both": both.username,
    }  # fmt: skip
    people = ("--by", names.get(by, by)) if by else ()
    with pytest.raises(CommandError, match=message):
        command(
            "penalties-csv", table, "--authority", "EX1", *people, "--approved-by", names[approver]
        )  # fmt: skip
    assert not Penalty.objects.exists()


def test_a_person_of_one_authority_does_not_bring_a_file_that_names_any(decisions, table):
    with pytest.raises(CommandError, match="a file that names its authorities itself"):
        command("penalties-csv", table, "--by", decisions.clerk.username)


def test_one_person_hands_it_in_and_another_approves_at_the_desk(decisions, table, client, folder):
    out, _messages = command("penalties-csv", table, "--authority", "EX1", "--by", decisions.clerk.username)
    batch = Batch.objects.get()
    assert f"import {batch.pk} waits in the back office" in out[-2]
    assert out[-1] == "2 new, 0 changed, 0 unchanged, 0 vanished, 1 refused"
    assert (batch.state, batch.uploaded_by) == ("previewed", decisions.clerk) and not Penalty.objects.exists()
    assert (folder / batch.upload).read_bytes() == table.read_bytes()

    client.force_login(decisions.checker)
    page = client.get(url("change", batch.pk)).content.decode()
    assert "decisions that the register does not have yet" in page and "Flour" not in page
    assert "A natural person is not shown" in page
    client.post(url("confirm", batch.pk))
    settle()
    batch.refresh_from_db()
    assert (batch.state, batch.confirmed_by) == ("committed", decisions.checker)
    assert Penalty.objects.public().count() == 2


def test_a_file_of_any_size_can_be_handed_in(decisions, table, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)
    command("penalties-csv", table, "--authority", "EX1", "--by", decisions.clerk.username)
    assert Batch.objects.get().size == table.stat().st_size


def test_a_folder_cannot_wait(decisions, table):
    with pytest.raises(CommandError, match="Pack it as one file"):
        command(
            "penalties-csv", table.parent, "--authority", "EX1", "--by", decisions.clerk.username
        )  # fmt: skip


# -- the desk


def test_nobody_approves_their_own_upload(decisions, table, client):
    both = make.user("clerk", decisions.authority)
    make.membership(both, "checker", decisions.authority)
    client.force_login(both)
    file = SimpleUploadedFile("march.csv", table.read_bytes())
    client.post(url("add"), {"format": "penalties-csv", "file": file, "authority": "EX1"})
    batch = Batch.objects.get()
    assert (batch.new, batch.refused) == (2, 1)
    page = client.post(url("confirm", batch.pk))
    assert page.status_code == 422 and b"another person confirms it" in page.content
    assert not Penalty.objects.exists()


def test_the_desk_offers_the_formats_of_both_rooms_with_their_templates(decisions, client):
    client.force_login(decisions.clerk)
    page = client.get(url("add")).content.decode()
    for key in ("ratings-csv", "penalties-csv", "cn-shuanggongshi", "osha", "us-ofac"):
        assert f'value="{key}"' in page
    template = client.get(url("template", "penalties-csv"))
    assert b"decision_number" in template.content


def test_our_own_sample_goes_in_where_the_register_knows_its_law_and_its_violations(decisions):
    people = ("--by", decisions.clerk.username, "--approved-by", decisions.checker.username)
    out, _messages = command("penalties-csv", SAMPLES / "penalties.csv", "--authority", "EX1", *people)
    assert out[-1].startswith("0 new")
    assert not Law.objects.exists()
