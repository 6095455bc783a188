"""The mappings on the real files: every line is accounted for, and each refusal has its reason."""

from collections import Counter

import pytest

from records.intake.decisions import faults
from records.intake.formats import get
from tests.intake.reading import read

FILES = {
    "us-ma-ago": "us_ma_ago_fairlabor_citations_2015-2022.csv.gz",
    "us-ofac": "us_ofac_penalties_2003-2018.csv.gz",
    "us-fda-letters": "us_fda_warning_letters.csv.gz",
    "cn-samr-decisions": "cn_samr_decisions_14.jsonl",
}


@pytest.fixture(scope="module")
def real(shared_folder):
    return {key: read(get(key), shared_folder / "data" / name) for key, name in FILES.items()}


def reasons(found) -> Counter:
    """How often each column was refused."""
    return Counter(problem.field for problem in found.problems)


def test_massachusetts_has_3792_lines(real):
    """21 have no number, and one made of employer and day would not be the authority's.

    Of nine numbers that stand twice, three are one citation of two violations (six lines, three decisions);
    one line repeats another word for word; of ten lines in five pairs nobody can know which is right: other
    employers (two), another day and name (one), and the same violation once paid and once not (two). Two
    lines are marked as deleted, and one has neither law nor amount.
    """
    found = real["us-ma-ago"]
    assert len(found.decisions) == 3754
    several = [row for row in found.decisions if len(row.sanctions) > 1]
    assert len(several) == 3
    assert reasons(found) == {"Citation #": 21 + 1, "Employer": 3 + 2, "events": 2, "sanctions": 1}
    assert 3754 + 3 + 21 + 1 + 10 + 2 + 1 == 3792


def test_massachusetts_amounts_have_cents_and_lives(real):
    rows = real["us-ma-ago"].decisions
    assert all(len(one.amount.split(".")[1]) == 2 for row in rows for one in row.sanctions)
    kinds = Counter(event.kind for row in rows for event in row.events)
    assert kinds == {"paid": 1827, "lien": 859, "contested": 461, "settled": 405, "annulled": 5}


def test_massachusetts_citations_are_found_in_all_but_five_misprints(real):
    printed = Counter(row.legal_basis for row in real["us-ma-ago"].decisions if not row.violated)
    assert printed == {"15.15, 19(3)": 4, "149.1.48": 1}


def test_ofac_has_944_lines(real):
    """Five say themselves that there is no penalty: four weeks without any, and one that was replaced."""
    found = real["us-ofac"]
    assert len(found.decisions) == 944 - 5
    assert reasons(found) == {"aggregate_count": 5}
    assert sum(row.respondent_kind == "natural_person" for row in found.decisions) == 224
    assert Counter(row.sanctions[0].kind for row in found.decisions) == {"fine": 934, "other_statutory": 5}


def test_fda_has_3325_letters(real):
    """65 addresses hold no number of the case, and eight letters stand twice under one number and day."""
    found = real["us-fda-letters"]
    assert len(found.decisions) == 3325 - 65 - 8
    assert reasons(found) == {"url": 65, "decision_number": 8}


def test_china_has_14_decisions(real):
    """Five name no sanction at all. Of the others one amount is a fine, and several are never added up."""
    found = real["cn-samr-decisions"]
    assert len(found.decisions) == 14 - 5
    assert reasons(found) == {"sanctions": 5}
    single = [row for row in found.decisions if row.sanctions[0].amount]
    assert [row.sanctions[0].amount for row in single] == ["28000", "2049"]
    keys = {law.key for law in get("cn-samr-decisions").laws}
    assert {one.law for row in found.decisions for one in row.applied} <= keys


@pytest.mark.parametrize("key", FILES)
def test_no_real_decision_has_a_fault_and_no_number_stands_twice(real, key):
    rows = real[key].decisions
    assert not any(fault for row in rows for fault in faults(row))
    assert len({(row.authority, row.decision_number) for row in rows}) == len(rows)
