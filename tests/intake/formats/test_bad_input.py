"""No format crashes on a file that is damaged, hostile or something else; it says what is wrong."""

import gzip
import io
import lzma
import tarfile

import pytest

from records.intake import parts as opening
from records.intake.formats import FORMATS, decision_formats, fhrs_xml, get
from records.intake.parts import LARGEST_MEMBER, label
from tests.intake.reading import SAMPLES, read

FHRS = fhrs_xml.FORMAT
ALL = (*FORMATS, *decision_formats())
SAMPLE = (SAMPLES / "fhrs.xml").read_bytes()


def tarred(path, members, mode="w"):
    """A tar with these (TarInfo, content) members."""
    with tarfile.open(path, mode) as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("format", ALL, ids=lambda format: format.key)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 2000,
        bytes(range(256)) * 20,
        b"\x1f\x8b\x08",
        lzma.compress(b"x" * 999)[:40],
        b"PK\x03\x04" * 50,
    ],
    ids=["empty", "zeros", "bytes", "gzip", "xz", "zip"],
)
def test_any_bytes_end_as_a_problem(format, data, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(data)
    found = read(format, path)
    assert not found.rows and not found.decisions
    assert found.problems
    assert all(problem.message for problem in found.problems)


@pytest.mark.parametrize("format", ALL, ids=lambda format: format.key)
def test_a_file_that_does_not_exist_is_a_problem(format, tmp_path):
    (problem,) = read(format, tmp_path / "absent.tar").problems
    assert "no such file" in problem.message


def test_an_empty_folder_is_a_problem(tmp_path):
    (problem,) = read(FHRS, tmp_path).problems
    assert "no file of this format" in problem.message


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress], ids=["gz", "xz"])
def test_a_packed_file_that_is_cut_off_gives_its_beginning_and_a_problem(pack, tmp_path):
    records = SAMPLE[SAMPLE.index(b"<EstablishmentDetail>") : SAMPLE.index(b"  </EstablishmentCollection>")]
    many = SAMPLE.replace(records, b"".join(records.replace(b"PI/", b"%d/" % n) for n in range(3000)))
    path = tmp_path / "cut"
    data = pack(many)
    path.write_bytes(data[: len(data) * 3 // 4])
    found = read(FHRS, path)
    assert found.rows
    assert "cut off" in found.problems[-1].message


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_a_tar_that_is_cut_off_is_a_problem(mode, tmp_path):
    members = [(tarfile.TarInfo(f"FHRS{n}.xml"), SAMPLE) for n in range(9)]
    path = tarred(tmp_path / "all.tar", members, mode)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert "cut off" in read(FHRS, path).problems[-1].message


def test_a_tar_without_its_end_is_a_problem_even_between_two_files(tmp_path):
    path = tarred(tmp_path / "all.tar", [(tarfile.TarInfo("a.xml"), SAMPLE)])
    path.write_bytes(path.read_bytes()[: 512 + -(-len(SAMPLE) // 512) * 512])
    found = read(FHRS, path)
    assert len(found.rows) == 8
    assert "the end is missing" in found.problems[-1].message


def test_names_that_climb_out_of_a_tar_are_only_names(tmp_path):
    path = tarred(tmp_path / "all.tar", [(tarfile.TarInfo("../../../evil.xml"), SAMPLE)])
    before = sorted(tmp_path.parent.rglob("*"))
    assert [part.name for part in FHRS.parts(path)] == ["evil.xml"]
    assert len(read(FHRS, path).rows) == 8
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_links_in_a_tar_are_refused(tmp_path):
    link = tarfile.TarInfo("passwd.xml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    found = read(FHRS, tarred(tmp_path / "all.tar", [(link, b""), (tarfile.TarInfo("a.xml"), SAMPLE)]))
    assert len(found.rows) == 8
    assert [problem.file for problem in found.problems] == ["passwd.xml"]


def test_a_member_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    info = tarfile.TarInfo("huge.xml")
    info.size = LARGEST_MEMBER + 1
    path = tmp_path / "all.tar"
    path.write_bytes(info.tobuf() + b"\0" * 1024)
    assert "unpacks to more" in read(FHRS, path).problems[0].message


def test_a_decompression_bomb_ends_as_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_MEMBER", 100_000)
    bomb = gzip.compress(SAMPLE[:400] + b" " * 3_000_000)
    path = tarred(tmp_path / "all.tar", [(tarfile.TarInfo("bomb.xml.gz"), bomb)])
    found = read(FHRS, path)
    assert "unpacks to more" in found.problems[0].message


def test_a_label_shows_the_end_of_a_path_and_no_control_characters():
    assert label("a/b\\..\\c\n\x1b[31m.xml") == "c??[31m.xml"
    assert label("///") == "unnamed"


def test_formats_are_found_by_key_and_an_unknown_one_names_the_others():
    assert [get(format.key) for format in ALL] == list(ALL)
    with pytest.raises(KeyError, match="ratings-csv"):
        get("xls")


@pytest.mark.parametrize("format", ALL, ids=lambda format: format.key)
def test_every_format_describes_itself(format):
    assert format.key and format.label and format.explanation and format.suffixes
    assert all(suffix.startswith(".") for suffix in format.suffixes)
