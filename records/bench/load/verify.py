"""Whether the rows are what the database would have taken: its own checks, asked about a sample."""

from records.bench.load.tables import BIG

SAMPLE = 1000

_SUMS = """
SELECT count(*) FROM (
    SELECT id, imposed, owed, currency, fine_state, appeal, due_on FROM records_penalty
    WHERE id = ANY (%(ids)s)
    EXCEPT SELECT * FROM records_balances(%(ids)s)) t
"""

_BASIS = """
SELECT count(*) FROM records_penalty p JOIN records_law l ON l.id = p.law_id
WHERE p.id = ANY (%(ids)s) AND (p.basis_rank, p.public_security) IS DISTINCT FROM (l.rank, l.public_security)
"""

_DOMAINS = """
SELECT count(*) FROM records_rating r JOIN records_scheme s ON s.id = r.scheme_id
JOIN records_establishment e ON e.id = r.establishment_id JOIN records_authority a ON a.id = e.authority_id
WHERE e.id = ANY (%(ids)s) AND NOT s.domain = ANY (a.domains)
"""

_HIDDEN = "SELECT cardinality(%(ids)s) - count(*) FROM disclosed.{table} t WHERE t.{column} = ANY (%(ids)s)"

_OFF = """
SELECT (SELECT count(*) FROM pg_trigger WHERE tgrelid = ANY (%(tables)s::regclass[]) AND tgenabled <> 'O')
    + (SELECT count(*) FROM made_load.missing)
    + (SELECT count(*) FROM pg_constraint WHERE conrelid = ANY (%(tables)s::regclass[]) AND NOT convalidated)
"""


class Unsound(Exception):
    """The load is not what it should be; a mistake of the generator."""


def verify(cursor, plan) -> int:
    """Raise Unsound where a check fails; the number of decisions that were looked at."""
    decisions, places = _sample(plan.penalties), _sample(plan.establishments)
    cursor.execute("SELECT records_penalty_check(%s)", [decisions])
    checks = (
        ("sums are not those of the events", _SUMS, decisions),
        ("rank and kind are not those of the law", _BASIS, decisions),
        ("ratings lie outside the domains of the authority", _DOMAINS, places),
        ("decisions are not public", _HIDDEN.format(table="records_penalty", column="id"), decisions),
        (
            "decisions are not found",
            _HIDDEN.format(table="records_indexcard", column="penalty_id"),
            decisions,
        ),
        (
            "establishments have no spot",
            _HIDDEN.format(table="records_spot", column="establishment_id"),
            places,
        ),
        ("establishments are not public", _HIDDEN.format(table="records_establishment", column="id"), places),
        ("ratings are not public", _HIDDEN.format(table="records_rating", column="establishment_id"), places),
    )
    for what, query, ids in checks:
        cursor.execute(query, {"ids": ids})
        (wrong,) = cursor.fetchone()
        if wrong:
            raise Unsound(f"Of a sample of {len(ids)}, {wrong} are wrong: {what}.")
    cursor.execute(_OFF, {"tables": list(BIG)})
    (off,) = cursor.fetchone()
    if off:
        raise Unsound(f"{off} triggers, keys or indexes are not in place.")
    return len(decisions)


def _sample(count: int) -> list[int]:
    """Numbers all over the range."""
    return list(range(1, count + 1, max(1, count // SAMPLE)))
