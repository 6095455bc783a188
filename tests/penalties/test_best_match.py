"""Words in their other forms, and which decisions match them best."""

import pytest

from tests.penalties.test_search import decided, found

pytestmark = pytest.mark.django_db


def test_words_of_facts_and_names_are_found_in_other_forms_and_marked(client):
    decided("Corner Bakeries Ltd", facts="Inspected twice; mouse droppings were seen.")
    decided("Other Ltd", facts="Nothing of the kind.")
    for query in ("inspection", "inspecting+droppings", "bakery", "mouses"):
        assert found(f"q={query}") == ["Corner Bakeries Ltd"], query
    assert "<mark>droppings</mark>" in client.get("/penalties/?q=dropping").content.decode()


def test_a_word_that_is_in_every_text_is_asked_for_only_alone_or_in_a_phrase():
    decided("Corner Bakery Ltd", days=10, facts="Mouse droppings lay on a shelf.")
    decided("The Bakery Ltd", days=20, facts="Hot water was missing.")
    assert found("q=the+bakery") == ["Corner Bakery Ltd", "The Bakery Ltd"]
    assert found("q=the+bakery+ltd")[0] == "The Bakery Ltd"
    for query in ("the", '"the bakery"', "the -corner"):
        assert found(f"q={query}") == ["The Bakery Ltd"], query
    assert found("q=bakery+-the") == ["Corner Bakery Ltd"]


def test_best_matches_are_the_name_then_words_of_names_then_the_newest():
    decided("Kettle Ltd", days=300)
    decided("Copper Kettle Ltd", days=200)
    decided("Other Ltd", days=100, facts="A kettle ltd boiled over.")
    decided("Newer Ltd", days=50, facts="Kettle and ltd apart.")
    assert found("q=kettle") == ["Copper Kettle Ltd", "Kettle Ltd", "Newer Ltd", "Other Ltd"]
    assert found("q=kettle+ltd") == ["Kettle Ltd", "Copper Kettle Ltd", "Newer Ltd", "Other Ltd"]
