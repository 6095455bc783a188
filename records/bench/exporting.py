"""How fast a whole list leaves as CSV through the site, beside the same rows by COPY alone."""

from django.db import connections
from django.test import Client
from django.test.utils import override_settings

from records.bench.results import Result, middle
from records.opendata.handing import ALIAS
from records.penalties.opendata import DECISIONS


def measure(runs: int) -> list[Result]:
    """All decisions there are."""
    found = DECISIONS.rows(DECISIONS.search("")).count()
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        site = middle(_through_the_site, runs)
    plain = middle(_plainly, runs)
    return [
        Result(
            f"CSV of {found:,} decisions through the site", f"{found / site:,.0f} rows/s",
            f"COPY of the same {found / plain:,.0f}/s", f"{plain / site:.0%}",
        )
    ]  # fmt: skip


def _through_the_site() -> None:
    for _block in Client().get("/penalties.csv"):
        pass


def _plainly() -> None:
    """The same statement, of which the answer is thrown away row by row."""
    columns = [column.expression for column in DECISIONS.columns(_Request())]
    rows = DECISIONS.rows(DECISIONS.search("")).values_list(*columns)
    sql, params = rows.query.get_compiler(using=ALIAS).as_sql()
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)", params) as copy:
            for _row in copy:
                pass


class _Request:
    """What the columns need of a request."""

    @staticmethod
    def build_absolute_uri(path: str) -> str:
        return f"http://testserver{path}"
