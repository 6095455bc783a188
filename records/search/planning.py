"""What the planner is kept from, where it takes for many what are few.

With a LIMIT it hopes to meet enough rows soon, and walks through a table of which, as it turns out, hardly a
row fits: words that are frequent and never stand together. All that is asked of it then is to make no use of
that way; the other ways it chooses as ever.
"""

from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def without(using: str, *ways: str):
    """Within the block statements make no use of these ways: "seqscan", "bitmapscan", "sort"."""
    connection = connections[using]
    around = connection.in_atomic_block  # a setting would last as long as the transaction around it
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if around:
            cursor.execute("SELECT " + ", ".join(f"current_setting('enable_{way}')" for way in ways))
            before = cursor.fetchone()
        _set(cursor, ways, ["off"] * len(ways))
        yield
        if around:
            _set(cursor, ways, before)


def _set(cursor, ways, values) -> None:
    pairs = zip(ways, values, strict=True)
    cursor.execute("; ".join(f"SET LOCAL enable_{way} = {value}" for way, value in pairs))
