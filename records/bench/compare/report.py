"""The page that shows the comparison: tables of steps, and the pictures of both side by side."""

from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from records.bench.compare.read import READ, SYSTEM
from records.bench.compare.walking import SCREENS, Route

TASKS = {
    "grade": "Find the grade of this restaurant",
    "fines": "Every fine over an amount under one article in one year, as a file",
    "sign": "Is this sign current?",
}
_STYLE = mark_safe(
    "<style>body{font:16px/1.4 system-ui;margin:2rem}table{border-collapse:collapse;margin:1rem 0}"
    "td,th{border:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    ".row{display:flex;gap:.75rem;overflow-x:auto;padding-bottom:1rem}figure{margin:0;flex:none}"
    "figure img{height:520px;border:1px solid #999}figcaption{max-width:22rem;font-size:.85rem}</style>"
)  # no input


def write(folder: Path, done) -> Path:
    """The page; `done` is what `run.compare` found."""
    index = folder / "index.html"
    index.write_text(_page(done), encoding="utf-8")
    return index


def _page(done) -> str:
    fines = done.fines
    asked = {
        "grade": done.place.name,
        "fines": f"over {fines.amount:,} {fines.currency}, {fines.law} {fines.article}, {fines.year}: "
        f"{len(fines.references)} in the register",
        "sign": f"{done.code}, {done.place.name}",
    }
    parts = [
        format_html(
            "<h2>{}</h2><p>{}</p>{}{}",
            title,
            asked[task],
            _table(done.routes, task),
            _rows(done.routes, task),
        )
        for task, title in TASKS.items()
    ]
    files = format_html_join("", "<li>{}: {}</li>", done.files.items())
    left_out = format_html("<p><strong>{}</strong></p>", done.left_out) if done.left_out else ""
    head = mark_safe('<!doctype html><html lang="en"><meta charset="utf-8"><title>Three tasks</title>')
    return format_html(
        "{}{}<h1>Three tasks, side by side</h1>{}{}<h2>The files</h2><ul>{}</ul>",
        head, _STYLE, left_out, format_html_join("", "{}", ((part,) for part in parts)), files,
    )  # fmt: skip


def _table(routes: list[Route], task: str) -> str:
    driven = [
        (route.system, f"driven, {route.screen}, by {route.way}", _steps(route), _at_once(route))
        for route in routes if route.task == task
    ]  # fmt: skip
    read = [
        (SYSTEM, f"read in its public code: {read.where}",
         f"at least {len(read.steps)}: {', '.join(read.steps)}" if read.steps else "not possible",
         read.first_screen)
        for read in READ if read.task == task
    ]  # fmt: skip
    head = mark_safe("<table><tr><th>System<th>How it is known<th>Steps<th>The answer without a scroll</tr>")
    body = format_html_join("", "<tr><th>{}<td>{}<td>{}<td>{}</tr>", driven + read)
    return format_html("{}{}</table>", head, body)


def _steps(route: Route) -> str:
    if route.failed:
        return f"not possible: {route.failed}"
    return f"{len(route.steps)}: " + ", ".join(f"{step.kind} {step.what}" for step in route.steps)


def _at_once(route: Route) -> str:
    return "–" if route.failed else "yes" if route.at_once else "no"


def _rows(routes: list[Route], task: str) -> str:
    shown = [
        (f"{route.system}, {screen}, {route.way}", _pictures(route))
        for screen in SCREENS for route in routes if route.task == task and route.screen == screen
    ]  # fmt: skip
    return format_html_join("", '<h3>{}</h3><div class="row">{}</div>', shown)


def _pictures(route: Route) -> str:
    return format_html_join(
        "", '<figure><img src="{0}" alt="{1}" loading="lazy"><figcaption>{1}</figcaption></figure>',
        ((step.picture, f"{number}. {step.kind} {step.what}") for number, step in enumerate(route.steps, 1)),
    )  # fmt: skip
