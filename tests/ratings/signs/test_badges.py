"""The badge of a sign on somebody's own site: it follows the rating, and tells no more than it may."""

import pytest
from django.utils import timezone
from lxml import etree, html

from records.ratings.models import Rating
from tests import make
from tests.ratings.signs.asked import badge, replace, sign

pytestmark = pytest.mark.django_db


def test_the_badge_says_scheme_grade_word_date_and_name(client, world):
    answer, words = badge(client, world.copper_kettle)
    for part in (
        "Food Hygiene Rating Scheme",
        "4",
        "Good",
        "nspected",
        "The Copper Kettle",
        "As published by",
    ):
        assert part in words
    assert answer["Content-Type"] == "image/svg+xml" and answer["Cache-Control"] == "public, max-age=60"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_badge_follows_the_rating(client, world):
    old = make.rating(make.establishment(name="The Follower"), key="2")
    place = old.establishment
    assert "Some improvement necessary" in badge(client, place)[1]
    new = replace(old, "5")
    words = badge(client, place)[1]
    assert "Very good" in words and "improvement" not in words
    Rating.objects.filter(pk=new.pk).update(state="ended", ended_at=timezone.now(), end_reason="Sold.")
    words = badge(client, place)[1]
    assert "No rating stands now" in words and "Very good" not in words


@pytest.mark.parametrize(
    ("place", "said"), [("closed", "Closed on"), ("vanished", "No longer in the source")]
)
def test_the_badge_of_a_place_that_is_gone_shows_no_grade(client, world, place, said):
    words = badge(client, getattr(world, place))[1]
    assert said in words and "satisfactory" not in words and "Good" not in words


def test_a_badge_of_nothing_is_a_picture_that_says_so_and_nobody_keeps(client, world):
    for address in ("/signs/0000000/uk-fhrs/badge.svg", f"/signs/{world.hidden.reference}/uk-fhrs/badge.svg"):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
        assert b"no such rating" in answer.content


def test_the_badge_is_drawn_from_itself_alone(client, world):
    answer, _words = badge(client, world.chinese, "cn-catering-dynamic")
    root = etree.fromstring(answer.content)
    assert not root.xpath("//@href | //@style | //*[local-name()='script']")
    assert "url(" not in answer.content.decode() and "sha256-" in answer["Content-Security-Policy"]


def test_the_snippet_names_no_grade_and_shows_the_badge_at_its_stable_address(client, world):
    place = world.copper_kettle
    field = html.fromstring(sign(client, place)).get_element_by_id("snippet")
    snippet = html.fromstring(field.text)
    assert snippet.get("href") == f"http://testserver{place.get_absolute_url()}"
    picture = snippet.find("img")
    assert picture.get("src") == f"http://testserver/signs/{place.reference}/uk-fhrs/badge.svg"
    assert "The Copper Kettle" in picture.get("alt") and "Good" not in field.text


def test_a_name_with_marks_of_html_is_read_from_the_snippet_as_it_is(client, db):
    rating = make.rating(make.establishment(name='"Fish & <Chips>"'))
    field = html.fromstring(sign(client, rating.establishment)).get_element_by_id("snippet")
    assert 'current rating of "Fish & <Chips>",' in html.fromstring(field.text).find("img").get("alt")
