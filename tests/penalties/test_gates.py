"""The publication gate: every row of the decision table, and each gate alone at its edge."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from records.penalties import publication
from records.penalties.case import Basis, Case, Violated
from records.penalties.gates import BY_CODE, GATES
from records.publication.calendars import Calendar
from tests.ratings.schemes.tables import rows

TODAY = date(2026, 11, 24)
LAW = Basis("Food Safety Law", "law")
FACTS = {"facts": "The premises were dirty.", "legal_basis": "Food Safety Law, article 122"}


def authority(*rule_sets: str, domains=("food-safety",), zone="Asia/Shanghai"):
    """What the gates ask of an authority."""
    return SimpleNamespace(
        rule_sets=list(rule_sets), domains=list(domains), time_zone=zone, calendar=Calendar(), name="Office"
    )


def case(*rule_sets: str, **facts) -> Case:
    """Row 1 of the table: a company, a fine of 5,000 yuan, ordinary in every way."""
    given = {
        "authority": authority(*(rule_sets or ("cn.ndrc36",))),
        "today": TODAY,
        "decision_number": "市监罚〔2026〕1号",
        "decided_on": date(2026, 11, 2),
        "respondent": "Example Foods Ltd",
        "domain": "food-safety",
        "laws": (LAW,),
        "violations": (Violated("F1", "ordinary", date(2020, 1, 1), None),),
        "sanctions": ("fine",),
        "served_on": date(2026, 11, 4),
        "notice_served_on": date(2026, 11, 4),
        "secrecy_checked": True,
        "has_document": True,
        "texts": FACTS,
        "maker": 1,
        "checker": 2,
    }
    return Case(**given | facts)


def judged(asked: Case) -> publication.Verdict:
    """The verdict at noon of TODAY, whenever the test runs."""
    return publication.judge(asked, datetime(2026, 11, 24, 12, tzinfo=UTC))


def minor(**facts) -> Case:
    return case(violations=(Violated("F1", "minor"),), **facts)


NECESSARY = "Three people fell ill."
IDENTITY = "11010519491231002X"
LAST_DAY = date(2026, 11, 1)
# row of the table: the case it describes, what follows, and the gate that says so
ROWS = {
    "1": (case(), "publish", ""),
    "2": (case("cn.samr107", sanctions=("warning",)), "refuse", "rule_set"),
    "3": (minor(procedure="summary"), "refuse", "rule_set"),
    "4": (minor(), "refuse", "rule_set"),
    "5": (minor(necessity_note=NECESSARY), "publish", ""),
    "6": (case(laws=(), texts={"facts": FACTS["facts"]}), "refuse", "no_basis"),
    "7": (case(laws=(Basis("Memorandum", "memorandum"),)), "refuse", "memorandum"),
    "8": (case(violations=(Violated("F1", "ordinary", None, LAST_DAY),)), "refuse", "not_in_catalogue"),
    "9": (case(checker=1), "refuse", "one_person"),
    "10": (case(notice_served_on=None), "refuse", "notice"),
    "11": (case(respondent_kind="natural_person"), "refuse", "person"),
    "12": (case(respondent_kind="sole_trader", premises="The Copper Kettle"), "publish", ""),
    "13": (case(respondent_kind="natural_person", under_18=True), "refuse", "under_18"),
    "14": (case(laws=(Basis("治安管理处罚法", "law", True),)), "refuse", "public_security"),
    "15": (case("cn.zhejiang", found_on=date(2026, 11, 2), served_on=TODAY - timedelta(10)), "hold", ""),
    "16": (case(decided_on=date(2025, 11, 2)), "archive", "over"),
    "17": (case(texts=FACTS | {"facts": f"The cook (身份证号 {IDENTITY}) left."}), "refuse", "personal_data"),
    "18": (case(annulled=True), "withdraw", "annulled"),
    "19": (case(domain="finance"), "refuse", "domain"),
    "20": (case(decided_on=TODAY + timedelta(1)), "refuse", "future"),
    "21": (case(duplicate=True), "refuse", "duplicate"),
    "22": (case(secrecy_checked=False), "refuse", "secrecy"),
}


@pytest.mark.parametrize("row", rows("gate.csv"))
def test_the_gate_answers_as_its_table_says(row):
    asked, outcome, code = ROWS[row["#"]]
    assert row["Expected"].startswith(outcome), row
    verdict = judged(asked)
    if outcome == "publish":
        assert verdict.refusals == ()
        assert not verdict.held and verdict.publish_at < verdict.hide_at
    elif outcome == "hold":
        assert verdict.refusals == () and verdict.held
        assert verdict.publish_at.date() > TODAY
    else:
        refusal = next(refusal for refusal in verdict.refusals if refusal.code == code)
        assert refusal.outcome == outcome and refusal.words
        assert (verdict.publish_at, verdict.hide_at) == (None, None)


def test_every_row_of_the_table_has_its_case():
    found = rows("gate.csv")
    if found[0].values[0] is not None:
        assert {row.values[0]["#"] for row in found} == set(ROWS)


def test_a_minor_decision_is_shown_for_three_months_at_most():
    verdict = judged(ROWS["5"][0])
    assert verdict.level == "minor"
    assert verdict.periods.hidden_from == date(2027, 2, 3)


def test_of_a_sole_trader_the_premises_are_shown_and_not_the_name():
    verdict = judged(ROWS["12"][0])
    assert verdict.masked
    told = judged(replace(ROWS["12"][0], texts=FACTS | {"facts": "Example Foods Ltd was dirty."}))
    assert [refusal.code for refusal in told.refusals] == ["premises"]
    assert judged(replace(ROWS["12"][0], premises="")).refusals[0].code == "premises"


@pytest.mark.parametrize("days", range(5))
def test_the_day_on_which_a_type_of_violation_ends_still_counts(days):
    ended = case(violations=(Violated("F1", "ordinary", None, date(2026, 10, 31) + timedelta(days)),))
    refused = [refusal.code for refusal in judged(ended).refusals]
    assert refused == ([] if days >= 2 else ["not_in_catalogue"])


def test_where_two_rule_sets_hold_the_one_that_hides_first_decides():
    both = judged(case("cn.shanghai", "cn.ndrc36", conduct_ended_on=date(2026, 10, 1)))
    assert both.periods.rule.key == "cn.ndrc36"
    assert both.periods.hidden_from == date(2027, 11, 3)


def test_a_rule_that_counts_from_an_unknown_day_says_which_day_it_needs():
    refused = judged(case("cn.shanghai")).refusals
    assert [refusal.code for refusal in refused] == ["no_anchor"]
    assert "conduct ended" in refused[0].words


def test_without_a_rule_set_in_force_nothing_is_shown():
    assert [r.code for r in judged(case("cn.ndrc58")).refusals] == ["no_rule"]


def test_what_the_guard_found_may_be_overruled_for_just_that_text():
    found = case(texts=FACTS | {"facts": "Write to office@example.org."})
    assert [refusal.code for refusal in judged(found).refusals] == ["personal_data"]
    overruled = replace(found, overrule_reason="The address of the office.", overrule_of=found.digest)
    assert judged(overruled).refusals == ()
    changed = replace(overruled, texts=FACTS | {"facts": "Write to cook@example.org."})
    assert [refusal.code for refusal in judged(changed).refusals] == ["personal_data"]


def test_no_refusal_repeats_what_the_guard_found():
    words = " ".join(judged(ROWS["17"][0]).words)
    assert IDENTITY not in words and IDENTITY[:12] not in words


def test_detention_is_shown_under_no_rule_set():
    for key in ("neutral", "us.open-record", "cn.samr107"):
        refused = judged(case(key, sanctions=("detention",))).refusals
        assert "public_security" in [refusal.code for refusal in refused]


def test_every_gate_has_a_code_of_its_own_and_says_where_it_is_written():
    assert len(BY_CODE) == len(GATES)
    assert all(gate.source and gate.outcome in ("refuse", "hold", "archive", "withdraw") for gate in GATES)
