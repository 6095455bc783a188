"""One file of decisions, one transaction: killed in its middle it has not happened."""

import signal

import pytest

from records.intake.models import Batch, ImportProblem
from records.laws.models import Law, Provision, ViolationType
from records.penalties.intake import merge
from records.penalties.models import Penalty
from records.penalties.parts import PARTS
from records.publication.documents import Document
from tests import another_process as process
from tests import make
from tests.deciding import counts, decision

EVERYTHING = (Penalty, *PARTS, Law, Provision, ViolationType, Document, Batch, ImportProblem)


def held() -> list[int]:
    """How many rows the tables of an import have."""
    return [model.objects.count() for model in EVERYTHING]


def test_an_error_in_the_middle_leaves_nothing(decisions, monkeypatch):
    before = held()
    monkeypatch.setattr(merge, "BALANCES", "SELECT 1 / 0")
    with pytest.raises(Exception, match="division by zero"):
        decisions.take(decision("1"))
    assert held() == before
    monkeypatch.undo()
    assert counts(decisions.take(decision("1"))) == (1, 0, 0, 0, 0)


def test_a_first_load_and_an_ordinary_one_bring_the_same(decisions, monkeypatch):
    from records.intake import bulk

    rows = [decision(str(number)) for number in range(30)]
    monkeypatch.setattr(bulk, "WORTH_IT", 20)
    used = []
    monkeypatch.setattr(bulk, "rebuilt", lambda *a, rebuilt=bulk.rebuilt: used.append(a) or rebuilt(*a))
    assert counts(decisions.take(*rows)) == (30, 0, 0, 0, 0) and used
    assert counts(decisions.take(*rows)) == (0, 0, 30, 0, 0) and len(used) == 1
    more = [decision(str(number)) for number in range(30, 45)]
    assert counts(decisions.take(*more)) == (15, 0, 0, 0, 0) and len(used) == 1
    assert Penalty.objects.public().count() == 45


@pytest.fixture
def brought(transactional_db, tmp_path) -> tuple:
    """The arguments by which two people bring forty decisions of EX1, all of it committed."""
    authority = make.authority(code="EX1", slug="example-one", rule_sets=["us.open-record"])
    clerk, checker = make.team(authority, "clerk", "checker")
    law = make.law(title="Example Food Act")
    make.violation(code="F12", provision=make.provision(law, "s. 12"))
    lines = [
        "decision_number,respondent,respondent_kind,decided_on,legal_basis,facts,document_url,"
        "sanction,amount,currency,violation_code,law,article"
    ]
    lines += [
        f"EX 2026/{number},Example Bakery {number} Ltd,organisation,2026-03-02,Example Food Act s. 12,"
        f"Flour with insects.,https://ex1.example.org/{number},fine,1500.00,EUR,F12,Example Food Act,s. 12"
        for number in range(40)
    ]
    path = tmp_path / "march.csv"
    path.write_text("\n".join(lines))
    people = ("--by", clerk.username, "--approved-by", checker.username)
    return ("import_file", "penalties-csv", path, "--authority", "EX1", *people)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_in_the_middle_has_not_happened_and_the_next_one_works(brought):
    before = held()
    with process.nobody_writes("records_penalty"):  # parts and events are written, decisions are not
        running = process.start(*brought)
        (backend,) = process.until(process.WAITS_FOR_TABLE, "records_penalty")
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert running.returncode == -signal.SIGKILL
    process.until("SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)", backend)
    assert held() == before
    status, out, messages = process.finish(process.start(*brought))
    assert (status, out[-1]) == (0, "40 new, 0 changed, 0 unchanged, 0 vanished, 0 refused"), messages
    assert Penalty.objects.public().count() == 40
    status, out, _messages = process.finish(process.start(*brought))
    assert (status, out[-1]) == (0, "0 new, 0 changed, 40 unchanged, 0 vanished, 0 refused")
