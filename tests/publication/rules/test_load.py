"""Loading is strict: what is wrong in a rule file is named with the file and the key."""

from datetime import date
from pathlib import Path

import pytest

from records.publication import rules

RULES = """
key = "xx.rules"
jurisdiction = "Almond County"
languages = ["en", "cy"]
effective_from = 2025-01-01
title = { en = "Rules", cy = "Rheolau" }
summary = { en = "How long.", cy = "Am ba hyd." }
anchor = "decided"
zone = "Europe/London"
needs = ["secrecy", "final", "necessity_for_minor"]
persons = "premises_only"
[[source]]
issuer = "Almond County"
citation = "Publicity Order 2025"
mark = "V"
[classes.minor]
label = { en = "Minor", cy = "Mân" }
publish = "only_if_necessary"
max = "P90D"
[classes.other]
label = { en = "Other", cy = "Arall" }
covers = ["ordinary", "serious"]
min = "P3M"
max = "P1Y"
[embargo]
days = 14
after = "served"
[finality]
times = ["P14D"]
[[never]]
when = "summary"
unless_necessary = true
words = { en = "Not on the spot.", cy = "Nid yn y fan a'r lle." }
[early_end]
conditions = ["corrected"]
citation = "Section 9"
"""


def load(tmp_path: Path, *changes: tuple[str, str]) -> rules.RuleSet:
    text = RULES
    for old, new in changes:
        assert old in text, f"the example holds no {old!r}"
        text = text.replace(old, new, 1)
    (tmp_path / "xx.toml").write_text(text, "utf-8")
    return rules.read_file(tmp_path / "xx.toml")


def test_the_example_of_these_tests_loads(tmp_path):
    rule = load(tmp_path)
    assert rule.names == ("minor", "ordinary", "serious", "other")
    assert rule.class_of("serious") is rule.class_of("other")
    assert (rule.title_in("cy"), rule.title_in("fr"), rule.title_in("en-gb")) == ("Rheolau", "Rules", "Rules")
    assert [never.reason for never in rule.never] == ["summary", *rules.HARD]
    assert (rule.withdraw_within, rule.combine, rule.overlap) == (3, "longest_class", "earliest_hide")


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("anchor =", "ancor =", "ancor", "is not a key here; known are key, title"),
        ('anchor = "decided"', "", "anchor", "is missing"),
        ('"decided"', '"recorded"', "anchor", "allowed are decided, published, conduct_ended, found"),
        ("label =", "name =", "classes.minor.name", "known are label"),
        ("effective_from = 2025-01-01", 'effective_from = "2025-01-01"', "effective_from", "without quotes"),
        ("2025-01-01", "2025-01-01T00:00:00", "effective_from", "without a time"),
        ("2025-01-01", "2025-01-01\neffective_until = 2024-01-01", "effective_until", "before"),
        (', cy = "Rheolau"', "", "title.cy", "every language"),
        ('cy = "Rheolau"', 'cy = "Rheolau", fr = "Règles"', "title.fr", "not one of the file's languages"),
        ('en = "Rules"', 'en = " "', "title.en", "is blank"),
        ('"Europe/London"', '"Europe/Londn"', "zone", "is not a time zone"),
        ('"Europe/London"', '"../London"', "zone", "is not a time zone"),
        ('"Europe/London"', '"Europe"', "zone", "is not a time zone"),
        ('"secrecy"', '"secrets"', "needs", "'secrets' is not allowed"),
        ('"secrecy"', '"secrecy", "secrecy"', "needs", "twice"),
        ('"secrecy", "final"', '"secrecy"', "needs", "go together"),
        (', "necessity_for_minor"', "", "needs", "go together"),
        ('mark = "V"', 'mark = "W"', "source[1].mark", "allowed are V, S, M, D"),
        ('mark = "V"', 'mark = "V"\nlink = "javascript:x"', "source[1].link", "https://"),
        ("zone =", "holiday_extension = true\nzone =", "holiday_extension", "must be false"),
        ('persons = "premises_only"', 'persons = "named"', "persons_rule", "a written rule"),
        ("[embargo]", "[embargo]\nworking = 1", "embargo.working", "true or false"),
        ("days = 14", "days = true", "embargo.days", "a whole number"),
        ("days = 14", "days = 0", "embargo.days", "between 1 and 1000"),
        ('max = "P90D"', 'max = "three months"', "classes.minor.max", "write P180D, P3M or P1Y"),
        ('max = "P90D"', 'max = "P0D"', "classes.minor.max", "is not a period"),
        ('max = "P90D"', 'max = "P101Y"', "classes.minor.max", "longer than 100 years"),
        ('max = "P90D"', "", "classes.minor.max", "nothing is shown without an end"),
        ('max = "P90D"', 'max = "P90D"\nuntil = "restriction"', "classes.minor.max", "cannot stand beside"),
        ('max = "P1Y"', 'publish = "no"\nmax = "P1Y"', "classes.other.publish", "is no, so there is no"),
        (
            'min = "P3M"\nmax = "P1Y"',
            'min = "P3M"\nuntil = "restriction"',
            "classes.other.min",
            "needs a max",
        ),
        ('min = "P3M"', 'min = "P13M"', "classes.other.min", "P13M may end after max, P1Y"),
        ('min = "P3M"', 'min = "P365D"', "classes.other.min", "may end after"),
        ('max = "P1Y"', 'max = "P92D"', "classes.other.min", "P3M may end after max, P92D"),
        ('"ordinary", "serious"', '"ordinary"', "classes", "serious is in no class"),
        ('"ordinary", "serious"', '"minor", "serious"', "classes.other.covers", "already in the class minor"),
        ('times = ["P14D"]', "times = []", "finality.times", "is empty"),
        ('when = "summary"', 'when = "rain"', "never[1].when", "'rain' is not allowed"),
        ('when = "summary"', 'when = "under_18"', "never[1].unless_necessary", "nothing overcomes under_18"),
        ("[early_end]\n", "[early]\n", "early", "is not a key here"),
        ('[early_end]\nconditions = ["corrected"]\ncitation = "Section 9"', "", "classes.other.min", "early"),
        ('["corrected"]', '["sorry"]', "early_end.conditions", "'sorry' is not allowed"),
        ('citation = "Section 9"', "", "early_end.citation", "is missing"),
    ],
)
def test_a_fault_is_reported_with_the_file_and_the_key(tmp_path, old, new, where, said):
    with pytest.raises(rules.RuleError) as caught:
        load(tmp_path, (old, new))
    assert (caught.value.file, caught.value.where) == (str(tmp_path / "xx.toml"), where)
    assert said in caught.value.message
    assert f"xx.toml: {where}: " in str(caught.value)


def test_a_reason_that_nothing_overcomes_needs_no_class_for_it(tmp_path):
    changes = [
        ('publish = "only_if_necessary"\n', ""),
        (', "necessity_for_minor"', ""),
    ]
    with pytest.raises(rules.RuleError, match=r"never\[1\].unless_necessary: needs a class"):
        load(tmp_path, *changes)
    assert load(tmp_path, *changes, ("unless_necessary = true\n", "")).class_of("minor").publish == "yes"


def test_text_that_is_not_toml_is_reported_with_the_file(tmp_path):
    with pytest.raises(rules.RuleError, match=r"xx\.toml: cannot be read as TOML"):
        load(tmp_path, ('key = "xx.rules"', "key = xx.rules"))


def test_a_file_that_cannot_be_opened_is_named(tmp_path):
    (tmp_path / "xx.toml").symlink_to(tmp_path / "absent")
    with pytest.raises(rules.RuleError, match=r"xx\.toml: cannot be opened: No such file"):
        rules.read_folders([tmp_path])


@pytest.mark.parametrize("languages", ["[]", '"en"', "[1]"])
def test_languages_are_a_list_of_codes(tmp_path, languages):
    with pytest.raises(rules.RuleError, match="languages: must be a list"):
        load(tmp_path, ('["en", "cy"]', languages))


def write(tmp_path: Path, name: str, begins: str, ends: str = "") -> None:
    until = f"\neffective_until = {ends}" if ends else ""
    text = RULES.replace("effective_from = 2025-01-01", f"effective_from = {begins}{until}")
    (tmp_path / name).write_text(text, "utf-8")


@pytest.mark.parametrize(("ends", "begins"), [("", "2026-01-01"), ("2026-01-01", "2026-01-01")])
def test_versions_that_overlap_are_refused(tmp_path, ends, begins):
    write(tmp_path, "a.toml", "2025-01-01", ends)
    write(tmp_path, "b.toml", begins)
    with pytest.raises(rules.RuleError, match=r"overlaps the version in .*a\.toml") as caught:
        rules.read_folders([tmp_path])
    assert (caught.value.file, caught.value.where) == (str(tmp_path / "b.toml"), "effective_from")


def test_versions_that_follow_each_other_are_ordered_by_day(tmp_path):
    write(tmp_path, "b.toml", "2025-01-01", "2025-12-31")
    write(tmp_path, "a.toml", "2026-01-01")
    assert [rule.version for rule in rules.read_folders([tmp_path])] == ["2025-01-01", "2026-01-01"]


def test_an_authority_keeps_rules_of_its_own_in_a_folder(tmp_path, settings):
    write(tmp_path, "a.toml", "2025-01-01", "2025-12-31")
    write(tmp_path, "b.toml", "2027-01-01")
    settings.PLACARD_RULES_DIR = str(tmp_path)
    assert rules.get("xx.rules").version == "2027-01-01"
    assert rules.get("xx.rules", date(2025, 12, 31)).version == "2025-01-01"
    with pytest.raises(rules.UnknownRuleSet, match="in force on 2026-06-01; its versions are 2025-01-01 to"):
        rules.get("xx.rules", date(2026, 6, 1))
    assert rules.governing(["xx.rules"], date(2026, 6, 1)) == ()
    assert {bound.key for bound in rules.bounds()} > {"xx.rules", "neutral"}


def test_a_folder_that_is_not_there_is_named(tmp_path, settings):
    settings.PLACARD_RULES_DIR = str(tmp_path / "absent")
    with pytest.raises(rules.RuleError, match="PLACARD_RULES_DIR"):
        rules.rule_sets()


def test_words_and_dates_leave_the_fingerprint_and_rules_change_it(tmp_path):
    before = load(tmp_path).fingerprint
    for change in [
        ('en = "How long."', 'en = "For how long."'),
        ('citation = "Publicity Order 2025"', 'citation = "Publicity Order 2025, as amended"'),
        ('en = "Minor"', 'en = "Small"'),
        ("effective_from = 2025-01-01", "effective_from = 2025-01-01\neffective_until = 2030-01-01"),
        ('persons = "premises_only"\n', ""),
        ('anchor = "decided"', 'anchor = "decided"\ncombine = "longest_class"\nwithdraw_within = 3'),
    ]:
        assert load(tmp_path, change).fingerprint == before, change
    changes = [
        ('anchor = "decided"', 'anchor = "found"'),
        ('"Europe/London"', '"Europe/Paris"'),
        ('max = "P1Y"', 'max = "P13M"'),
        ('min = "P3M"\n', ""),
        ('publish = "only_if_necessary"\n', 'publish = "only_if_necessary"\nmin = "P1D"\n'),
        ('persons = "premises_only"', 'persons = "never"'),
        ('"secrecy"', '"notice"'),
        ("days = 14", "days = 15"),
        ('times = ["P14D"]', 'times = ["P15D"]'),
        ("unless_necessary = true\n", ""),
        ('when = "summary"', 'when = "warning_only"'),
        ('["corrected"]', '["corrected", "duties_done"]'),
        ('anchor = "decided"', 'anchor = "decided"\nwithdraw_within = 4'),
    ]
    found = {load(tmp_path, change).fingerprint for change in changes}
    assert len(found) == len(changes)
    assert before not in found
