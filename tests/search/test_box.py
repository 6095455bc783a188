"""Parts of the map: reading them, fitting a zoom, and the cells that they are cut into."""

import math

import pytest

from records.search.box import CELL, DEEPEST, MOST_CELLS, WORLD, Box, Grid, degrees, parse_box, upward


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "west, south, east and north"),
        ("1,2,3", "west, south, east and north"),
        ("1,2,3,4,5", "west, south, east and north"),
        ("nan,0,1,1", "west, south, east and north"),
        ("1e1,0,20,1", "west, south, east and north"),
        ("0,-91,1,1", "latitudes lie between"),
        ("0,0,181,1", "longitudes between"),
        ("1,0,1,1", "west comes before the east"),
        ("1,0,-1,1", "west comes before the east"),
        ("0,52,1,51", "south before the north"),
        ("0,86,1,88", "south before the north"),
    ],
)
def test_what_is_no_part_of_the_map_is_named(text, reason):
    with pytest.raises(ValueError, match=reason) as raised:
        parse_box(text)
    assert "bbox" in str(raised.value)


def test_a_box_is_written_as_it_was_read():
    assert str(parse_box(" -0.2, 51.4 ,0.1,+51.6")) == "-0.20000,51.40000,0.10000,51.60000"


def test_the_map_is_mercators_and_back():
    assert degrees(0.5, upward(52.2)) == pytest.approx((52.2, math.degrees(0.5)))


def test_a_box_fits_into_the_pixels_of_its_zoom_and_into_half_of_the_next_not():
    box = parse_box("-0.2,51.4,0.1,51.6")
    pixels = 256 * 2 ** box.zoom(640) * (box.right - box.left) / (2 * math.pi)
    assert pixels <= 640
    assert Box(0, 0, 0, 0).zoom() == DEEPEST


def test_a_point_has_a_part_of_the_map_around_it():
    around = Box(1, 1, 1, 1).wider(0.08)
    assert around.left < 1 < around.right and around.bottom < 1 < around.top


@pytest.mark.parametrize("zoom", [0, 3, 9, 14, DEEPEST])
def test_there_are_never_more_cells_than_agreed_and_they_cover_the_box(zoom):
    for box in (WORLD, parse_box("-0.2,51.4,0.1,51.6")):
        grid = Grid(box, zoom)
        cells = [grid.cell(*cell) for cell in grid.cells()]
        assert 0 < len(cells) <= MOST_CELLS
        area = sum((cell.right - cell.left) * (cell.top - cell.bottom) for cell in cells)
        assert area == pytest.approx((box.right - box.left) * (box.top - box.bottom))


def test_cells_have_the_same_borders_wherever_one_looks():
    here, there = (Grid(parse_box(text), 12) for text in ("0,52,0.2,52.1", "0.07,51.98,0.27,52.08"))
    assert here.side == there.side == 2 * math.pi * CELL / (256 * 2**12)
    shared = set(here.cells()) & set(there.cells())
    assert len(shared) > 20


def test_a_mark_of_several_keeps_off_the_borders_of_its_cell():
    grid = Grid(parse_box("0,52,0.2,52.1"), 12)
    column, row = next(grid.cells())
    x, y = grid.inward(column, row, -9, 9)
    assert (x + math.pi) / grid.side == pytest.approx(column + 0.3)
    assert (y + math.pi) / grid.side == pytest.approx(row + 0.7)
