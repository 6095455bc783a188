"""The search page and the pages of schemes, as a reader meets them."""

import re
from datetime import datetime

import pytest
from django.http import QueryDict

from records.ratings import statistics
from records.ratings.search import RatingSearch
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_afresh():
    statistics.forget()


def found(client, query):
    """The names on the result page, in order, without the marks of what matched."""
    html = client.get(f"/ratings/?{query}").content.decode()
    names = re.findall(r'<h2><a href="/establishments/[^"]+">(.*?)</a></h2>', html)
    return [re.sub("</?mark>", "", name) for name in names]


def page(client, query):
    return client.get(f"/ratings/?{query}").content.decode()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_words_of_the_name_and_the_street_find_an_establishment(client, world):
    assert found(client, "q=kettle+mill") == ["The Copper Kettle"]


def test_a_plain_word_finds_the_accented_one(client, world):
    assert found(client, "q=cafe+creme") == ["Café Crème Brûlée"]


def test_chinese_is_found_without_blanks(client, world):
    assert found(client, "q=金龙") == ["金龙茶餐厅"]


def test_a_card_says_grade_date_and_age(client, world):
    html = page(client, "q=copper+kettle")
    assert "Food Hygiene Rating Scheme: 4 of 5, Good, inspected" in html
    assert "6 months ago" in html


def test_a_typing_error_is_answered_with_a_suggestion(client, world):
    html = page(client, "q=coper+ketle")
    assert 'href="?q=copper+kettle"' in html
    assert "Did you mean" in html


def test_an_empty_result_says_what_was_searched_and_what_absence_means(client, world):
    words = text(page(client, "q=zzzzqqqq"))
    assert "Nothing found" in words
    assert "Searched were the names, streets and postcodes" in words
    assert "No record does not mean that a business complies." in words


def test_the_page_says_in_words_what_is_shown(client, world):
    words = text(page(client, "q=kitchen&scheme=uk-fhrs&grade=5&authority=almond-borough"))
    assert "establishments matching “kitchen”, Food Hygiene Rating Scheme" in words
    assert "with the grade 5, Very good" in words
    assert "inspected by Almond Borough Council" in words


def test_a_filter_is_a_link_with_the_number_it_leads_to(client, world):
    html = page(client, "scheme=uk-fhis")
    match = re.search(
        r'<a href="(\?[^"]+)"[^>]*><span class="facet-word">Pass and Eat Safe</span>'
        r'<span class="number">(\d+)',
        html,
    )
    assert match[1] == "?scheme=uk-fhis&amp;grade=pass_and_eat_safe"
    assert len(found(client, match[1][1:].replace("&amp;", "&"))) == int(match[2]) == 1


def test_every_filter_in_force_can_be_taken_back(client, world):
    html = page(client, "q=kitchen&type=restaurant&authority=almond-borough")
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.S)[0]
    assert 'href="?authority=almond-borough&amp;type=restaurant"' in chips
    assert 'href="?q=kitchen&amp;authority=almond-borough"' in chips
    assert 'href="?q=kitchen&amp;type=restaurant"' in chips


def test_an_authority_stands_for_the_bodies_below_it(client, world):
    county = make.authority(name="Quince County", slug="quince-county")
    borough = make.authority(parent=county)
    make.rating(make.establishment(authority=borough, name="Lantern Yard"))
    statistics.forget()
    assert found(client, "authority=quince-county") == ["Lantern Yard"]


def test_what_was_added_a_moment_ago_is_found_before_anybody_counts_again(client, world):
    client.get("/ratings/")
    fresh = make.authority(slug="fresh-council")
    make.rating(make.establishment(authority=fresh, name="The Fresh Start"))
    assert found(client, "authority=fresh-council") == ["The Fresh Start"]
    assert "1 establishment" in text(page(client, "authority=fresh-council"))


def test_results_are_sorted_by_name_date_and_distance(client, world):
    names = found(client, "sort=name&authority=almond-borough")
    assert names == sorted(names)
    assert found(client, "sort=date&authority=almond-borough&grade=5")[0] == "The Green Ladle"
    assert found(client, "near=51.36,-6.02")[0] == "Havfruens Smørrebrød"


def test_the_newest_rating_comes_first_and_those_without_a_date_last(client, world):
    html = page(client, "sort=date&authority=almond-borough")
    dates = re.findall(r'class="grade-date">(?:Inspected|Rated|Since) (\d+ \w+ \d{4})', html)
    parsed = [datetime.strptime(day, "%d %B %Y") for day in dates]
    assert parsed == sorted(parsed, reverse=True)


def test_a_private_home_has_no_address_and_is_not_found_by_it(client, world):
    assert "Private address" in page(client, "q=bramble+bakes")
    assert "Hidden Close" not in page(client, "q=bramble+bakes")
    assert found(client, "q=hidden+close") == []
    assert "Bramble Bakes" not in found(client, "near=51.1777,-6.2777")


def test_closed_and_vanished_establishments_stay_findable_and_say_so(client, world):
    assert "Closed on" in page(client, "q=closed+larder")
    assert "No longer in the source" in page(client, "q=vanishing+pantry")


def test_what_is_not_public_is_not_found(client, world):
    assert found(client, "q=unpublished+sentinel") == []


def test_pages_follow_each_other_without_repeats(client, world):
    everything = RatingSearch(QueryDict("authority=almond-borough")).count.number
    for order in ("date", "name"):
        pages, query = [], f"authority=almond-borough&sort={order}"
        while query:
            pages.append(found(client, query))
            after = re.search(r'<a rel="next" href="\?([^"]+)"', page(client, query))
            query = after and after[1].replace("&amp;", "&")
        names = [name for page in pages for name in page]
        assert len(pages) > 1 and len(pages[0]) == 20
        assert len(names) == len(set(names)) == everything


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("near=abc", "near"),
        ("near=95,0", "near"),
        ("page=-1", "page"),
        ("page=0", "page"),
        ("page=9999", "page"),
        ("after=2024-05-01", "after"),
        ("sort=name&before=x", "before"),
        ("scheme=unknown", "scheme"),
        ("grade=11", "grade"),
        ("authority=nowhere", "authority"),
        ("type=spaceship", "type"),
        ("sort=price", "sort"),
        ("colour=red", "colour"),
    ],
)
def test_a_bad_parameter_is_named_on_a_page_of_status_400(client, world, query, name):
    response = client.get(f"/ratings/?{query}")
    html = response.content.decode()
    assert response.status_code == 400
    assert f'<strong class="code">{name}</strong>' in html
    assert 'name="q"' in html


def test_a_page_of_results_takes_few_queries(client, world, django_assert_max_num_queries):
    client.get("/ratings/?q=kitchen")
    for query in ("", "q=kitchen", "near=51.15,-6.3", "sort=date", "authority=almond-borough&grade=5"):
        with django_assert_max_num_queries(12, using="default"):
            client.get(f"/ratings/?{query}")


def test_the_schemes_are_listed_with_their_rule_in_a_sentence(client, world):
    html = client.get("/ratings/schemes/").content.decode()
    assert 'href="/ratings/schemes/dk-smiley/"' in html
    assert "nothing here adds them up" in html


def test_a_scheme_says_rule_bands_grades_and_terms(client, world):
    words = text(client.get("/ratings/schemes/uk-fhrs/").content.decode())
    for part in (
        "The rule",
        "0 to 15",
        "Limit",
        "Awaiting inspection",
        "Low scores are good",
        "Wales",
        "Northern Ireland",
    ):
        assert part in words


def test_the_spread_of_grades_counts_what_is_current(client, world):
    html = client.get("/ratings/schemes/uk-fhis/").content.decode()
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", html, re.S)
    improvement = next(text(row) for row in rows if "Improvement Required" in row and "50" in row)
    assert " 1 " in improvement


def test_an_unknown_scheme_answers_404(client, world):
    assert client.get("/ratings/schemes/xx-unknown/").status_code == 404
