"""What is shown where somebody passes on a link to an establishment, and what the fonts can draw."""

import io

import pytest
from lxml import html
from PIL import Image

from records.publication import canvas
from records.ratings import cards, schemes
from records.ratings.badge import example

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    """Every text that a card draws."""
    texts, original = [], canvas.Canvas.line

    def line(self, text, *args, **kwargs):
        texts.append(text)
        return original(self, text, *args, **kwargs)

    monkeypatch.setattr(canvas.Canvas, "line", line)
    return texts


def tags(response) -> dict[str, str]:
    page = html.fromstring(response.content)
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.iter("meta")}


def test_a_link_to_an_establishment_says_name_grade_and_date_and_no_age(client, world):
    place = world.copper_kettle
    told = tags(client.get(place.get_absolute_url()))
    assert told["og:title"] == "The Copper Kettle"
    assert told["og:description"].startswith("Food Hygiene Rating Scheme: 4, Good, inspected ")
    assert "Almond Borough Council" in told["og:description"] and "ago" not in told["og:description"]
    assert told["og:image"] == f"http://testserver/signs/{place.reference}/card.png"
    assert told["twitter:card"] == "summary_large_image"


def test_the_card_is_a_picture_of_1200_by_630_that_says_the_same(client, world, drawn):
    response = client.get(f"/signs/{world.copper_kettle.reference}/card.png")
    assert response["Content-Type"] == "image/png" and response["Cache-Control"] == "public, max-age=60"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630) and len(response.content) < 60_000
    said = " ".join(drawn)
    assert "The Copper Kettle" in said and "Good" in said and "ago" not in said


def test_a_card_never_says_more_than_the_page(client, world, drawn):
    client.get(f"/signs/{world.private_home.reference}/card.png")
    assert not any("Hidden" in text or "QA3" in text for text in drawn)
    for place, said in (
        ("closed", "Closed on"),
        ("vanished", "No longer in the source"),
        ("exempt", "Exempt"),
    ):
        drawn.clear()
        client.get(f"/signs/{getattr(world, place).reference}/card.png")
        assert said in " ".join(drawn) and not {"3", "4"} & set(drawn)
    assert client.get(f"/signs/{world.hidden.reference}/card.png").status_code == 404


def test_pages_without_a_card_of_their_own_show_the_name_of_the_site(client, world):
    told = tags(client.get("/ratings/"))
    assert told["og:title"] == "Placard" and told["og:image"] == "http://testserver/card.png"
    assert Image.open(io.BytesIO(client.get("/card.png").content)).size == (1200, 630)


def test_chinese_and_accents_are_drawn_and_what_no_font_has_is_left_out():
    for text in ("金龙茶餐厅", "Café Tŷ Gwyn", "Smørrebrød", "Ресторан", "すし"):
        assert canvas.can_draw(text), text
    assert not canvas.can_draw("مطعم") and not canvas.can_draw("\U0001f35c")
    empty, boxes = canvas.Canvas(), canvas.Canvas()
    boxes.lines("مطعم", 72, 170, 60, 1000, 2)
    assert boxes.png() == empty.png()


@pytest.mark.parametrize("text", ["", "W" * 300, "金" * 300, "Long words and short ones " * 20])
def test_no_line_is_wider_than_the_card(text):
    lines = canvas.cut(text, 60, 1000, 2, True)
    assert len(lines) <= 2 and all(canvas.width(line, 60, True) <= 1000 for line in lines)


@pytest.mark.parametrize("scheme", {s.key: s for s in schemes.all_versions()}.values(), ids=str)
def test_every_shape_of_every_scheme_stays_on_the_card(scheme):
    for entry in (*scheme.values, *scheme.statuses):
        assert cards._shape(canvas.Canvas(), example(scheme, entry.key), 300) <= canvas.WIDTH - canvas.MARGIN
