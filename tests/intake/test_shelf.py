"""The shelf: texts by key, in the order in which they came, whatever their number."""

from records.intake.shelf import Shelf


def test_groups_come_in_the_order_of_their_first_text():
    with Shelf() as shelf:
        for number in range(20_000):
            shelf.add(str(number % 7000), str(number))
        found = dict(shelf.groups())
        assert list(found)[:3] == ["0", "1", "2"] and len(found) == 7000
        assert found["3"] == ["3", "7003", "14003"]


def test_what_is_taken_is_gone_and_what_is_looked_at_stays():
    with Shelf() as shelf:
        for key, text in (("a", "1"), ("b", "2"), ("a", "3"), ("c", "4")):
            shelf.add(key, text)
        assert shelf.look("a") == ["1", "3"] == shelf.take("a")
        assert shelf.take("a") == []
        shelf.add("b", "5")
        assert shelf.take("b") == ["2", "5"]
        assert list(shelf.rest()) == ["c"]
