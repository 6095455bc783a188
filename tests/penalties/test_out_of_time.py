"""A list whose counts take longer than the public may wait, and a database that is away."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from psycopg.errors import QueryCanceled

from records.penalties import search as search_module
from records.penalties import tally
from tests.penalties.test_search import TODAY, decided, search

pytestmark = pytest.mark.django_db


def cancelled(*_args, **_more):
    """What the database says when a statement took longer than the public may wait."""
    raise OperationalError("canceling statement due to statement timeout") from QueryCanceled()


def test_a_list_without_time_to_count_shows_its_rows_and_says_what_is_missing(client, monkeypatch):
    decided("Kettle Ltd")
    for name in ("counted", "tally"):
        with monkeypatch.context() as patched:
            patched.setattr(search_module, name, cancelled)
            html = client.get(f"/penalties/?year={(TODAY - timedelta(days=30)).year}").content.decode()
        assert "Kettle Ltd" in html and "Counting took too long" in html, name
    assert "Counting took too long" not in client.get("/penalties/?q=kettle").content.decode()


def test_a_database_that_is_away_is_no_lack_of_time(monkeypatch):
    def away(*_args):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(search_module, "counted", away)
    with pytest.raises(OperationalError):
        _rows = search("q=kettle").page


def test_a_count_that_is_not_exact_is_not_called_so_in_json(client, monkeypatch):
    for name in ("Kettle Ltd", "Pan Ltd"):
        decided(name)
    told = client.get("/penalties.json?q=ltd").json()
    assert (told["count"], told["count_is_exact"]) == (2, True)
    with monkeypatch.context() as patched:
        patched.setattr(tally, "COUNTED", 0)
        assert client.get("/penalties.json?q=ltd").json()["count_is_exact"] is False
    monkeypatch.setattr(search_module, "counted", cancelled)
    told = client.get("/penalties.json?q=ltd").json()
    assert (told["count"], told["count_is_exact"], len(told["rows"])) == (None, False, 2)
