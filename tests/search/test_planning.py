"""The planner is kept from a way within a block, and from nothing after it."""

import pytest
from django.db import OperationalError, ProgrammingError, connections, transaction

from records.search.planning import without

WAYS = ("seqscan", "sort")


def ways() -> list[str]:
    with connections["public"].cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('enable_{way}')" for way in WAYS))
        return list(cursor.fetchone())


@pytest.mark.django_db(transaction=True)
def test_the_ways_are_closed_within_the_block_alone():
    assert ways() == ["on", "on"]
    with without("public", *WAYS):
        assert ways() == ["off", "off"]
    assert ways() == ["on", "on"]


@pytest.mark.django_db
def test_within_a_transaction_they_are_as_before_afterwards_and_after_an_error():
    with transaction.atomic(using="public"):
        with without("public", "seqscan"):
            with without("public", *WAYS):
                assert ways() == ["off", "off"]
            assert ways() == ["off", "on"]
        assert ways() == ["on", "on"]
        with (
            pytest.raises((OperationalError, ProgrammingError)),
            without("public", *WAYS),
            connections["public"].cursor() as cursor,
        ):
            cursor.execute("SELECT nothing_of_this_name")
        assert ways() == ["on", "on"]
