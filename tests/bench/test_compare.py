"""The comparison counts steps as a person takes them, wants what a rule says, goes on without Datasette."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from records.bench.compare import report, run, same, wanted
from records.bench.compare.walking import Route, Step, Walk, screens
from records.bench.size import datasette

RATINGS = """reference,name,address,scheme,grade,closed_on
a1,Copper Kettle,1 Mill Lane,dk-smiley,happy,
b2,Harbour Fish Bar,2 Mill Lane,dk-smiley,happy,
b3,Harbour Fish Bar,3 Mill Lane,dk-smiley,happy,
c4,Closed Kitchen,4 Mill Lane,dk-smiley,happy,2026-01-01
d5,Not Graded,5 Mill Lane,dk-smiley,,
"""
PENALTIES = """reference,decided_on,imposed,currency,violated,applied
p1,2026-01-05,12000,GBP,food-act s. 22,food-act s. 40
p2,2026-02-05,10000,GBP,food-act s. 22; food-act s. 8(1),food-act s. 40
p3,2026-03-05,7000.50,GBP,food-act s. 8(1),food-act s. 40
p4,2026-03-06,6000,GBP,,food-act s. 40
p5,2025-03-06,6000,GBP,,food-act s. 40
p6,2026-03-06,,,,food-act s. 40
"""


class Part:
    """An element of a page on which nothing but its box is known."""

    def __init__(self, x=0, y=0, width=100, height=40):
        self.box = {"x": x, "y": y, "width": width, "height": height}

    def wait_for(self, *args, **how):
        """It is there."""

    click = fill = select_option = wait_for

    def bounding_box(self):
        return self.box

    def evaluate(self, script, moved):
        self.box["x"] -= moved[0]
        self.box["y"] -= moved[1]

    def __getattr__(self, name):
        return lambda *args, **how: None


@pytest.fixture
def walk(tmp_path):
    page = SimpleNamespace(
        goto=lambda *a, **k: None, screenshot=lambda **k: None, wait_for_load_state=lambda state: None
    )
    return Walk(page, Route("site", "grade", "the box", "phone"), tmp_path)


def kinds(walk):
    return [step.kind for step in walk.route.steps]


@pytest.mark.parametrize(
    ("begin", "size", "scrolls"),
    [(0, 740, 0), (700, 40, 0), (701, 40, 1), (1300, 40, 1), (1400, 40, 2), (-10, 40, -1), (0, 2000, 0)],
)
def test_a_scroll_is_counted_for_each_screen(begin, size, scrolls):
    assert screens(begin, size, 740) == scrolls


def test_presses_fields_choices_and_scrolls_are_steps_and_the_first_page_is_none(walk):
    walk.open("http://example.org/")
    walk.fill("the box", Part(), "kettle")
    walk.choose("column", Part(), "name")
    walk.press("Search", Part(y=1500))
    assert kinds(walk) == ["fill", "choose", "scroll", "scroll", "press"]
    assert len({step.picture for step in walk.route.steps}) == 5


def test_an_answer_is_at_once_there_when_its_whole_box_is_on_the_screen(walk):
    walk.answer(Part(), Part(y=700))
    assert walk.route.at_once and kinds(walk) == []
    walk.answer(Part(), Part(y=720))
    assert not walk.route.at_once and kinds(walk) == ["scroll"]
    walk.answer(Part(x=400))
    assert not walk.route.at_once and kinds(walk) == ["scroll", "scroll"]


def test_the_place_is_one_that_is_open_graded_and_has_its_name_for_itself():
    assert wanted.place(wanted.rows(RATINGS.encode())).name == "Copper Kettle"
    with pytest.raises(wanted.Nothing):
        wanted.place([])


def test_the_fines_are_over_the_highest_amount_that_has_several_under_one_article():
    found = wanted.fines(wanted.rows(PENALTIES.encode()))
    assert (found.amount, found.column, found.law, found.article, found.year) == (
        5_000, "applied", "food-act", "s. 40", "2026",
    )  # fmt: skip
    assert found.references == {"p1", "p2", "p3", "p4"}
    with pytest.raises(wanted.Nothing):
        wanted.fines(wanted.rows(PENALTIES.encode())[:2])


def test_files_are_compared_row_by_row_and_numbers_by_what_they_are():
    other = PENALTIES.replace("7000.50", "7000.5").encode()
    assert same.compared(PENALTIES.encode(), other).words() == "the same 6 rows"
    changed = other.replace(b"p6,", b"p7,").replace(b"12000", b"12001")
    difference = same.compared(PENALTIES.encode(), changed)
    assert difference.only_first == ("p6",) and difference.only_second == ("p7",)
    assert difference.cells == (("p1", "imposed"),)


@pytest.fixture
def no_network(monkeypatch):
    """A site that answers with the files above, a browser that finds everything, and no Datasette."""

    @contextmanager
    def served():
        yield SimpleNamespace(port=1)

    def fetched(address, file):
        file.write_text(RATINGS if "ratings" in address else PENALTIES)
        return file

    def refused():
        raise datasette.Unavailable("Could not install Datasette: no network")

    def walked(browser, folder, route, visit):
        route.steps.append(Step("press", "Search", "1.png"))
        route.at_once = True

    monkeypatch.setattr(run, "served", served)
    monkeypatch.setattr(run, "chromium", served)
    monkeypatch.setattr(run, "_fetched", fetched)
    monkeypatch.setattr(run, "_walk", walked)
    monkeypatch.setattr(run, "_code", lambda place: "7KQ4-MF2X")
    monkeypatch.setattr(datasette, "install", refused)


@pytest.mark.usefixtures("no_network")
def test_without_datasette_it_says_so_and_goes_on(tmp_path):
    said = []
    html = run.compare(tmp_path, said.append).read_text()
    assert said[0] == "Datasette is left out: Could not install Datasette: no network"
    assert "no network" in html and "Copper Kettle" in html
    assert len(said) == 9  # four ways on two screens
    assert 'src="1.png"' in html and "1: press Search" in html


@pytest.mark.usefixtures("no_network")
def test_what_was_read_and_not_driven_is_said_to_be_so(tmp_path):
    html = run.compare(tmp_path, lambda words: None).read_text()
    assert html.count("read in its public code") == len(report.TASKS) == 3


def test_the_command_says_what_is_missing(monkeypatch):
    def nothing(folder, say):
        raise wanted.Nothing("fill the register first")

    monkeypatch.setattr("records.management.commands.compare.call_command", lambda *a, **k: None)
    monkeypatch.setattr("records.management.commands.compare.compare", nothing)
    with pytest.raises(CommandError, match="fill the register"):
        call_command("compare")
