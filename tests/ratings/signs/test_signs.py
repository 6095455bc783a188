"""The sign for a window: what is printed on it, and where there is none."""

import re

import pytest
import segno
from lxml import html

from records.ratings.signs.codes import code_of
from tests.ratings.signs.asked import badge, sign, standing, text

pytestmark = pytest.mark.django_db


def test_the_sign_shows_grade_date_place_authority_and_the_two_results_before(client, world):
    words = text(sign(client, world.copper_kettle))
    rating = standing(world.copper_kettle)
    for part in (
        "Food Hygiene Rating Scheme", "The Copper Kettle", "12 Mill Lane, Almond, QA1 2CD", "4 of 5, Good",
        "Rated by Almond Borough Council", "testserver/verify", code_of(rating.pk), "not the official",
    ):  # fmt: skip
        assert part in words, part
    before = words[words.index("Before that") : words.index("Is this sign still current?")]
    assert re.findall(r"Scheme: (\d) of 5", before) == ["3", "5"]


def test_what_is_printed_says_no_age(client, world):
    sheet = html.fromstring(sign(client, world.copper_kettle)).xpath('//article[@class="sign"]')[0]
    visible = [node for node in sheet.iter("p") if "visually-hidden" not in node.get("class", "")]
    shown = [n for n in visible if "grade-date" not in n.get("class", "")]
    assert not any("ago" in node.text_content() for node in shown)


@pytest.mark.parametrize(
    ("place", "scheme", "why"),
    [
        ("private_home", "uk-fhrs", "a sign belongs to an address"),
        ("area_only", "uk-fhrs", "a sign belongs to an address"),
        ("closed", "uk-fhrs", "is closed"),
        ("vanished", "uk-fhrs", "no longer lists"),
        ("awaiting", "uk-fhrs", "Awaiting inspection"),
        ("grade_pending", "us-nyc", "There is no grade"),
    ],
)
def test_where_a_sign_makes_no_sense_the_page_says_why(client, world, place, scheme, why):
    page = sign(client, getattr(world, place), scheme)
    assert why in text(page)
    assert 'class="sign"' not in page and "sign-code" not in page


@pytest.mark.parametrize(
    ("place", "scheme", "shape"),
    [("letter", "us-nyc", "letter"), ("plate", "uk-fhis", "plate"), ("face", "dk-smiley", "face")],
)
def test_each_scheme_has_its_own_shape_on_sign_and_badge(client, world, place, scheme, shape):
    place = getattr(world, place)
    page = sign(client, place, scheme)
    assert f"grade-{shape}" in page and "The grades of this scheme, best first:" in page
    answer, words = badge(client, place, scheme)
    assert answer.status_code == 200 and place.name in words


def test_a_scheme_that_has_not_rated_the_place_has_no_sign(client, world):
    for scheme in ("us-nyc", "no-such-scheme"):
        assert client.get(f"/signs/{world.copper_kettle.reference}/{scheme}/").status_code == 404


def test_a_misread_reference_leads_to_the_sign(client, world):
    place = world.copper_kettle
    response = client.get(f"/signs/{place.reference.upper()}/uk-fhrs/")
    assert (response.status_code, response["Location"]) == (301, f"/signs/{place.reference}/uk-fhrs/")


def test_the_square_holds_the_address_where_the_sign_is_checked(client, world, settings):
    settings.SECURE_SSL_REDIRECT = False
    place = world.copper_kettle
    page = client.get(f"/signs/{place.reference}/uk-fhrs/", secure=True).content
    drawn = html.fromstring(page).xpath('//*[local-name()="svg" and @class="qr"]')[0]
    size = int(drawn.get("viewbox", drawn.get("viewBox")).split()[2])
    paths = drawn.xpath('.//*[local-name()="path"]')
    dark = [[0] * size for _row in range(size)]
    for path in paths:
        x, y = 0, 0.0
        for verb, numbers in re.findall(r"([Mmh])(-?[\d.]+(?:[ ,]-?[\d.]+)?)", path.get("d")):
            given = [float(number) for number in re.split("[ ,]", numbers)]
            if verb == "M":
                x, y = int(given[0]), given[1]
            elif verb == "m":
                x, y = x + int(given[0]), y + given[1]
            elif path.get("stroke") == "#000":
                for at in range(x, x + int(given[0])):
                    dark[int(y)][at] = 1
                x += int(given[0])
    expected = segno.make(f"https://testserver/verify/{code_of(standing(place).pk)}", error="m", micro=False)
    assert dark == [list(row) for row in expected.matrix_iter(border=4)]


def test_the_page_of_the_establishment_links_to_it(client, world):
    place = world.copper_kettle
    assert (
        f'href="/signs/{place.reference}/uk-fhrs/"' in client.get(place.get_absolute_url()).content.decode()
    )
