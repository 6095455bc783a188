"""Loading is strict: what is wrong in a scheme file is named with the file and the key."""

from datetime import date
from pathlib import Path

import pytest

from records.ratings import schemes

SCHEME = """
key = "xx-kitchens"
domain = "food-safety"
jurisdiction = "Almond County"
languages = ["en", "cy"]
effective_from = 2025-01-01
family = "letter"
title = { en = "Kitchens", cy = "Ceginau" }
summary = { en = "How clean.", cy = "Pa mor lân." }
method = { en = "Points.", cy = "Pwyntiau." }
[[source]]
citation = "Kitchens Order 2025"
mark = "read"
[scope]
words = { en = "All.", cy = "Pob un." }
[validity]
words = { en = "Until the next.", cy = "Tan y nesaf." }
ends = ["new_rating"]
[components.points]
kind = "integer"
minimum = 0
maximum = 50
label = { en = "Points", cy = "Pwyntiau" }
explain = { en = "Points found.", cy = "Pwyntiau a gafwyd." }
[[step]]
of = "points"
bands = [
    { from = 0, to = 13, value = "A" },
    { from = 14, value = "B" },
]
reason = { en = "{points} points.", cy = "{points} o bwyntiau." }
[values.A]
label = { en = "A", cy = "A" }
explain = { en = "Few points.", cy = "Ychydig o bwyntiau." }
tone = "good"
[values.B]
label = { en = "B", cy = "B" }
explain = { en = "Many points.", cy = "Llawer o bwyntiau." }
tone = "poor"
[statuses.waiting]
label = { en = "Waiting", cy = "Yn aros" }
explain = { en = "Not inspected.", cy = "Heb ei arolygu." }
[from_source]
Top = "A"
"""


def load(tmp_path: Path, *changes: tuple[str, str]):
    text = SCHEME
    for old, new in changes:
        assert old in text, f"the example holds no {old!r}"
        text = text.replace(old, new, 1)
    (tmp_path / "xx.toml").write_text(text, "utf-8")
    return schemes.read_file(tmp_path / "xx.toml")


def test_the_example_of_these_tests_loads_and_grades(tmp_path):
    scheme = load(tmp_path)
    assert (scheme.grade({"points": 13}).value, scheme.grade({"points": 14}).value) == ("A", "B")


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("domain =", "domian =", "domian", "is not a key here"),
        ('family = "letter"', "", "family", "is missing"),
        ('"letter"', '"star"', "family", "allowed are bar, letter, face, plate"),
        ("tone =", "colour =", "values.A.colour", "is not a key here"),
        ("effective_from = 2025-01-01", 'effective_from = "2025-01-01"', "effective_from", "without quotes"),
        (', cy = "Ceginau"', "", "title.cy", "every language"),
        (
            'cy = "Ceginau"',
            'cy = "Ceginau", fr = "Cuisines"',
            "title.fr",
            "not one of the file's languages",
        ),
        ('title = { en = "Kitchens"', 'title = { en = " "', "title.en", "is blank"),
        ("to = 13", "to = 12", "step[1].bands", "no band for numbers between 12 and 14"),
        ("to = 13", "to = 14", "step[1].bands", "overlap between 14 and 14"),
        ("from = 0, to = 13", "from = 1, to = 13", "step[1].bands", "can be lower"),
        ("from = 14,", "from = 14, to = 49,", "step[1].bands", "can be higher"),
        (
            '{ from = 14, value = "B" }',
            '{ from = 14, value = "C" }',
            "step[1].bands",
            "'C' is not known here",
        ),
        ('of = "points"', 'of = "pints"', "step[1].bands", "neither a component nor a measure"),
        ("{points} points.", "{pints} points.", "step[1].reason", "neither a component nor a measure"),
        ('of = "points"', 'when = { points = 3 }\nof = "points"', "step[1]", "the last step"),
        ('Top = "A"', 'Top = "Z"', "from_source.Top", "neither a value nor a status"),
        ('Top = "A"', 'B = "A"', "from_source.B", "another rating"),
        ("[statuses.waiting]", "[statuses.A]", "statuses", "has the key of a value"),
        ('kind = "integer"', 'kind = "number"', "components.points.kind", "allowed are integer"),
        ('kind = "integer"', 'kind = "choice"', "components.points.allowed", "is missing"),
        (
            "effective_from = 2025-01-01",
            "effective_from = 2025-01-01\neffective_until = 2024-01-01",
            "effective_until",
            "before",
        ),
        ('mark = "read"', 'mark = "read"\nlink = "javascript:x"', "source[1].link", "https://"),
        (
            'ends = ["new_rating"]',
            'ends = ["new_rating"]\nlasts = "a year"',
            "validity.lasts",
            "is not a duration",
        ),
        ("maximum = 50", "maximum = 50\nallowed = [0, 1]\nstep = 0", "components.points.step", "above 0"),
    ],
)
def test_a_fault_is_reported_with_the_file_and_the_key(tmp_path, old, new, where, said):
    with pytest.raises(schemes.SchemeError) as caught:
        load(tmp_path, (old, new))
    assert (caught.value.file, caught.value.where) == (str(tmp_path / "xx.toml"), where)
    assert said in caught.value.message


def test_text_that_is_not_toml_is_reported_with_the_file(tmp_path):
    with pytest.raises(schemes.SchemeError, match=r"xx\.toml: cannot be read as TOML"):
        load(tmp_path, ('key = "xx-kitchens"', "key = xx-kitchens"))


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ('{ from = 14, value = "B" }, { to = 13, value = "A" }', None),
        ('{ under = 13.5, value = "A" }, { over = 13.5, value = "B" }', None),
        ('{ under = 13, value = "A" }, { over = 13, value = "B" }', "no band for numbers between 13 and 13"),
        ('{ to = 13, value = "A" }, { to = 50, value = "B" }', "without bound"),
    ],
)
def test_bands_may_leave_out_only_what_no_inspection_can_give(tmp_path, bands, said):
    change = ('{ from = 0, to = 13, value = "A" },\n    { from = 14, value = "B" },', bands)
    if said is None:
        assert load(tmp_path, change).grade({"points": 13}).value == "A"
    else:
        with pytest.raises(schemes.SchemeError, match=said):
            load(tmp_path, change)


def test_without_steps_bands_must_meet_exactly(tmp_path):
    change = ('kind = "integer"', 'kind = "decimal"')
    with pytest.raises(schemes.SchemeError, match="between 13 and 14"):
        load(tmp_path, change)
    assert load(tmp_path, change, ("from = 14", "over = 13")).grade({"points": 13.01}).value == "B"


def test_two_versions_of_a_scheme_may_not_overlap(tmp_path):
    (tmp_path / "old.toml").write_text(SCHEME, "utf-8")
    (tmp_path / "new.toml").write_text(SCHEME.replace("2025-01-01", "2026-01-01"), "utf-8")
    with pytest.raises(schemes.SchemeError, match=r"new\.toml: effective_from: .*overlaps .*old\.toml"):
        schemes.read_folders([tmp_path])
    ended = SCHEME.replace("2025-01-01", "2025-01-01\neffective_until = 2025-12-31")
    (tmp_path / "old.toml").write_text(ended, "utf-8")
    assert [scheme.version for scheme in schemes.read_folders([tmp_path])] == ["2025-01-01", "2026-01-01"]


def test_an_authority_adds_its_own_scheme_by_a_file_in_the_folder_of_the_setting(tmp_path, settings):
    load(tmp_path)
    with pytest.raises(schemes.UnknownScheme):
        schemes.get("xx-kitchens")
    settings.PLACARD_SCHEMES_DIR = str(tmp_path)
    assert schemes.get("xx-kitchens").title("cy") == "Ceginau"
    assert schemes.get("uk-fhrs").key == "uk-fhrs"


def test_a_setting_that_names_no_folder_is_reported(tmp_path, settings):
    settings.PLACARD_SCHEMES_DIR = str(tmp_path / "absent")
    with pytest.raises(schemes.SchemeError, match="PLACARD_SCHEMES_DIR"):
        schemes.all_versions()


def test_an_unknown_key_or_a_day_without_a_version_is_answered_with_what_exists():
    with pytest.raises(KeyError, match="uk-fhrs, us-la-county"):
        schemes.get("uk-fhsr")
    with pytest.raises(KeyError, match="2026-01-19 to today"):
        schemes.get("sg-safe", date(2025, 1, 1))


def test_the_version_in_force_on_a_day_is_found_and_the_latest_without_a_day():
    assert schemes.get("dk-smiley", date(2021, 12, 31)).version == "2008-01-01"
    assert schemes.get("dk-smiley").version == "2022-04-01"


def test_inspections_carried_over_from_before_a_scheme_are_graded_by_its_first_version():
    assert schemes.get("uk-fhrs", date(1999, 5, 1)).version == "2010-11-30"


def test_versions_are_listed_by_key_and_first_day():
    listed = [(scheme.key, scheme.effective_from) for scheme in schemes.all_versions()]
    assert listed == sorted(listed)
    assert {
        "uk-fhrs",
        "uk-fhis",
        "us-nyc",
        "us-la-county",
        "us-wake-county",
        "ca-toronto",
        "dk-smiley",
    } <= dict(listed).keys()
    assert {"sg-safe", "cn-catering-dynamic", "cn-catering-annual"} <= dict(listed).keys()


def test_a_fingerprint_changes_with_the_rule_and_not_with_the_words(tmp_path):
    before = load(tmp_path).fingerprint
    assert load(tmp_path, ("Few points.", "Very few points.")).fingerprint == before
    assert load(tmp_path, ("to = 13", "to = 14"), ("from = 14", "from = 15")).fingerprint != before
    assert load(tmp_path, ("maximum = 50", "maximum = 60")).fingerprint != before
