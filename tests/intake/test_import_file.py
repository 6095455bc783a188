"""manage.py import_file: what it prints, what it refuses, and the list of problems it writes."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from records.authorities.models import Authority
from records.businesses.models import Establishment
from records.intake.models import Batch
from tests.importing import place, settle, write
from tests.intake.reading import SAMPLES


def command(*arguments, **options) -> tuple[list[str], str]:
    """The lines of the output, and what it said beside it."""
    out, messages = StringIO(), StringIO()
    try:
        call_command("import_file", *map(str, arguments), stdout=out, stderr=messages, **options)
    finally:
        settle()
    return out.getvalue().splitlines(), messages.getvalue()


def test_the_last_line_is_the_five_counts(register):
    path = register.file(place("1"), place("2"))
    assert command("ratings-csv", path)[0][-1] == "2 new, 0 changed, 0 unchanged, 0 vanished, 0 refused"
    assert command("ratings-csv", path)[0][-1] == "0 new, 0 changed, 2 unchanged, 0 vanished, 0 refused"


def test_problems_are_told_with_file_place_field_value_and_what_to_do(register):
    _out, messages = command("ratings-csv", register.file(place("1"), place("2", standing="Splendid")))
    assert "week-1.csv, line 3: rating 'Splendid': The scheme uk-fhrs does not know this word." in messages


def test_of_many_problems_the_first_are_told_and_all_are_written(register, tmp_path):
    path = register.file(place("ok"), *(place(str(number), standing="Splendid") for number in range(30)))
    list_of_all = tmp_path / "problems.csv"
    _out, messages = command("ratings-csv", path, "--problems", list_of_all)
    assert messages.count("Splendid") == 20 and "and 10 more problems" in messages
    with list_of_all.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["file", "where", "field", "value", "what to do"]
    assert len(rows) == 30 and rows[29][:4] == ["week-1.csv", "line 32", "rating", "Splendid"]


def test_problems_that_cannot_be_written_stop_the_import(register, tmp_path):
    with pytest.raises(CommandError, match="Nothing was imported"):
        command("ratings-csv", register.file(place("1")), "--problems", tmp_path / "nowhere" / "problems.csv")
    assert not Establishment.objects.filter(authority=register.authority).exists()


def test_a_dry_run_says_so_and_leaves_nothing(register):
    batches = Batch.objects.count()
    out, _messages = command("ratings-csv", register.file(place("1")), "--dry-run")
    assert out[-2:] == [
        "Nothing was imported: this was a dry run.",
        "1 new, 0 changed, 0 unchanged, 0 vanished, 0 refused",
    ]
    assert Batch.objects.count() == batches


def test_more_than_expected_stops_until_yes_is_said(register):
    rows = [place(str(number)) for number in range(10)]
    command("ratings-csv", register.file(*rows))
    fewer = register.file(*rows[:5])
    with pytest.raises(CommandError, match=r"5 of 10 .*nothing|nothing.*5 of 10 .*--yes"):
        command("ratings-csv", fewer)
    assert command("ratings-csv", fewer, "--yes")[0][-1].startswith(
        "0 new, 0 changed, 5 unchanged, 5 vanished"
    )


def test_a_path_that_is_not_there_is_said(register):
    with pytest.raises(CommandError, match=r"no file or folder /nowhere/at/all\.csv"):
        command("ratings-csv", "/nowhere/at/all.csv")


def test_an_unknown_format_is_answered_with_the_known_ones(register):
    with pytest.raises(CommandError, match="fhrs-xml"):
        command("uk-xml", register.file(place("1")))


def test_an_unknown_authority_is_answered_with_the_known_ones(register):
    with pytest.raises(CommandError, match=r"No authority has the code EX9 \(known: .*EX1"):
        command("ratings-csv", register.file(place("1")), "--authority", "EX9")


def test_the_authority_is_named_where_the_file_does_not(register):
    path = register.file(place("1", authority=""))
    assert command("ratings-csv", path)[0][-1].endswith("1 refused")
    assert command("ratings-csv", path, "--authority", "EX1")[0][-1].startswith("1 new")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "line 1"),
        (b"\x1f\x8b\x08broken", "cut off"),
        (b"a;b;c\n1;2;3\n", "commas"),
    ],
)
def test_a_file_of_another_kind_is_a_problem_and_never_a_crash(register, tmp_path, content, message):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    out, messages = command("ratings-csv", path)
    assert message in messages
    assert out[-1] == "0 new, 0 changed, 0 unchanged, 0 vanished, 1 refused"


def test_an_empty_folder_is_a_problem(register, tmp_path):
    (tmp_path / "empty").mkdir()
    _out, messages = command("fhrs-xml", tmp_path / "empty")
    assert "holds no file of this format" in messages


@pytest.mark.parametrize(
    ("format", "sample", "code"),
    [("fhrs-xml", "fhrs.xml", None), ("nyc-csv", "nyc.csv", None), ("ratings-csv", "ratings.csv", "EX1")],
)
def test_every_sample_goes_in_twice_and_the_second_time_changes_nothing(register, format, sample, code):
    first = command(format, SAMPLES / sample)[0][-1]
    second = command(format, SAMPLES / sample)[0][-1]
    assert int(first.split()[0]) >= 1
    assert second.startswith("0 new, 0 changed,") and " 0 vanished," in second
    assert Establishment.objects.filter(source=format).count() == int(first.split()[0])


def test_the_uk_feed_introduces_its_authorities_with_name_and_contact(db):
    command("fhrs-xml", SAMPLES / "fhrs.xml")
    brought = Authority.objects.filter(establishments__source="fhrs-xml").distinct()
    assert brought.exists()
    for authority in brought:
        assert authority.code.startswith("uk-") and authority.name and authority.domains == ["food-safety"]
        assert authority.time_zone == "Europe/London"


def test_a_website_that_is_none_makes_no_link(register, tmp_path):
    sample = (SAMPLES / "fhrs.xml").read_text()
    start, end = sample.index("<LocalAuthorityWebSite>"), sample.index("</LocalAuthorityWebSite>")
    path = tmp_path / "fhrs.xml"
    path.write_text(sample.replace(sample[start:end], "<LocalAuthorityWebSite>javascript:alert(1)"))
    command("fhrs-xml", path)
    assert not Authority.objects.filter(website__startswith="javascript").exists()


PERSONAL = "110000189001010006"


def test_a_persons_number_is_neither_stored_nor_shown(register, tmp_path):
    from django.apps import apps
    from django.db import connection

    write(path := tmp_path / "people.csv", [
        place("1", f"Owner {PERSONAL}"),
        place("2", company="Example", company_scheme="cn-uscc", company_id=PERSONAL),
        place("3", reply=f"Call {PERSONAL}"), place("4"), place("5", opened_on=f"{PERSONAL}"),
        place(PERSONAL), place(PERSONAL),
    ])  # fmt: skip
    with path.open("a") as file:
        file.write(f'EX1,"{PERSONAL},unclosed\nEX1,{PERSONAL}\n')
    out, messages = command("ratings-csv", path, "--problems", tmp_path / "problems.csv")
    assert out[-1].startswith("1 new")
    told = "\n".join(out) + messages + (tmp_path / "problems.csv").read_text("utf-8-sig")
    assert PERSONAL not in told
    with connection.cursor() as cursor:
        for model in apps.get_app_config("records").get_models():
            if not model._meta.managed:  # a view of the public, made of the tables
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{PERSONAL}%"])
            assert cursor.fetchone() == (0,), table
