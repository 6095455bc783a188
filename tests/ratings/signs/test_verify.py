"""What somebody reads who checks a sign: in every state that a rating can have."""

from datetime import timedelta

import pytest
from django.utils import timezone

from records.businesses.merge import merge
from records.ratings.models import Rating
from records.ratings.signs.codes import code_of
from tests import make
from tests.ratings.signs.asked import replace, standing, text, verified

pytestmark = pytest.mark.django_db


def test_the_current_sign_is_told_with_what_it_must_say(client, world):
    words = text(verified(client, standing(world.copper_kettle)).content.decode())
    assert "This is the current sign." in words and "12 Mill Lane" in words
    assert "4 of 5, Good, inspected" in words


def test_a_code_is_found_however_it_is_typed(client, world):
    code = code_of(standing(world.copper_kettle).pk)
    for typed in (
        code.lower(),
        f" {code} ",
        code.replace("-", " "),
        code.replace("0", "o").replace("1", "I"),
    ):
        response = client.get("/verify/", {"code": typed}, follow=True)
        assert response.redirect_chain == [(f"/verify/{code}", 302)], typed
        assert "This is the current sign." in response.content.decode()


def test_a_replaced_sign_says_since_when_and_by_what(client, world):
    old = make.rating(make.establishment(name="The Old Sign"), key="2")
    replace(old, "5")
    words = text(verified(client, old).content.decode())
    assert "This sign was replaced on" in words and "A newer inspection was published." in words
    assert words.index("What stands now") < words.index("5 of 5") < words.index("What the sign says")
    assert "This is the current sign" not in words


def test_a_sign_replaced_by_an_import_says_so(client, world):
    old = standing(world.superseded, state="superseded")
    assert "This sign was replaced on" in text(verified(client, old).content.decode())


def test_an_ended_sign_says_when_and_why(client, world):
    old = make.rating(make.establishment(), key="3")
    Rating.objects.filter(pk=old.pk).update(
        state="ended", ended_at=timezone.now(), end_reason="It changed hands."
    )
    words = text(verified(client, old).content.decode())
    assert "This sign ended on" in words and "It changed hands." in words
    assert "No rating stands under this scheme now." in words


def test_a_withdrawn_sign_says_that_and_nothing_of_what_it_said(client, world):
    old = make.rating(make.establishment(name="The Withdrawn"), key="0")
    Rating.objects.filter(pk=old.pk).update(
        state="withdrawn", ended_at=timezone.now(), end_reason="Zanzibarquokka."
    )
    words = text(verified(client, old).content.decode())
    assert "The rating on this sign was withdrawn on" in words and "The Withdrawn" in words
    assert "Zanzibarquokka" not in words and "0 of 5" not in words


def test_the_sign_of_a_merged_entry_leads_to_the_one_that_stands(client, world):
    wrong = make.establishment(name="The Twice Entered", authority=world.authority("ALM"))
    old = make.rating(wrong, key="1")
    merge(wrong, world.copper_kettle, "The same place.")
    words = text(verified(client, old).content.decode())
    assert "This sign no longer holds since" in words and "The Copper Kettle" in words
    assert "4 of 5, Good" in words and "1 of 5" not in words and "The Twice Entered" not in words
    moved = client.get(f"/signs/{wrong.reference}/uk-fhrs/badge.svg")
    assert moved["Location"] == f"/signs/{world.copper_kettle.reference}/uk-fhrs/badge.svg"


@pytest.mark.parametrize(
    ("place", "said"), [("closed", "closed on"), ("vanished", "no longer in the source")]
)
def test_the_sign_of_a_place_that_is_gone_says_so(client, world, place, said):
    words = text(verified(client, standing(getattr(world, place))).content.decode())
    assert said in words and "This is the current sign" not in words


def test_a_rating_on_its_way_is_told(client, world):
    assert "A new rating is on its way." in verified(client, standing(world.pending)).content.decode()


def test_what_is_not_public_has_no_sign_that_anybody_could_check(client, world):
    hidden = standing(world.hidden)
    over = make.rating(make.establishment(name="The Forgotten"), key="1")
    Rating.objects.filter(pk=over.pk).update(hide_at=timezone.now() - timedelta(hours=1))
    for rating in (hidden, over):
        words = text(verified(client, rating, 404).content.decode())
        assert "There is no sign with this code" in words
        assert "Unpublished Sentinel" not in words and "The Forgotten" not in words


def test_a_typing_error_is_told_from_a_code_that_nothing_stands_under(client, world):
    code = code_of(standing(world.copper_kettle).pk)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    typo = client.get("/verify/", {"code": wrong})
    assert typo.status_code == 404 and "letter by letter" in typo.content.decode()
    assert f'value="{wrong}"' in typo.content.decode()
    nobody = client.get(f"/verify/{code_of(2**34)}")
    assert nobody.status_code == 404 and "shows no rating under it" in nobody.content.decode()


def test_the_form_asks_and_answers_without_a_code(client):
    page = client.get("/verify/")
    assert page.status_code == 200 and 'name="code"' in page.content.decode()
    assert client.get("/verify/?code=%00%20").status_code == 200


def test_an_answer_is_kept_no_longer_than_the_register_stays_as_it_is(client, world):
    response = verified(client, standing(world.copper_kettle))
    assert response["Cache-Control"] == "public, max-age=60" and response.has_header("ETag")
    assert response["X-Robots-Tag"] == "noindex"


def test_an_answer_takes_few_queries(client, world, django_assert_max_num_queries):
    address = f"/verify/{code_of(standing(world.superseded, state='superseded').pk)}"
    client.get(address)
    with django_assert_max_num_queries(4, using="default"):
        client.get(address)
