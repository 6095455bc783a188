"""All that a page says of one decision: sums, words, the law of that day, why it is public, what changed."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from records.laws.models import ProvisionText
from records.penalties import ending, words
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.penalties.parting import Parts
from records.penalties.parts import PenaltyCitation, PenaltySanction
from records.penalties.shown import RELATED, of
from tests import make

pytestmark = pytest.mark.django_db


def public(penalty):
    """As the public reads it."""
    return of(Penalty.objects.public().select_related(*RELATED).get(pk=penalty.pk))


def happened(penalty, kind, days_ago, amount=None, **facts):
    """An event of its fine, confirmed by a second person."""
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    event = PenaltyEvent.objects.create(
        penalty=penalty, kind=kind, on=timezone.localdate() - timedelta(days=days_ago), amount=amount,
        currency="" if amount is None else "GBP", entered_by=clerk, **facts,
    )  # fmt: skip
    ending.confirm_event(event, checker)


def corrected(penalty, why="The temperature was misread.", **changes):
    """Its next version, by two people."""
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    correction = penalty.correct(clerk)
    for name, value in changes.items():
        setattr(correction, name, value)
    correction.save()
    correction.submit(clerk, why)
    correction.apply(checker)
    penalty.refresh_from_db()
    return penalty


# -- sums


def test_what_was_imposed_stands_beside_what_is_owed_now():
    penalty = make.published_penalty(sanctions=(("fine", 12000),))
    happened(penalty, "contested", 20)
    happened(penalty, "varied", 10, 4000, note="The tribunal lowered it.")
    happened(penalty, "paid_in_part", 5, 1500)
    shown = public(penalty)
    assert (shown.imposed, shown.owed) == ("12,000\xa0GBP", "2,500\xa0GBP")
    assert shown.fine_state == "paid in part"
    told = [(moment.kind, moment.amount, moment.after) for moment in shown.moments]
    assert told == [
        ("imposed", "12,000\xa0GBP", ""), ("contested", "", ""), ("varied", "4,000\xa0GBP", ""),
        ("paid_in_part", "1,500\xa0GBP", "2,500\xa0GBP"),
    ]  # fmt: skip


def test_an_event_that_nobody_confirmed_is_not_told():
    penalty = make.published_penalty()
    clerk = make.user("clerk", penalty.authority)
    PenaltyEvent.objects.create(penalty=penalty, kind="contested", entered_by=clerk)
    assert [moment.kind for moment in public(penalty).moments] == ["imposed"]


def test_an_open_appeal_is_said_first_and_then_how_it_ended():
    penalty = make.published_penalty()
    happened(penalty, "contested", 20)
    assert public(penalty).appeal_open
    assert public(penalty).appeal[0].startswith("It has been under appeal since")
    happened(penalty, "upheld", 3)
    assert not public(penalty).appeal_open
    assert public(penalty).appeal[0].startswith("It was contested, and left as it was (")


def test_the_time_to_contest_it_is_told_with_its_last_day():
    today = timezone.localdate()
    open_still = public(make.published_penalty(remedy_until=today + timedelta(days=3)))
    over = public(make.published_penalty(remedy_until=today - timedelta(days=3)))
    assert "can be contested until" in open_still.appeal[1]
    assert "ended on" in over.appeal[1]


def test_sums_of_two_currencies_are_not_added():
    rows = [PenaltySanction(kind="fine", amount=Decimal(5), currency=code) for code in ("GBP", "EUR")]
    assert words.imposed(rows) == (None, "")


@pytest.mark.parametrize(
    ("amount", "text"), [("12000.000", "12,000"), ("0.5", "0.50"), ("1234.567", "1,234.567"), ("0", "0")]
)
def test_amounts_have_their_thousands_apart_and_cents_only_where_there_are_any(amount, text):
    assert words.money(Decimal(amount), "GBP") == f"{text}\xa0GBP"


def test_durations_are_told_in_words():
    assert words.duration("P1Y6M") == "1 year, 6 months"
    assert words.duration("P1D") == "1 day"
    assert words.duration("") == ""


def test_kinds_of_sanction_in_a_line_are_one_phrase_and_each_is_named_once():
    assert words.sanction_kinds(["fine", "improvement_order", "fine"]) == "Fine, order to improve"


# -- the law


def test_the_law_is_told_in_a_line_by_the_articles_that_are_broken():
    law = make.law(short_title="Food Act")
    penalty = make.penalty(law=law, cited=(make.provision(law, "s. 40"),))
    assert of(penalty).law_in_words == "Food Act, s. 40"
    broken = make.provision(make.law(short_title="Hygiene Act"), "reg. 7")
    parts = penalty.parts()
    parts.citations.append(PenaltyCitation(role="violated", law=broken.law, provision=broken))
    parts.save(penalty.pk, 1)
    assert of(penalty).law_in_words == "Hygiene Act, reg. 7"


def test_an_article_is_quoted_as_it_stood_on_the_day_of_the_decision():
    today = timezone.localdate()
    article = make.provision(text="")
    border = today - timedelta(days=10)
    ProvisionText.objects.create(provision=article, text="Keep food clean.", in_force_until=border)
    ProvisionText.objects.create(
        provision=article, text="Keep food very clean.", in_force_from=border + timedelta(days=1)
    )
    (card,) = public(make.published_penalty(cited=(article,), law=article.law)).laws
    assert card.text.text == "Keep food clean."
    assert card.reads_otherwise_now


def test_an_article_that_is_violated_and_applied_stands_once():
    penalty = make.penalty(cited=(make.provision(),))
    parts = penalty.parts()
    cited = parts.citations[0]
    parts.citations.append(PenaltyCitation(role="violated", law=cited.law, provision=cited.provision))
    parts.save(penalty.pk, 1)
    card = of(penalty).laws[0]
    assert card.violated and card.applied


def test_the_law_that_it_rests_on_is_told_even_where_no_article_is_cited():
    penalty = make.published_penalty(law=make.law(short_title="Food Act"))
    (card,) = public(penalty).laws
    assert (card.title, card.article, card.text) == ("Food Act", "", None)


# -- why it is public


def test_the_rule_is_told_with_since_when_until_when_and_what_it_counts_from():
    penalty = make.published_penalty()
    why = public(penalty).why
    assert why.title == "Placard's own rules" and why.article == "Ceiling of this portal"
    assert why.since == penalty.authority.today()
    assert (why.anchor, why.anchor_on) == ("the decision", penalty.decided_on)
    assert why.until == (penalty.hide_at - timedelta(days=1)).date()
    assert any("disappears by itself" in line for line in why.lines)


def test_days_are_those_of_the_authority_and_not_of_the_server():
    authority = make.authority(time_zone="Pacific/Kiritimati")
    penalty = make.published_penalty(authority=authority)
    assert public(penalty).why.since == authority.today()


def test_a_rule_whose_file_is_gone_is_told_by_its_key(monkeypatch):
    from records.publication import rules

    def gone(*_args):
        raise rules.UnknownRuleSet("neutral")

    penalty = make.published_penalty()
    monkeypatch.setattr(rules, "get", gone)
    why = public(penalty).why
    assert (why.title, why.lines) == ("neutral", ())
    assert why.until == (penalty.hide_at - timedelta(days=1)).date()


# -- drafts


def test_a_draft_is_told_as_it_would_be_shown():
    draft = make.penalty(sanctions=(("fine", 2500), ("closure_order", None)))
    shown = of(draft, verdict=draft.verdict())
    assert (shown.imposed, shown.owed) == ("2,500\xa0GBP", "2,500\xa0GBP")
    assert [moment.label for moment in shown.moments] == ["Imposed"]
    assert shown.why.until is not None and shown.status == "draft"


def test_what_is_not_saved_yet_is_told_from_the_parts_given_with_it():
    sanctions = [PenaltySanction(kind="licence_suspension", duration="P6M", licence="AB 123")]
    draft = Penalty(authority=make.authority(), respondent="Example Foods Ltd")
    shown = of(draft, parts=Parts(sanctions))
    assert shown.sanctions[0].sentence == "Suspension of a licence, 6 months: AB 123"
    assert (shown.imposed, shown.why, shown.moments) == ("", None, [])
    assert shown.kinds_in_words == "Suspension of a licence"


def test_a_coming_version_is_told_from_its_correction():
    penalty = make.published_penalty(facts="The fridge stood at 12 degres.")
    correction = penalty.correct(make.user("clerk", penalty.authority))
    correction.facts = "The fridge stood at 12 degrees."
    shown = of(penalty, correction, parts=correction.parts(), verdict=correction.verdict())
    assert (shown.version, shown.content.facts) == (2, "The fridge stood at 12 degrees.")
    assert not shown.is_earlier and shown.imposed == "5,000\xa0GBP"


# -- the fingerprint


def test_the_fingerprint_is_that_of_the_canonical_json_and_changes_with_what_is_said():
    penalty = make.published_penalty()
    shown = public(penalty)
    text = shown.canonical_json
    assert shown.sha256 == hashlib.sha256(text).hexdigest()
    again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again.encode() == text
    happened(penalty, "paid", 1)
    assert public(penalty).sha256 != shown.sha256


def test_the_fingerprint_does_not_hang_on_the_language_of_the_page(settings):
    from django.utils import translation

    penalty = make.published_penalty()
    first = public(penalty).sha256
    with translation.override("cy"):
        assert public(penalty).sha256 == first


def test_nothing_that_is_told_names_who_entered_or_checked_it():
    penalty = make.published_penalty()
    for person in (penalty.entered_by, penalty.checked_by, penalty.published_by):
        assert person.username not in public(penalty).canonical_json.decode()
