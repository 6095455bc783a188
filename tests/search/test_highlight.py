"""What a search matched is marked in the text as published."""

import pytest

from records.search.highlight import pieces
from records.search.text import parse


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("cafe", "The Café at Nº 3", ["Café"]),
        ("jackies", "Jackie’s Fish", ["Jackie’s"]),
        ("72 china camb", "72 China, Cambridge", ["72", "China", "Cambridge"]),
        ("金龙", "北京金龙饭店", ["金龙"]),
        ("金龙饭店", "北京金龙饭店", ["金龙饭店"]),
        ("北京 饭店", "北京金龙饭店", ["北京", "饭店"]),
        ("金", "北京金龙饭店", ["金"]),
        ("dragon", "Golden Dragon金龙", ["Dragon"]),
        ("and", "Android and more", ["Android", "and"]),
        ("xyz", "Nothing here", []),
    ],
)
def test_matched_words_are_marked_as_published(typed, text, marked):
    cut = pieces(text, parse(typed).ladder()[0])
    assert [piece for piece, is_marked in cut if is_marked] == marked
    assert "".join(piece for piece, _ in cut) == text


def test_without_a_search_nothing_is_marked():
    assert pieces("Golden", None) == [("Golden", False)]
    assert pieces("", None) == []
