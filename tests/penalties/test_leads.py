"""What is typed into the box may mean a filter: an amount, an article."""

from urllib.parse import quote

import pytest

from tests import make
from tests.penalties.test_search import decided, decided_in, found, search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("£5,000", "?currency=GBP&imposed=4999.999-5000"),
        ("5000 eur", "?currency=EUR&imposed=4999.999-5000"),
        ("1.5万元", "?currency=CNY&imposed=14999.999-15000"), ("s. 17(1)", "?article=food-act%2F17-1"),
        ("food act 17(1)", "?article=food-act%2F17-1"),
    ],
)  # fmt: skip
def test_an_amount_and_an_article_in_the_box_lead_to_their_filters(typed, link):
    make.provision(make.law(key="food-act", title="Food Act"), "s. 17(1)")
    decided_in("EUR", "Euro Ltd", 20, 30)
    assert link in [lead.link for lead in search(f"q={quote(typed)}").leads]


def test_an_exact_amount_finds_just_it_and_is_said_so():
    decided("Exact Ltd", 5000)
    decided("Near Ltd", 4999)
    (lead,) = search("q=GBP+5000").leads
    assert lead.words == "imposed: 5,000\xa0GBP"
    assert found(lead.link[1:]) == ["Exact Ltd"]
    assert search(lead.link[1:]).sentence().startswith("Fines 5,000\xa0GBP")


@pytest.mark.parametrize(
    "typed", ["kettle", "24 degrees", "HB/77", "studio 54", "for 5000", "0.0001 GBP", "£999999999999999万"]
)
def test_other_words_lead_nowhere(typed):
    make.provision(make.law(key="food-act", title="Food Act"), "s. 17(1)")
    assert search(f"q={quote(typed)}").leads == []
