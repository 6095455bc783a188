"""Where an establishment is, as a picture: what is near it, and nothing of what is not public."""

import re

import pytest

from records.businesses.models import Establishment
from records.ratings import outline
from records.search.box import Box, across, upward
from tests import make
from tests.search.plans import indexes

pytestmark = pytest.mark.django_db
HERE = {"latitude": 52.0, "longitude": 0.1, "geocode_quality": "source"}


def placed(**facts):
    return Establishment.objects.public().get(pk=make.establishment(**HERE | facts).pk)


def dots(picture):
    return [tuple(map(int, dot)) for dot in re.findall(r"M(\d+) (\d+)h0", picture.dots)]


def test_the_place_is_in_the_middle_and_north_is_at_the_top():
    here = placed()
    placed(latitude=52.045)
    placed(longitude=0.2)
    picture = outline.around(here)
    (north, east) = sorted(dots(picture))
    assert picture.place == (300, 200)
    assert north[0] == 300 and north[1] < 200
    assert east[0] > 300 and east[1] == 200
    # 5.0 and 6.8 km, in a picture that reaches 10 km to the north
    assert (200 - north[1], east[0] - 300) == pytest.approx((100, 137), abs=2)
    assert picture.sentence == "2 other establishments are within 10 km."


def test_the_picture_is_as_near_as_it_can_be_with_enough_around_it(monkeypatch):
    monkeypatch.setattr(outline, "ENOUGH", 2)
    here = placed()
    for latitude in (52.001, 52.0012, 52.3):
        placed(latitude=latitude)
    picture = outline.around(here)
    assert picture.sentence == "2 other establishments are within 200 m."
    assert (picture.scale, picture.bar) == ("100 m", 100)


def test_of_too_many_it_says_that_there_are_more(monkeypatch):
    monkeypatch.setattr(outline, "ENOUGH", 2)
    monkeypatch.setattr(outline, "MOST", 3)
    here = placed()
    for step in range(5):
        placed(latitude=52.0001 + step / 1e5)
    assert outline.around(here).sentence == "More than 3 other establishments are within 100 m."


def test_who_has_no_neighbour_is_told_so():
    assert outline.around(placed()).sentence == (
        "No other establishment with a place on the map is within 10 km."
    )


@pytest.mark.parametrize("visibility", ["withheld", "area"])
def test_a_withheld_address_has_no_picture_and_is_no_dot_of_another(client, visibility):
    hidden = placed(address_visibility=visibility)
    assert outline.around(hidden) is None
    html = client.get(hidden.get_absolute_url()).content.decode()
    assert "outline" not in html.replace("css/components/outline.css", "") and "near=" not in html
    assert dots(outline.around(placed(latitude=52.001))) == []


def test_a_place_that_is_in_doubt_is_not_drawn():
    assert outline.around(placed(geocode_quality="suspect")) is None


def test_the_page_leads_to_the_map_and_to_the_list_of_what_is_near(client):
    html = client.get(placed().get_absolute_url()).content.decode()
    assert 'href="/map/?near=52.00000,0.10000"' in html
    assert 'href="/ratings/?near=52.00000,0.10000"' in html
    for address in ("/map/?near=52.00000,0.10000", "/ratings/?near=52.00000,0.10000"):
        assert client.get(address).status_code == 200


def test_two_in_one_place_are_one_dot_and_what_lies_outside_is_none():
    box = Box(across(0), upward(50), across(1), upward(51))
    picture = outline.of_box(box, [(50.5, 0.5), (50.5, 0.5), (52, 0.5)])
    assert dots(picture) == [(300, pytest.approx(200, abs=2))]


def test_what_is_near_comes_from_the_index_in_order():
    here = placed()
    used = indexes(lambda: outline.around(here), without=("seqscan", "bitmapscan", "sort"))
    assert "spot_nearest" in used
