"""The invariants of decisions in the database (I21 to I28), attacked with plain SQL."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from records.penalties.models import Penalty
from records.publication.rulebook import RuleVersion
from tests import make
from tests.penalties.attacked import CHANGE, approval
from tests.publication.attack import BOTH, execute, refuse

pytestmark = pytest.mark.django_db

# -- I21 to I25: rule, since, until


@BOTH
@pytest.mark.parametrize(
    "change", [{"rule_version": None}, {"anchor_on": None}, {"hide_at": None}, {"seriousness": ""}]
)
def test_i21_what_is_shown_has_its_rule_and_its_times(reviewed, change, role):
    statement, values = approval(reviewed, **change)
    with pytest.raises(DatabaseError):
        execute(statement, *values, role=role)


@BOTH
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati"])
def test_i22_nothing_is_shown_for_longer_than_any_rule_set_of_the_authority_allows(zone, role):
    authority = make.authority(
        time_zone=zone, country="CN", rule_sets=["cn.shanghai", "cn.ndrc36"], domains=["food-safety"]
    )
    penalty = make.penalty(authority=authority, conduct_ended_on=timezone.localdate() - timedelta(days=31))
    penalty.submit(penalty.entered_by)
    until = penalty.verdict().hide_at
    statement, values = approval(penalty, hide_at=until + timedelta(seconds=1))
    with pytest.raises(DatabaseError, match=r"longer than the rule set cn\.ndrc36"):
        execute(statement, *values, role=role)
    statement, values = approval(penalty, hide_at=until)
    assert execute(statement, *values, role=role) == 1


@BOTH
def test_i22_the_rule_is_one_of_the_authority_and_in_force(reviewed, role):
    foreign = RuleVersion.objects.get(rule_set__key="us.nyc")
    statement, values = approval(reviewed, rule_version=foreign)
    with pytest.raises(DatabaseError, match="not one of its authority"):
        execute(statement, *values, role=role)


@BOTH
def test_i23_what_was_fixed_stays_fixed(published, role):
    for change in (
        "publish_at = publish_at - interval '1 day'", "published_at = published_at - interval '1 day'",
        "anchor_on = anchor_on + 1",
        "rule_version_id = rule_version_id + 1", "approved_at = now() - interval '1 day'",
        "hide_at = NULL", "hide_at = hide_at + interval '1 second'",
    ):  # fmt: skip
        with pytest.raises(DatabaseError):
            execute(CHANGE.format(change), published.pk, role=role)


def test_i24_time_is_part_of_what_the_public_may_read(published):
    seen = Penalty.objects.public().filter(pk=published.pk)
    assert seen.exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
        past = "publish_at = now() - interval '2 days', hide_at = now()"
        cursor.execute(CHANGE.format(past), [published.pk])
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
    assert not seen.exists()
    assert Penalty.objects.get(pk=published.pk).state == "published"


@BOTH
def test_i25_a_minor_decision_needs_a_reason_to_be_shown_and_ends_after_three_months(role):
    authority = make.authority(country="CN", rule_sets=["cn.ndrc36"], time_zone="Asia/Shanghai")
    minor = make.violation(seriousness="minor")
    penalty = make.penalty(authority=authority, violations=(minor,), necessity_note="Three fell ill.")
    penalty.submit(penalty.entered_by)
    statement, values = approval(penalty, hide_at=penalty.verdict().hide_at + timedelta(days=1))
    with pytest.raises(DatabaseError, match="longer than the rule set"):
        execute(statement, *values, role=role)
    silent = make.penalty(authority=authority, violations=(minor,), necessity_note="x")
    silent.submit(silent.entered_by)
    statement, values = approval(silent)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
        cursor.execute("UPDATE records_penalty SET necessity_note = '' WHERE id = %s", [silent.pk])
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
    with pytest.raises(DatabaseError, match="nobody says why"):
        execute(statement, *values, role=role)


# -- I26, I27: never


@BOTH
@pytest.mark.parametrize("seal", ["under_18 = true", "sanction_kinds = '{detention}'"])
def test_i26_some_decisions_are_shown_under_no_rule(role, seal):
    penalty = make.penalty()
    penalty.submit(penalty.entered_by)
    statement, values = approval(penalty)
    statement = statement.replace("SET ", f"SET {seal}, ")
    with pytest.raises(DatabaseError):
        execute(statement, *values, role=role)


@BOTH
def test_i26_a_law_on_public_security_seals_what_rests_on_it(role):
    penalty = make.penalty()
    penalty.submit(penalty.entered_by)
    statement, values = approval(penalty)
    execute("UPDATE records_law SET title = title WHERE id = %s", penalty.law_id, role=role)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("records_law", "records_penalty"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE records_penalty SET public_security = true WHERE id = %s", [penalty.pk])
        for table in ("records_law", "records_penalty"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with pytest.raises(DatabaseError, match="penalty_never_public"):
        execute(statement, *values, role=role)


@BOTH
def test_i26_a_warning_alone_is_not_shown_where_the_rule_set_says_so(role):
    authority = make.authority(country="CN", rule_sets=["cn.samr107"])
    penalty = make.penalty(authority=authority, sanctions=(("warning", None),), seriousness="ordinary")
    execute(
        "UPDATE records_penalty SET state = 'in_review', sanction_kinds = '{warning}' WHERE id = %s",
        penalty.pk,
    )
    penalty.refresh_from_db()
    fine = make.penalty(authority=authority)
    verdict = fine.verdict()
    columns = fine.fixed(verdict) | {"publish_at": timezone.now() - timedelta(minutes=1)}
    checker = make.user("checker", authority)
    names = ", ".join(f"{'rule_version_id' if n == 'rule_version' else n} = %s" for n in columns)
    values = [getattr(value, "pk", value) for value in columns.values()]
    with pytest.raises(DatabaseError, match="a warning alone is not shown"):
        execute(
            f"UPDATE records_penalty SET {names}, state = 'approved', checked_by_id = %s WHERE id = %s",
            *values, checker.pk, penalty.pk, role=role,
        )  # fmt: skip


@BOTH
@pytest.mark.parametrize("kind", ["natural_person", "sole_trader"])
def test_i27_a_person_is_shown_only_under_a_written_rule(role, kind):
    penalty = make.penalty()
    penalty.submit(penalty.entered_by)
    statement, values = approval(penalty)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
        cursor.execute("UPDATE records_penalty SET respondent_kind = %s WHERE id = %s", [kind, penalty.pk])
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
    with pytest.raises(DatabaseError, match=r"person_needs_a_rule|sole_trader_shows_premises"):
        execute(statement, *values, role=role)


# -- I28: numbers


@BOTH
def test_i28_the_number_of_a_person_is_shown_in_no_text(role):
    penalty = make.penalty(facts="The cook (110105 19491231 002X) left.".replace(" 1949", "1949"))
    Penalty.objects.filter(pk=penalty.pk).update(facts="The cook, 11010519491231002X, left.")
    execute(
        "UPDATE records_penalty SET state = 'in_review', sanction_kinds = '{fine}' WHERE id = %s", penalty.pk
    )
    penalty.refresh_from_db()
    clean = make.penalty(authority=penalty.authority, entered_by=penalty.entered_by)
    columns = clean.fixed(clean.verdict()) | {"publish_at": timezone.now() - timedelta(minutes=1)}
    names = ", ".join(f"{'rule_version_id' if n == 'rule_version' else n} = %s" for n in columns)
    values = [getattr(value, "pk", value) for value in columns.values()]
    checker = make.user("checker", penalty.authority)
    with pytest.raises(DatabaseError, match="looks like the number of a person") as refused:
        execute(
            f"UPDATE records_penalty SET {names}, state = 'approved', checked_by_id = %s WHERE id = %s",
            *values, checker.pk, penalty.pk, role=role,
        )  # fmt: skip
    assert "11010519491231002X" not in str(refused.value)


@BOTH
def test_i28_a_number_of_a_business_has_the_form_of_its_system(role):
    business = make.business()
    add = "INSERT INTO records_businessidentifier (business_id, scheme, value) VALUES (%s, %s, %s)"
    for scheme, value in (("cn-uscc", "9199999"), ("gb-coh", "123"), ("us-ein", "911-14-4442"), ("lei", "x")):
        refuse(add, business.pk, scheme, value, role=role, match="businessidentifier_form")
    assert execute(add, business.pk, "gb-coh", "99999999", role=role) == 1
