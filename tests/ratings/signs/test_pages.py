"""The sign, its badge, and what somebody reads who checks a sign: in every state that a rating can have."""

import re
from datetime import timedelta
from html import unescape

import pytest
import segno
from django.utils import timezone
from lxml import etree, html

from records.businesses.merge import merge
from records.ratings.models import Rating
from records.ratings.signs.codes import code_of
from tests import make

pytestmark = pytest.mark.django_db


def text(content):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content))).strip()


def standing(place, **facts):
    return Rating.objects.filter(establishment=place, **facts).order_by("-pk").first()


def sign(client, place, scheme="uk-fhrs"):
    response = client.get(f"/signs/{place.reference}/{scheme}/")
    assert response.status_code == 200
    return response.content.decode()


def verified(client, rating, status=200):
    response = client.get(f"/verify/{code_of(rating.pk)}")
    assert response.status_code == status
    return response


def badge(client, place, scheme="uk-fhrs"):
    response = client.get(f"/signs/{place.reference}/{scheme}/badge.svg")
    root = etree.fromstring(response.content)
    return response, " ".join("".join(node.itertext()) for node in root.iter("{*}text", "{*}title"))


def replace(rating, key):
    """A newer rating in the place of one."""
    then = timezone.now() - timedelta(seconds=30)
    Rating.objects.filter(pk=rating.pk).update(
        state="superseded", ended_at=then, end_reason="A newer inspection was published."
    )
    return make.rating(rating.establishment, key=key, rated_on=timezone.localdate(), publish_at=then)


# -- the sign


def test_the_sign_shows_grade_date_place_authority_and_the_two_results_before(client, world):
    words = text(sign(client, world.copper_kettle))
    rating = standing(world.copper_kettle)
    for part in (
        "Food Hygiene Rating Scheme", "The Copper Kettle", "12 Mill Lane, Almond, QA1 2CD", "4 of 5, Good",
        "Rated by Almond Borough Council", "testserver/verify", code_of(rating.pk), "not the official",
    ):  # fmt: skip
        assert part in words, part
    before = words[words.index("Before that") : words.index("Is this sign still current?")]
    assert re.findall(r"Scheme: (\d) of 5", before) == ["3", "5"]


def test_what_is_printed_says_no_age(client, world):
    sheet = html.fromstring(sign(client, world.copper_kettle)).xpath('//article[@class="sign"]')[0]
    visible = [node for node in sheet.iter("p") if "visually-hidden" not in node.get("class", "")]
    shown = [n for n in visible if "grade-date" not in n.get("class", "")]
    assert not any("ago" in node.text_content() for node in shown)


@pytest.mark.parametrize(
    ("place", "scheme", "why"),
    [
        ("private_home", "uk-fhrs", "a sign belongs to an address"),
        ("area_only", "uk-fhrs", "a sign belongs to an address"),
        ("closed", "uk-fhrs", "is closed"),
        ("vanished", "uk-fhrs", "no longer lists"),
        ("awaiting", "uk-fhrs", "Awaiting inspection"),
        ("grade_pending", "us-nyc", "There is no grade"),
    ],
)
def test_where_a_sign_makes_no_sense_the_page_says_why(client, world, place, scheme, why):
    page = sign(client, getattr(world, place), scheme)
    assert why in text(page)
    assert 'class="sign"' not in page and "sign-code" not in page


@pytest.mark.parametrize(
    ("place", "scheme", "shape"),
    [("letter", "us-nyc", "letter"), ("plate", "uk-fhis", "plate"), ("face", "dk-smiley", "face")],
)
def test_each_scheme_has_its_own_shape_on_sign_and_badge(client, world, place, scheme, shape):
    place = getattr(world, place)
    page = sign(client, place, scheme)
    assert f"grade-{shape}" in page and "The grades of this scheme, best first:" in page
    answer, words = badge(client, place, scheme)
    assert answer.status_code == 200 and place.name in words


def test_a_scheme_that_has_not_rated_the_place_has_no_sign(client, world):
    for scheme in ("us-nyc", "no-such-scheme"):
        assert client.get(f"/signs/{world.copper_kettle.reference}/{scheme}/").status_code == 404


def test_a_misread_reference_leads_to_the_sign(client, world):
    place = world.copper_kettle
    response = client.get(f"/signs/{place.reference.upper()}/uk-fhrs/")
    assert (response.status_code, response["Location"]) == (301, f"/signs/{place.reference}/uk-fhrs/")


def test_the_square_holds_the_address_where_the_sign_is_checked(client, world, settings):
    settings.SECURE_SSL_REDIRECT = False
    place = world.copper_kettle
    page = client.get(f"/signs/{place.reference}/uk-fhrs/", secure=True).content
    drawn = html.fromstring(page).xpath('//*[local-name()="svg" and @class="qr"]')[0]
    size = int(drawn.get("viewbox", drawn.get("viewBox")).split()[2])
    paths = drawn.xpath('.//*[local-name()="path"]')
    dark = [[0] * size for _row in range(size)]
    for path in paths:
        x, y = 0, 0.0
        for verb, numbers in re.findall(r"([Mmh])(-?[\d.]+(?:[ ,]-?[\d.]+)?)", path.get("d")):
            given = [float(number) for number in re.split("[ ,]", numbers)]
            if verb == "M":
                x, y = int(given[0]), given[1]
            elif verb == "m":
                x, y = x + int(given[0]), y + given[1]
            elif path.get("stroke") == "#000":
                for at in range(x, x + int(given[0])):
                    dark[int(y)][at] = 1
                x += int(given[0])
    expected = segno.make(f"https://testserver/verify/{code_of(standing(place).pk)}", error="m", micro=False)
    assert dark == [list(row) for row in expected.matrix_iter(border=4)]


def test_the_page_of_the_establishment_links_to_it(client, world):
    place = world.copper_kettle
    assert (
        f'href="/signs/{place.reference}/uk-fhrs/"' in client.get(place.get_absolute_url()).content.decode()
    )


# -- is it current?


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
    Rating.objects.filter(pk=over.pk).update(hide_at=timezone.now() - timedelta(seconds=1))
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


# -- the badge


def test_the_badge_says_scheme_grade_word_date_and_name(client, world):
    answer, words = badge(client, world.copper_kettle)
    for part in (
        "Food Hygiene Rating Scheme",
        "4",
        "Good",
        "nspected",
        "The Copper Kettle",
        "As published by",
    ):
        assert part in words
    assert answer["Content-Type"] == "image/svg+xml" and answer["Cache-Control"] == "public, max-age=60"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_badge_follows_the_rating(client, world):
    old = make.rating(make.establishment(name="The Follower"), key="2")
    place = old.establishment
    assert "Some improvement necessary" in badge(client, place)[1]
    new = replace(old, "5")
    words = badge(client, place)[1]
    assert "Very good" in words and "improvement" not in words
    Rating.objects.filter(pk=new.pk).update(state="ended", ended_at=timezone.now(), end_reason="Sold.")
    words = badge(client, place)[1]
    assert "No rating stands now" in words and "Very good" not in words


@pytest.mark.parametrize(
    ("place", "said"), [("closed", "Closed on"), ("vanished", "No longer in the source")]
)
def test_the_badge_of_a_place_that_is_gone_shows_no_grade(client, world, place, said):
    words = badge(client, getattr(world, place))[1]
    assert said in words and "satisfactory" not in words and "Good" not in words


def test_a_badge_of_nothing_is_a_picture_that_says_so_and_nobody_keeps(client, world):
    for address in ("/signs/0000000/uk-fhrs/badge.svg", f"/signs/{world.hidden.reference}/uk-fhrs/badge.svg"):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
        assert b"no such rating" in answer.content


def test_the_badge_is_drawn_from_itself_alone(client, world):
    answer, _words = badge(client, world.chinese, "cn-catering-dynamic")
    root = etree.fromstring(answer.content)
    assert not root.xpath("//@href | //@style | //*[local-name()='script']")
    assert "url(" not in answer.content.decode() and "sha256-" in answer["Content-Security-Policy"]


def test_the_snippet_names_no_grade_and_shows_the_badge_at_its_stable_address(client, world):
    place = world.copper_kettle
    field = html.fromstring(sign(client, place)).get_element_by_id("snippet")
    snippet = html.fromstring(field.text)
    assert snippet.get("href") == f"http://testserver{place.get_absolute_url()}"
    picture = snippet.find("img")
    assert picture.get("src") == f"http://testserver/signs/{place.reference}/uk-fhrs/badge.svg"
    assert "The Copper Kettle" in picture.get("alt") and "Good" not in field.text
