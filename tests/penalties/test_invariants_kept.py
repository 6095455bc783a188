"""The invariants of decisions in the database (I3, I11, I30 to I44), attacked with plain SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from records.intake.models import Batch
from records.penalties.happenings import PenaltyEvent, Withdrawal
from records.penalties.models import Penalty
from records.penalties.parts import PenaltySanction
from records.penalties.versions import PenaltyVersion
from records.publication.documents import Document
from records.publication.models import Dataset
from records.publication.rulebook import RulePeriod, RuleVersion
from tests import make
from tests.penalties.attacked import CHANGE
from tests.publication.attack import BOTH, OFFICE, execute, refuse

pytestmark = pytest.mark.django_db

# -- I30: versions


@BOTH
@pytest.mark.parametrize(
    "change",
    ["facts = 'Nothing.'", "respondent = 'Another Ltd'", "decided_on = decided_on - 1", "law_id = NULL",
     "document_id = NULL", "sanction_kinds = '{warning}'", "seriousness = 'minor'", "remedy = ''",
     "authority_id = (SELECT max(id) FROM records_authority)", "reference = '2222222'",
     "recorded_at = now() + interval '1 hour'", "version_at = now() + interval '1 hour'",
     "entered_by_id = checked_by_id", "batch_id = 1"],
)  # fmt: skip
def test_i30_what_a_shown_decision_says_is_changed_by_a_correction_alone(published, change, role):
    make.authority()
    with pytest.raises(DatabaseError):
        execute(CHANGE.format(change), published.pk, role=role)


@BOTH
@pytest.mark.parametrize("version", [0, 2, 3, 9])
def test_i30_a_version_is_not_made_up(published, version, role):
    with pytest.raises(DatabaseError):
        execute(CHANGE.format(f"version = {version}, facts = 'x'"), published.pk, role=role)


@BOTH
def test_i30_versions_that_were_replaced_are_only_added_to(published, role):
    clerk, checker = make.team(published.authority, "clerk", "checker")
    correction = published.correct(clerk)
    correction.submit(clerk, "A spelling mistake.")
    correction.apply(checker)
    assert PenaltyVersion.objects.filter(penalty=published).count() == 1
    refuse("UPDATE records_penaltyversion SET facts = 'x'", role=role)
    refuse("DELETE FROM records_penaltyversion", role=role)
    refuse("UPDATE records_correction SET facts = 'x'", role=role, match="only while it is a draft")
    refuse("DELETE FROM records_correction", role=role)
    refuse("INSERT INTO records_penaltyversion DEFAULT VALUES", role=OFFICE, match="denied")


@BOTH
def test_i30_the_parts_of_a_shown_decision_are_not_touched(published, role):
    table = "records_penaltysanction"
    refuse(f"UPDATE {table} SET amount = 1 WHERE penalty_id = %s", published.pk, role=role)
    refuse(f"DELETE FROM {table} WHERE penalty_id = %s", published.pk, role=role)
    add = (
        f"INSERT INTO {table} (penalty_id, version, position, kind, currency, amount_text, "
        "duration, licence, text) "
        "VALUES (%s, %s, 1, 'warning', '', '', '', '', '')"
    )
    refuse(add, published.pk, 1, role=role)
    refuse(add, published.pk, 3, role=role)
    other = make.penalty()
    own = PenaltySanction.objects.filter(penalty=other).first()
    refuse(f"UPDATE {table} SET penalty_id = %s WHERE id = %s", published.pk, own.pk, role=role)


# -- the ledger


@BOTH
def test_events_that_count_are_neither_changed_nor_deleted(published, role):
    event = PenaltyEvent.objects.get(penalty=published)
    refuse("UPDATE records_penaltyevent SET amount = 1 WHERE id = %s", event.pk, role=role)
    refuse("UPDATE records_penaltyevent SET confirmed_at = NULL, confirmed_by_id = NULL", role=role)
    refuse("DELETE FROM records_penaltyevent WHERE id = %s", event.pk, role=role)


@BOTH
def test_an_event_is_confirmed_by_another_person(published, role):
    clerk = make.user("clerk", published.authority)
    make.membership(clerk, "checker", published.authority)
    event = PenaltyEvent.objects.create(penalty=published, kind="contested", entered_by=clerk)
    refuse(
        "UPDATE records_penaltyevent SET confirmed_by_id = %s, confirmed_at = now() WHERE id = %s",
        clerk.pk, event.pk, role=role, match="confirmed_by_another_person",
    )  # fmt: skip


@BOTH
@pytest.mark.parametrize("change", ["imposed = 1", "owed = 0", "fine_state = 'paid'", "appeal = 'open'"])
def test_what_is_imposed_and_owed_follows_from_the_events_and_is_written_by_nobody(published, change, role):
    refuse(CHANGE.format(change), published.pk, role=role, match="follows from its events")


# -- I38, I42, documents, rule sets


@BOTH
def test_i38_a_withdrawal_has_reason_and_document_and_its_day_is_counted_by_the_database(published, role):
    refuse(CHANGE.format("state = 'withdrawn'"), published.pk, role=role, match="what the step needs")
    document, checker = make.document(), make.user("checker", published.authority)
    add = (
        "INSERT INTO records_withdrawal (penalty_id, reason_kind, reason, document_id, caused_on, due_on, "
        "name_on_notice, by_id) VALUES (%s, %s, %s, %s, '2026-11-20', '2030-01-01', false, %s)"
    )
    for kind, reason, on in (
        ("bored", "x", document.pk),
        ("annulled", "", document.pk),
        ("annulled", "x", None),
    ):
        refuse(add, published.pk, kind, reason, on, checker.pk, role=role)
    execute(add, published.pk, "annulled", "Set aside.", document.pk, checker.pk, role=role)
    held = Withdrawal.objects.get(penalty=published)
    assert held.due_on.isoformat() == "2026-11-25"  # a Friday and three working days
    refuse("UPDATE records_withdrawal SET reason = 'y'", role=role)


def test_i42_a_dataset_says_what_it_is_for():
    held = Dataset.objects.get(key="penalties")
    for column in ("purpose", "legal_basis", "licence", "source_licence", "retention"):
        refuse(f"UPDATE records_dataset SET {column} = '' WHERE id = %s", held.pk)
    refuse("UPDATE records_dataset SET purpose = 'x'", role=OFFICE, match="denied")


@BOTH
def test_documents_are_kept_as_they_are(published, role):
    refuse("UPDATE records_document SET title = 'x'", role=role)
    refuse("DELETE FROM records_document", role=role)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.create(title="Neither a file nor an address")


def test_i11_versions_of_a_rule_set_and_texts_of_a_provision_do_not_overlap(published):
    held = RuleVersion.objects.get(rule_set__key="neutral")
    refuse(
        "INSERT INTO records_ruleversion (rule_set_id, effective_from, zone, never, unless_necessary, needs, "
        "sha256) "
        "VALUES (%s, '2030-01-01', '', '{}', '{}', '{}', '')",
        held.rule_set_id, match="ruleversion_one_a_day",
    )  # fmt: skip
    provision = make.provision()
    refuse(
        "INSERT INTO records_provisiontext (provision_id, text, in_force_from) "
        "VALUES (%s, 'x', '2020-01-01')",
        provision.pk, match="provisiontext_one_a_day",
    )  # fmt: skip


def test_i11_a_rule_under_which_something_is_shown_does_not_change(published):
    used = published.rule_version
    refuse(
        "UPDATE records_ruleversion SET needs = '{}' , sha256 = 'x' WHERE id = %s",
        used.pk,
        match="cannot change",
    )
    period = RulePeriod.objects.filter(version=used).first()
    refuse("UPDATE records_ruleperiod SET most_months = 900 WHERE id = %s", period.pk, match="cannot change")
    refuse("DELETE FROM records_ruleperiod WHERE version_id = %s", used.pk, match="cannot change")


@BOTH
def test_an_import_of_decisions_names_two_people(draft, role):
    batch = Batch.objects.create(format="penalties-csv", file_name="x", sha256="", size=0)
    columns = ", ".join(
        f.column for f in Penalty._meta.local_concrete_fields
        if not f.generated
        and f.column not in ("id", "reference", "batch_id", "decision_number", "entered_by_id")
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="two people stand for an import"):
        execute(
            f"INSERT INTO records_penalty ({columns}, batch_id, decision_number) "
            f"SELECT {columns}, %s, 'other' FROM records_penalty WHERE id = %s",
            batch.pk, draft.pk, role=role,
        )  # fmt: skip


def test_i44_every_instant_has_a_zone_and_every_day_is_one_of_the_authoritys():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_name LIKE 'records%%' AND data_type = 'timestamp without time zone'"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT viewname FROM pg_views WHERE schemaname = 'disclosed' "
            "AND definition ~* 'current_date|localtimestamp|now\\(\\)::date'"
        )
        assert cursor.fetchall() == []


def test_i3_no_column_adds_up_across_domains():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name, column_name FROM information_schema.columns "
            "WHERE table_schema IN ('public', 'disclosed') AND table_name LIKE 'records%%' "
            "AND column_name ~ '(total|score|index|points_sum|credit)' AND column_name NOT IN ('scores')"
        )
        assert cursor.fetchall() == []
