"""The page of an establishment: the grade, why, what was found, what was before, and where it comes from."""

import re

import pytest

from records.businesses.models import EstablishmentAlias

pytestmark = pytest.mark.django_db


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(client, establishment):
    response = client.get(establishment.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_grade_scores_findings_and_earlier_visits(client, world):
    html = page(client, world.copper_kettle)
    words = text(html)
    assert "4 of 5, Good, inspected" in words
    assert "Why 4?" in words
    assert "Hygienic food handling" in words
    assert "Generally satisfactory" in words
    assert "What the inspector found (3)" in words
    assert "Cooked rice stood at 21 degrees." in words
    assert "1 of 3 is marked critical by the inspector" in words
    assert "Other inspections" in words
    assert "3, Generally satisfactory" in words


def test_the_page_says_where_the_record_comes_from(client, world):
    words = text(page(client, world.copper_kettle))
    batch = world.batches[0]
    assert batch.file_name in words
    assert batch.sha256 in words
    assert "CC0 1.0" in words
    assert "Last confirmed" in words
    assert "food@alm.example.org" in words


def test_a_private_home_shows_no_address_and_says_why(client, world):
    html = page(client, world.private_home)
    for secret in ("Hidden Close", "QA3", "01632 960999", "51.1777", "geo:"):
        assert secret not in html
    assert "This is a private home." in html


def test_only_the_area_of_some_is_shown(client, world):
    html = page(client, world.area_only)
    assert "QA4" in html
    assert "5ZZ" not in html
    assert "Veiled Row" not in html


def test_a_closed_establishment_has_a_banner(client, world):
    assert "Closed on" in text(page(client, world.closed))


def test_what_left_the_source_says_since_when(client, world):
    assert "No longer in the source since" in text(page(client, world.vanished))
    assert "No longer in the source" not in text(page(client, world.returned))


def test_a_pending_rating_is_announced(client, world):
    assert "A new rating is on its way." in text(page(client, world.pending))


def test_a_rating_that_differs_from_its_scores_shows_both(client, world):
    words = text(page(client, world.by_source))
    assert "The source published “3, Generally satisfactory”; the scores below give “5, Very good”." in words


def test_the_reply_of_the_business_stands_in_its_own_words(client, world):
    html = page(client, world.with_reply)
    assert "What the business says" in html
    assert "We have replaced the fridge &amp; trained our staff." in html
    assert "&lt;p&gt;" not in html
    assert html.index("What the business says") < html.index("Why 1?")


def test_an_earlier_name_is_told_with_its_last_day(client, world):
    words = text(page(client, world.renamed))
    assert "What it was called before" in words
    assert "The Old Lantern until" in words


def test_an_earlier_rating_says_how_and_why_it_ended(client, world):
    words = text(page(client, world.superseded))
    assert "Earlier ratings" in words
    assert "2, Some improvement necessary" in words
    assert "The source published another one" in words


def test_a_corrected_visit_stays_and_says_that_the_source_changed_it(client, world):
    assert "The source later published this inspection otherwise." in text(page(client, world.corrected))


def test_an_overdue_inspection_is_called_overdue(client, world):
    words = text(page(client, world.overdue))
    assert "Next inspection overdue" in words
    assert "The next inspection was due by" in words


def test_a_status_is_explained_and_is_no_grade(client, world):
    words = text(page(client, world.awaiting))
    assert "Awaiting inspection" in words
    assert "has not been inspected for a rating yet" in words


def test_welsh_stands_beside_english_in_wales(client, world):
    html = page(client, world.welsh)
    assert '<p class="grade-second" lang="cy">Da iawn</p>' in html


def test_another_name_of_the_page_is_the_repaired_one(client, world):
    html = page(client, world.mojibake)
    assert "<h1>Jackie’s Kitchen</h1>" in html
    assert "Name as published" in html


def test_the_company_is_named_with_its_number(client, world):
    words = text(page(client, world.with_company))
    assert "Almond Table Ltd" in words
    assert "UK company number 99000001" in words


@pytest.mark.parametrize(
    "change", [str.upper, lambda r: f"{r[:3]}-{r[3:]}", lambda r: r.replace("1", "l").replace("0", "O")]
)
def test_a_misread_reference_leads_to_the_right_one(client, world, change):
    right = world.copper_kettle.reference
    response = client.get(f"/establishments/{change(right)}/")
    if change(right) == right:
        assert response.status_code == 200
    else:
        assert response.status_code == 301
        assert response.headers["Location"] == f"/establishments/{right}/"


def test_an_old_reference_leads_to_the_establishment_it_became(client, world):
    EstablishmentAlias.objects.create(
        reference="zzzzzz7", establishment=world.copper_kettle, reason="Twice entered."
    )
    response = client.get("/establishments/zzzzzz7/")
    assert response.status_code == 301
    assert response.headers["Location"] == world.copper_kettle.get_absolute_url()


def test_a_wrong_reference_answers_404_with_a_search_box(client, world):
    response = client.get("/establishments/nothing/")
    assert response.status_code == 404
    assert b'name="q"' in response.content


def test_what_is_not_public_has_no_page(client, world):
    assert client.get(f"/establishments/{world.hidden.reference}/").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "letter",
        "letter_b",
        "overdue",
        "grade_pending",
        "face",
        "sour_face",
        "chinese",
        "chinese_ungraded",
        "plate",
        "exempt",
        "without_address",
    ],
)
def test_every_kind_of_record_has_a_page(client, world, name):
    assert f"<h1>{getattr(world, name).name}</h1>" in page(client, getattr(world, name)).replace(
        "&#x27;", "'"
    )


def test_a_page_takes_few_queries(client, world, django_assert_max_num_queries):
    address = world.copper_kettle.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(10, using="default"):
        client.get(address)
