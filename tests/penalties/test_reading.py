"""A search typed as a sentence is read as filters, and offered in words beside what was typed."""

from urllib.parse import quote

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from records.penalties import reading
from tests import make
from tests.penalties.test_search import decided, decided_in, found, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make.provision(make.law(key="food-act", title="Kitchens Act 2009"), "s. 40")


@pytest.fixture
def cited(article):
    """A decision that cites the article, and its year."""
    made = decided("Kettle Ltd", 12_000, facts="Mice at 400.5 in the flour.", cited=(article,))
    return str(made.decided_on.year)


def read(typed):
    return [meant.parameters.without() for meant in search(f"q={quote(typed)}").read]


WHOLE = "?year={year}&article=food-act%2F40&currency=GBP&imposed=10000-"


@pytest.mark.parametrize(
    "typed",
    [
        "fines over 10,000 under s. 40 in {year}", "every fine over £10 000 under Kitchens Act s. 40, {year}",
        "{year} s. 40 more than 10000 GBP", "Kitchens Act 2009 s. 40 over 10,000 {year}",
        "超过1万 第40条 {year}年",
        "multas de más de 10.000 según s. 40 en {year}", "dirwyon dros 10,000 o dan s. 40 yn {year}",
    ],
)  # fmt: skip
def test_amount_article_and_year_are_filters(typed, cited):
    assert read(typed.format(year=cited)) == [WHOLE.format(year=cited)]


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("fines over 10,000", "?currency=GBP&imposed=10000-"),
        ("at least 12,000", "?currency=GBP&imposed=11999.999-"),
        ("over 10,000 400.5 mice", "?q=400.5+mice&currency=GBP&imposed=10000-"),
        ("over 10 000 mice", "?q=mice&currency=GBP&imposed=10000-"),
        ("1.2万以上", "?currency=GBP&imposed=11999.999-"),
        ("up to 12,000", "?currency=GBP&imposed=-12000"),
        ("over 10,000 kitchens act", "?law=food-act&currency=GBP&imposed=10000-"),
        ("over 10,000 for mice", "?q=mice&currency=GBP&imposed=10000-"),
    ],
)
@pytest.mark.usefixtures("cited")
def test_what_is_no_filter_stays_a_search_for_words(typed, link):
    assert read(typed) == [link]


def test_years_from_and_to_are_all_the_years_between(cited):
    years = "&".join(f"year={year}" for year in range(int(cited) - 2, int(cited) + 1))
    assert read(f"over 10,000 from {int(cited) - 2} to {cited}") == [f"?{years}&currency=GBP&imposed=10000-"]


def test_each_currency_in_which_something_is_found_is_offered():
    decided("Pound Ltd", 12_000)
    decided_in("EUR", "Euro Ltd", 13_000, 30)
    assert read("over 10,000") == [f"?currency={code}&imposed=10000-" for code in ("EUR", "GBP")]
    assert read("over 10,000 eur") == ["?currency=EUR&imposed=10000-"]


@pytest.mark.parametrize(
    "typed",
    [
        "", "kettle", "over the counter", "HB/EH/2026/0017", "s. 40", "Kitchens Act 2009", "2009",
        "over 99,999",
        "over 10,000 xyz", "over 0", "over 999999999999999万", "studio 54 over",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("cited")
def test_words_numbers_and_what_finds_nothing_are_no_sentence(typed):
    assert read(typed) == []


def test_the_list_offers_what_the_sentence_means_first(cited):
    lead = search(f"q=over+10,000+in+{cited}").leads[0]
    assert lead.words == f"Fines over 10,000\xa0GBP, {cited}, newest first"
    assert found(lead.link[1:]) == ["Kettle Ltd"]


@pytest.mark.parametrize("language", ["en", "zh-hans", "cy", "es"])
def test_the_example_of_the_first_page_finds_something_in_every_language(language):
    made = decided("Kettle Ltd", 12_000)
    with translation.override(language):
        (meant,) = search(f"q={quote(reading.example([made]))}").read
        assert meant.count.number == 1 and meant.imposed.low == 10_000
    assert reading.example([]) == ""


def test_a_sentence_of_many_years_is_not_tried_without_end():
    decided("Kettle Ltd", 50)
    years = " ".join(str(year) for year in range(1990, 2028))
    typed = search(f"q={quote(f'over 99 {years}')}")
    with CaptureQueriesContext(connections["public"]) as taken:
        assert reading.readings(typed) == []
    looks = [query for query in taken if "records_" in query["sql"]]
    assert 0 < len(looks) <= 40 * reading.TRIES
