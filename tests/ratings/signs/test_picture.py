"""The badge as a picture: no text is wider than its place, whatever it says."""

from datetime import date

import pytest

from records.ratings import schemes
from records.ratings.badge import example
from records.ratings.signs.picture import PAD, WIDTH, cut, measure, shape_width


@pytest.mark.parametrize("most", [1, 2])
@pytest.mark.parametrize(
    "text", ["", "A", "W" * 300, "餐饮服务" * 40, "Major improvement necessary " * 9, "x" * 99]
)
def test_a_text_never_exceeds_its_place(text, most):
    lines = cut(text, 16, 120, most)
    assert len(lines) <= most and all(measure(line, 16) <= 120 for line in lines)


def test_a_text_that_fits_is_left_alone():
    assert cut("Very good", 16, 200) == ["Very good"]
    assert " ".join(cut("Major improvement necessary", 16, 160, 3)) == "Major improvement necessary"


@pytest.mark.parametrize("scheme", schemes.all_versions(), ids=str)
def test_every_shape_fits_in_the_picture(scheme):
    for entry in (*scheme.values, *scheme.statuses):
        assert shape_width(example(scheme, entry.key, date(2026, 1, 1))) <= WIDTH - 2 * PAD
