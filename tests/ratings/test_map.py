"""The map: marks for any view, the list that equals them, and nothing of what is not public."""

import random
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from records.businesses.models import Establishment
from records.ratings import marks, regions, statistics
from records.ratings.mapped import MapSearch
from records.search.box import MOST_CELLS
from tests import make
from tests.search.plans import indexes

pytestmark = pytest.mark.django_db
VIEW = "bbox=-1,51,1,53&zoom=9"


@pytest.fixture(autouse=True)
def _counted_afresh():
    statistics.forget()


def search(query):
    return MapSearch(QueryDict(query))


def in_the_view(search):
    """The keys that marks of single establishments stand for, and how many others there are."""
    return {place.pk for _mark, place in search.shown if place}, search.count.number


@pytest.fixture
def places():
    """Two hundred pubs and shops around one point, a few of them far away."""
    chance, authority = random.Random(3), make.authority(slug="map-one")
    made = []
    for at in range(200):
        far = 2 if at % 50 == 0 else 0
        made.append(
            make.establishment(
                authority=authority, name=f"Copper Kitchen {at}", kind=("pub", "shop")[at % 2],
                latitude=52 + far + chance.gauss(0, 0.1), longitude=0 + chance.gauss(0, 0.1),
            )
        )  # fmt: skip
        if at % 3:
            make.rating(made[-1], key=("5", "0")[at % 2])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_establishment, records_rating, records_spot")
    statistics.forget()
    return made


def inside(place, west, south, east, north):
    return south <= place.latitude <= north and west <= place.longitude <= east


def test_marks_stand_for_each_establishment_in_view_once(places):
    for box in ((-1, 51, 1, 53), (-1, 51, 1, 55), (0, 52, 0.05, 52.05), (10, 10, 11, 11)):
        for zoom in (4, 9, 13, 19):
            found = search(f"bbox={','.join(map(str, box))}&zoom={zoom}")
            wanted = [place for place in places if inside(place, *box)]
            assert found.count.number == len(wanted) and found.count.is_exact
            assert len(found.shown) <= MOST_CELLS
            assert {place.pk for _mark, place in found.shown if place} <= {place.pk for place in wanted}


def test_the_list_has_what_the_marks_stand_for_the_middle_first(places):
    found = search("bbox=-0.1,51.9,0.1,52.1&zoom=10")
    wanted = [place for place in places if inside(place, -0.1, 51.9, 0.1, 52.1)]
    centre = found.box.centre
    wanted.sort(
        key=lambda place: (place.latitude - centre[0]) ** 2 + ((place.longitude - centre[1]) * 0.616) ** 2
    )
    assert {row.pk for row in found.page.rows} == {place.pk for place in wanted[:20]}
    assert found.page.rows[0] == wanted[0]
    assert found.page.last == -(-len(wanted) // 20)
    assert all(row.distance is None for row in found.page.rows)


def test_near_a_place_the_list_has_the_distances_and_the_view_holds_the_nearest(places):
    found = search("near=52.0,0.0")
    rows = found.page.rows
    assert [row.distance for row in rows] == sorted(row.distance for row in rows)
    nearest = sorted(places, key=lambda place: (place.latitude - 52) ** 2 + (place.longitude * 0.616) ** 2)
    assert {row.pk for row in rows} >= {place.pk for place in nearest[:10]}


def test_without_a_view_the_map_shows_what_is_found_but_what_lies_far_off(places):
    west, south, east, _north = search("").box.edges
    assert -1 < west < -0.1 and 0.1 < east < 1 and 51 < south < 51.9
    assert search("q=nothing+like+it").count.number == 0


def test_filters_and_text_narrow_the_map(places):
    pubs = [place for place in places[::2] if inside(place, -1, 51, 1, 53)]
    assert search(f"{VIEW}&type=pub").count.number == len(pubs)
    rated = [
        place for at, place in enumerate(places) if at % 3 and not at % 2 and inside(place, -1, 51, 1, 53)
    ]
    assert search(f"{VIEW}&scheme=uk-fhrs&grade=5").count.number == len(rated)
    assert in_the_view(search(f"{VIEW}&q=%22kitchen+77%22")) == ({places[77].pk}, 1)
    assert search(f"{VIEW}&authority=map-one").count.number == search(VIEW).count.number


def test_too_many_are_counted_in_a_sample_and_no_lonely_place_is_missing(places, monkeypatch):
    exact = [mark.cell for mark in search("bbox=-1,51,1,55&zoom=9").marks.all]
    monkeypatch.setattr(marks.Marks, "rate", 7)
    sampled = [mark.cell for mark in search("bbox=-1,51,1,55&zoom=9").marks.all]
    assert sorted(sampled, key=str) == sorted(exact, key=str)


def test_a_sample_says_about_how_many_there_are(places, monkeypatch):
    monkeypatch.setattr(marks.Marks, "rate", 7)
    found = search("bbox=-1,51,1,53&zoom=3")
    assert found.count.about and str(found.count).startswith("about")
    assert 60 < found.count.number < 600


def test_the_samples_have_indexes_of_their_own(places, monkeypatch):
    monkeypatch.setattr(marks, "WORTH_COUNTING", 12)
    used = indexes(lambda: search(VIEW).shown, without=("seqscan", "bitmapscan", "sort"))
    assert "spot_sample_509" in used


def test_what_has_no_public_place_has_no_mark():
    facts = {"latitude": 52.0, "longitude": 0.0}
    shown = make.establishment(name="Shown", **facts)
    make.establishment(name="At home", address_visibility="withheld", **facts)
    make.establishment(name="Somewhere there", address_visibility="area", **facts)
    make.establishment(name="Not yet", publish_at=None, **facts)
    make.establishment(name="No more", hide_at=timezone.now() - timedelta(hours=1), **facts)
    statistics.forget()
    assert in_the_view(search(VIEW)) == ({shown.pk}, 1)
    assert [row.name for row in search(VIEW).page.rows] == ["Shown"]
    assert Establishment.objects.public().filter(location__isnull=False).count() == 1
    assert Establishment.objects.public().filter(latitude__isnull=False).count() == 1


def test_a_rating_that_is_not_shown_yet_puts_nobody_on_the_map():
    place = make.establishment(latitude=52.0, longitude=0.0)
    make.rating(place, key="2", publish_at=timezone.now() + timedelta(days=1))
    statistics.forget()
    assert search(f"{VIEW}&grade=2").count.number == 0
    assert search(VIEW).count.number == 1


def test_the_marks_are_json_that_may_be_kept_for_a_minute(client, world):
    response = client.get("/map/marks.json?bbox=-7,50,-5,52&zoom=8")
    found = response.json()
    assert response.status_code == 200 and not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=60" and "ETag" in response.headers
    assert found["count"] == sum(mark.get("count", 1) for mark in found["marks"]) > 10
    assert "establishments in view" in found["said"] and '<li class="card">' in found["list"]
    single = next(mark for mark in found["marks"] if "link" in mark)
    assert {"at", "name", "address", "grades", "face", "link"} == single.keys()


def test_no_mark_of_a_private_home_leaves_the_server(client, world):
    for zoom in (6, 12, 19):
        found = client.get(f"/map/marks.json?bbox=-6.3,51.1,-6.2,51.2&zoom={zoom}").json()
        said = [*(mark.get("name") for mark in found["marks"]), found["list"]]
        assert not any("Bramble Bakes" in text for text in said if text)
        dots = zip(found["dots"][::2], found["dots"][1::2], strict=True)
        points = [*(mark["at"] for mark in found["marks"]), *dots]
        assert points and not any(abs(x - 51.1777) < 1e-4 and abs(y + 6.2777) < 1e-4 for x, y in points)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=5,50,4,51", "bbox"),
        ("bbox=0,50,400,51", "bbox"),
        ("bbox=0,50,1,51&zoom=20", "zoom"),
        ("bbox=0,50,1,51&zoom=-1", "zoom"),
        ("zoom=abc", "zoom"),
        ("near=x", "near"),
        ("grade=none-such", "grade"),
        ("colour=red", "colour"),
        ("bbox=0,50,1,51&bbox=0,50,1,52", "bbox"),
    ],
)
def test_what_cannot_be_read_is_named(client, world, query, name):
    refused = client.get(f"/map/marks.json?{query}")
    assert (refused.status_code, refused.json()["parameter"]) == (400, name)
    page = client.get(f"/map/?{query}")
    assert page.status_code == 400 and f'<strong class="code">{name}</strong>' in page.content.decode()


def test_the_page_lists_what_is_in_view_and_leads_to_the_list_and_to_authorities(client, world):
    html = client.get("/map/?authority=almond-borough&type=restaurant&q=kettle").content.decode()
    assert "<mark>Kettle</mark>" in html and "Bramble Bakes" not in html
    assert 'href="/ratings/?q=kettle&amp;authority=almond-borough&amp;type=restaurant"' in html
    assert "City of Pinehaven" in html
    listed = client.get("/ratings/?authority=almond-borough&sort=name&q=kettle").content.decode()
    assert 'href="/map/?q=kettle&amp;authority=almond-borough"' in listed


def test_pictures_may_come_from_the_host_of_the_tiles_and_on_this_page_alone(client, world, settings):
    plain = client.get("/map/").headers["Content-Security-Policy"]
    assert "img-src 'self';" in plain
    settings.PLACARD_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.PLACARD_TILES_ATTRIBUTION = "© Example <b>Maps</b>, https://example.org/licence"
    page = client.get("/map/")
    assert "img-src 'self' https://tiles.example.org;" in page.headers["Content-Security-Policy"]
    html = page.content.decode()
    assert 'data-tiles="https://tiles.example.org/{z}/{x}/{y}.png"' in html
    assert "© Example &lt;b&gt;Maps" in html and '<a href="https://example.org/licence"' in html
    assert "tiles.example.org" not in client.get("/ratings/").headers["Content-Security-Policy"]


def test_of_a_frequent_word_a_sample_is_looked_through_and_the_list_walks_to_the_nearest(places, monkeypatch):
    exact = [row.pk for row in search(f"{VIEW}&q=kitchen").page.rows]
    monkeypatch.setattr("records.ratings.mapped.MANY", 10)
    assert [row.pk for row in search(f"{VIEW}&q=kitchen").page.rows] == exact
    monkeypatch.setattr("records.search.pages.CAP", 50)
    found = search(f"{VIEW}&q=kitchen")
    assert found.marks.rate == 1 and found.count.number == 196
    assert [row.pk for row in found.page.rows] == exact


def test_a_sample_of_a_grade_is_counted_by_the_words_of_its_spots(places, monkeypatch):
    monkeypatch.setattr(marks.Marks, "rate", 7)
    found = search("bbox=-1,51,1,53&zoom=3&grade=5")
    with CaptureQueriesContext(connections["public"]) as asked:
        number = found.count.number
    assert 20 < number < 200
    (sampled,) = (query["sql"] for query in asked.captured_queries if "% 7" in query["sql"])
    assert "records_rating" not in sampled


def test_what_the_planner_knows_for_a_frequent_word_is_not_counted(places, monkeypatch):
    exact = search(f"{VIEW}&q=kitchen").count
    monkeypatch.setattr("records.ratings.mapped.CAP", 1)
    with CaptureQueriesContext(connections["public"]) as asked:
        found = search(f"{VIEW}&q=kitchen")
        assert found.count == exact
    assert not any(query["sql"].startswith("SELECT COUNT(*)") for query in asked.captured_queries)


def test_an_outline_and_the_names_of_authorities_stand_in_for_streets(client, places, settings):
    regions.middles.forget()
    found = client.get(f"/map/marks.json?{VIEW}").json()
    assert [name["name"] for name in found["names"]] == [places[0].authority.name]
    assert found["names"][0]["at"] == pytest.approx([52, 0], abs=0.1)
    dots = list(zip(found["dots"][::2], found["dots"][1::2], strict=True))
    held = {(round(place.latitude, 4), round(place.longitude, 4)) for place in places}
    assert len(dots) > 20 and set(dots) <= held
    settings.PLACARD_TILES = "/tiles/{z}/{x}/{y}.png"
    assert "dots" not in client.get(f"/map/marks.json?{VIEW}").json()
