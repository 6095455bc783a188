"""The pages of authorities: the tree, and what one of them has published."""

import re

import pytest

from records.ratings import statistics
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_afresh():
    statistics.forget()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_parts_stand_under_the_whole(client, world):
    county = make.authority(name="Quince County")
    make.authority(name="Medlar Borough", parent=county)
    html = client.get("/authorities/").content.decode()
    assert re.search(r'Quince County</a>.*?<ul class="branches">\s*<li><a[^>]*>Medlar Borough', html, re.S)


def test_an_authority_says_what_it_has_how_old_it_is_and_how_to_reach_it(client, world):
    words = text(client.get("/authorities/almond-borough/").content.decode())
    for part in (
        "Food safety",
        "food@alm.example.org",
        "establishments",
        "Food Hygiene Rating Scheme",
        "Half of the grades are older than",
        "The scheme states no interval between inspections.",
        "Newest ratings",
        "Newest files",
        world.batches[-1].file_name,
    ):
        assert part in words


def test_the_overdue_share_is_told_where_the_scheme_states_an_interval(client, world):
    assert "The next inspection is overdue for" in text(
        client.get("/authorities/pinehaven/").content.decode()
    )


def test_an_address_in_another_script_works(client, world):
    response = client.get(world.authority("YUN").get_absolute_url())
    assert response.status_code == 200
    assert "云泽市市场监督管理局" in response.content.decode()


def test_an_unknown_authority_answers_404(client, world):
    assert client.get("/authorities/nowhere/").status_code == 404


def test_no_address_with_a_nul_in_it_exists(client, world):
    for address in (
        "/authorities/%00/",
        "/establishments/%00/",
        f"/establishments/{world.pending.reference}%00/",
    ):
        assert client.get(address).status_code == 404
