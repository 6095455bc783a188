"""Numbers of businesses: every row of the reference tables, and no number of a person in any message."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.businesses import identifiers
from records.businesses.identifiers import IdentifierError

USCC, UK, EIN = (identifiers.get(key) for key in ("cn-uscc", "gb-coh", "us-ein"))
CODES = {
    "charset": "charset",
    "check character": "check_character",
    "organisation check digit": "organisation_digit",
    "length": "length",
    "authority/type": "authority_type",
    "region": "region",
}


def table(folder, name):
    with (folder / "reference" / "tables" / f"identifiers_{name}.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def outcome(system, raw, **options):
    """The stored value, or the code of the error."""
    try:
        return system.check(raw, **options).value
    except IdentifierError as error:
        return error.code


def test_every_row_of_the_chinese_table_holds(shared_folder):
    rows = table(shared_folder, "uscc")
    assert len(rows) == 24
    for row in rows:
        expected = CODES.get(row["expected"]) or "".join(row["USCC"].upper().split())
        assert outcome(USCC, row["USCC"], fictional=True) == expected, row


def test_every_row_of_the_british_table_holds(shared_folder):
    rows = table(shared_folder, "uk")
    assert len(rows) == 10
    for row in rows:
        found = outcome(UK, row["UK company number"])
        if row["expected"] == "valid":
            assert found == row["stored as"], row
        else:
            assert found in {"length", "format", "placeholder", "prefix"}, row


def test_every_row_of_the_american_table_holds(shared_folder):
    rows = table(shared_folder, "ein")
    assert len(rows) == 10
    for row in rows:
        found = outcome(EIN, row["EIN"])
        digits = row["EIN"].replace("-", "")
        valid = f"{digits[:2]}-{digits[2:]}"
        assert (found == valid) == (row["expected"] == "valid"), row


def test_real_codes_are_valid_and_changed_ones_are_not(shared_folder):
    with (shared_folder / "data" / "cn_uscc_valid.csv").open(encoding="utf-8") as stream:
        valid = [row["uscc"] for row in csv.DictReader(stream)]
    with (shared_folder / "data" / "cn_uscc_invalid.csv").open(encoding="utf-8") as stream:
        changed = [row for row in csv.DictReader(stream) if not row["why"].startswith("valid after")]
    assert [outcome(USCC, code) for code in valid] == valid
    assert all(outcome(USCC, row["value"]) in CODES.values() for row in changed)
    assert (len(valid), len(changed)) == (85, 16)


@pytest.mark.parametrize(
    "raw",
    ["91350100M000100Y43", "９1350100m000100y43", "91-350100 M000100Y4\u20113", " 91350100M000100Y43\n"],
)
def test_a_code_is_stored_in_one_form(raw):
    assert USCC.check(raw).value == "91350100M000100Y43"


def test_the_region_of_examples_is_refused_unless_asked_for():
    assert outcome(USCC, "91999999MA1TE5T0XT") == "region"
    assert outcome(USCC, "91999999MA1TE5T0XT", fictional=True) == "91999999MA1TE5T0XT"


def test_a_sole_trader_is_probably_named_after_a_person():
    assert USCC.names_a_person("92999999MA2DEM009E")
    assert not USCC.names_a_person("91999999MA1TE5T0XT")


def test_an_import_warns_where_manual_entry_refuses():
    for system, raw, code in (
        (USCC, "91999999MA1TE5T001", "organisation_digit"),
        (EIN, "00-1234567", "prefix"),
    ):
        assert outcome(system, raw, fictional=True) == code
        checked = system.check(raw, strict=False, fictional=True)
        assert (checked.value, [warning.code for warning in checked.warnings]) == (raw, [code])


def test_an_import_still_refuses_what_is_certainly_wrong():
    assert outcome(USCC, "91999999MA1TE5T0XU", strict=False, fictional=True) == "check_character"
    assert outcome(EIN, "12-345678", strict=False) == "format"


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("cn-uscc", "110000189001010006"),
        ("cn-uscc", "１１００００ 18900101 0006"),
        ("cn-reg", "110000000101000"),
        ("cn-reg", "110000189001010006"),
        ("us-ein", "911-14-4442"),
        ("us-ein", "123-45-6789"),
        ("us-ein", "123 45 6789"),
        ("dk-cvr", "010100-0000"),
        ("no-orgnr", "010100 00000"),
        ("sg-uen", "S1234567D"),
        ("fr-siren", "1 00 01 99 999 999 99"),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_a_number_of_a_person_is_refused_and_never_repeated(key, raw, strict):
    with pytest.raises(IdentifierError) as caught:
        identifiers.get(key).check(raw, strict=strict)
    error = caught.value
    assert error.personal
    shown = f"{error} {error!r} {error.args} {error.message} {error.code}"
    digits = "".join(letter for letter in raw if letter.isdecimal())
    assert raw not in shown and digits not in shown
    assert not any(piece in shown for piece in raw.replace("-", " ").split())


@given(st.sampled_from(identifiers.SYSTEMS), st.text(max_size=24))
def test_any_text_is_either_stored_in_one_form_or_refused(system, raw):
    try:
        checked = system.check(raw)
    except IdentifierError as error:
        assert error.message
    else:
        assert system.normalise(checked.value) == checked.value
        assert system.check(checked.value) == checked


@pytest.mark.parametrize(
    ("key", "raw", "found"),
    [
        ("cn-org", "MA1TE5T0-X", "MA1TE5T0X"),
        ("cn-org", "MA1TE5T01", "organisation_digit"),
        ("cn-reg", "110108000000016", "110108000000016"),
        ("cn-reg", "110108000000017", "check_character"),
        ("ca-bn", "12302 6635", "123026635"),
        ("ca-bn", "12302 6635 RC 0001", "123026635RC0001"),
        ("ca-bn", "123456783", "check_digit"),
        ("ca-bn", "000000000", "placeholder"),
        ("dk-cvr", "DK 13585628", "13585628"),
        ("dk-cvr", "13585627", "check_digit"),
        ("no-orgnr", "988 077 917", "988077917"),
        ("no-orgnr", "988077918", "check_digit"),
        ("fr-siren", "552 008 443", "552008443"),
        ("sg-uen", "197401143c", "197401143C"),
        ("sg-uen", "T01FC6132D", "T01FC6132D"),
        ("sg-uen", "T01FC6132E", "check_digit"),
        ("lei", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D15"),
        ("lei", "213800KUD8LAJWSQ9D16", "check_digit"),
        ("lei", "15", "format"),
        ("gb-coh", "SC1234", "SC001234"),
        ("gb-coh", "XX123456", "prefix"),
        ("gb-coh", "R0000123", "R0000123"),
        ("us-ein", "12*3456789", "format"),
        ("us-ein", "", "empty"),
        ("cn-uscc", "******************", "charset"),
    ],
)
def test_a_number_is_checked_by_the_rules_of_its_system(key, raw, found):
    assert outcome(identifiers.get(key), raw) == found


@pytest.mark.parametrize("system", identifiers.SYSTEMS, ids=lambda system: system.key)
def test_every_system_describes_itself_with_an_example_that_holds(system):
    assert system.label and system.explanation
    assert system.country == "" or len(system.country) == 2
    if system.example:
        assert system.check(system.example).value == system.normalise(system.example)


def test_an_unknown_system_names_the_known_ones():
    with pytest.raises(KeyError, match="cn-uscc"):
        identifiers.get("vat")
