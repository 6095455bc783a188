"""The one box: a number leads to its record, words to the first few of each list, nothing to what to try."""

import pytest
from django.db import connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from records.ratings import statistics
from records.ratings.models import Rating
from records.ratings.search import RatingSearch
from records.ratings.signs.codes import code_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_afresh():
    statistics.forget()


@pytest.fixture
def decision(world):
    return make.published_penalty()


@pytest.fixture
def shown(client):
    def of(typed):
        response = client.get("/find/", {"q": typed})
        assert response.status_code == 200 and not response.cookies
        return response.content.decode()

    return of


@pytest.fixture
def leads_to(client):
    def of(typed):
        response = client.get("/find/", {"q": typed})
        return response.headers["Location"] if response.status_code == 302 else None

    return of


def test_a_reference_leads_to_its_record_however_it_is_typed(leads_to, world, decision):
    place = world.copper_kettle
    for typed in (
        place.reference,
        f" {place.reference.upper()} ",
        f"{place.reference[:3]}-{place.reference[3:]}",
    ):
        if any(letter.isdigit() for letter in typed):
            assert leads_to(typed) == place.get_absolute_url()
    if any(letter.isdigit() for letter in decision.reference):
        assert leads_to(decision.reference) == decision.get_absolute_url()


def test_the_number_of_a_decision_leads_to_it(leads_to, shown, decision):
    assert leads_to(decision.decision_number) == decision.get_absolute_url()
    assert leads_to(decision.decision_number.lower().replace("/", " ")) == decision.get_absolute_url()
    assert leads_to(f"{decision.decision_number}99") is None


def test_two_decisions_with_one_number_are_a_choice(leads_to, shown, decision):
    other = make.published_penalty(decision_number=decision.decision_number)
    assert leads_to(decision.decision_number) is None
    html = shown(decision.decision_number)
    assert 'id="exact"' in html
    assert decision.get_absolute_url() in html and other.get_absolute_url() in html


def test_the_number_of_a_company_leads_to_it(leads_to, world):
    company = world.with_company.business
    for typed in ("99000001", " 99 000 001", "99-000-001"):
        assert leads_to(typed) == company.get_absolute_url()


def test_a_short_plain_number_may_be_a_postcode_and_leads_nowhere_by_itself(leads_to, shown):
    decision = make.published_penalty(decision_number="10001")
    make.establishment(name="Tenth Street Diner", postcode="10001")
    assert leads_to("10001") is None
    html = shown("10001")
    assert decision.get_absolute_url() in html and "Tenth Street Diner" in html


def test_names_streets_and_postcodes_find_establishments(shown, world):
    for typed in ("copper kettle", "mill lane", "QA1 2CD"):
        assert world.copper_kettle.get_absolute_url() in shown(typed), typed


def test_of_each_list_the_first_few_are_shown_and_a_link_to_all(shown, world):
    html = shown("kitchen")
    number = count_of("kitchen")
    assert f"All: {number} establishments" in html
    assert 'href="/ratings/?q=kitchen"' in html and 'href="/map/?q=kitchen"' in html
    assert html.count('<li class="card">') <= 12


def count_of(text):
    return str(RatingSearch(QueryDict(f"q={text}")).count)


def test_words_are_looked_for_in_every_list(shown, decision):
    company = make.business("Zephyr Noodles Ltd", {"gb-coh": "99000077"})
    make.establishment(name="Zephyr Noodle Bar", business=company)
    make.published_penalty(respondent="Zephyr Noodles Ltd")
    make.law(title="Zephyr Navigation Act")
    statistics.forget()
    html = shown("zephyr")
    for heading in ("establishments", "businesses", "decisions", "laws"):
        assert f'<h2 id="{heading}">' in html
    assert "Zephyr Navigation Act" in html


def test_an_article_leads_to_the_decisions_under_it(shown, client):
    provision = make.provision(make.law(title="Zephyr Navigation Act", key="zephyr-act"), "s. 17(1)")
    html = shown("zephyr act 17(1)")
    assert provision.get_absolute_url() in html
    address = f"/penalties/?article=zephyr-act/{provision.key}"
    assert f'href="{address}"' in html
    assert client.get(address).status_code == 200


def test_nothing_found_says_what_to_try_and_what_that_does_not_mean(shown, world):
    html = shown("xyzzyplugh")
    assert "Nothing found" in html and "does not mean that a business complies" in html
    assert 'href="/map/"' in html and 'href="/authorities/"' in html
    assert 'href="?q=copper+kettle"' in shown("coper ketle")


def test_an_empty_box_says_what_it_takes(shown, world):
    for typed in ("", "   ", '"', "-"):
        assert "Type a name, a street, a postcode" in shown(typed)


def test_nothing_that_is_not_public_is_found(shown, leads_to, world):
    assert "Unpublished Sentinel" not in shown("sentinel")
    assert "Bramble" not in shown("hidden close")
    assert leads_to(world.hidden.reference) is None
    draft = make.penalty()
    assert leads_to(draft.decision_number) is None and leads_to(draft.reference) is None


def test_any_signs_are_answered(shown, leads_to, world):
    for typed in (
        "'",
        "\\",
        "':*",
        "a' | 'b",
        "#1'",
        "%",
        "第十四条",
        "１２",
        "q" * 300,
        "\U0001f980 7",
        "7'\\:",
    ):
        assert leads_to(typed) is None
        shown(typed)


def test_another_parameter_is_named(client, world):
    for query in ("colour=red", "q=a&q=b"):
        assert client.get(f"/find/?{query}").status_code == 400


def test_the_number_of_queries_does_not_grow_with_what_is_found(client, world):
    def asked(typed):
        with CaptureQueriesContext(connections["public"]) as queries:
            assert client.get("/find/", {"q": typed}).status_code == 200
        return len(queries)

    client.get("/find/", {"q": "kitchen"})  # what is kept in memory is counted once
    company = make.business("Gryphon Foods Ltd")
    make.establishment(name="Gryphon Kitchen", business=company)
    make.published_penalty(respondent="Gryphon Foods Ltd")
    few = asked("gryphon")
    for at in range(8):
        another = make.business(f"Gryphon Foods {at} Ltd", {"gb-coh": f"9900010{at}"})
        make.rating(make.establishment(name=f"Gryphon Kitchen {at}", business=another))
        make.published_penalty(respondent=f"Gryphon Foods {at} Ltd")
    assert asked("gryphon") <= few + 2
    assert few < 45


def test_the_box_in_the_header_and_that_of_home_ask_here(client, world):
    assert '<form class="search-box compact" action="/find/"' in client.get("/help/").content.decode()
    assert client.get("/").content.decode().count('action="/find/"') == 1


def test_the_code_of_a_sign_leads_to_whether_it_is_current(leads_to, world):
    rating = Rating.objects.get(establishment=world.copper_kettle, state="published")
    code = code_of(rating.pk)
    for typed in (code, code.lower(), code.replace("-", " ")):
        assert leads_to(typed) == f"/verify/{code}"
    assert leads_to(code_of(rating.pk + 10_000)) is None


def test_a_sentence_is_read_as_filters_with_the_files_beside_it(shown, world):
    made = make.published_penalty(respondent="Fined Ltd", sanctions=(("fine", 12_000),))
    html = shown(f"fines over 10,000 in {made.decided_on.year}")
    section = html[html.index('id="read"') :]
    asked = f"year={made.decided_on.year}&amp;currency=GBP&amp;imposed=10000-"
    assert f'href="/penalties/?{asked}"' in section and f'href="/penalties.csv?{asked}"' in section
    assert "1 decision" in section and made.get_absolute_url() in section


def test_words_alone_are_no_filters(shown, world):
    assert 'id="read"' not in shown("kettle 24")
