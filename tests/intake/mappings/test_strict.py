"""A mapping file that cannot be used says which file and which key, and what is wrong."""

import re
import tomllib
from pathlib import Path

import pytest

from records.intake.formats import decision_formats, get
from records.intake.mappings import MappingError, convert, read_file
from records.intake.mappings.load import HERE, read_folders
from tests.intake.reading import read_bytes

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "mappings.md"
EXAMPLE = re.search(r"```toml\n(.+?)```", DOCUMENT.read_text(), re.DOTALL)[1]
LINE = (
    "Number,Name,Day,Section,Reason,Fine,Paid,Clerk\n"
    '1,Example Ltd,01/31/2026,"12, 14a",No  soap,"1,000.50",Yes ,x\n'
)


def loaded(tmp_path, text: str):
    """The format of a mapping file with this text."""
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return read_file(path)


def test_the_example_of_the_documentation_reads_a_line(tmp_path):
    found = read_bytes(loaded(tmp_path, EXAMPLE), LINE.encode())
    assert not found.problems
    (row,) = found.decisions
    assert (row.decision_number, row.decided_on, row.respondent) == ("1", "2026-01-31", "Example Ltd")
    assert row.legal_basis == "Example Food Act, s. 12, 14a"
    assert [(one.law, one.article) for one in row.violated] == [("xx-food-act", "12"), ("xx-food-act", "14a")]
    assert row.violations == (("no-soap", "No soap"),)
    assert (row.sanctions[0].amount, row.events[0].kind) == ("1000.50", "paid")


def test_the_documentation_lists_the_conversions():
    names = re.findall(r'^\| `(?:"(\w+)"|\{ (\w+) = .+\})` \|', DOCUMENT.read_text(), re.MULTILINE)
    assert [a or b for a, b in names] == list(convert.NAMES)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("licence = ", "license = ", "licence: is missing"),
        ("ignored = ", "ignore = ", "ignore: is not a key here"),
        ('file = "csv"', 'file = "xls"', "file: 'xls' is not allowed"),
        ('file = "csv"', "file = 1", "file: must be a text"),
        ('key = "xx-example-fines"', 'key = "My List"', "key: 'My List' is not a key"),
        ('key = "xx-example-fines"', 'key = ""', "key: is blank"),
        ('currency = "EUR"', 'currency = "euro"', "currency"),
        ('currency = "EUR"\n', "", "needs a currency"),
        ('rank = "law"', 'rank = "statute"', "laws.xx-food-act.rank"),
        ('link = "https://example.org/food-act"', 'link = "example.org"', "laws.xx-food-act.link"),
        ('time_zone = "Europe/London"', 'time_zone = "London"', "authority.time_zone"),
        ('seriousness = "ordinary"', 'seriousness = "grave"', "catalogue.seriousness"),
        ("facts = ", "fact = ", "fields.fact: is not a field of a decision"),
        (
            'decision_number = { column = "Number", convert = ["strip"] }\n',
            "",
            "fields.decision_number: is missing",
        ),
        ('respondent_kind = "organisation"\n', "", "fields.respondent_kind: is missing"),
        ('respondent_kind = "organisation"', 'respondent_kind = "firm"', "fields.respondent_kind"),
        ('convert = ["strip"]', 'convert = ["trim"]', "'trim' is not a conversion"),
        ('convert = ["strip"]', 'convert = [{ lookup = "names" }]', "'names' is not a table of lookup"),
        ('convert = ["strip"]', 'convert = [{ regex = "(" }]', "is not a regular expression"),
        ('convert = ["strip"]', 'convert = [{ regex = "x" }]', "needs a group named value"),
        ('convert = ["strip"]', 'convert = [{ split = "" }]', "is not its argument"),
        ('convert = ["strip"]', 'convert = [{ choose = ["a"] }]', "is not its argument"),
        ('{ column = "Number", convert', "{ convert", "needs exactly one of column"),
        ('{ column = "Number", convert', '{ column = "Number", value = "x", convert', "exactly one of"),
        ('{ column = "Number", convert', '{ column = "Number", trim = true, convert', "is not a key here"),
        ('as = "violated"', 'as = "broken"', "citations[1].as"),
        ('law = "xx-food-act"', 'law = "xx-drink-act"', "citations[1].law"),
        (r"pattern = '(?P<article>\d+[a-z]?)'", "pattern = '.+'", "needs a group named law or article"),
        ('kind = "fine"', 'kind = "ticket"', "sanctions[1].kind"),
        ('kind = "paid"', 'kind = "pay"', "events[1].kind"),
        ('is = ["yes"]', 'was = ["yes"]', "is not a key here"),
        (', is = ["yes"]', "", "needs is, is_not or matches"),
        ("[[sanctions]]", "[sanctions]", "sanctions: must be a list of tables"),
        ("[fields]", "[fields", "cannot be read as TOML"),
    ],
)
def test_what_is_not_known_is_an_error_that_names_file_and_key(old, new, words, tmp_path):
    assert old in EXAMPLE
    with pytest.raises(MappingError, match=re.escape(words)) as caught:
        loaded(tmp_path, EXAMPLE.replace(old, new))
    assert "mine.toml" in str(caught.value)


def test_a_mapping_without_sanctions_is_an_error(tmp_path):
    text = EXAMPLE[: EXAMPLE.index("[[sanctions]]")]
    with pytest.raises(MappingError, match="sanctions: is missing"):
        loaded(tmp_path, text)


def test_two_mappings_of_one_key_are_an_error(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(EXAMPLE)
    with pytest.raises(MappingError, match=r"is the key of .*a\.toml already"):
        read_folders([tmp_path])


def test_a_folder_that_is_none_is_an_error(tmp_path):
    with pytest.raises(MappingError, match="PLACARD_MAPPINGS_DIR"):
        read_folders([tmp_path / "absent"])


def test_a_folder_of_ones_own_adds_mappings(tmp_path, settings):
    (tmp_path / "mine.toml").write_text(EXAMPLE)
    settings.PLACARD_MAPPINGS_DIR = tmp_path
    assert get("xx-example-fines") in decision_formats()


def test_a_mapping_cannot_take_the_key_of_another_format(tmp_path, settings):
    (tmp_path / "mine.toml").write_text(EXAMPLE.replace("xx-example-fines", "ratings-csv"))
    settings.PLACARD_MAPPINGS_DIR = tmp_path
    with pytest.raises(MappingError, match="key of another format"):
        decision_formats()


@pytest.mark.parametrize("path", sorted(HERE.glob("*.toml")), ids=lambda path: path.stem)
def test_the_file_of_a_mapping_is_named_after_its_key(path):
    assert tomllib.loads(path.read_text())["key"] == path.stem == read_file(path).key
