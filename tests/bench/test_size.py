"""The bench at size: sizes, disk, queries, the table, and a tiny run of every part that needs a database."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from records.bench.load import plan as plans
from records.bench.load import progress
from records.bench.load.run import load
from records.bench.size import beside, database, importing, lines, report, run, sizes, suggestions, timing
from records.bench.size.cleaning import take_back
from records.bench.size.drawn import Sample
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.phases import Phases, spoken
from records.bench.size.queries import BANDS, FACETS, queries
from records.penalties.models import Penalty
from records.penalties.search import PenaltySearch
from tests.bench.test_load import EMPTY, ask
from tests.deciding import SCRATCH

PLAN = plans.Plan(2000, 600, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("text", "many"),
    [("10m", 10_000_000), ("100k", 100_000), ("1.5M", 1_500_000), (2_000_000, 2_000_000), ("2,000", 2_000)],
)
def test_a_size_is_read_as_people_write_it(text, many):
    assert sizes.parse(text) == many
    assert sizes.parse(sizes.written(many)) == many


@pytest.mark.parametrize("text", ["", "ten", "10g", "-5k", "0", "999", "200m", "1.0001k", "1e6", "10 m m"])
def test_what_is_no_size_is_refused_with_how_to_write_one(text):
    with pytest.raises(ValueError, match="Write 100k, 10m or 2000000"):
        sizes.parse(text)


def test_the_command_says_what_is_wrong_with_a_size():
    with pytest.raises(CommandError, match=r"'huge' is no size\. Write 100k, 10m or 2000000"):
        call_command("bench", "--size", "huge")


def test_three_establishments_go_with_ten_decisions():
    assert sizes.establishments(10_000_000) == 3_000_000
    assert sizes.establishments(1_000) == 300


def test_a_size_that_fits_is_taken_and_of_another_the_largest_that_does():
    roomy, tight = sizes.needed(10_000_000), sizes.needed(5_000_000) + 1
    assert sizes.largest(10_000_000, roomy) == 10_000_000
    assert sizes.largest(10_000_000, roomy - 1) == 7_000_000
    assert sizes.largest(10_000_000, tight) == 5_000_000
    assert sizes.largest(10_000_000, 1_000_000) == 0
    assert sizes.largest(10_000_000, None) == 10_000_000


def test_the_largest_size_stays_the_same_when_a_little_less_is_free():
    free = sizes.needed(5_500_000)
    assert sizes.largest(10_000_000, free) == sizes.largest(10_000_000, free - 10**9) == 5_000_000


def test_free_disk_is_seen_for_a_folder_that_is_there_and_unknown_for_another(tmp_path):
    assert sizes.free_at(str(tmp_path)) > 0
    assert sizes.free_at(str(tmp_path / "elsewhere")) is None


def test_what_does_not_fit_is_said(db, monkeypatch):
    monkeypatch.setattr(database, "free", lambda: sizes.needed(200_000))
    monkeypatch.setattr(database, "held", dict)
    assert database.size_that_fits(100_000)[0] == 100_000
    many, why = database.size_that_fits(1_000_000)
    assert many == 200_000 and "200,000 fit" in why
    monkeypatch.setattr(database, "free", lambda: 1)
    assert database.size_that_fits(1_000_000)[0] == 0
    with pytest.raises(run.Impossible, match="Free some disk"):
        run.run(run.Wish(1_000_000), lambda _text: None)


def test_what_is_held_already_needs_no_disk_again(db, monkeypatch):
    monkeypatch.setattr(database, "free", lambda: sizes.needed(100_000))
    held = {database.name_of(700_000): sizes.needed(700_000)}
    monkeypatch.setattr(database, "held", lambda: held)
    assert database.size_that_fits(700_000)[0] == 700_000
    assert database.size_that_fits(1_000_000)[0] == 700_000


@pytest.fixture(scope="module")
def sample():
    """Decisions of the plan; the database has no part in it."""
    return Sample(PLAN)


def test_the_same_queries_are_drawn_every_time(sample):
    again = Sample(PLAN)
    for words in (1, 2, 3):
        for faceted in (False, True):
            assert queries(sample, words, faceted, 40) == queries(again, words, faceted, 40)
    assert queries(sample, 2, True, 40)[:10] == queries(sample, 2, True, 10)


def test_another_size_is_asked_otherwise():
    other = Sample(plans.Plan(3000, 900, PLAN.today))
    assert queries(other, 2, False, 20) != queries(Sample(PLAN), 2, False, 20)


@pytest.mark.parametrize("words", [1, 2, 3])
@pytest.mark.parametrize("faceted", [False, True])
def test_two_hundred_queries_of_a_class_hold_every_kind(sample, words, faceted):
    found = queries(sample, words, faceted)
    assert len(found) == 200
    assert len({(query.text, query.filters) for query in found}) > (140 if words == 1 else 190)
    assert all(len(set(query.words)) == words and all(query.words) for query in found)
    assert {query.script for query in found} == {"english", "chinese"} | ({"mixed"} if words > 1 else set())
    assert {band for query in found for band in query.bands} == set(BANDS)
    assert {bool(query.filters) for query in found} == {faceted}
    if faceted:
        assert {name for query in found for name in query.facets} == set(FACETS)
        assert {name for query in found for name, _value in query.filters} == {*FACETS, "currency"}
        assert {len(query.facets) for query in found} == {1, 2}


def test_each_script_meets_each_band_and_each_filter(sample):
    found = queries(sample, 2, True)
    for script in ("english", "chinese", "mixed"):
        assert {query.bands[0] for query in found if query.script == script} == set(BANDS)
        assert {query.facets[0] for query in found if query.script == script} == set(FACETS)


def test_an_amount_has_its_currency(sample):
    for query in queries(sample, 1, True):
        names = [name for name, _value in query.filters]
        assert "currency" in names or not {"imposed", "owed"} & set(names)
        assert names.count("currency") < 2


def test_frequent_words_are_more_frequent_than_rare_ones(sample):
    ranks = {band: [] for band in BANDS}
    for query in queries(sample, 1, False):
        if query.script == "english":
            ranks[query.bands[0]].append(sample.rank(query.text))
    assert max(ranks["frequent"]) < 200 <= min(ranks["middling"])
    assert max(ranks["middling"]) < 3000 <= min(ranks["rare"])


def test_a_spread_counts_what_was_stopped_and_what_was_not_asked():
    def work(item):
        if item == 3:
            raise timing.Refused
        return float(item)

    found = timing.over(work, range(1, 21), 60)
    assert (len(found.times), found.refused, found.stopped) == (19, 1, 0)
    assert found.median <= found.p95 <= found.most == 20
    hurried = timing.over(work, range(1, 21), 0)
    assert len(hurried.times) == 1 and hurried.wanted == 20
    assert lines.asked(hurried) == "1 of 20"
    assert lines.asked(found) == "20, 1 refused"


def test_a_statement_that_is_stopped_is_counted(db):
    def work(_item):
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            try:
                cursor.execute("SET LOCAL statement_timeout = '20ms'")
                cursor.execute("SELECT pg_sleep(1)")
            finally:
                cursor.execute("ROLLBACK TO SAVEPOINT here")
        return 0.0

    found = timing.over(work, [1], 5)
    assert found.stopped == 1 and 10 < found.most < 1000


SOME = [
    Line("A", "one", "1.0 ms", "2.0 ms", "3.0 ms", "200", "plain SQL 0.5 ms / 1.0 ms"),
    Line("B", "two", "12 rows/s"),
    Line("A", "three | four", "–"),
]


def test_the_table_is_well_formed():
    text = report.markdown(SOME, ["one thing", "another"])
    held = [line for line in text.splitlines() if line.startswith("|")]
    cells = {line.replace("\\|", "").count("|") for line in held}
    assert cells == {len(lines.HEADS) + 1}
    assert text.count("### ") == 2 and text.startswith("- one thing\n- another\n")
    assert all(line.what in report.table(SOME) for line in SOME)


def test_figures_go_between_their_marks_and_leave_the_rest(tmp_path):
    file = tmp_path / "benchmarks.md"
    file.write_text(f"before\n\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    report.write(file, "new \\1")
    assert file.read_text() == f"before\n\n{report.BEGIN}\nnew \\1\n{report.END}\nafter\n"
    with pytest.raises(report.NoPlace, match="no folder"):
        report.check(tmp_path / "nowhere" / "file.md")
    file.write_text("no marks")
    with pytest.raises(report.NoPlace, match="Add these two lines"):
        report.write(file, "new")


def test_how_long_is_said_as_people_say_it():
    assert [spoken(value) for value in (3.21, 250, 7500)] == ["3.2 s", "4 min 10 s", "2 h 5 min"]


def test_an_import_is_as_large_as_its_time_allows():
    assert importing.affordable([], 600) > 10**9
    assert importing.affordable([(2_000, 20)], 600) == 60_000
    assert importing.affordable([(2_000, 12), (20_000, 30)], 610) == 480_000
    assert importing.affordable([(2_000, 500), (20_000, 5_000)], 600) == 20_000


@pytest.fixture
def plan(sample):
    """What would be measured on, without the register: a class gets few queries and little time."""
    planned = Ground(PLAN, Phases(lambda _text: None), 5, 0.3)
    planned.sample = sample  # its words take seconds to make
    return planned


@pytest.fixture
def ground(empty_register, plan, monkeypatch):
    """A register of 2,000 decisions."""
    ask(EMPTY)
    load(PLAN, 1, lambda _text: None)
    ask("SET CONSTRAINTS ALL DEFERRED")  # as after a load that is committed
    monkeypatch.setattr(suggestions, "WORDS", 2_000)
    for name in ("plain_copy", "whole"):
        monkeypatch.setattr(importing.importing, name, _tidied(getattr(importing.importing, name)))
    return plan


def _tidied(work):
    """The work, and then no temporary table: else they go with the transaction, which here is the test's."""

    def tidy(*arguments, **more):
        try:
            return work(*arguments, **more)
        finally:
            ask(f"DROP TABLE IF EXISTS {SCRATCH}")

    return tidy


def test_a_tiny_run_ends_with_a_figure_for_each_class_and_leaves_the_register_as_it_was(db, ground):
    before = _fingerprint()
    found = run._measure(ground, tuple(name for name in run.PARTS if name != "http"))
    missing = [line for line in found if line.median == "–" and "over 25,000" not in line.group + line.what]
    assert not [line for line in missing if "1,000 to 100,000 matches" not in line.what], missing
    told = " ".join(f"{line.group} {line.what}" for line in found)
    for what in (
        "by date, one word, no filters", "by amount imposed, two words, with filters", "by amount owed",
        "share of the exact best twenty", "of each kind (facets), sums and years, up to 25,000",
        "page 4, backward", "letter by letter", "postcode", "name and town", "nothing near matches",
        "right word among five", "CSV of 2,000 decisions", "found by the search", "displays at once",
        "is imported", "places for an authority of", "marks of a view",
    ):  # fmt: skip
        assert what in told, what
    assert all(line.yardstick for line in found)
    assert _fingerprint() == before
    with connection.cursor() as cursor:
        progress.refuse(cursor, PLAN)


def _fingerprint():
    said = "SELECT count(*), md5(string_agg(id || state || hide_at, '' ORDER BY id)) FROM records_penalty"
    return ask(said)


def test_what_a_stopped_run_left_is_taken_back(db, ground):
    left = importing.made_up_decisions(20, 1_000_000)
    with left as source:
        source.prepare()
        importing.importing.whole(source, empty=False)
    assert Penalty.objects.count() > PLAN.penalties
    assert take_back(PLAN) > 10
    assert Penalty.objects.count() == PLAN.penalties


def test_the_queries_are_what_the_search_takes(db, ground):
    for words in (0, 1, 2, 3):
        for query in ground.queries(words, True):
            assert PenaltySearch(query.data(sort="imposed")).count.number >= 0


def test_a_bench_without_datasette_says_so_and_goes_on(plan, monkeypatch):
    def unavailable():
        raise beside.datasette.Unavailable("Could not install Datasette: no network")

    monkeypatch.setattr(beside.datasette, "install", unavailable)
    (line,) = beside.measure(plan)
    assert "not measured" in line.what and "no network" in line.yardstick
