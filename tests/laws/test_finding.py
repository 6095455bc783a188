"""Laws, articles and types of violation are found by the way people cite them."""

from datetime import date

import pytest

from records.laws import finding
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


@pytest.fixture
def laws():
    food = make.law(title="Food Safety Act 1990", short_title="FSA", number="1990 c. 16")
    wages = make.law(title="Massachusetts General Laws", short_title="M.G.L.", key="mgl")
    china = make.law(title="中华人民共和国食品安全法", key="cn-food")
    for law, articles in (
        (food, ("s. 1", "s. 17(1)", "s. 17(2)", "s. 170")),
        (wages, ("ch. 149, s. 148", "ch. 149, s. 148B", "151, § 1A")),
        (china, ("第十四条", "第十四条第二款", "第一百二十三条")),
    ):
        for article in articles:
            make.provision(law, article)
    return food, wages, china


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("food act 17", ["s. 17(1)", "s. 17(2)", "s. 170"]),
        ("food 17(1)", ["s. 17(1)"]),
        ("FSA s17(2)", ["s. 17(2)"]),
        ("s. 17 (2) food", ["s. 17(2)"]),
        ("food act 1990 17(2)", ["s. 17(2)"]),
        ("149.148", ["ch. 149, s. 148", "ch. 149, s. 148B"]),
        ("149 148b", ["ch. 149, s. 148B"]),
        ("mgl 151 1A", ["151, § 1A"]),
        ("第十四条", ["第十四条", "第十四条第二款"]),
        ("食品安全法第十四条", ["第十四条", "第十四条第二款"]),
        ("食品 123", ["第一百二十三条"]),
        ("第一百二十三条", ["第一百二十三条"]),
        ("nothing such", []),
        ("", []),
        ("((", []),
    ],
)
def test_articles(laws, typed, found):
    assert [row.article for row in finding.provisions(typed)] == found


def test_an_article_is_found_by_its_heading_where_no_law_is_named_so(laws):
    row = make.provision(laws[0], "s. 20")
    row.heading = "Display of ratings"
    row.save()
    assert finding.provisions("display rating") == [row]


def test_laws_are_found_by_title_short_title_number_and_key_those_in_force_first(laws):
    old = make.law(title="Food Act 1955", in_force_until=date(1984, 1, 1))
    assert finding.laws("food act") == [old, laws[0]][::-1]
    assert finding.laws("1990 c. 16") == [laws[0]] and finding.laws("cn-food") == [laws[2]]


def test_violations_are_found_by_code_words_and_article_and_only_those_in_force(laws):
    section = laws[0].provisions.get(article="s. 17(1)")
    made = make.violation(code="F2", title="Food kept too warm", provision=section)
    make.violation(code="F20", title="Kept too long", provision=None)
    make.violation(code="F21", title="Too warm, once", provision=section, in_force_until=date(2000, 1, 1))
    make.violation(code="W1", title="Too warm at work", provision=section, domain="workplace-safety")
    assert finding.violations("f2", ["food-safety"], DAY)[0] == made
    for typed in ("too warm", "warm food", "17(1)", "safety act 17"):
        assert finding.violations(typed, ["food-safety"], DAY) == [made], typed
    assert finding.violations(" ", ["food-safety"], DAY) == []


def test_a_chapter_that_is_a_law_of_its_own_and_its_article_may_be_typed_as_one():
    labor = make.law(title="Labor and Industries", number="c. 149", key="us-ma-149")
    make.provision(labor, "s. 148")
    assert [row.article for row in finding.provisions("149.148")] == ["s. 148"]
    assert [row.article for row in finding.provisions("149.27")] == []
