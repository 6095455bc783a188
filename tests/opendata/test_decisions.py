"""The search of decisions as files: the rows of the page, whole, harmless, and of nobody who is hidden."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from records.opendata import handing
from records.opendata.formats.csv import copied
from records.penalties import tally
from records.penalties.opendata import columns
from records.penalties.search import PenaltySearch
from records.search import keyset
from tests import make
from tests.penalties.test_gone import end_at

pytestmark = pytest.mark.django_db


def table(client, query="") -> list[dict]:
    """The rows of the CSV as a spreadsheet has them."""
    answer = client.get(f"/penalties.csv{query}")
    assert answer.status_code == 200, answer
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_says_what_the_page_of_a_decision_says(client):
    section, kind = (
        make.provision(make.law(key="food-act", title="Food Act 1990")),
        make.violation(code="F02"),
    )
    penalty = make.published_penalty(
        respondent="Ängel & Söhne, “Café” 晨光", facts='One "line",\nand another.', violations=(kind,),
        cited=(section,), sanctions=(("fine", 1250.5), ("warning", None)),
    )  # fmt: skip
    (row,) = table(client)
    assert row["respondent"] == "Ängel & Söhne, “Café” 晨光"
    assert row["facts"] == 'One "line",\nand another.'
    assert row["address"] == f"http://testserver{penalty.get_absolute_url()}"
    assert (row["imposed"], row["owed"], row["currency"], row["fine_state"]) == (
        "1250.5", "1250.5", "GBP", "imposed",
    )  # fmt: skip
    assert set(row["sanctions"].split("; ")) == {"fine", "warning"}
    assert row["applied"] == "food-act s. 17(1)"
    assert row["violations"].endswith(":F02")
    assert date.fromisoformat(row["decided_on"]) == penalty.decided_on
    assert datetime.fromisoformat(row["shown_until"]) == penalty.hide_at


def test_every_row_of_the_search_is_in_the_table_in_the_order_of_the_list(client):
    for number in range(30):
        make.published_penalty(
            respondent="Amber Mill Ltd", sanctions=(("fine", 100 + number),),
            decided_on=timezone.localdate() - timedelta(days=40 + number % 7),
        )  # fmt: skip
    make.published_penalty(respondent="Birch Mill Ltd")
    rows = table(client, "?q=amber&sort=imposed")
    assert [row["imposed"] for row in rows] == [str(100 + number) for number in reversed(range(30))]
    page = client.get("/penalties/?q=amber").content.decode()
    assert "30 decisions" in page
    second = PenaltySearch("q=amber").page.next
    assert [row["reference"] for row in table(client, f"?q=amber&after={second.text}")] == [
        row["reference"] for row in table(client, "?q=amber")
    ]


def test_what_is_narrowed_by_an_area_is_the_same_in_every_file(client):
    place = make.establishment(postcode="QB7 1AA")
    make.published_penalty(respondent="Near Ltd", establishment=place, authority=place.authority)
    make.published_penalty(respondent="Far Ltd")
    assert [row["respondent"] for row in table(client, "?area=QB7")] == ["Near Ltd"]
    (row,) = client.get("/penalties.json?area=QB7").json()["rows"]
    assert row["respondent"] == "Near Ltd"
    feed = client.get("/penalties.atom?area=QB7").content.decode()
    assert "Near Ltd" in feed and "Far Ltd" not in feed


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_made_harmless(client):
    for name in ("=1+1 Ltd", "@Home Ltd", "+Plus Ltd", "-Minus Ltd"):
        make.published_penalty(respondent=name)
    assert {row["respondent"] for row in table(client)} == {
        "'=1+1 Ltd", "'@Home Ltd", "'+Plus Ltd", "'-Minus Ltd",
    }  # fmt: skip
    # For machines it stays as it is.
    assert "=1+1 Ltd" in {row["respondent"] for row in client.get("/penalties.json").json()["rows"]}


def test_nothing_that_is_hidden_is_in_a_file(client):
    trader = {"respondent": "Jo Hidden", "respondent_kind": "sole_trader", "premises": "The Corner Café"}
    make.published_penalty(**trader)
    over = make.published_penalty(respondent="Gone Ltd")
    end_at(over, timezone.now() - timedelta(minutes=1))
    make.penalty(respondent="Draft Ltd")
    rows = table(client)
    assert [(row["respondent"], row["premises"]) for row in rows] == [("", "The Corner Café")]
    for ending in ("json", "atom"):
        text = client.get(f"/penalties.{ending}").content.decode()
        assert not [name for name in ("Jo Hidden", "Gone Ltd", "Draft Ltd") if name in text]


def test_a_feed_has_the_newest_of_this_site_first_and_no_person(client):
    make.published_penalty(respondent="Jo Hidden", respondent_kind="sole_trader", premises="The Corner Café")
    first = make.published_penalty(respondent="Early Ltd", facts="A bell: \x07 rang.")
    second = make.published_penalty(respondent="Late Ltd", decided_on=first.decided_on - timedelta(days=9))
    answer = client.get("/penalties.atom?q=ltd")
    text = answer.content.decode().replace("\xa0", " ")
    assert answer["Content-Type"] == "application/atom+xml"
    assert text.index("Late Ltd · 5,000 GBP") < text.index("Early Ltd · 5,000 GBP")
    assert "Corner Café" not in text and "\x07" not in text
    assert f"http://testserver{second.get_absolute_url()}" in text
    assert "http://testserver/penalties.atom?q=ltd" in text


def test_json_gives_a_page_with_its_count_and_the_way_to_the_next(client):
    for _number in range(22):
        make.published_penalty(sanctions=(("fine", 100),))
    found = client.get("/penalties.json?sanction=fine").json()
    assert found["count"] == 22 and found["count_is_exact"] and len(found["rows"]) == 20
    assert found["rows"][0]["imposed"] == "100"
    assert found["sentence"] == "Fines, newest first"
    rest = client.get(found["next"].removeprefix("http://testserver")).json()
    assert len(rest["rows"]) == 2 and rest["next"] is None
    references = {row["reference"] for row in found["rows"] + rest["rows"]}
    assert len(references) == 22


@pytest.mark.parametrize("looked_at", [15_000, 1])
@pytest.mark.parametrize("most", [25_000, 0])
def test_a_feed_has_the_newest_however_much_there_is_and_wherever_they_are(
    client, monkeypatch, most, looked_at
):
    """Few, or more than are counted; among the newest of the register, or long before them."""
    monkeypatch.setattr(tally, "COUNTED", most)
    monkeypatch.setattr(keyset, "LOOKED_AT", looked_at)
    for name in ("Old Ltd", "Older Ltd", "New Inc"):
        make.published_penalty(respondent=name)
    make.published_penalty(respondent="Jane Roe", respondent_kind="sole_trader", premises="Roe Ltd")
    text = client.get("/penalties.atom?q=ltd").content.decode()
    assert text.count("<entry>") == 2 and text.index("Older Ltd") < text.index("Old Ltd")


@pytest.mark.parametrize("ending", ["csv", "json", "atom"])
def test_a_parameter_without_sense_is_named(client, ending):
    answer = client.get(f"/penalties.{ending}?imposed=much")
    assert answer.status_code == 400 and "imposed" in answer.content.decode()
    assert client.post(f"/penalties.{ending}").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_too_many_downloads_at_once_are_asked_to_wait_and_each_gives_its_turn_back(client):
    make.published_penalty()
    answers = [client.get("/penalties.csv") for _turn in range(handing.AT_ONCE)]
    refused = client.get("/penalties.csv")
    assert refused.status_code == 503 and refused["Retry-After"] == "60"
    answers[0].close()  # broken off before the first row
    assert len(table(client)) == 1
    for answer in answers[1:]:
        b"".join(answer)
        answer.close()
    assert handing._turns._value == handing.AT_ONCE


def test_every_column_says_what_it_holds(rf):
    found = columns(rf.get("/penalties.csv"))
    assert len({column.name for column in found}) == len(found)
    assert all(str(column.about).endswith(".") for column in found)


@pytest.mark.django_db(transaction=True)
def test_the_file_is_written_by_the_public_role_itself(client):
    make.published_penalty(respondent="Copper Kettle Ltd")
    assert [row["respondent"] for row in table(client)] == ["Copper Kettle Ltd"]
    head = client.head("/penalties.csv")
    assert head.status_code == 200 and head["Content-Disposition"].endswith('"decisions.csv"')


@pytest.mark.django_db(transaction=True)
def test_a_download_that_is_broken_off_stops_in_the_database_and_leaves_the_connection_usable():
    blocks = copied("SELECT n, repeat('x', 500) FROM generate_series(1, 5000000) AS n", ())
    first = next(blocks)
    assert handing.BLOCK <= len(first) < 2 * handing.BLOCK
    blocks.close()
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        assert cursor.fetchone() == ("5s",)
    assert not connections["public"].in_atomic_block


def test_a_reader_who_takes_a_file_too_slowly_does_not_keep_others_from_theirs_for_ever(monkeypatch):
    now = iter(range(0, 10_000, 400))  # each look at the clock is 400 seconds later
    monkeypatch.setattr(handing, "monotonic", lambda: next(now))
    quick, slow = b"x" * handing.SLOWEST * 400, b"x" * 1000
    assert len(list(handing.while_fast_enough(iter([quick] * 5)))) == 5
    taken = []
    with pytest.raises(handing.TooSlow, match="800 seconds"):
        taken.extend(handing.while_fast_enough(iter([slow] * 5)))
    assert taken == [slow] * 2, "the first ten minutes are everybody's"
