"""Which index answers which search: a plan that drifts would be noticed only at ten million decisions."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection, connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from records.bench.load import plan as plans
from records.bench.load.run import load
from records.opendata.formats.csv import from_the_first_row
from records.penalties import corrections, tally
from records.penalties.index import SAMPLES, IndexCard
from records.penalties.models import Penalty
from records.penalties.opendata import DECISIONS, entries
from records.penalties.search import PenaltySearch
from records.penalties.visible import PenaltyNotice
from records.search.text import TsQuery

pytestmark = pytest.mark.django_db
PLAN = plans.Plan(600, 50, date(2026, 11, 1))
EMPTY = "TRUNCATE records_transition, records_law, records_document, auth_user CASCADE"

BY_WORDS = (
    "q=hygiene", "q=hygiene+kitchen", "q=食品", 'q="clean+kitchen"', "q=food&sort=date",
    "q=food&sort=imposed", "q=food&sort=owed", "q=kitchen&year=2024",
    "q=food&sanction=fine&sanction=warning&sort=date", "state=paid",
    "year=2024&year=2023", "currency=GBP&imposed=1000-", "class=serious&sort=imposed",
    "currency=GBP&imposed=1234-5678&sort=imposed", "q=food&currency=EUR&owed=-0&sort=owed",
    "q=kitchen+-hygiene", "q=zzz", "area=QA1", "q=food&area=QA1&area=QB1&sort=date",
)  # fmt: skip
WALKED = {"": "penalty_newest", "sort=imposed": "penalty_imposed", "sort=owed": "penalty_owed"}


@pytest.fixture
def loaded(empty_register):
    """Some hundred made-up decisions, with the statistics of as many."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        load(PLAN, 1, lambda _text: None)
        # The register is small enough to be read whole; what is asked is whether an index can answer.
        cursor.execute("SET LOCAL enable_seqscan = off")


def looked_through(work) -> list[str]:
    """The plans of all statements about decisions that the work takes."""
    public = connections["public"]
    with CaptureQueriesContext(public) as taken:
        work()
    plans = []
    for query in taken.captured_queries:
        if query["sql"].startswith("EXPLAIN"):
            continue  # asks the planner itself
        if "records_indexcard" in query["sql"] or 'FROM "records_penalty"' in query["sql"]:
            with public.cursor() as cursor:
                cursor.execute(f"EXPLAIN {query['sql']}".replace("%", "%%"))
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
    return plans


def everything(query: str) -> None:
    """All that a page of the list asks."""
    search = PenaltySearch(QueryDict(query))
    for _part in (search.page, search.panels, search.totals, search.years):
        pass


@pytest.mark.parametrize("counted", [25_000, 0], ids=["few", "many"])
def test_words_and_filters_are_answered_by_the_text_index_alone(loaded, monkeypatch, counted):
    monkeypatch.setattr(tally, "COUNTED", counted)
    for query in BY_WORDS:
        cards = [plan for plan in looked_through(lambda query=query: everything(query)) if "words @@" in plan]
        assert cards, query
        for plan in cards:
            assert "Bitmap Index Scan on indexcard_words" in plan, (query, plan)
            assert "Seq Scan" not in plan, (query, plan)
            # Only to look up what a fingerprint stands for.
            assert plan.count("records_indexcard_pkey") == plan.count("(penalty_id = found.one)"), (
                query,
                plan,
            )


def test_whether_there_are_any_or_few_is_asked_of_the_text_index_however_many_they_seem(loaded):
    plans = []

    def explained(execute, sql, params, many, context):
        if "@@" in sql and not sql.startswith("EXPLAIN"):
            execute(f"EXPLAIN {sql}", params, many, context)
            plans.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = on")
    search = PenaltySearch(QueryDict("q=hygiene&sort=date"))
    with connections["public"].execute_wrapper(explained):
        assert search._finds("food") and search.count and search.page.rows
    assert len(plans) > 1
    for plan in plans:
        assert "Bitmap Index Scan on indexcard_words" in plan and "Seq Scan" not in plan, plan


def test_the_whole_list_is_walked_in_its_order_however_far(loaded, monkeypatch):
    for query, index in WALKED.items():
        first = PenaltySearch(QueryDict(query)).page
        for side in ("", f"after={first.next.text}", f"before={first.next.text}"):
            parts = "&".join(filter(None, (query, side)))
            walked = looked_through(lambda parts=parts: PenaltySearch(QueryDict(parts)).page)
            assert any(f"using {index} on records_penalty" in plan for plan in walked), (parts, walked)
            assert not any("Seq Scan on records_penalty" in plan for plan in walked), (parts, walked)


def test_the_newest_of_a_feed_are_found_by_the_day_of_their_display(loaded, monkeypatch):
    monkeypatch.setattr(tally, "COUNTED", 0)
    plans = looked_through(lambda: list(entries(PenaltySearch(QueryDict("")))))
    assert any("penalty_shown_since" in plan for plan in plans), plans


def test_the_newest_changes_are_read_from_their_end_and_what_is_gone_is_found_by_indexes(loaded):
    changes = corrections.changes()[:50].explain()
    assert "Merge Append" in changes and "using transition_told" in changes, changes
    gone = PenaltyNotice.objects.public().order_by("reference").explain()
    assert "penalty_gone" in gone and "penalty_over" in gone and "Seq Scan" not in gone, gone


def test_samples_lie_within_each_other_and_are_about_of_their_size(loaded):
    def bearing(size):
        cards = IndexCard.objects.filter(words=TsQuery(f"'=s{size}'"))
        return set(cards.values_list("pk", flat=True))

    samples = [bearing(size) for size in SAMPLES]
    assert all(smaller <= larger for larger, smaller in pairwise(samples))
    for size, found in zip(SAMPLES, samples, strict=True):
        assert abs(len(found) - 600 / size) <= 2, size


def test_a_decision_is_found_by_its_reference(loaded):
    (plan,) = looked_through(
        lambda: Penalty.objects.public().get(reference=Penalty.objects.first().reference)
    )
    assert "penalty_reference" in plan


def test_a_file_of_everything_begins_with_its_first_row_and_computes_no_other_before_it(loaded, rf):
    columns = [column.expression for column in DECISIONS.columns(rf.get("/penalties.csv"))]
    rows = DECISIONS.rows(PenaltySearch(QueryDict(""))).values_list(*columns)
    sql, params = rows.query.get_compiler(using="public").as_sql()
    with connections["public"].cursor() as cursor:
        cursor.execute(f"EXPLAIN {from_the_first_row(sql)}", params)
        lines = [line for (line,) in cursor.fetchall()]
    main = lines[: next(n for n, line in enumerate(lines) if "SubPlan" in line)]
    assert any("penalty_newest" in line for line in main) and not any("Sort" in line for line in main)
