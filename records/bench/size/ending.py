"""The clock ends many displays at once: rows a second, beside one UPDATE of as many rows of a bare table."""

from django.db import connection

from records.bench.results import seconds
from records.bench.size.cleaning import tidy, unguarded
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.penalties.clock import expire_over

GROUP = "Changes"
ROWS = 100_000

_KEEP = """
CREATE TABLE made_load.ending AS SELECT id, hide_at, state FROM (
    SELECT p.id, p.hide_at, p.state, row_number() OVER (ORDER BY p.id) AS place FROM records_penalty p
    WHERE p.state = 'published' AND p.publish_at < now() - interval '1 day' AND p.id %% %s = 0
) t WHERE place <= %s
"""
_OVER = """
UPDATE records_penalty p SET hide_at = now() - interval '1 second' FROM made_load.ending e WHERE p.id = e.id
"""
_BACK = """
UPDATE records_penalty p SET hide_at = e.hide_at, state = e.state FROM made_load.ending e WHERE p.id = e.id
"""
_BARE = "UPDATE made_load.ending SET state = state || ''"


def measure(ground: Ground) -> list[Line]:
    """Their time is set to be over, the clock runs, and they are put back as they were."""
    rows = max(20, min(ROWS, ground.plan.penalties // 100))
    with connection.cursor() as cursor:
        put_back(cursor)  # what a run left that was stopped
        every = max(1, ground.plan.penalties // rows // 2)
        cursor.execute(_KEEP, [every, rows])
        with unguarded(cursor):
            cursor.execute(_OVER)
            moved = cursor.rowcount
        tidy(cursor)
        taken = seconds(expire_over)
        cursor.execute("SELECT count(*) FROM records_penalty p JOIN made_load.ending e USING (id) "
                       "WHERE p.state = 'expired'")  # fmt: skip
        (ended,) = cursor.fetchone()
        bare = seconds(lambda: cursor.execute(_BARE))
        put_back(cursor)
    if ended != moved:
        raise AssertionError(f"The clock ended {ended} displays of {moved}.")
    return [
        Line(GROUP, f"the clock ends {ended:,} displays at once", f"{ended / taken:,.0f} rows/s", queries="1",
             yardstick=f"UPDATE of as many rows of a bare table {moved / bare:,.0f}/s")
    ]  # fmt: skip


def put_back(cursor) -> None:
    """Give the decisions that were ended their time and state again; nothing where there are none."""
    cursor.execute("SELECT to_regclass('made_load.ending') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return
    with unguarded(cursor):
        cursor.execute(_BACK)
        cursor.execute(
            "DELETE FROM records_transition t USING made_load.ending e "
            "WHERE t.kind = 'penalty' AND t.record_id = e.id"
        )
        cursor.execute("DROP TABLE made_load.ending")
    tidy(cursor)
