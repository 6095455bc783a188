"""How grades changed from one inspection to the next: what is a pair, what is said, and of how many."""

from collections import Counter
from datetime import date

import pytest

from records.ratings import changes, schemes, statistics, versions
from records.ratings.counted import Reading
from tests import make
from tests.backoffice import office

pytestmark = pytest.mark.django_db
FHRS = "uk-fhrs"


def of(pairs, scheme=FHRS):
    return changes.Changes(schemes.get(scheme), Counter(pairs))


def hold(monkeypatch, pairs):
    """As if the pairs of that scheme had been counted so, by authority."""
    counted = Reading({versions.number_of(FHRS): pairs}, None)
    monkeypatch.setattr(changes, "all_changes", lambda: counted)


def test_better_same_and_worse_follow_the_order_of_the_scheme_not_of_numbers():
    found = of({("5", "3"): 4, ("3", "5"): 7, ("4", "4"): 20})
    assert (found.number, found.better, found.same, found.worse) == (31, 7, 20, 4)
    letters = of({("A", "B"): 1, ("C", "A"): 2}, "us-nyc")
    assert (letters.better, letters.worse) == (2, 1)


def test_the_sentence_the_bars_and_the_table_say_the_same():
    chart = of({("5", "3"): 4, ("3", "5"): 7, ("4", "4"): 1_020}).chart
    assert chart.sentence == (
        "Of 1,031 graded inspections that followed another one, 1,020 gave the same grade, 7 a better one "
        "and 4 a worse one."
    )
    assert [(bar.label, bar.words) for bar in chart.bars] == list(chart.rows)


def test_of_fewer_than_thirty_pairs_no_figure_is_shown():
    assert of({("5", "5"): 29}).chart is None
    assert of({("5", "5"): 30}).chart is not None


def test_a_row_for_each_grade_that_another_followed_says_which():
    found = of({("5", "3"): 4, ("3", "5"): 7})
    assert [numbers for _word, numbers in found.table] == [[0, 0, 4, 0, 0, 0], [7, 0, 0, 0, 0, 0]]


def test_a_pair_is_two_graded_visits_to_one_place_one_after_the_other(almond, place, maker, checker):
    other = office.establishment(almond, name="The Tin Kettle")
    for where, year, score in ((place, 2023, 25), (place, 2024, 0), (place, 2025, 5), (other, 2025, 0)):
        scores = dict.fromkeys(("hygiene", "structural", "confidence"), score)
        if score == 25:
            scores["confidence"] = 30
        office.published(where, maker, checker, scores=scores, on=date(year, 3, 1))
    statistics.forget()
    held = changes.all_changes().value[versions.number_of(FHRS)]
    assert held[almond.pk] == Counter({("0", "5"): 1, ("5", "5"): 1})


def test_grades_that_the_scheme_no_longer_gives_are_neither_better_nor_worse(monkeypatch):
    pairs = Counter({("no longer given", "5"): 50, ("5", "4"): 40})
    hold(monkeypatch, {1: pairs})
    found = changes.of_scheme(schemes.get(FHRS))
    assert (found.number, found.better, found.worse) == (40, 0, 40)


def test_an_authority_with_few_pairs_is_left_out_and_the_others_stand_by_name(monkeypatch):
    few, zebra, almond = (make.authority(name=name) for name in ("Few", "Zebra", "Almond"))
    held = {few.pk: 29, zebra.pk: 30, almond.pk: 31}
    pairs = {pk: Counter({("5", "5"): number}) for pk, number in held.items()}
    statistics.forget()
    hold(monkeypatch, pairs)
    assert [one.authority.name for one in changes.by_authority(schemes.get(FHRS))] == ["Almond", "Zebra"]
    assert changes.of_scheme(schemes.get(FHRS)).number == 90
