"""What became of appeals: counted per authority from the events, as table, chart and sentence."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from records.penalties import appeals
from records.penalties.happenings import PenaltyEvent
from records.ratings import statistics
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    """Five decisions: one upheld, one varied after it had been upheld, one open, two never contested."""
    made = make.authority(name="Almond Court")
    clerk, checker = make.team(made, "clerk", "checker")
    for kinds in (("contested", "upheld"), ("contested", "upheld", "varied"), ("contested",), (), ()):
        penalty = make.published_penalty(authority=made)
        for day, kind in enumerate(kinds):
            amount = {"amount": 100, "currency": "GBP"} if kind == "varied" else {}
            event = PenaltyEvent.objects.create(
                penalty=penalty,
                kind=kind,
                on=penalty.decided_on.replace(day=day + 1),
                entered_by=clerk,
                **amount,
            )
            PenaltyEvent.objects.filter(pk=event.pk).update(
                confirmed_by=checker, confirmed_at=event.recorded_at
            )
    statistics.forget()
    return made


def test_the_newest_event_says_what_became_of_an_appeal(authority):
    found = appeals.of(authority)
    assert (found.decisions, found.contested) == (5, 3)
    assert dict(found.labelled) == {
        "left as it was": 1, "changed": 1, "set aside": 0, "taken back": 0, "not decided yet": 1,
    }  # fmt: skip
    assert found.sentence == (
        "Known to have been contested: 3 of 5 (1 left as it was, 1 changed, 1 not decided yet)."
    )


def test_the_table_says_the_same_as_the_bars(authority):
    chart = appeals.of(authority).chart
    assert [(bar.label, bar.words) for bar in chart.bars] == list(chart.rows)
    assert [length for _bar, length in chart.drawn] == ["33.33%", "33.33%", "0.00%", "0.00%", "33.33%"]


def test_both_pages_show_it_and_the_authorities_stand_by_name(client, authority):
    other = make.published_penalty(authority=make.authority(name="Zebra Court"))
    statistics.forget()
    html = client.get("/figures/appeals/").content.decode()
    assert html.index("Almond Court") < html.index("Zebra Court")
    assert "Known to have been contested: 3 of 6" in html
    page = client.get(authority.get_absolute_url()).content.decode()
    assert "Known to have been contested: 3 of 5" in page
    page = client.get(other.authority.get_absolute_url()).content.decode()
    assert "The 1 decision is not known to have been contested." in page


def test_a_page_that_was_counted_asks_for_nothing_that_grows(client, authority):
    for address in (
        "/figures/",
        "/figures/ages/",
        "/figures/changes/",
        "/figures/months/",
        "/figures/appeals/",
    ):
        client.get(address)
        with CaptureQueriesContext(connections["public"]) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) <= 1, [query["sql"] for query in captured]  # the edition
