"""The versions of a decision: what each correction changed, and why."""

from decimal import Decimal

import pytest

from records.penalties.differences import marked, shortened
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.penalties.shown import RELATED, of
from tests import make
from tests.penalties.test_shown import corrected, public

pytestmark = pytest.mark.django_db


def test_a_correction_is_told_field_by_field_with_its_reason():
    penalty = corrected(make.published_penalty(facts="Rice at 21 degrees."), facts="Rice at 12 degrees.")
    newest, first = public(penalty).versions
    assert (newest.number, first.number, first.reason) == (2, 1, "The temperature was misread.")
    (change,) = first.changes
    assert (change.label, change.was, change.now) == ("facts", "Rice at 21 degrees.", "Rice at 12 degrees.")
    assert [piece for piece, differs in change.before if differs] == ["21"]
    assert [piece for piece, differs in change.after if differs] == ["12"]
    assert [step.kind for step in public(penalty).history] == ["published", "corrected"]


def test_a_change_of_the_sanctions_is_told_in_words():
    penalty = make.published_penalty()
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    correction = penalty.correct(clerk)
    parts = correction.parts()
    parts.sanctions[0].amount = Decimal(500)
    parts.save(penalty.pk, correction.version)
    correction.submit(clerk, "A zero too many.")
    correction.apply(checker)
    (change,) = public(penalty).versions[1].changes
    assert (change.was, change.now) == ("Fine, 5,000\xa0GBP", "Fine, 500\xa0GBP")


def test_sanctions_that_do_not_come_to_what_the_events_say_are_told_as_such():
    assert public(make.published_penalty()).sum_of_sanctions == ""
    penalty = make.penalty()
    clerk = penalty.entered_by
    PenaltyEvent.objects.create(penalty=penalty, kind="imposed", amount=800, currency="GBP", entered_by=clerk)
    checker, publisher = make.team(penalty.authority, "checker", "publisher")
    penalty.submit(clerk)
    penalty.approve(checker)
    penalty.publish(publisher)
    assert (public(penalty).sum_of_sanctions, public(penalty).imposed) == ("5,000\xa0GBP", "800\xa0GBP")


def test_an_earlier_version_says_what_it_said_then():
    penalty = corrected(make.published_penalty(facts="Rice at 21 degrees."), facts="Rice at 12 degrees.")
    row = Penalty.objects.public().select_related(*RELATED).get(pk=penalty.pk)
    old = of(row, row.versions.get(version=1))
    assert old.is_earlier and old.status == "superseded"
    assert old.content.facts == "Rice at 21 degrees." and (old.imposed, old.owed) == ("5,000\xa0GBP", "")
    assert (old.predecessor, old.successor) == (None, 2)


def test_chinese_texts_differ_by_characters_and_long_ones_as_a_whole():
    before, _after = marked("罚款一万元", "罚款二万元")
    assert before == [("罚款", False), ("一", True), ("万元", False)]
    assert marked("a " * 5000, "b") == ([("a " * 5000, True)], [("b", True)])


def test_what_stays_the_same_is_left_out_far_from_a_change():
    pieces = shortened([("word " * 100, False), ("old", True), ("", False)])
    assert pieces[0][0].startswith(" … ") and len(pieces[0][0]) < 100
