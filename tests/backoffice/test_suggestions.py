"""Suggestions while typing look at few rows: those of a small authority, else what an index has first."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from records.penalties.desk import scope, whom
from records.ratings.desk.picking import matching
from records.search import ranking
from tests.backoffice import office


def asked(work) -> set[str]:
    """The indexes in the plans of all that `work` reads, on tables too small to be worth one."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_establishment, records_business")
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as taken:
        work()
    found = set()
    with connection.cursor() as cursor:
        for query in taken.captured_queries:
            if query["sql"].startswith(("SELECT", "WITH")):
                cursor.execute("EXPLAIN " + query["sql"].replace("%", "%%"), [])
                plan = "\n".join(line for (line,) in cursor.fetchall())
                found.update(re.findall(r"(?:using|Index Scan on) (\w+)", plan))
    return found


def test_of_a_small_authority_its_own_places_are_looked_through(desk):
    within = scope.Scope(desk.clerk, desk.almond)
    found = []
    indexes = asked(lambda: found.extend(matching(within.establishments, "copper ke")))
    assert found == [desk.kettle] and not {"establishment_begins", "establishment_search"} & indexes


def test_of_a_large_one_a_place_is_suggested_from_the_index_of_beginnings(desk, monkeypatch):
    monkeypatch.setattr(ranking, "OWN", -1)
    within = scope.Scope(desk.clerk, desk.almond)
    found = []
    indexes = asked(lambda: found.extend(matching(within.establishments, "copper ke")))
    assert found == [desk.kettle] and "establishment_begins" in indexes


def test_a_business_is_suggested_from_the_index_of_beginnings(desk):
    desk.kettle.business = (
        type(desk.kettle)._meta.get_field("business").related_model.objects.create(name="Copper Kettle Ltd")
    )
    desk.kettle.save()
    within = scope.Scope(desk.clerk, desk.almond)
    found = []
    indexes = asked(lambda: found.extend(whom.businesses("copper ke", within)))
    assert [row.name for row in found] == ["Copper Kettle Ltd"] and "business_begins" in indexes


def test_another_authoritys_place_is_not_suggested(desk):
    within = scope.Scope(desk.clerk, desk.almond)
    assert matching(within.establishments, "birch") == []
    assert office.establishment(desk.almond, "Birch Grove") in matching(within.establishments, "birch")
