"""The search of decisions: words, filters, ranges of amounts, orders, sums, and what it says of itself."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from records.penalties import asking, tally
from records.penalties.opendata import rows
from records.penalties.parts import PenaltySanction
from records.penalties.search import PenaltySearch
from records.search.parameters import BadParameter
from tests import make
from tests.penalties.test_shown import happened

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def search(query=""):
    return PenaltySearch(QueryDict(query))


def found(query=""):
    """The decisions found, as the numbers of their fines' respondents."""
    return [penalty.respondent or penalty.premises for penalty in search(query).page.rows]


def decided(name, amount=5000, days=30, **facts):
    """A public decision of some days ago."""
    day = TODAY - timedelta(days=days)
    dates = {"served_on": day, "notice_served_on": day, "secrecy_checked_on": day}
    facts.setdefault("sanctions", (("fine", amount),))
    return make.published_penalty(respondent=name, decided_on=day, **dates | facts)


def decided_in(currency, name, amount, days):
    """A public decision with a fine in another currency."""
    draft = make.penalty(respondent=name, decided_on=TODAY - timedelta(days=days), sanctions=())
    parts = draft.parts()
    parts.sanctions = [PenaltySanction(kind="fine", amount=amount, currency=currency)]
    parts.save(draft.pk, 1)
    draft.refresh_from_db()
    checker, publisher = make.team(draft.authority, "checker", "publisher")
    draft.submit(draft.entered_by)
    draft.approve(checker)
    draft.publish(publisher)
    return draft


def options(query, parameter):
    """Label and count of the options of a filter."""
    panel = next((p for p in search(query).panels if p.facet.parameter == parameter), None)
    return {option.label: option.count.number for option in panel.options} if panel else {}


# -- words


def test_words_of_name_facts_law_and_number_find_a_decision():
    decided("Copper Kettle Ltd", facts="Pulled pork at 24 degrees.", legal_basis="Feed Regulations, 17")
    decided("Harbour Fish Bar Ltd", decision_number="EHO/2026/X118")
    for query in ("kettle", "pork", "feed+regulations", "copper+degrees"):
        assert found(f"q={query}") == ["Copper Kettle Ltd"], query
    for query in ("EHO/2026/X118", "eho+2026+x118", "EHO2026X118"):
        assert found(f"q={query}") == ["Harbour Fish Bar Ltd"], query


def test_a_decision_with_just_the_number_comes_before_those_that_mention_it():
    decided("Newer Ltd", days=20, facts="See the decision HB/77 of last year.")
    decided("Older Ltd", days=90, decision_number="HB/77")
    assert found("q=hb/77") == ["Older Ltd", "Newer Ltd"]


def test_a_chinese_number_is_found_whatever_its_brackets():
    decided("云泽金龙餐饮有限公司", decision_number="云市监处罚〔2026〕118号")
    assert found(f"q={quote('云市监处罚[2026]118号')}") == ["云泽金龙餐饮有限公司"]


def test_a_sole_trader_is_found_by_the_premises_and_not_by_the_name():
    decided("Ann Example", respondent_kind="sole_trader", premises="The Corner Café, Testham")
    assert found("q=corner+cafe") == ["The Corner Café, Testham"]
    assert found("q=ann+example") == []


def test_what_is_not_public_is_not_found():
    make.penalty(respondent="Draft Foods Ltd")
    penalty = decided("Withdrawn Foods Ltd")
    penalty.withdraw(make.user("checker", penalty.authority), "Annulled.", "annulled", make.document())
    assert found("q=foods") == []


# -- filters


@pytest.mark.parametrize("looked_up", [40, 0])
def test_an_authority_stands_for_those_under_it(monkeypatch, looked_up):
    monkeypatch.setattr(asking, "MOST_TOKENS", looked_up)
    county = make.authority(slug="quince-county", name="Quince County")
    decided("Lantern Ltd", authority=make.authority(parent=county))
    decided("Elsewhere Ltd")
    assert found("authority=quince-county") == ["Lantern Ltd"]
    assert [row.respondent for row in rows(search("authority=quince-county"))] == ["Lantern Ltd"]
    assert options("", "authority")["Quince County"] == 1


def test_a_kind_of_sanction_narrows_decisions_with_several():
    decided("Both Ltd", sanctions=(("fine", 100), ("closure_order", None)))
    decided("Fine Ltd")
    assert found("sanction=closure_order") == ["Both Ltd"]
    assert options("", "sanction") == {"Fine": 2, "Closure order": 1}


def test_a_law_is_found_as_basis_and_as_citation_and_counted_once():
    act, other = make.law(key="act-a", short_title="Act A"), make.law(key="act-b")
    article = make.provision(act, "s. 5")
    decided("Basis Ltd", law=act, cited=(article,), days=10)
    decided("Cited Ltd", law=other, cited=(article,), days=20)
    decided("Other Ltd", law=other)
    assert found("law=act-a") == ["Basis Ltd", "Cited Ltd"]
    assert options("", "law")["Act A"] == 2
    assert found("article=act-a/5") == ["Basis Ltd", "Cited Ltd"]
    assert options("", "article") == {"Act A, s. 5": 2}


def test_a_type_of_violation_narrows_the_list():
    violation = make.violation(catalogue="food", code="T:4", title="Kept too warm")
    decided("Warm Ltd", violations=(violation,))
    decided("Other Ltd")
    assert found("violation=food:T:4") == ["Warm Ltd"]
    assert options("violation=food:T:4", "violation")["Kept too warm"] == 1


def test_only_the_version_that_stands_is_searched():
    article = make.provision(make.law(key="act-c"), "s. 5")
    penalty = decided("Corrected Ltd", cited=(article,))
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    correction = penalty.correct(clerk)
    parts = correction.parts()
    parts.citations = []
    parts.save(penalty.pk, correction.version)
    correction.submit(clerk, "Another article.")
    correction.apply(checker)
    assert found("article=act-c/5") == []
    assert options("", "article") == {}


def test_years_that_follow_each_other_are_said_as_a_span():
    decided("Old Ltd", days=400)
    year = (TODAY - timedelta(days=400)).year
    assert found(f"year={year}")[-1] == "Old Ltd"
    assert f", {year} to {year + 1}" in search(f"year={year}&year={year + 1}").sentence()


def test_the_state_of_the_fine_narrows_the_list():
    happened(decided("Paid Ltd"), "paid", 1)
    decided("Open Ltd")
    assert found("state=paid") == ["Paid Ltd"]
    assert options("", "state") == {"imposed, not paid": 1, "paid": 1}


def test_a_place_narrows_the_list_to_its_decisions():
    place = make.establishment(name="The Copper Kettle")
    decided("Kettle Ltd", establishment=place, authority=place.authority)
    decided("Other Ltd")
    assert found(f"establishment={place.reference}") == ["Kettle Ltd"]
    assert "about The Copper Kettle" in search(f"establishment={place.reference}").sentence()


def test_the_area_of_the_place_narrows_the_list_and_is_said_and_counted():
    for name, postcode in (("Near Ltd", "QA1 1AA"), ("Beside Ltd", "qa12bb"), ("Far Ltd", "QB1 1AA")):
        place = make.establishment(postcode=postcode)
        decided(name, establishment=place, authority=place.authority)
    decided("Nowhere Ltd")
    assert sorted(found("area=QA1")) == ["Beside Ltd", "Near Ltd"]
    assert sorted(found("area=QA1&area=QB1&sort=imposed")) == ["Beside Ltd", "Far Ltd", "Near Ltd"]
    assert options("", "area") == options("area=QA1", "area") == {"QA1": 2, "QB1": 1}
    assert "in postcode area QA1" in search("area=QA1").sentence()
    assert ("QA1", "?") in search("area=QA1").chips()


# -- orders and pages


def test_the_sentence_says_what_is_shown():
    act = make.law(key="act-d", short_title="Food Act")
    decided("Kettle Ltd", 12000, law=act)
    query = "sanction=fine&currency=GBP&imposed=10000-&law=act-d&year=2019&year=2020&year=2021&sort=imposed"
    told = search(query).sentence()
    assert told == "Fines over 10,000\xa0GBP under Food Act, 2019 to 2021, largest first"
    assert search("q=kettle").sentence() == "Decisions matching “kettle”"


def test_what_else_a_filter_offers_says_about_where_it_is_too_much_to_count(monkeypatch):
    """Beside a small list, because without the filter there may be very many."""
    decided("One Ltd", days=10)
    for name in ("Two Ltd", "Three Ltd"):
        decided(name, days=400)
    monkeypatch.setattr(tally, "COUNTED", 1)
    monkeypatch.setattr(tally, "guessed", lambda cards: 0 if "=y20" in str(cards.query) else 100)
    monkeypatch.setattr(tally, "_sample", lambda size: "'=kfine'")
    listed = search(f"year={(TODAY - timedelta(days=10)).year}")
    about = {
        panel.facet.parameter: {option.count.about for option in panel.options} for panel in listed.panels
    }
    assert not listed.count.about and about["year"] == {True} and about["authority"] == {False}


def test_everything_chosen_can_be_taken_back():
    chips = search("q=kettle&sanction=fine&currency=GBP&imposed=100-").chips()
    assert [label for label, _link in chips] == ["“kettle”", "Fine", "imposed: over 100\xa0GBP", "GBP"]
    assert chips[3][1] == "?q=kettle&sanction=fine"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("authority=nowhere", "authority"), ("sanction=flogging", "sanction"), ("state=lost", "state"),
        ("year=99", "year"), ("year=0000", "year"), ("law=none", "law"), ("article=none/5", "article"),
        ("area=qa1", "area"), ("area=QA1'", "area"),
        ("violation=a:b", "violation"), ("law=a%00b", "law"), ("currency=pounds", "currency"),
        ("currency=GBP&imposed=x", "imposed"), ("currency=GBP&owed=5", "owed"), ("owed=5-", "owed"),
        ("sort=size", "sort"), ("page=0", "page"), ("page=9", "page"), ("near=51.1,-6.3", "near"),
        ("after=x", "after"), ("before=2024-05-01", "before"), ("after=GBP~5~1", "after"),
        ("after=~1", "after"), ("sort=imposed&after=2024-05-01~1", "after"),
        ("sort=owed&before=GBP~-~1", "before"),
        ("q=x&page=2", "page"), ("q=x&after=2024-05-01~1", "after"), ("after=1999-01-01~1", "after"),
        ("establishment=zzzzzzz", "establishment"), ("business=%00", "business"), ("colour=red", "colour"),
    ],
)  # fmt: skip
def test_a_parameter_without_sense_is_refused_by_name(query, name):
    with pytest.raises(BadParameter) as problem:
        _page = search(query).page
    assert problem.value.name == name


def test_a_page_of_results_takes_few_queries(django_assert_max_num_queries):
    for number in range(3):
        decided(f"Kettle {number} Ltd", 100 * number, cited=(make.provision(),))
    for query in ("", "q=kettle&sanction=fine", "currency=GBP&imposed=50-&year=2026"):
        with django_assert_max_num_queries(24, using="public"):
            listed = search(query)
            list(listed.page.rows), listed.panels, listed.totals, listed.years
            listed.chips(), listed.sentence()


def test_what_is_asked_in_brackets_is_one_part_of_the_question():
    assert tally._rarest("'ltd' & ('a' & ('b' | 'c') | 'd') & !'e'") >= 0
    assert search("q=12+ltd").count.number == search("q=12ltd").count.number == 0
    assert tally._rarest("('a' & 'b')") == 0 == tally._rarest("'a'")


def test_beginnings_of_words_are_looked_up_only_where_the_whole_words_stand_together():
    make.published_penalty(respondent="Amber Millfield Ltd")
    make.published_penalty(respondent="Birch Mill Ltd")

    def asked(typed: str) -> tuple[int, int]:
        with CaptureQueriesContext(connections["public"]) as taken:
            number = PenaltySearch(QueryDict(f"q={typed}")).count.number
        return number, sum("millf'':*" in query["sql"] for query in taken.captured_queries)

    found, looked = asked("amber+millf")
    assert found == 1 and looked
    # Amber and birch stand together nowhere: it is looked up at last only, where they too may begin others.
    assert asked("amber+birch+millf") == (0, 1)
