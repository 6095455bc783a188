"""Which indexes a page asks: the plans of its queries on tables too small to be worth an index."""

import re

from django.db import connection, connections
from django.test.utils import CaptureQueriesContext


def indexes(visit, without=("seqscan",)) -> set[str]:
    """The indexes in the plans of all that `visit()` reads as the public, `without` these ways."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_establishment, records_rating, records_spot")
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
    with CaptureQueriesContext(connections["public"]) as asked:
        visit()
    found = set()
    with connections["public"].cursor() as cursor:
        for query in asked.captured_queries:
            if query["sql"].startswith(("SELECT", "WITH")):
                cursor.execute("EXPLAIN " + query["sql"].replace("%", "%%"), [])
                plan = "\n".join(line for (line,) in cursor.fetchall())
                found.update(re.findall(r"(?:using|Index Scan on) (\w+)", plan))
    return found
