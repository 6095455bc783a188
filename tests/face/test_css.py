"""Every stylesheet is valid: by the checker of pages, which has the W3C's CSS Validator in it."""

from pathlib import Path

from django.conf import settings

from tests.face import checker

SHEETS = sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*.css"))
UNKNOWN = (
    # The checker does not know these yet; a browser that does not either skips them, and loses little.
    "Property “container-type” doesn't exist",  # CSS Containment 3
    "Property “field-sizing” doesn't exist",  # CSS Basic User Interface 4
    "pseudo-class “::details-content”",  # CSS Pseudo-Elements 4
    "Property “vector-effect” doesn't exist",  # SVG 2
)
UNCOUNTED = ("The types are incompatible", " * var(")
"""A custom property has no type for the checker, so it cannot multiply one: `2 * var(--s4)`."""


def faults(folder: Path) -> list[str]:
    return [
        f"{told} {extract!r}"
        for told, extract in checker.complaints(folder, "--css")
        if not any(name in told for name in UNKNOWN)
        and not (UNCOUNTED[0] in told and UNCOUNTED[1] in extract)
    ]


def test_every_stylesheet_is_valid(tmp_path):
    assert len(SHEETS) > 40
    for sheet in SHEETS:
        # It would skip what stands in @container (CSS Containment 3); in @media it reads it. Nor does it
        # know the inside of a fold (CSS Pseudo 4), for which any other part of an element does.
        name = "-".join(sheet.parts[-3:])
        known = sheet.read_text().replace("@container (", "@media (")
        known = known.replace("@supports selector(::details-content)", "@media all")
        (tmp_path / name).write_text(known.replace("::details-content", "::before"))
    told = faults(tmp_path)
    assert not told, "\n".join(told)


def test_what_is_wrong_is_found(tmp_path):
    wrong = (
        "p { colour: red; }",
        "p { margin: 1xx; }",
        "p { width: calc(1px + 1s); }",
        "p:hoover { top: 0; }",
    )
    for number, rule in enumerate(wrong):
        (tmp_path / f"{number}.css").write_text(rule)
    assert sorted({told[0] for told in faults(tmp_path)}) == ["0", "1", "2", "3"]
