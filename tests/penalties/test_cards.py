"""What is shown where somebody passes on a link to a decision: no name that search engines may not keep."""

import pytest

from records.penalties import cards
from records.penalties.shown import of
from records.publication import canvas
from tests import make
from tests.ratings.test_cards import drawn, tags  # noqa: F401

pytestmark = pytest.mark.django_db
TRADER = {
    "respondent": "Ann Example",
    "respondent_kind": "sole_trader",
    "premises": "The Blue Teapot, Testham",
}


def card(client, penalty):
    return client.get(f"/penalties/{penalty.reference}/card.png")


def test_a_decision_against_a_company_is_passed_on_with_name_sum_article_and_date(client, drawn):  # noqa: F811
    provision = make.provision(article="s. 17(1)")
    penalty = make.published_penalty(cited=(provision,), sanctions=(("fine", 12000),))
    told = tags(client.get(penalty.get_absolute_url()))
    assert penalty.respondent in told["og:title"] and penalty.decision_number in told["og:title"]
    assert "12,000" in told["og:description"] and "s. 17(1)" in told["og:description"]
    response = card(client, penalty)
    assert response["Content-Type"] == "image/png" and not response.has_header("X-Robots-Tag")
    said = " ".join(drawn)
    for part in (penalty.respondent, penalty.decision_number, "12,000", "s. 17(1)", "decided on"):
        assert part in said, part


def test_a_person_who_is_named_on_the_page_is_not_passed_on_by_name(drawn):  # noqa: F811
    shown = of(make.penalty(**TRADER))
    shown.content.person_rule = "Act on names, section 3"
    assert shown.name == "Ann Example"
    cards.card(shown, "Placard")
    for secret in ("Ann", "Example", "Teapot"):
        assert not any(secret in text for text in (*drawn, *cards.told(shown).values())), secret


def test_no_name_and_no_premises_of_a_person_are_passed_on(client, drawn):  # noqa: F811
    penalty = make.published_penalty(**TRADER)
    page = client.get(penalty.get_absolute_url())
    told = tags(page)
    passed = [value for name, value in told.items() if name and name.startswith(("og:", "twitter:"))]
    response = card(client, penalty)
    assert "noindex" in told["robots"] and "noindex" in response["X-Robots-Tag"]
    for secret in ("Ann", "Example", "Teapot", "Testham"):
        assert not any(secret in text for text in (*passed, *drawn)), secret
    assert penalty.decision_number in " ".join(drawn) and "5,000" in " ".join(drawn)


def test_of_a_decision_that_is_not_shown_there_is_no_card(client):
    withdrawn = make.published_penalty()
    withdrawn.withdraw(make.user("checker", withdrawn.authority), "Void.", "void", make.document())
    assert card(client, withdrawn).status_code == 410
    assert card(client, make.penalty()).status_code == 404
    told = tags(client.get(withdrawn.get_absolute_url()))
    assert told["og:title"] == "Placard" and told["og:image"].endswith("/card.png")
    assert withdrawn.reference not in told["og:image"]


def test_fonts_are_held_by_each_thread_for_itself():
    from threading import Thread

    held = []
    thread = Thread(target=lambda: held.append(canvas._fonts(32, False)))
    thread.start()
    thread.join()
    assert held[0][0] is not canvas._fonts(32, False)[0]
