"""Near me: parsing, the order of neighbours at any latitude, and distances in words."""

import math
import random

import pytest

from records.businesses.models import Establishment
from records.search.near import EARTH_RADIUS, Near, distance_words, nearest, parse_near
from tests import make


@pytest.mark.parametrize(
    ("text", "near"),
    {
        "52.2053,0.1218": Near(52.2053, 0.1218),
        " 52 , -3.5 ": Near(52, -3.5),
        "-90,+180": Near(-90, 180),
        "0.,0": Near(0, 0),
    }.items(),
)
def test_two_numbers_are_a_place(text, near):
    assert parse_near(text) == near


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "latitude and longitude"),
        ("", "latitude and longitude"),
        ("52.2", "latitude and longitude"),
        ("52.2;0.1", "latitude and longitude"),
        ("nan,0", "latitude and longitude"),
        ("1e2,0", "latitude and longitude"),
        ("٥٢,0", "latitude and longitude"),
        ("90.1,0", "latitude in “near”"),
        ("52,-180.5", "longitude in “near”"),
    ],
)
def test_what_is_no_place_is_named(text, reason):
    with pytest.raises(ValueError, match=reason) as raised:
        parse_near(text)
    assert "near" in str(raised.value)


def test_a_degree_of_latitude_is_some_111_kilometres():
    assert Near(52, 0).metres_to(53, 0) == pytest.approx(EARTH_RADIUS * math.pi / 180)
    assert Near(0, 179.5).metres_to(0, -179.5) == pytest.approx(EARTH_RADIUS * math.pi / 180)
    assert Near(52, 0).metres_to(52, 0) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("latitude", [-78, -33.9, 0, 1.3, 40.7, 54, 69.6, 85])
def test_the_nearest_come_first_at_every_latitude(latitude):
    chance, authority = random.Random(latitude), make.authority()
    step = 0.02 / math.cos(math.radians(latitude))
    for at in range(120):
        make.establishment(
            authority=authority,
            name=f"Place {at}",
            latitude=latitude + chance.uniform(-0.02, 0.02),
            longitude=100 + chance.uniform(-step, step),
        )
    make.establishment(authority=authority, name="Nowhere")
    near = Near(latitude, 100.0)
    rows = Establishment.objects.public().filter(authority_id=authority.pk)
    expected = sorted(
        rows.exclude(latitude=None), key=lambda row: near.metres_to(row.latitude, row.longitude)
    )
    assert nearest(rows, near, 0, 30) == expected[:30]
    assert nearest(rows, near, 30, 50) == expected[30:50]
    assert len(nearest(rows, near, 0, 500)) == 120
    first = nearest(rows, near, 0, 1)[0]
    assert first.distance == near.metres_to(first.latitude, first.longitude)


@pytest.mark.django_db
def test_a_private_home_is_nowhere_on_the_map():
    make.establishment(name="Hidden", latitude=52.0, longitude=0.0, address_visibility="withheld")
    assert nearest(Establishment.objects.public().filter(name="Hidden"), Near(52, 0)) == []


@pytest.mark.django_db
def test_near_a_pole_the_nearest_are_still_found():
    place = make.establishment(name="Southernmost", latitude=-77.85, longitude=166.67)
    rows = Establishment.objects.public().filter(pk=place.pk)
    assert nearest(rows, Near(-90, 0)) == [place]


@pytest.mark.parametrize(
    ("metres", "words"),
    {
        0: "10 m",
        14: "10 m",
        347: "350 m",
        994: "990 m",
        996: "1.0 km",
        1234: "1.2 km",
        15400: "15 km",
    }.items(),
)
def test_distances_are_said_in_words(metres, words):
    assert distance_words(metres) == words
