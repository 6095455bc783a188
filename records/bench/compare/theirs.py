"""The same tasks in Datasette, filled with the files that the site itself gives out, as anybody could.

As it comes: no configuration but a search index on the words of each table.
"""

from pathlib import Path

from records.bench.compare.walking import Walk
from records.bench.compare.wanted import Fines, Place
from records.bench.size import datasette

SYSTEM = "Datasette"
WORDS = {
    "ratings": ("name", "address", "postcode"),
    "penalties": ("respondent", "decision_number", "facts", "legal_basis"),
}


def fill(programs: Path, tables: dict[str, Path]) -> Path:
    """A SQLite file with a table for each CSV file, made anew."""
    file = datasette.folder() / "register.db"
    for old in file.parent.glob("register.db*"):
        old.unlink()
    tool = str(programs / "sqlite-utils")
    for name, table in tables.items():
        key = ("--pk", "reference") if name == "penalties" else ()  # a place has one row for each scheme
        insert = [tool, "insert", str(file), name, str(table), "--csv", *key]
        insert += ["--detect-types", "--empty-null"]
        datasette.run(insert, f"fill the table {name}")
        datasette.run([tool, "enable-fts", str(file), name, *WORDS[name], "--fts5"], f"index {name}")
    return file


def grade(walk: Walk, root: str, place: Place) -> None:
    """Search the table for its name."""
    row = _search(walk, root, place)
    walk.answer(row.locator("td.col-name"), row.locator("td.col-grade"))


def fines(walk: Walk, root: str, wanted: Fines) -> None:
    """Three filters, which the form takes one at a time, and a fourth where there are several currencies."""
    walk.open(root)
    walk.press("penalties", walk.page.locator('a[href$="/penalties"]').first)
    _filter(walk, wanted.column, "contains", f"{wanted.law} {wanted.article}")
    _filter(walk, "decided_on", "startswith", wanted.year)
    _filter(walk, "imposed", "gt", str(wanted.amount))
    file = walk.page.locator(".export-links a", has_text="CSV").first
    walk.answer(walk.page.locator("h3").first, file)
    walk.take("CSV", file)


def fines_by_sql(walk: Walk, root: str, wanted: Fines) -> None:
    """For whoever can write SQL and knows the columns."""
    walk.open(root)
    walk.press("register", walk.page.locator('a[href$="/register"]').first)
    sql = (
        f"select * from penalties where {wanted.column} like '%{wanted.law} {wanted.article}%' "
        f"and decided_on like '{wanted.year}%' and imposed > {wanted.amount}"
    )
    walk.write("SQL", walk.page.locator(".CodeMirror"), sql)
    walk.press("Run SQL", walk.page.locator("form.sql input[type=submit]"))
    file = walk.page.locator(".export-links a", has_text="CSV").first
    walk.answer(walk.page.locator("h3").first, file)
    walk.take("CSV", file)


def sign(walk: Walk, root: str, place: Place) -> None:
    """There are no codes: search for the name on the sign, and compare its grade and date."""
    row = _search(walk, root, place)
    walk.answer(row.locator("td.col-name"), row.locator("td.col-grade"), row.locator("td.col-rated_on"))


def _search(walk: Walk, root: str, place: Place):
    walk.open(root)
    walk.press("ratings", walk.page.locator('a[href$="/ratings"]').first)
    walk.fill("Search", walk.page.locator("#_search"), place.name)
    walk.press("Apply", walk.page.locator("form.filters input[type=submit]"))
    rows = walk.page.locator("tr", has=walk.page.locator("td.col-reference", has_text=place.reference))
    return rows.filter(has=walk.page.locator("td.col-scheme", has_text=place.scheme)).first


def _filter(walk: Walk, column: str, operation: str, value: str) -> None:
    page = walk.page
    walk.choose("column", page.locator("select[name=_filter_column]"), column)
    walk.choose("comparison", page.locator("select[name=_filter_op]"), operation)
    walk.fill("value", page.locator("input[name=_filter_value]"), value)
    walk.press("Apply", page.locator("form.filters input[type=submit]"))
