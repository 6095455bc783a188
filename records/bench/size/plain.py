"""The same questions in plain SQL: what the answers are held against, and how long they take this way.

Written by hand over the public views, and by the public role. It knows where the words of a decision are
(`TEXT`) and what a best match is (`SCORE`); nothing of how the site finds its pages.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from functools import cache

from django.db import connections

from records.bench.size.queries import Query
from records.penalties.asking import ladder
from records.search.text import parse

TEXT = "p.id IN (SELECT k.penalty_id FROM records_indexcard k WHERE k.words @@ %(text)s::tsquery)"
_NAME = "disclosed.tokens(CASE WHEN p.respondent <> '' THEN p.respondent ELSE p.premises END)"
SCORE = f"""p.decided_on - date '1900-01-01' + 1000000 * CASE
    WHEN {_NAME} = %(typed)s OR replace(disclosed.tokens(p.decision_number), ' ', '') = %(joined)s THEN 2
    WHEN string_to_array(disclosed.tokens(p.respondent || ' ' || p.premises), ' ') @> %(words)s::text[] THEN 1
    ELSE 0 END"""
"""The order of best matches: just this name or number, then all that is asked for in the name, the newest."""

PATIENCE = "30s"
"""How long an exact ranking may take."""

ORDERS = {
    "date": "p.decided_on DESC, p.id DESC",
    "imposed": "p.currency DESC, p.imposed DESC, p.id DESC",
    "owed": "p.currency DESC, p.owed DESC, p.id DESC",
}

_BRANCH = """p.authority_id IN (WITH RECURSIVE branch AS (
    SELECT id FROM records_authority WHERE slug = %({0})s
    UNION SELECT a.id FROM records_authority a JOIN branch b ON a.parent_id = b.id) SELECT id FROM branch)"""
_CITED = "SELECT FROM records_penaltycitation c WHERE c.penalty_id = p.id AND c.version = p.version"
_LAW = f"""(p.law_id = (SELECT id FROM records_law WHERE key = %({{0}})s)
    OR EXISTS ({_CITED} AND c.law_id = (SELECT id FROM records_law WHERE key = %({{0}})s)))"""
_ARTICLE = f"""EXISTS ({_CITED} AND c.provision_id = (SELECT v.id FROM records_provision v
    JOIN records_law l ON l.id = v.law_id WHERE l.key || '/' || v.key = %({{0}})s))"""
_VIOLATION = """EXISTS (SELECT FROM records_penaltyviolation x WHERE x.penalty_id = p.id
    AND x.version = p.version AND x.violation_id = (SELECT id FROM records_violationtype
        WHERE catalogue || ':' || code = %({0})s))"""
_CONDITIONS = {
    "authority": _BRANCH,
    "year": "p.decided_on >= make_date(%({0})s::int, 1, 1) "
    "AND p.decided_on < make_date(%({0})s::int + 1, 1, 1)",
    "sanction": "p.sanction_kinds && ARRAY[%({0})s]::varchar[]",
    "law": _LAW,
    "article": _ARTICLE,
    "violation": _VIOLATION,
    "state": "p.fine_state = %({0})s",
    "currency": "p.currency = %({0})s",
}


def where(query: Query, rung: int = -1) -> tuple[str, dict]:
    """The condition of a query and its parameters, of the rung of the text that finds something."""
    conditions, values = ["true"], {}
    if query.words:
        steps = list(ladder(parse(query.text)))
        step = steps[min(_rung(query) if rung < 0 else rung, len(steps) - 1)]
        conditions.append(TEXT)
        words = list(parse(query.text).words)
        asked = [word for word in words if word in step.words]  # not “the” beside others
        values |= {"text": step.tsquery, "typed": " ".join(words), "joined": "".join(words), "words": asked}
    for at, (name, value) in enumerate(query.filters):
        key = f"f{at}"
        if name in ("imposed", "owed"):
            low, _to, high = value.partition("-")
            for mark, side in ((">", low), ("<=", high)):
                if side:
                    key = f"f{at}{'h' if mark == '<=' else 'l'}"
                    conditions.append(f"p.{name} {mark} %({key})s")
                    values[key] = side
            continue
        conditions.append(_CONDITIONS[name].format(key))
        values[key] = value
    return " AND ".join(conditions), values


@cache
def _rung(query: Query) -> int:
    """Which rung of the ladder finds something; looked for without a sort, as a set."""
    steps = list(ladder(parse(query.text)))
    for at in range(len(steps) - 1):
        condition, values = where(query, at)
        some = f"SELECT count(*) FROM (SELECT FROM records_penalty p WHERE {condition} LIMIT 100) t"
        if rows(some, values)[0][0]:
            return at
    return len(steps) - 1


def rows(statement: str, values: dict | Iterable | None = None) -> list[tuple]:
    """What a statement answers to the public role."""
    with connections["public"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@contextmanager
def patient():
    """Within the block a statement may take longer than a visitor would wait."""
    (before,) = rows("SHOW statement_timeout")[0]
    with connections["public"].cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{PATIENCE}'")
    try:
        yield
    finally:
        with connections["public"].cursor() as cursor:
            cursor.execute(f"SET statement_timeout = '{before}'")


def page(query: Query, order: str, offset: int = 0, limit: int = 20) -> list[int]:
    """The keys of a page, found as the planner likes."""
    condition, values = where(query)
    known = f" AND p.{order} IS NOT NULL" if order != "date" else ""
    statement = (
        f"SELECT p.id FROM records_penalty p WHERE {condition}{known} "
        f"ORDER BY {ORDERS[order]} LIMIT {limit} OFFSET {offset}"
    )
    return [key for (key,) in rows(statement, values)]


def by_key(keys: list[int]) -> list[tuple]:
    """The rows of a page with what a list shows of them: less than this no page can cost."""
    return rows(
        "SELECT p.reference, p.decision_number, p.decided_on, p.respondent, p.premises, p.facts, "
        "p.sanction_kinds, p.imposed, p.owed, p.currency, p.fine_state, a.name, l.title "
        "FROM records_penalty p JOIN records_authority a ON a.id = p.authority_id "
        "LEFT JOIN records_law l ON l.id = p.law_id WHERE p.id = ANY (%s)",
        [keys],
    )


def count(query: Query) -> int:
    """How many decisions there are, exactly."""
    condition, values = where(query)
    return rows(f"SELECT count(*) FROM records_penalty p WHERE {condition}", values)[0][0]


def counts_by(query: Query) -> dict[str, dict[str, int]]:
    """How many there are by year and by state, exactly."""
    condition, values = where(query)
    found = {"year": {}, "state": {}}
    for year, state, number in rows(
        "SELECT extract(year FROM p.decided_on)::int, p.fine_state, count(*) FROM records_penalty p "
        f"WHERE {condition} GROUP BY GROUPING SETS ((1), (2))",
        values,
    ):
        found["state" if year is None else "year"][state if year is None else str(year)] = number
    return found


def scores(query: Query, keys: list[int]) -> tuple[list[float], list[float]]:
    """The twenty highest scores of all that match, and those of the rows with these keys, highest first."""
    condition, values = where(query)
    best = rows(
        f"SELECT {SCORE} AS score FROM records_penalty p WHERE {condition} ORDER BY 1 DESC LIMIT 20", values
    )
    given = rows(
        f"SELECT {SCORE} AS score FROM records_penalty p WHERE p.id = ANY (%(keys)s) ORDER BY 1 DESC",
        values | {"keys": keys},
    )
    return [score for (score,) in best], [score for (score,) in given]
