"""What the UK's food hygiene files teach: two schemes, withheld addresses, sentinel dates, HTML."""

import gzip
import lzma
import tarfile
from collections import Counter

import pytest

from records.intake.clean import display_name, reply_text
from records.intake.formats.fhrs_xml import FORMAT
from tests.intake.reading import SAMPLES, read, read_bytes

SAMPLE = SAMPLES / "fhrs.xml"


@pytest.fixture(scope="module")
def sample():
    return read(FORMAT, SAMPLE)


def test_a_rated_establishment_is_read_with_its_inspection_and_scores(sample):
    row = sample.row("1")
    assert (row.where, row.authority, row.authority_name) == ("record 1", "999", "Exampleshire")
    assert (row.name, row.kind, row.postcode) == ("The Sample Kettle", "Restaurant/Cafe/Canteen", "ZZ1 1ZZ")
    assert row.address == ("1 Example Street", "Exampleton")
    assert (row.latitude, row.longitude) == ("51.55266700000000", "0.16007800000000")
    assert (row.scheme, row.standing, row.rated_on, row.pending) == ("uk-fhrs", "3", "2026-02-14", True)
    (visit,) = row.visits
    assert (visit.inspected_on, visit.value) == ("2026-02-14", "3")
    assert visit.scores == {"hygiene": "10", "structural": "5", "confidence": "10"}


def test_a_row_knows_the_day_of_the_data_and_the_nation_of_its_authority(sample):
    assert (sample.row("1").extracted_on, sample.row("1").country) == ("2026-11-01", "GB-ENG")


@pytest.mark.parametrize(
    ("code", "nation"),
    [
        ("075", "GB-ENG"),
        ("549", "GB-ENG"),
        ("550", "GB-WLS"),
        ("571", "GB-WLS"),
        ("760", "GB-SCT"),
        ("791", "GB-SCT"),
        ("801", "GB-NIR"),
        ("816", "GB-NIR"),
        ("817", "GB-ENG"),
        ("A1", "GB-ENG"),
    ],
)
def test_the_number_of_an_authority_tells_its_nation(code, nation):
    text = SAMPLE.read_text().replace("<LocalAuthorityCode>999<", f"<LocalAuthorityCode>{code}<")
    assert read_bytes(FORMAT, text.encode()).row("1").country == nation


def test_an_establishment_awaiting_inspection_has_no_visit(sample):
    row = sample.row("2")
    assert (row.standing, row.rated_on, row.visits) == ("AwaitingInspection", "", ())


def test_the_sentinel_date_of_1901_is_no_date(sample):
    assert (sample.row("3").rated_on, sample.row("3").visits) == ("", ())


def test_an_exemption_keeps_its_date_but_is_no_inspection(sample):
    assert (sample.row("4").standing, sample.row("4").rated_on, sample.row("4").visits) == (
        "Exempt",
        "2019-03-04",
        (),
    )


def test_two_of_three_scores_are_not_weighed(sample):
    (visit,) = sample.row("5").visits
    assert (visit.value, visit.scores) == ("5", {})


def test_scotland_has_its_own_scheme_without_scores(sample):
    row = sample.row("6")
    assert (row.scheme, row.standing) == ("uk-fhis", "Improvement Required")
    assert (row.visits[0].value, row.visits[0].scores) == ("Improvement Required", {})


def test_scotland_writes_awaiting_inspection_with_a_blank(sample):
    assert (sample.row("7").standing, sample.row("7").visits) == ("Awaiting Inspection", ())


def test_an_address_that_is_absent_is_withheld_and_a_district_is_an_area(sample):
    visibility = {row.source_id: (row.private, row.address_visibility) for row in sample.rows}
    assert visibility["2"] == (True, "withheld")
    assert visibility["5"] == (True, "area")
    assert visibility["6"] == (False, "shown")


def test_a_number_that_repeats_is_passed_through(sample):
    assert [row.source_id for row in sample.rows].count("1") == 2
    assert not sample.problems


def test_the_published_name_and_reply_are_kept_and_can_be_cleaned(sample):
    assert display_name(sample.row("2").name) == "Sample’s Pantry"
    assert reply_text(sample.row("1").reply) == "We have cleaned the “hood”.\n\nCome and see."


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_file_reads_like_the_plain_one(pack, sample, tmp_path):
    packed = tmp_path / "fhrs.xml.packed"
    packed.write_bytes(pack(SAMPLE.read_bytes()))
    assert read(FORMAT, packed) == sample


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_tar_gives_one_part_for_each_xml_file(mode, tmp_path):
    archive = tmp_path / "all"
    with tarfile.open(archive, mode) as tar:
        tar.add(SAMPLE, "one/FHRS1.xml")
        tar.add(SAMPLE, "one/FHRS2.xml")
        tar.add(SAMPLE, "one/.nojekyll")
        tar.add(SAMPLE, "one/readme.txt")
    assert [part.name for part in FORMAT.parts(archive)] == ["FHRS1.xml", "FHRS2.xml"]
    assert len(read(FORMAT, archive).rows) == 16


def test_a_folder_gives_one_part_for_each_xml_file(tmp_path):
    (tmp_path / "b.xml").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(SAMPLE.read_bytes()))
    (tmp_path / "notes.txt").write_text("not a rating")
    assert [part.name for part in FORMAT.parts(tmp_path)] == ["a.xml.gz", "b.xml"]
    assert len(read(FORMAT, tmp_path).rows) == 16


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        (b"<FHRSID>6<", b"<FHRSID><", "FHRSID", ""),
        (b"The Tartan Sample", b" ", "BusinessName", ""),
        (b"2025-08-09", b"2025-02-30", "RatingDate", "2025-02-30"),
        (b"FHIS</SchemeType>", b"XYZ</SchemeType>", "SchemeType", "XYZ"),
    ],
)
def test_a_record_that_cannot_be_read_is_a_problem_and_the_rest_goes_in(old, new, field, value):
    found = read_bytes(FORMAT, SAMPLE.read_bytes().replace(old, new, 1))
    (problem,) = found.problems
    assert (problem.where, problem.field, problem.value) == ("record 6", field, value)
    assert len(found.rows) == 7


def test_broken_xml_gives_the_records_before_it_and_says_where_it_broke():
    data = SAMPLE.read_bytes()
    cut = data.index(b"<FHRSID>5<")
    found = read_bytes(FORMAT, data[:cut] + b"<oops>" + data[cut:], "FHRS999.xml")
    assert [row.source_id for row in found.rows] == ["1", "2", "3", "4"]
    (problem,) = found.problems
    assert problem.file == "FHRS999.xml"
    assert problem.where.startswith("after record 4, line 9, column ")
    assert "Download the file again" in problem.message


def test_xml_that_ends_too_early_gives_the_records_before_it():
    data = SAMPLE.read_bytes()
    found = read_bytes(FORMAT, data[: data.index(b"<FHRSID>3<")])
    assert [row.source_id for row in found.rows] == ["1", "2"]
    assert len(found.problems) == 1


def test_a_file_with_fewer_records_than_it_announces_is_reported():
    data = SAMPLE.read_bytes().replace(b"<ItemCount>8<", b"<ItemCount>9<")
    found = read_bytes(FORMAT, data)
    assert len(found.rows) == 8
    assert [(problem.field, problem.value) for problem in found.problems] == [("ItemCount", "9")]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_with_whatever_it_hides(doctype, encoding):
    text = SAMPLE.read_text().replace("?>", f' encoding="{encoding}"?>{doctype}', 1)
    found = read_bytes(FORMAT, text.replace("The Tartan Sample", "&b;&e;").encode(encoding))
    assert not found.rows
    assert "document type" in found.problems[0].message


def test_other_xml_and_other_files_are_refused_in_words():
    assert "another format" in read_bytes(FORMAT, b"<html><body/></html>").problems[0].message
    assert len(read_bytes(FORMAT, b"PK\x03\x04 not xml at all").problems) == 1
    assert len(read_bytes(FORMAT, b"").problems) == 1


@pytest.mark.parametrize(("number", "count"), [("075", 1345), ("501", 1230), ("807", 3072)])
def test_a_real_file_of_one_authority_is_read_without_a_problem(number, count, shared_folder):
    path = shared_folder / "data" / f"FHRS{number}en-GB.xml.gz"
    found = read(FORMAT, path)
    assert len(found.rows) == count
    assert not found.problems
    assert {row.authority for row in found.rows} == {number}
    assert all(row.visits[0].inspected_on == row.rated_on for row in found.rows if row.visits)


def test_the_real_district_withholds_the_addresses_of_homes(shared_folder):
    rows = read(FORMAT, shared_folder / "data" / "FHRS807en-GB.xml.gz").rows
    homes = [row for row in rows if row.private]
    assert homes
    assert not any(row.postcode or row.latitude for row in homes if row.address_visibility == "withheld")
    assert Counter(row.standing for row in rows if row.visits).keys() <= set("012345")
