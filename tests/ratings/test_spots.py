"""The nearest under filters: spots follow what changes, and a page shows the rows of the plain query."""

import random
import re
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from records.businesses.models import Establishment
from records.ratings import statistics, versions
from records.ratings.models import Rating
from records.ratings.search import RatingSearch
from records.ratings.spots import Spot, tsquery
from records.search.near import parse_near
from tests import make
from tests.search.plans import indexes

pytestmark = pytest.mark.django_db
HERE = "52.2,0.1"
FILTERS = ("authority=spots-one", "type=pub&type=shop", "scheme=uk-fhrs", "scheme=us-nyc", "grade=5&grade=A")


def found(query):
    return RatingSearch(QueryDict(query))


def used(query):
    """The indexes, where no row is sorted that an index can have in order."""
    return indexes(lambda: found(query).page, without=("seqscan", "bitmapscan", "sort"))


def words_of(place):
    return set(re.findall("'(.*?)'", Spot.objects.get(pk=place.pk).marks))


def marks(place):
    return set(
        Spot.objects.filter(pk=place.pk).values_list("marks", flat=True).get().replace("'", "").split()
    )


def end(rating):
    rating_row = Rating.objects.filter(pk=rating.pk)
    rating_row.update(state="ended", ended_at=timezone.now(), end_reason="Closed.")


@pytest.fixture
def places():
    """Places around one point, of two authorities, four kinds and two schemes; some without any rating."""
    chance = random.Random(7)
    councils = [make.authority(slug=f"spots-{name}", name=name.title()) for name in ("one", "two")]
    for at in range(70):
        place = make.establishment(
            authority=councils[at % 3 == 0], name=f"Copper Kitchen {at}",
            kind=("pub", "shop", "school", "hotel")[chance.randrange(4)],
            latitude=None if at % 10 == 0 else 52.2 + chance.gauss(0, 0.3),
            longitude=None if at % 10 == 0 else 0.1 + chance.gauss(0, 0.3),
        )  # fmt: skip
        if at % 7:
            make.rating(place, key=chance.choice(("5", "3", "0", "exempt")))
        if at % 5 == 0:
            make.rating(place, scheme="us-nyc", key="A")
    statistics.forget()


def test_the_nearest_under_any_filters_are_those_of_the_plain_query(places, monkeypatch):
    monkeypatch.setattr(RatingSearch, "size", 10)
    near = parse_near(HERE)
    for many in (0, 1, 2, 5):
        for query in map("&".join, combinations(FILTERS, many)):
            plain = list(found(query).rows)
            wanted = sorted(
                (place for place in plain if place.latitude is not None),
                key=lambda place: (near.metres_to(place.latitude, place.longitude), place.pk),
            )
            search = found(f"{query}&near={HERE}")
            assert search.page.rows == wanted[:10], query
            assert all(row.distance is not None and row.standings is not None for row in search.page.rows)
            assert found(query).count.number == len(plain)
            if len(wanted) > 10:
                second = found(f"{query}&near={HERE}&page=2")
                assert second.page.rows == wanted[10:20], query
                assert second.count.number == len(wanted)


def test_the_nearest_are_found_by_one_index_whatever_the_filter(places):
    for query in ("", "grade=3", "type=pub&grade=5", "authority=spots-one&scheme=us-nyc"):
        assert "spot_nearest" in used(f"{query}&near={HERE}")


def test_where_nothing_matches_nothing_is_found_and_the_index_knows(places):
    search = found(f"scheme=us-nyc&grade=3&near={HERE}")
    assert (search.page.rows, search.count.number) == ([], 0)
    assert "spot_nearest" in used(f"scheme=us-nyc&grade=3&near={HERE}")


def test_a_spot_follows_its_establishment_and_its_ratings():
    place = make.establishment(kind="pub", latitude=52.0, longitude=0.0)
    assert marks(place) == {f"a{place.authority_id}", f"A{place.authority_id}", "kpub"}
    rating, number = make.rating(place, key="4"), versions.number_of("uk-fhrs")
    rated = {f"s{number}", f"S{number}", "g4", f"s{number}:4"}
    assert rated < marks(place) and Spot.objects.get(pk=place.pk).dated
    assert str(Spot.objects.filter(pk=place.pk).values_list("location", flat=True).get()).startswith("(0,")
    Establishment.objects.filter(pk=place.pk).update(kind="shop", address_visibility="withheld")
    assert "kshop" in marks(place) and "kpub" not in marks(place)
    assert Spot.objects.filter(pk=place.pk, location__isnull=True).exists()
    end(rating)
    assert marks(place) == {f"a{place.authority_id}", f"A{place.authority_id}", "kshop"}
    assert not Spot.objects.get(pk=place.pk).dated


def test_spots_follow_a_statement_about_many_as_one_about_few():
    authority = make.authority()
    rows = [Establishment(authority=authority, name=f"Place {at}", kind="pub") for at in range(10_001)]
    places = Establishment.objects.bulk_create(rows)
    version = make.scheme_version("uk-fhrs")
    ratings = [
        Rating(establishment=place, scheme=version.scheme, version=version, value="5", by_source=True)
        for place in places
    ]
    Rating.objects.bulk_create(ratings)
    assert {"g5", "g5 kpub"} <= words_of(places[0]) == words_of(places[-1])
    Establishment.objects.filter(authority=authority).update(kind="hotel", latitude=52, longitude=0)
    assert Spot.objects.filter(establishment__authority=authority, location__isnull=False).count() == 10_001
    assert "g5 khotel" in words_of(places[7]) and "g5 kpub" not in words_of(places[7])


def test_the_public_sees_no_spot_of_what_it_does_not_see():
    hidden = make.establishment(publish_at=None, latitude=52.0, longitude=0.0)
    assert Spot.objects.filter(pk=hidden.pk).exists()
    assert not Spot.objects.public().filter(pk=hidden.pk).exists()


def test_a_hidden_rating_is_no_match_although_its_spot_has_it():
    authority = make.authority(slug="spots-hidden")
    kept, hidden = (make.establishment(authority=authority, latitude=52, longitude=0.1 + at) for at in (0, 1))
    make.rating(kept, key="2")
    make.rating(hidden, key="2", publish_at=timezone.now() + timedelta(days=1))
    statistics.forget()
    search = found(f"authority=spots-hidden&grade=2&near={HERE}")
    assert [row.pk for row in search.page.rows] == [kept.pk]
    assert [row.pk for row in found("authority=spots-hidden").page.rows] == [kept.pk, hidden.pk]


def test_emptying_the_establishments_empties_the_spots():
    make.establishment()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE records_establishment CASCADE")
    assert not Spot.objects.exists()


def test_filters_are_written_as_one_query():
    none = dict.fromkeys(("authorities", "kinds", "schemes", "keys"))
    assert tsquery(none) == ""
    assert tsquery(none | {"authorities": {7}}) == "('a7' & 'A7')"
    assert tsquery(none | {"keys": {"5"}, "kinds": {"pub", "shop"}}) == "('g5 kpub' | 'g5 kshop')"
    assert tsquery(none | {"keys": {"5"}, "schemes": {1, 2}}) == "('s1:5' | 's2:5')"
    assert tsquery(none | {"schemes": {1}}) == "('s1' & 'S1')"
    assert tsquery(none | {"keys": {"it's\\"}}) == "('git''s\\\\')"
