"""docs/rules.md explains every key that a rule file may have, and its example works."""

import re
from datetime import date

import pytest

from records.publication import rules
from records.publication.rules.grammar import TABLES
from tests.ratings.schemes.tables import CHECKOUT

PAGE = (CHECKOUT / "docs" / "rules.md").read_text("utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL).group(1)
# words in `code`, the example apart: there a key is used, not explained
EXPLAINED = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", PAGE.replace(EXAMPLE, "")))))


@pytest.mark.parametrize("table", TABLES)
def test_every_key_of_a_table_is_explained(table):
    assert set(TABLES[table]) - EXPLAINED == set()


def test_every_word_that_a_key_allows_is_explained():
    allowed = {word for table in TABLES.values() for key in table.values() for word in key.one_of}
    assert allowed - EXPLAINED == set()


def test_every_rule_set_that_ships_is_listed_and_every_listed_one_ships():
    listed = re.findall(r"^\| `([^`]+)` \|", PAGE.split("## An example")[0], re.MULTILINE)
    assert set(listed) == {rule.key for rule in rules.rule_sets()}


def test_the_example_loads_and_counts(tmp_path):
    (tmp_path / "almond.toml").write_text(EXAMPLE, "utf-8")
    [rule] = rules.read_folders([tmp_path])
    found = rules.periods(rule, "serious", rules.Anchors(date(2027, 11, 30)))
    assert (found.repair_from, found.last_day) == (date(2028, 12, 1), date(2031, 11, 30))
    assert rules.final_from(rule, date(2027, 3, 2)) == date(2027, 3, 17)
    assert "Serious decisions are shown for 4 years" in rules.told(rule, "serious")[0]
