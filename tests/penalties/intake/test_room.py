"""What a file of decisions does to the register: what is new, what is not taken, what it brings along."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from records.businesses import identifiers
from records.businesses.models import Business, BusinessIdentifier
from records.intake.rows import CitationRow, EventRow, SanctionRow, ViolationRow
from records.laws.models import Law, Provision, ViolationType
from records.penalties.index import IndexCard
from records.penalties.models import Penalty
from records.publication.documents import Document
from records.search.models import Word
from tests import make
from tests.deciding import counts, day, decision, fine, paid
from tests.importing import place


def test_a_decision_is_shown_with_its_parts_and_its_fine_begins(decisions):
    preview = decisions.take(decision("1"))
    assert counts(preview) == (1, 0, 0, 0, 0)
    held = decisions.held("1")
    assert (held.state, held.version, held.seriousness) == ("published", 1, "ordinary")
    assert (held.imposed, held.owed, held.currency, held.fine_state) == (1500, 1500, "EUR", "imposed")
    assert decisions.events("1") == [("imposed", "2026-03-02", 1500)]
    assert [(s.kind, s.amount) for s in held.sanctions.current()] == [("fine", 1500)]
    assert [(c.role, str(c.provision)) for c in held.citations.current()] == [
        ("applied", "Example Food Act, s. 40"), ("violated", "Example Food Act, s. 12"),
    ]  # fmt: skip
    assert [v.violation.code for v in held.violations.current()] == ["F12"]
    assert (held.law.key, held.basis_rank, held.document.url[-6:]) == ("food-act", "law", "/1.pdf")
    assert held.rule_version.rule_set.key == "us.open-record" and held.anchor_on == day("2026-03-02")
    assert held.hide_at.date().year == 2056
    shown = Penalty.objects.public().get()
    assert shown.respondent == "Example Bakery 1 Ltd"
    assert IndexCard.objects.public().get().penalty_id == shown.pk


def test_two_people_stand_for_it(decisions):
    decisions.take(decision("1"))
    held = decisions.held("1")
    assert (held.batch.uploaded_by, held.batch.confirmed_by) == (decisions.clerk, decisions.checker)
    assert (held.entered_by, held.checked_by, held.published_by) == (None, None, None)
    assert held.secrecy_checked_by == decisions.clerk and held.secrecy_checked_on


def test_the_same_file_a_second_time_changes_nothing(decisions):
    rows = [decision(str(number)) for number in range(5)]
    decisions.take(*rows)
    assert counts(decisions.take(*rows)) == (0, 0, 5, 0, 0)
    assert Penalty.objects.count() == 5 and Document.objects.count() == 5


def test_a_file_only_adds(decisions):
    decisions.take(decision("1"), decision("2"))
    preview = decisions.take(decision("3"))
    assert counts(preview) == (1, 0, 0, 0, 0)
    assert Penalty.objects.public().count() == 3
    assert "what it does not name stays" in preview.notes()[0]


def test_brackets_widths_and_blanks_do_not_make_another_number(decisions):
    decisions.take(decision("1", decision_number="粤市监处罚〔2026〕8号"))
    preview = decisions.take(decision("1", decision_number="粤市监处罚［2026］ ８号"))
    assert (preview.new, preview.changed) == (0, 1)


def test_a_number_that_stands_twice_is_told_and_the_first_is_taken(decisions):
    preview = decisions.take(decision("1"), decision("1", where="line 9", facts="Something else."))
    assert counts(preview) == (1, 0, 0, 0, 1)
    (problem,) = preview.problems
    assert (problem.where, problem.field, problem.value) == ("line 9", "decision_number", "EX 2026/1")
    assert "part 0, line 1" in problem.message
    assert decisions.held("1").facts == "Flour with insects was used."


# -- what it brings along


def test_what_the_format_declares_is_added_and_told(decisions):
    preview = decisions.take(decision("1"), decision("2", violations=(ViolationRow("F13", "Dirt"),)))
    notes = " ".join(preview.notes())
    for words in ("1 law that the format declares", "2 provisions are added", "2 types of violation"):
        assert words in notes
    law = Law.objects.get(key="food-act")
    assert (law.title, law.rank, law.official_url) == (
        "Example Food Act",
        "law",
        "https://laws.example.org/food",
    )
    assert set(Provision.objects.values_list("key", "article")) == {("12", "s. 12"), ("40", "s. 40")}
    offence = ViolationType.objects.get(catalogue="example", code="F12")
    assert (offence.title, offence.domain, offence.provision.key) == (
        "Use of unfit food",
        "food-safety",
        "12",
    )
    again = decisions.take(decision("3"))
    assert len(again.notes()) == 1 and Provision.objects.count() == 2


def test_a_dry_run_adds_nothing(decisions):
    preview = decisions.take(decision("1"), dry_run=True)
    assert preview.new == 1
    for model in (Penalty, Law, Provision, ViolationType, Document):
        assert not model.objects.exists()


def test_a_law_is_found_by_its_title_and_one_that_nobody_knows_refuses_the_row(decisions):
    cited = (CitationRow("EXAMPLE  food act", "s. 40"),)
    assert counts(decisions.take(decision("1", applied=cited, violated=()))) == (1, 0, 0, 0, 0)
    preview = decisions.take(decision("2", applied=(*cited, CitationRow("Another Act"))))
    (problem,) = preview.problems
    assert (problem.field, problem.value) == ("law", "Another Act") and "Add it under Laws" in problem.message


def test_without_a_catalogue_of_its_own_a_format_finds_types_of_the_register(decisions):
    from records.intake.sources import NO_CATALOGUE

    make.violation(code="F12", catalogue="county")
    preview = decisions.take(
        decision("1"), decision("2", violations=(ViolationRow("", "Sorcery"),)), catalogue=NO_CATALOGUE
    )
    assert counts(preview) == (1, 0, 0, 0, 1)
    assert preview.problems[0].field == "violation" and "No catalogue" in preview.problems[0].message


def test_decisions_share_the_document_that_they_share(decisions):
    shared = "https://decisions.example.org/many.pdf"
    decisions.take(decision("1", document_url=shared), decision("2", document_url=shared), decision("3"))
    assert Document.objects.count() == 2
    assert decisions.held("1").document == decisions.held("2").document


def test_where_there_is_no_document_the_published_list_stands_for_it(decisions):
    preview = decisions.take(decision("1", document_url=""))
    document = decisions.held("1").document
    assert document.url == "https://ex1.example.org/" and "decisions-1" in document.title
    assert "address of the list stands for it" in " ".join(preview.notes())


def test_a_business_is_known_by_any_of_its_numbers_and_never_by_its_name(decisions):
    company = make.business("Held Ltd", {"gb-coh": "01234567"})
    decisions.take(
        decision("1", identifiers=(("gb-coh", "1234567"),)),
        decision("2", identifiers=(("lei", "529900T8BM49AURSDO55"), ("gb-coh", "87654321"))),
        decision("3", identifiers=(("gb-coh", "87654321"),)),
        decision("4", respondent="Held Ltd"),
    )
    assert decisions.held("1").business == company
    other = decisions.held("2").business
    assert other == decisions.held("3").business != company and other.identifiers.count() == 2
    assert decisions.held("4").business is None and Business.objects.count() == 2
    assert BusinessIdentifier.objects.count() == 3


def test_an_establishment_and_an_inspection_are_linked_by_their_numbers(decisions, register_of_places):
    decisions.take(
        decision("1", establishment_id="P1"), decision("2", inspection_id="V7"),
        decision("3", establishment_id="nowhere"),
    )  # fmt: skip
    kitchen, visit = register_of_places
    assert (decisions.held("1").establishment, decisions.held("1").inspection) == (kitchen, None)
    assert (decisions.held("2").establishment, decisions.held("2").inspection) == (kitchen, visit)
    assert decisions.held("3").establishment is None


@pytest.fixture
def register_of_places(decisions):
    """An establishment P1 of EX1 with a published visit V7."""
    from records.catalogue import accepted
    from records.intake.pipeline import run
    from tests.importing import DAY, Told, fhrs, settle

    visit = fhrs(DAY, 5)._replace(source_id="V7")
    entry, path = accepted("ratings-csv"), decisions.folder / "places"
    path.touch()
    run(entry.room, Told([place("P1", visits=(visit,))]), path)
    settle()
    kitchen = decisions.authority.establishments.get()
    return kitchen, kitchen.inspections.get()


# -- persons, times


def trader_code() -> str:
    """A number as Chinese sole traders have them; nobody's, but of a region that exists."""
    for mark in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        try:
            return identifiers.get("cn-uscc").check(f"92110108MA2DEM009{mark}", strict=False).value
        except identifiers.IdentifierError:
            continue
    raise AssertionError


def test_a_holder_of_a_traders_number_is_a_sole_trader_whose_name_is_not_shown(decisions):
    trader = {"identifiers": (("cn-uscc", trader_code()),), "respondent": "Li Example"}
    preview = decisions.take(
        decision("1", premises="The Red Lantern, 1 Sample Street", **trader), decision("2", **trader)
    )
    assert counts(preview) == (1, 0, 0, 0, 1) and preview.problems[0].field == "premises"
    assert decisions.held("1").respondent_kind == "sole_trader"
    assert decisions.held("1").business.kind == "sole_trader"
    assert Penalty.objects.public().get().respondent == ""
    assert "sole trader's premises are missing" in " ".join(preview.notes())


def test_what_is_over_is_not_taken_and_counted(decisions):
    decisions.authority.rule_sets = ["neutral"]
    decisions.authority.save()
    told = {"notice_served_on": "2026-03-05"}
    preview = decisions.take(decision("1", decided_on="2001-02-03", **told), decision("2", **told))
    assert counts(preview) == (1, 0, 0, 0, 0)
    assert "1 decision whose period is over was not taken." in preview.notes()
    assert not Penalty.objects.filter(decision_number="EX 2026/1").exists()


def test_what_has_to_wait_is_approved_and_shown_later(decisions):
    decisions.authority.rule_sets = ["uk.appeal-embargo"]
    decisions.authority.save()
    today = timezone.localdate()
    served = {"decided_on": today.isoformat(), "served_on": today.isoformat()}
    preview = decisions.take(decision("1", notice_served_on=today.isoformat(), **served))
    assert counts(preview) == (1, 0, 0, 0, 0)
    assert "approved and shown later" in " ".join(preview.notes())
    held = decisions.held("1")
    assert held.state == "approved" and held.publish_at > timezone.now() + timedelta(days=10)
    assert held.published_at is None and not Penalty.objects.public().exists()


# -- words


def test_the_words_of_names_and_laws_can_be_suggested_beside_those_of_establishments(
    decisions, register_of_places
):
    def words():
        return set(Word.objects.values_list("word", flat=True))

    decisions.take(decision("1", respondent="Marzipanwerke Ltd"))
    assert {"marzipanwerke", "sample"} <= words()
    call_command("run_clock", stdout=StringIO())
    assert {"marzipanwerke", "food", "sample"} <= words()


def test_amounts_are_exact_and_their_text_is_kept(decisions):
    wan = SanctionRow("fine", "493702.42", "CNY", "49.370242万元")
    more = fine("0.005")._replace(kind="daily_fine", currency="CNY")
    decisions.take(decision("1", sanctions=(wan, more)))
    assert str(decisions.held("1").imposed) == "493702.425"
    assert decisions.held("1").sanctions.first().amount_text == "49.370242万元"


def test_the_events_of_the_file_are_the_ledger(decisions):
    events = (
        EventRow("imposed", "2026-03-02", "1500", "EUR"), EventRow("contested", "2026-03-20"),
        EventRow("varied", "2026-05-01", "900", "EUR", document_url="https://court.example.org/1"), paid(),
    )  # fmt: skip
    decisions.take(decision("1", events=events))
    held = decisions.held("1")
    assert (held.imposed, held.owed, held.fine_state, held.appeal) == (1500, 0, "paid", "decided")
    assert held.events.get(kind="varied").document.url == "https://court.example.org/1"
    assert all(event.confirmed_at and event.batch_id for event in held.events.all())
