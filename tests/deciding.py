"""Imports made-up decisions through the real pipeline, several files in one test.

    def test_a_payment_is_added_to_the_fine(decisions):
        decisions.take(decision("1"))
        decisions.take(decision("1", events=(paid("2026-04-01"),)))
        assert decisions.held("1").owed == 0

`decisions` belongs to the authority EX1 under rules that show everything for thirty years; a file tells
`PenaltyRow`s as they are, and its format declares one law and one catalogue.
"""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from records.catalogue import accepted
from records.intake.models import Batch
from records.intake.pipeline import run
from records.intake.preview import Preview
from records.intake.rows import CitationRow, EventRow, PenaltyRow, SanctionRow, ViolationRow
from records.intake.sources import CatalogueFacts, LawFacts
from records.penalties.models import Penalty
from tests import make
from tests.importing import Told, counts

__all__ = ["counts"]

SCRATCH = (
    "keys, repeated, held, diff, stage, cited, found, documents, run_by, seen, entries, balances, missing"
)
LAW = LawFacts("food-act", "Example Food Act", "law", "GB", "https://laws.example.org/food")
CATALOGUE = CatalogueFacts("example", "ordinary")
DECIDED = "2026-03-02"


def decision(number: str, **more) -> PenaltyRow:
    """A fine of 1500 against a company of EX1, with all that the gates ask for."""
    facts = {
        "where": f"line {number}", "authority": "EX1", "authority_name": "", "source_id": "",
        "decision_number": f"EX 2026/{number}", "respondent": f"Example Bakery {number} Ltd",
        "respondent_kind": "organisation", "decided_on": DECIDED,
        "violations": (ViolationRow("F12", "Use of unfit food"),),
        "legal_basis": "Example Food Act, sections 12 and 40",
        "violated": (CitationRow("food-act", "s. 12"),),
        "applied": (CitationRow("food-act", "s. 40"),), "facts": "Flour with insects was used.",
        "sanctions": (fine(),), "domain": "food-safety", "procedure": "ordinary",
        "document_url": f"https://decisions.example.org/{number}.pdf", "language": "en",
    }  # fmt: skip
    return PenaltyRow(**facts | more)


def fine(amount: str = "1500", **more) -> SanctionRow:
    """A fine in euros."""
    return SanctionRow("fine", amount, "EUR" if amount else "", **more)


def paid(on: str = "", amount: str = "") -> EventRow:
    """The fine was paid."""
    return EventRow("paid", on, amount, "EUR" if amount else "")


class Decisions:
    """The register as the authority EX1 fills it with decisions."""

    def __init__(self, folder: Path):
        self.folder, self.files = folder, 0
        self.authority = make.authority(
            code="EX1", slug="example-one", rule_sets=["us.open-record"], website="https://ex1.example.org/"
        )
        self.clerk, self.checker = make.team(self.authority, "clerk", "checker")

    def take(self, *rows, people=None, declares=(LAW,), catalogue=CATALOGUE, **options) -> Preview:
        """Import rows that two people stand for; more changes than expected are agreed to."""
        self.files += 1
        path = self.folder / f"decisions-{self.files}"
        path.write_text(str(self.files))
        format = Told(rows, like="penalties-csv", laws=declares, catalogue=catalogue)
        return self.bring(format, path, people, **options)

    def bring(self, format, path: Path, people=None, **options) -> Preview:
        """Import a file of a format."""
        entry = accepted("penalties-csv")
        clerk, checker = people or (self.clerk, self.checker)
        batch = Batch(
            format=format.key, file_name=path.name, authority_code="", uploaded_by=clerk, confirmed_by=checker
        )
        try:
            self.batch, preview = run(entry.room, format, path, batch=batch, **{"confirmed": True} | options)
        finally:
            settle()
        return preview

    def held(self, number: str) -> Penalty:
        """The record of that decision."""
        return Penalty.objects.get(authority=self.authority, decision_number=f"EX 2026/{number}")

    def events(self, number: str) -> list[tuple]:
        """Kind, date and amount of its events, in the order in which they were recorded."""
        return [
            (event.kind, event.on and event.on.isoformat(), event.amount and int(event.amount))
            for event in self.held(number).events.order_by("id")
        ]


def settle() -> None:
    """Check what a commit would check, and drop what it would drop: tests stay in one transaction."""
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; DROP TABLE IF EXISTS {SCRATCH}")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def day(text: str) -> date:
    """The date of an ISO text."""
    return date.fromisoformat(text)


@pytest.fixture
def decisions(tmp_path, db) -> Decisions:
    """An authority whose files of decisions can be imported."""
    return Decisions(tmp_path)
