"""docs/schemes.md explains every key that a scheme file may have, and its example works."""

import re

import pytest

from records.ratings import schemes
from records.ratings.schemes.grammar import TABLES
from records.ratings.schemes.rule import MEASURES, TESTS
from records.ratings.schemes.vocabulary import FACES, FAMILIES, KINDS, MARKS, TONES
from tests.ratings.schemes.tables import CHECKOUT

PAGE = (CHECKOUT / "docs" / "schemes.md").read_text("utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL).group(1)
# words in `code`, the example apart: there a key is used, not explained
EXPLAINED = set(re.findall(r"[A-Za-z_]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE.replace(EXAMPLE, "")))))


@pytest.mark.parametrize("table", TABLES)
def test_every_key_of_a_table_is_explained(table):
    assert set(TABLES[table]) - EXPLAINED == set()


def test_every_word_that_a_key_allows_is_explained():
    allowed = {word for table in TABLES.values() for key in table.values() for word in key.one_of}
    assert (allowed | {*FACES, *FAMILIES, *KINDS, *MARKS, *MEASURES, *TESTS, *TONES}) - EXPLAINED == set()


def test_the_example_loads_and_grades(tmp_path):
    (tmp_path / "almond.toml").write_text(EXAMPLE, "utf-8")
    [scheme] = schemes.read_folders([tmp_path])
    assert scheme.grade({"points": 14}).value == "B"
    assert scheme.grade({"points": 3, "closed": True}).status == "closed_by_order"
    assert scheme.from_source("excellent") == ("value", "A")
