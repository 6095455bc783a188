"""Contrast is computed once for texts that look alike, and what is too faint is found wherever it stands."""

import pytest

from tests.face import looks, seen

PAGE = (
    "<!doctype html><html lang=en><title>Texts</title><main style='background: #fff; color: #000'>{}</main>"
)


@pytest.fixture
def told(open_page, monkeypatch):
    """A function: what is said against the contrast of a page with these texts; nothing is known before."""
    monkeypatch.setattr(looks, "KNOWN", set())
    page = seen.watched(open_page(seen.DESKTOP))

    def say(texts: str) -> list[str]:
        page.goto("about:blank")
        page.set_content(PAGE.format(texts))
        return [one for one in seen.broken(page, seen.COLOURS) if one.startswith("color-contrast")]

    return say


def test_what_suffices_is_known_and_what_is_too_faint_never(told):
    for _page in range(2):
        assert len(told("<p>Plain</p><p style='color: #bbb'>Faint</p>")) == 1
        assert len(looks.KNOWN) == 1


@pytest.mark.parametrize(
    "other",
    [
        "<div style='background: #222'><p>On another ground</p></div>",
        "<p style='opacity: .3'>Seen through</p>",
        "<p style='color: #999; font-weight: 700'>Of another colour</p>",
        "<p style='position: relative; background: #333'>Elsewhere</p>",
    ],
)
def test_the_same_colour_is_asked_about_again_where_it_looks_otherwise(told, other):
    assert told("<p>Plain</p>") == []
    assert len(told(f"<p>Plain</p>{other}")) == 1


def test_text_that_suffices_because_it_is_large_says_nothing_of_small_text(told):
    large = "<p style='color: #888; font-size: 32px'>Large</p>"
    assert told(large) == []
    assert len(told(f"{large}<p style='color: #888'>Small</p>")) == 1


def test_a_control_that_is_off_says_nothing_of_one_that_is_on(told):
    style = "color: #bbb; background: #fff"
    assert told(f"<button style='{style}' disabled>Off</button>") == []
    assert len(told(f"<button style='{style}' disabled>Off</button><button style='{style}'>On</button>")) == 1
