"""Walks all of it: the site on the register there is, and Datasette with the files of that site beside it."""

import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from records.bench.chromium import chromium
from records.bench.compare import ours, report, same, theirs, wanted
from records.bench.compare.walking import SCREENS, Route, Walk
from records.bench.site import served
from records.bench.size import datasette
from records.bench.size.serving import NotServed
from records.bench.size.serving import datasette as served_datasette
from records.ratings.models import Rating
from records.ratings.signs.codes import code_of

TABLES = ("ratings", "penalties")
PATIENCE = 10_000
"""Milliseconds until what is looked for must be there."""


@dataclass
class Compared:
    """What came of it; `files` says in words how the files of two ways differ."""

    place: wanted.Place
    fines: wanted.Fines
    code: str
    routes: list[Route] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    left_out: str = ""


def compare(folder: Path, say: Callable[[str], None]) -> Path:
    """All routes on both screens, with pictures and `index.html` in that folder; the page to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with served() as site, ExitStack() as stack:
        root = f"http://127.0.0.1:{site.port}"
        tables = {name: _fetched(f"{root}/{name}.csv", folder / f"{name}.csv") for name in TABLES}
        place = wanted.place(wanted.rows(tables["ratings"].read_bytes()))
        fines = wanted.fines(wanted.rows(tables["penalties"].read_bytes()))
        done = Compared(place, fines, _code(place))
        systems = [(ours.SYSTEM, root, _ours(done))]
        try:
            programs = datasette.install()
            beside = stack.enter_context(
                served_datasette(programs / "datasette", theirs.fill(programs, tables))
            )
            systems.append((theirs.SYSTEM, f"http://127.0.0.1:{beside.port}", _theirs(done)))
        except (datasette.Unavailable, NotServed) as problem:
            done.left_out = f"Datasette is left out: {problem}"
            say(done.left_out)
        with chromium() as browser:
            for route, visit in _visits(systems):
                _walk(browser, folder, route, visit)
                done.routes.append(route)
                say(f"{route.task}, {route.system} ({route.way}), {route.screen}: {told(route)}")
    done.files = _files(done)
    for what, words in done.files.items():
        say(f"{what}: {words}")
    return report.write(folder, done)


def told(route: Route) -> str:
    """What came of a route in a line."""
    if route.failed:
        return f"not possible ({route.failed})"
    return f"{len(route.steps)} steps, the answer {'on the screen' if route.at_once else 'further down'}"


def _fetched(address: str, file: Path) -> Path:
    with urllib.request.urlopen(address) as answer:
        file.write_bytes(answer.read())
    return file


def _code(place: wanted.Place) -> str:
    """The code on the sign of a place."""
    standing = Rating.objects.public().current()
    rating = standing.get(establishment__reference=place.reference, scheme__key=place.scheme)
    return code_of(rating.pk)


def _ours(done: Compared) -> dict:
    return {
        ("grade", "the box"): lambda walk, root: ours.grade(walk, root, done.place),
        ("fines", "a sentence"): lambda walk, root: ours.fines(walk, root, done.fines),
        ("fines", "filters"): lambda walk, root: ours.fines_by_filters(walk, root, done.fines),
        ("sign", "its code"): lambda walk, root: ours.sign(walk, root, done.code),
    }


def _theirs(done: Compared) -> dict:
    return {
        ("grade", "a search"): lambda walk, root: theirs.grade(walk, root, done.place),
        ("fines", "filters"): lambda walk, root: theirs.fines(walk, root, done.fines),
        ("fines", "SQL"): lambda walk, root: theirs.fines_by_sql(walk, root, done.fines),
        ("sign", "a search"): lambda walk, root: theirs.sign(walk, root, done.place),
    }


def _visits(systems) -> Iterator[tuple[Route, Callable]]:
    for screen in SCREENS:
        for system, root, ways in systems:
            for (task, way), walk in ways.items():
                yield Route(system, task, way, screen), lambda page, walk=walk, root=root: walk(page, root)


def _walk(browser, folder: Path, route: Route, visit: Callable) -> None:
    from playwright.sync_api import Error

    wide, high = SCREENS[route.screen]
    context = browser.new_context(viewport={"width": wide, "height": high}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    try:
        visit(Walk(context.new_page(), route, folder))
    except Error as problem:
        route.failed = str(problem).splitlines()[0]
    finally:
        context.close()


def _files(done: Compared) -> dict[str, str]:
    """The file of the sentence beside that of every other way, on each screen, and beside the register."""
    files = [route for route in done.routes if route.file]
    said = {}
    for route in files:
        held = {row["reference"] for row in wanted.rows(route.file)}
        whole = "all" if held == done.fines.references else f"{len(held & done.fines.references)}"
        said[_name(route)] = f"{whole} of the {len(done.fines.references)} fines, {len(held)} rows"
    for first in files:
        for other in files:
            if first.way == "a sentence" and other is not first and other.screen == first.screen:
                difference = same.compared(first.file, other.file)
                said[f"{_name(first)} and {_name(other)}"] = difference.words()
    return said


def _name(route: Route) -> str:
    return f"file of {route.system} by {route.way} ({route.screen})"
