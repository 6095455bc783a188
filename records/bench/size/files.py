"""A million decisions as CSV through the site, beside COPY of the same rows; and what memory that takes."""

from threading import Event, Thread
from time import perf_counter

import psutil
from django.db import connections
from django.test import RequestFactory

from records.bench import visits
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.opendata.handing import ALIAS
from records.penalties.opendata import DECISIONS

GROUP = "Files"
ROWS = 1_000_000
EVERY = 0.05
"""Seconds between two looks at the memory."""


def measure(ground: Ground) -> list[Line]:
    """Rows a second, and how many megabytes the process grew by."""
    wanted = min(ROWS, ground.plan.penalties)
    _through_the_site(1_000)  # once before, so that no module is loaded meanwhile
    _same_statement(wanted)  # and what any way of handing them out would read from the disk
    with Memory() as memory:
        rows, site = _through_the_site(wanted)
    same, rows_same = _same_statement(wanted)
    bare, rows_bare = _bare_copy(wanted)
    return [
        Line(GROUP, f"CSV of {rows:,} decisions through the site", f"{rows / site:,.0f} rows/s", queries="1",
             yardstick=f"COPY of the same columns {rows_same / same:,.0f}/s; "
             f"COPY of the bare columns of the table {rows_bare / bare:,.0f}/s"),
        Line(GROUP, "memory by which the process grew meanwhile", f"{memory.grown / 1e6:,.1f} MB",
             queries="1", yardstick=f"{memory.before / 1e6:,.0f} MB before it"),
    ]  # fmt: skip


def _through_the_site(wanted: int) -> tuple[int, float]:
    """Rows and seconds; whoever has enough breaks off."""
    begun, rows = perf_counter(), -1
    with visits.site(), visits.opened("/penalties.csv") as answer:
        for block in answer:
            rows += block.count(b"\n")
            if rows >= wanted:
                break
    return rows, perf_counter() - begun


def _same_statement(wanted: int) -> tuple[float, int]:
    """The columns and the order of the file."""
    request = RequestFactory().get("/penalties.csv", headers={"host": "localhost"})
    columns = [column.expression for column in DECISIONS.columns(request)]
    rows = DECISIONS.rows(DECISIONS.search(request.GET)).values_list(*columns)
    return _copy(*rows.query.get_compiler(using=ALIAS).as_sql(), wanted)


def _bare_copy(wanted: int) -> tuple[float, int]:
    """What stands in the row itself, in no order: the most that the machine can do."""
    plain = (
        "SELECT reference, decision_number, decided_on, respondent, premises, domain, legal_basis, facts, "
        "imposed, owed, currency, fine_state FROM disclosed.records_penalty"
    )
    return _copy(plain, (), wanted)


def _copy(statement: str, params, wanted: int) -> tuple[float, int]:
    begun, rows = perf_counter(), 0
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()[0]
        cursor.execute("SET statement_timeout = 0")
        try:
            with cursor.copy(f"COPY ({statement} LIMIT {wanted}) TO STDOUT (FORMAT csv)", params) as copy:
                for _row in copy:
                    rows += 1
        finally:
            cursor.execute(f"SET statement_timeout = '{before}'")
    return perf_counter() - begun, rows


class Memory:
    """Looks at the memory of this process while the block runs: bytes before it, and the most beyond them."""

    def __enter__(self):
        self._process, self._over = psutil.Process(), Event()
        self.before, self.grown = self._process.memory_info().rss, 0
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *problem):
        self._over.set()
        self._thread.join()

    def _look(self):
        while not self._over.wait(EVERY):
            self.grown = max(self.grown, self._process.memory_info().rss - self.before)
