"""Index cards say what their decisions say, whoever changes them, and are shown as long as these are."""

import sys
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from records.penalties import bands, clock, ending
from records.penalties.index import IndexCard, month, step
from tests import make
from tests.penalties.test_gone import end_at
from tests.penalties.test_shown import happened

pytestmark = pytest.mark.django_db
AMOUNTS = ("0", "0.5", "1", "99.999", "100", "100.001", "1000", "999999999", "1000000000", "1000000000.001")


def ask(query, values=None):
    """The one answer of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def lexemes(penalty) -> set[str]:
    """Every lexeme of a card."""
    query = "SELECT tsvector_to_array(words) FROM records_indexcard WHERE penalty_id = %s"
    return set(ask(query, [penalty.pk]))


def is_found(penalty) -> bool:
    return IndexCard.objects.public().filter(pk=penalty.pk).exists()


def test_a_card_bears_what_a_list_is_narrowed_and_sorted_by():
    law = make.law(key="act")
    article, violation = make.provision(law, "s. 5"), make.violation()
    place = make.establishment(kind="pub")
    penalty = make.published_penalty(
        respondent="Copper Kettle Ltd", decision_number="HB/77", law=law, cited=(article,),
        authority=place.authority, violations=(violation,), sanctions=(("fine", 5000),), establishment=place,
    )  # fmt: skip
    day = penalty.decided_on
    assert {
        "@kettle", "#hb77", f"=a{penalty.authority_id}", f"=l{law.pk}", f"=p{article.pk}",
        f"=v{violation.pk}", "=kfine", "=fimposed", "=dQA1", f"=g{penalty.seriousness}", "=tpub",
        f"=y{day.year}", month(day), "=cGBP", f"=iGBP{step(Decimal(5000)):03}", "=IGBP3", "=OGBP3",
    } <= lexemes(penalty)  # fmt: skip


def test_a_card_follows_its_decision_through_its_life():
    penalty = make.penalty(respondent="Draft Ltd")
    assert not is_found(penalty) and "@draft" in lexemes(penalty)
    shown = make.published_penalty()
    assert is_found(shown)
    happened(shown, "paid", 1)
    assert "=fpaid" in lexemes(shown) and "=fimposed" not in lexemes(shown)
    checker, adjudicator, dpo = make.team(shown.authority, "checker", "adjudicator", "dpo")
    shown.suspend(dpo, "Looked at.", "accuracy_dispute", shown.authority.today())
    assert not is_found(shown)
    ending.decide(shown.propose("resume", adjudicator, "It stands."), checker, True)
    assert is_found(shown)
    shown.withdraw(checker, "Annulled.", "annulled", make.document())
    assert not is_found(shown)
    ending.decide(shown.propose("seal", dpo, "A person."), checker, True)
    assert not IndexCard.objects.filter(pk=shown.pk).exists()
    penalty.discard(penalty.entered_by)
    assert not IndexCard.objects.filter(pk=penalty.pk).exists()


def test_the_end_of_a_display_touches_no_card():
    penalty = make.published_penalty()
    end_at(penalty, timezone.now() - timedelta(hours=1))
    assert not is_found(penalty)
    place = "SELECT ctid::text FROM records_indexcard WHERE penalty_id = %s"
    before = ask(place, [penalty.pk])
    assert clock.expire_over() == 1
    assert ask(place, [penalty.pk]) == before


def test_a_place_that_changes_its_kind_changes_the_cards_of_its_decisions():
    place = make.establishment(kind="pub")
    penalty = make.published_penalty(establishment=place, authority=place.authority)
    place.kind = "shop"
    place.save()
    assert {"=tshop"} == {word for word in lexemes(penalty) if word.startswith("=t")}


def areas(penalty) -> list[str]:
    """Where a card says that it was."""
    return [word for word in sorted(lexemes(penalty)) if word.startswith("=d")]


def test_a_place_that_moves_changes_the_cards_of_its_decisions_and_keeps_where_it_was():
    place = make.establishment(postcode="QA1 1AA")
    penalty = make.published_penalty(establishment=place, authority=place.authority)
    assert areas(penalty) == ["=dQA1"] and IndexCard.objects.get(pk=penalty.pk).area == "QA1"
    place.postcode = "QB2 2BB"
    place.save()
    assert areas(penalty) == ["=dQB2"] and IndexCard.objects.get(pk=penalty.pk).area == "QB2"
    assert place.versions.get().postcode == "QA1 1AA"


def test_a_place_that_changes_nothing_of_its_area_leaves_the_cards_alone():
    place = make.establishment(postcode="QA1 1AA")
    penalty = make.published_penalty(establishment=place, authority=place.authority)
    at = "SELECT ctid::text FROM records_indexcard WHERE penalty_id = %s"
    before = ask(at, [penalty.pk])
    place.postcode, place.name = "QA1 9ZZ", "Renamed"
    place.save()
    assert ask(at, [penalty.pk]) == before


def test_of_a_home_the_area_is_told_as_far_as_it_may_be_shown():
    home = make.establishment(postcode="QA1 1AA", address_visibility="area")
    penalty = make.published_penalty(establishment=home, authority=home.authority)
    assert areas(penalty) == ["=dQA1"]
    home.address_visibility = "withheld"
    home.save()
    assert areas(penalty) == []


@pytest.mark.parametrize(
    ("postcode", "area"),
    [("QA1 1AA", "QA1"), ("qa11aa", "QA1"), (" QA1A 1AA ", "QA1A"), ("QA1", "QA1"), ("10001-2345", "10001"),
     ("805900", "805900"), ("", ""), ("D02 X285", "D02")],
)  # fmt: skip
def test_the_area_is_the_first_part_of_a_postcode(postcode, area):
    assert ask("SELECT disclosed.area(%s, 'shown')", [postcode]) == area


def test_a_person_who_is_not_named_is_on_no_card():
    penalty = make.published_penalty(
        respondent="Ann Quillfeather", respondent_kind="sole_trader", premises="The Corner Café, Testham"
    )
    assert "@corner" in lexemes(penalty)
    assert not [word for word in lexemes(penalty) if "quillfeather" in word]


@pytest.mark.parametrize("amount", AMOUNTS)
def test_steps_and_bands_are_the_same_in_sql_and_in_python(amount):
    amount = Decimal(amount)
    assert int(ask("SELECT disclosed.amount_step(%s)", [amount])) == step(amount)
    band = bands.bands()[ask("SELECT disclosed.amount_band(%s)", [amount])]
    assert (band.low is None or amount > band.low) and (band.high is None or amount <= band.high)


def test_every_character_makes_a_card():
    query = "SELECT length(disclosed.decision_words(%s, 'organisation', '', %s, %s, %s, %s, '=a1'))"
    letters = [chr(code) for code in range(1, sys.maxunicode) if not 0xD800 <= code < 0xE000]
    for begin in range(0, 0x30000, 0x400):
        text = " ".join(f"a{letter}b" for letter in letters[begin : begin + 0x400])
        for piece in (text[:1500], text[1500:3000], text[3000:]):
            assert ask(query, [piece] * 5) > 0


def test_a_facet_with_a_sign_of_the_index_in_it_breaks_no_card():
    words = ask(
        "SELECT disclosed.decision_words('A', 'organisation', '', '', '1', 'b', 'c', %s)::text", ["=g'x:\\y"]
    )
    assert "'=g_x__y'" in words


def test_the_month_of_a_decision_is_written_with_two_figures():
    assert month(date(2024, 3, 9)) == "=m202403"
