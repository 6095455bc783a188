"""Columns to choose: a table in place of cards, the same in its files, all of it in the address."""

import csv
import io

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from records.penalties.columns import COLUMNS
from records.penalties.opendata import DECISIONS
from records.penalties.search import PenaltySearch
from tests import make

pytestmark = pytest.mark.django_db


def test_every_column_that_can_be_chosen_is_one_of_the_file():
    names = {column.name for column in DECISIONS.columns(RequestFactory().get("/"))}
    assert {column.name for column in COLUMNS} <= names


def test_the_list_is_a_table_of_the_columns_chosen_and_links_keep_them(client):
    penalty = make.published_penalty(respondent="Copper Kettle Ltd")
    html = client.get("/penalties/?columns=imposed&columns=decision_number").content.decode()
    assert f'<tr id="r-{penalty.reference}">' in html and 'class="cards"' not in html
    assert 'data-label="Imposed" class="number">5,000\xa0GBP' in html and penalty.decision_number in html
    assert "columns=imposed&amp;columns=decision_number" in html
    assert 'value="imposed" checked' in html
    assert 'class="cards"' in client.get("/penalties/").content.decode()


def test_the_files_have_the_same_columns_and_the_reference(client):
    penalty = make.published_penalty()
    asked = "?columns=imposed&columns=decided_on"
    text = b"".join(client.get(f"/penalties.csv{asked}").streaming_content).decode("utf-8-sig")
    heading, row = list(csv.reader(io.StringIO(text)))
    assert heading == ["reference", "decided_on", "imposed"] and row[0] == penalty.reference
    (told,) = client.get(f"/penalties.json{asked}").json()["rows"]
    assert list(told) == heading


def test_an_unknown_column_is_named_on_a_page_of_status_400(client):
    response = client.get("/penalties/?columns=secret")
    assert response.status_code == 400 and "columns" in response.content.decode()


def test_columns_narrow_nothing():
    search = PenaltySearch(QueryDict("columns=imposed&q=kettle&sort=imposed"))
    assert not search.narrowed_by_filters
    assert search.kept_beside_columns() == [("q", "kettle"), ("sort", "imposed")]
    assert search.as_cards() == "?q=kettle&sort=imposed"
