"""The list page without its looks: what the URL asks for, the rows, the counts, the links."""

from operator import attrgetter

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from records.businesses.models import Establishment
from records.search.facets import Facet, grouped_counts
from records.search.keyset import Keyset
from records.search.listing import Listing
from records.search.pages import Count, capped_count
from records.search.parameters import BadParameter, Parameters
from records.search.vocabulary import update_vocabulary
from tests import make

pytestmark = pytest.mark.django_db


BY_NAME = Keyset({"name": str}, said=attrgetter("name"))
ORDERS = {"relevance": ("best match", None), "name": ("name", BY_NAME), "distance": ("distance", None)}


class Places(Listing):
    """As a room declares its list."""

    facets = (
        Facet(
            "authority",
            "Authority",
            "authority__slug",
            lambda: [("north", "North Council"), ("south", "South Council"), ("west", "West Council")],
            sentence="in %(values)s",
        ),
        Facet(
            "kind",
            "Type",
            "kind",
            lambda: [("pub", "Pub"), ("shop", "Shop"), ("other", "Other")],
            shows_empty=True,
        ),
    )
    orders = ORDERS
    size = 3


@pytest.fixture
def places(db):
    north = make.authority(slug="north", name="North Council")
    south = make.authority(slug="south", name="South Council")
    for at in range(5):
        make.establishment(
            authority=north, name=f"Copper Kettle {at}", kind="pub", latitude=52, longitude=at / 100
        )
    for at in range(2):
        make.establishment(authority=south, name=f"Copper Pot {at}", kind="other")
    make.establishment(authority=south, name="Draft", publish_at=None)


def listing(data=""):
    return Places(data, Establishment.objects.public().filter(authority__slug__in=("north", "south")))


def names(made):
    return [row.name for row in made.page.rows]


def options(made, at):
    return {option.value: option.count for option in made.panels[at].options}


def test_everything_is_listed_in_pages_that_do_not_overlap(places):
    pages = [names(listing(f"q=copper&page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({name for page in pages for name in page}) == 7
    assert listing("q=copper&page=2").page.previous == 1
    assert listing("q=copper&page=3").page.next is None
    assert str(listing().count) == "7"


def test_only_a_list_without_an_order_of_its_own_has_numbered_pages(places):
    made = listing("sort=name")
    assert names(made) == names(listing("sort=name&page=1")) == [f"Copper Kettle {at}" for at in range(3)]
    after = made.page_link(made.page.next)
    assert after == f"?sort=name&after=Copper+Kettle+2~{made.page.rows[-1].pk}"
    assert names(listing(after[1:])) == ["Copper Kettle 3", "Copper Kettle 4", "Copper Pot 0"]
    for query, name in (
        ("sort=name&page=2", "page"),
        ("q=copper&after=Copper~1", "after"),
        ("near=52,0&before=Copper~1", "before"),
        ("sort=name&after=Copper~1&before=Copper~1", "before"),
    ):
        with pytest.raises(BadParameter) as raised:
            listing(query)
        assert raised.value.name == name


def test_facets_count_what_choosing_them_would_show(places):
    made = listing("authority=north")
    assert str(made.count) == "5"
    assert options(made, 0) == {"north": 5, "south": 2}
    assert options(made, 1) == {"pub": 5, "shop": 0, "other": 0}
    assert [option.value for option in made.panels[0].chosen] == ["north"]


def test_several_values_of_one_facet_widen_and_facets_together_narrow(places):
    assert str(listing("authority=north&authority=south").count) == "7"
    assert str(listing("authority=north&authority=south&kind=other").count) == "2"
    assert str(listing("authority=north&kind=other").count) == "0"


def test_every_option_is_a_link_that_forgets_the_page(places):
    made = listing("q=copper&authority=north&page=2")
    links = {option.value: option.link for option in made.panels[0].options}
    assert links == {"north": "?q=copper", "south": "?q=copper&authority=north&authority=south"}
    assert made.page_link(1) == "?q=copper&authority=north"
    assert made.page_link(2) == "?q=copper&authority=north&page=2"


def test_free_facets_share_one_query(places):
    made = listing("q=copper")
    assert made.step
    with CaptureQueriesContext(connections["public"]) as queries:
        assert made.panels
    assert len(queries) == 1


def test_text_near_and_name_decide_the_order(places):
    assert listing("q=copper").order == "relevance"
    assert listing("near=52,0.02").order == "distance"
    assert listing("near=52,0.02&sort=name").order == "name"
    assert listing("sort=distance").order == "name"
    assert names(listing("near=52,0.021")) == ["Copper Kettle 2", "Copper Kettle 3", "Copper Kettle 1"]
    assert listing("near=52,0.021").page.rows[0].distance < 100
    assert names(listing("q=copper+pot")) == ["Copper Pot 0", "Copper Pot 1"]
    assert [key for key, *_ in listing("q=copper").sorts] == ["relevance", "name"]


def test_the_page_says_in_words_what_is_shown(places):
    made = listing("q=copper&authority=north&authority=south&near=52,0")
    assert made.said() == ["matching “copper”", "in North Council or South Council", "nearest first"]


def test_a_misspelling_is_answered_with_a_link(places):
    with connections["default"].cursor() as cursor:
        update_vocabulary(cursor, "SELECT name FROM disclosed.records_establishment")
    made = listing("q=coper+ketle&kind=pub")
    assert not made.count
    assert made.suggestion == ("copper kettle", "?q=copper+kettle&kind=pub")
    assert listing("q=coper+ketle&kind=other").suggestion is None
    assert listing("q=copper").suggestion is None


@pytest.mark.parametrize(
    ("query", "name"),
    {
        "near=abc": "near",
        "near=91,0": "near",
        "page=-1": "page",
        "page=0": "page",
        "page=x": "page",
        "page=²": "page",
        "page=9999999999": "page",
        "sort=price": "sort",
        "authority=east": "authority",
        "kind=pub&kind=zoo": "kind",
        "q=a&q=b": "q",
        "colour=red": "colour",
    }.items(),
)
def test_a_bad_parameter_is_named(places, query, name):
    with pytest.raises(BadParameter) as raised:
        listing(query)
    assert raised.value.name == name
    assert raised.value.message


def test_a_page_beyond_the_last_names_the_last(places):
    with pytest.raises(BadParameter, match="There are only 3 pages") as raised:
        names(listing("q=copper&page=4"))
    assert raised.value.name == "page"


def test_empty_parameters_are_as_if_absent(places):
    assert str(listing("q=&near=&authority=&sort=&page=").count) == "7"


def test_counts_stop_at_their_limit_and_say_so(places):
    rows = Establishment.objects.public().filter(authority__slug__in=("north", "south"))
    assert capped_count(rows, cap=7) == Count(7)
    assert capped_count(rows, cap=6) == Count(6, more=True)
    assert str(Count(10_000, more=True)) == "more than 10,000"


def test_too_many_rows_have_options_without_counts(places):
    rows = Establishment.objects.public().filter(authority__slug__in=("north", "south"))
    assert grouped_counts(rows, ["kind"], counted=6) == {}
    assert grouped_counts(rows, ["kind", "authority__slug"], counted=7) == {
        "kind": {"pub": 5, "other": 2},
        "authority__slug": {"north": 5, "south": 2},
    }


def test_a_set_of_few_is_fixed_before_it_is_sorted(places):
    made = listing("q=copper&sort=name")
    assert made.count
    with CaptureQueriesContext(connections["public"]) as queries:
        assert len(made.page.rows) == 3
    assert [query["sql"].count("LIMIT") for query in queries] == [2]


def test_links_have_one_spelling():
    known = ("q", "kind", "page")
    assert Parameters("kind=b&q=x&kind=b&page=3", known).toggled("kind", "a") == "?q=x&kind=b&kind=a"
    assert Parameters("page=3&q=é", known).without("page") == "?q=%C3%A9"
    assert Parameters("", known).having("q") == "?"


def test_a_count_that_is_not_exact_says_so():
    assert str(Count(1_234_567, about=True)) == "about 1.2 million"
    assert str(Count(23_456_789, about=True)) == "about 23 million"
    assert str(Count(36_491, about=True)) == "about 36,000"
    assert str(Count(87, about=True)) == "about 87"
    assert str(Count(999_999, about=True)) == "about 1.0 million"
    assert str(Count(1000, more=True)) == "more than 1,000"
