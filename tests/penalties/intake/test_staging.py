"""A row meets the gates that a clerk meets; what they refuse is told with field, reason and what to do."""

import pytest

from records.catalogue import accepted
from records.intake import reading
from records.intake.reading import Staged
from records.intake.rows import CitationRow, EventRow, Problem, SanctionRow, ViolationRow
from records.intake.sources import LawFacts
from records.penalties.intake import staging
from records.penalties.intake.context import context
from records.penalties.models import Penalty
from tests import make
from tests.deciding import CATALOGUE, LAW, decision, fine
from tests.importing import Told

PERSONAL = "110000189001010006"
SECURITY = LawFacts("public-security", "Public Security Act", "law", "CN", "", True)
MEMORANDUM = LawFacts("memo", "A Memorandum", "memorandum", "CN")


def told(decisions, *rows, **facts) -> list:
    """What staging makes of rows of EX1."""
    format = Told(
        rows, like="penalties-csv", laws=(LAW, SECURITY, MEMORANDUM), catalogue=CATALOGUE
    )  # fmt: skip
    return list(staging.stage_all(iter(rows), "file", 0, context(format, "", False)._replace(**facts)))


def refused(decisions, **more) -> Problem:
    """The problem of a row that differs from a good one in this."""
    found = told(decisions, decision("1", **more))
    assert not any(item.data for item in found if isinstance(item, Staged))
    (problem,) = [item for item in found if isinstance(item, Problem)]
    return problem


def test_a_good_row_becomes_a_key_and_a_line(decisions):
    (staged,) = told(decisions, decision("1"))
    line = dict(zip([name for name, _kind in staging.COLUMNS], staged.data[:-1].split("\t"), strict=True))
    assert (line["no"], line["law"], line["sanction_kinds"]) == ("0", "food-act", "{fine}")
    assert (line["seriousness"], line["anchor_on"], line["publish_at"]) == ("ordinary", "2026-03-02", "\\N")
    assert line["events"] == '[["imposed","2026-03-02","1500","EUR","",""]]'


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"respondent_kind": "natural_person"}, "respondent_kind", "natural person is not shown"),
        ({"under_18": True}, "under_18", "under 18"),
        ({"decided_on": "2999-01-01"}, "decided_on", "lies in the future"),
        ({"facts": ""}, "incomplete", "Still missing: the facts"),
        ({"respondent": " "}, "incomplete", "Still missing: the respondent"),
        ({"legal_basis": ""}, "legal_basis", "Name the law"),
        ({"applied": (), "violated": ()}, "legal_basis", "Name the law"),
        ({"applied": (CitationRow("memo"),), "violated": ()}, "law", "A memorandum is not a law"),
        ({"applied": (CitationRow("public-security"),)}, "legal_basis", "seals decisions"),
        ({"violated": (CitationRow("Public Security Act", "5"),)}, "legal_basis", "seals decisions"),
        ({"sanctions": (SanctionRow("detention"),)}, "legal_basis", "seals decisions"),
        ({"violations": ()}, "violation", "Choose the type of violation"),
        ({"domain": "housing"}, "domain", "does not act in this domain"),
        ({"events": (EventRow("annulled"),)}, "event", "was annulled"),
        ({"facts": f"He showed {PERSONAL}."}, "personal_data", "looks personal"),
        ({"events": (EventRow("settled", note="Call 020 7946 0018"),)}, "personal_data", "looks personal"),
        ({"violations": (ViolationRow("", f"Use of {PERSONAL}"),)}, "personal_data", "looks personal"),
        ({"decision_number": PERSONAL}, "personal_data", "looks personal"),
        ({"respondent_kind": "sole_trader"}, "premises", "trading name and premises"),
    ],
)
def test_each_gate_refuses_a_row(decisions, more, field, words):
    problem = refused(decisions, **more)
    assert (problem.file, problem.where, problem.field) == ("file", "line 1", field)
    assert words in problem.message and PERSONAL not in "".join(problem)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"authority": "EX9"}, "authority"), ({"authority": ""}, "authority"),
        ({"decided_on": "02.03.2026"}, "decided_on"), ({"sanctions": (SanctionRow("slap"),)}, "sanction"),
        ({"sanctions": (fine("12.3456"),)}, "amount"), ({"sanctions": (fine("1e30"),)}, "amount"),
        ({"sanctions": (fine("-5"),)}, "amount"), ({"sanctions": (fine("NaN"),)}, "amount"),
        ({"sanctions": (SanctionRow("fine", "5"),)}, "currency"),
        ({"sanctions": (fine(), SanctionRow("daily_fine", "5", "GBP"))}, "currency"),
        ({"events": (EventRow("paid", "", "5", "GBP"),)}, "currency"),
        ({"sanctions": (SanctionRow("improvement_order", duration="soon"),)}, "duration"),
        ({"events": (EventRow("forgotten"),)}, "event"), ({"respondent_kind": "ghost"}, "respondent_kind"),
        ({"procedure": "trial"}, "procedure"), ({"seriousness": "fatal"}, "seriousness"),
        ({"applied": (CitationRow("Unknown Act"),)}, "law"),
        ({"identifiers": (("gb-coh", PERSONAL),)}, "identifier"),
        ({"identifiers": (("moon", "1"),)}, "identifier_scheme"),
        ({"respondent": "x" * 301}, "respondent"), ({"document_url": "https://" + "x" * 600}, "document_url"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(decisions, more, field):
    problem = refused(decisions, **more)
    assert problem.field == field and problem.message and PERSONAL not in "".join(problem)


def test_several_reasons_are_told_together(decisions):
    problem = refused(decisions, under_18=True, respondent_kind="natural_person", facts="")
    for words in ("Still missing: the facts", "under 18", "natural person"):
        assert words in problem.message


def test_rows_of_another_authority_are_refused_where_only_one_is_taken(decisions):
    (problem,) = told(decisions, decision("1"), only="EX2")
    assert problem.field == "authority" and "Only records of EX2" in problem.message


def test_a_problem_of_the_format_goes_through(decisions):
    problem = Problem("file", "line 3", "", "", "A quotation mark is open.")
    assert told(decisions, problem, decision("1"))[0] == problem


def test_the_fingerprint_tells_a_payment_from_a_correction_and_neither_from_where_it_stood(decisions):
    def marks(row):
        return told(decisions, row)[0].key.split("\t")[3]

    row, fingerprint = decision("1"), marks(decision("1"))
    assert marks(row._replace(where="line 9", extracted_on="2026-06-01")) == fingerprint
    paid = marks(row._replace(events=(EventRow("paid"),)))
    assert paid[:16] == fingerprint[:16] and paid[16:] != fingerprint[16:]
    other = marks(row._replace(facts="Otherwise."))
    assert other[:16] != fingerprint[:16] and other[16:] == fingerprint[16:]


def test_weeks_become_days_and_broken_text_is_repaired(decisions):
    (staged,) = told(
        decisions,
        decision(
            "1", sanctions=(SanctionRow("improvement_order", duration="P1M2W"),),
            respondent="Jackieâ€™s\u200b  Bakery", facts="One\r\ntwo \x00three &amp; four",
        ),
    )  # fmt: skip
    assert '"P1M14D"' in staged.data and "Jackie’s Bakery" in staged.data
    assert "One\\ntwo three & four" in staged.data


def test_a_long_file_is_judged_by_workers_as_by_one(decisions, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "WORTH_DIVIDING", 10)
    monkeypatch.setattr(reading, "PIECE", 7)
    make.violation(code="F12", provision=make.provision(make.law(title="Example Food Act"), "s. 12"))
    path = tmp_path / "march.csv"
    path.write_text(
        "decision_number,respondent,respondent_kind,decided_on,legal_basis,facts,document_url,"
        "sanction,violation_code,under_18\n"
        + "".join(
            f"EX {number},Example Bakery {number} Ltd,organisation,2026-03-02,Example Food Act s. 12,"
            f"Insects.,https://ex1.example.org/{number},warning,F12,{'no' if number % 5 else 'yes'}\n"
            for number in range(30)
        )
    )
    entry = accepted("penalties-csv")
    told = entry.room.context(entry.format, "EX1", True)

    def read(workers):
        blocks = list(reading.read(entry.format, path, staging.stage_all, told, workers, divisible=True))
        return (
            b"".join(block.keys for block in blocks), b"".join(block.data for block in blocks),
            [problem for block in blocks for problem in block.problems],
        )  # fmt: skip

    alone, together = read(1), read(2)
    assert alone == together
    numbers = [int(line.split(b"\t")[0]) for line in alone[0].splitlines()]
    assert numbers == list(range(30)) and len(alone[2]) == 6
    assert all("under 18" in problem.message for problem in alone[2])


def test_a_persons_number_is_neither_stored_nor_told(decisions):
    from django.apps import apps
    from django.db import connection

    rows = [
        decision("1", facts=f"{PERSONAL}"), decision("2", respondent=PERSONAL),
        decision("3", decision_number=PERSONAL), decision("4", premises=PERSONAL),
        decision("5", identifiers=(("cn-uscc", PERSONAL),)), decision("6", document_title=PERSONAL),
        decision("7", sanctions=(fine(text=PERSONAL, licence=PERSONAL),)), decision("8"),
        decision("9", establishment_id=PERSONAL), decision("10", source_id=PERSONAL),
    ]  # fmt: skip
    preview = decisions.take(*rows)
    assert PERSONAL not in str(preview)
    assert Penalty.objects.public().filter(decision_number="EX 2026/8").exists()
    with connection.cursor() as cursor:
        for model in apps.get_app_config("records").get_models():
            if model._meta.managed:
                table = model._meta.db_table
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{PERSONAL}%"])
                assert cursor.fetchone() == (0,), table


def test_the_catalogue_of_the_register_decides_what_was_in_force(decisions):
    make.violation(catalogue="example", code="F12", in_force_until="2026-03-01")
    assert "Not in force on the day of the decision" in refused(decisions).message
