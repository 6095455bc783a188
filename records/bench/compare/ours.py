"""The three tasks on the site, each from its first page."""

import re

from records.bench.compare.walking import Walk
from records.bench.compare.wanted import Fines, Place

SYSTEM = "site"


def grade(walk: Walk, root: str, place: Place) -> None:
    """Type its name."""
    _type(walk, root, place.name)
    card = walk.page.locator(".card", has=walk.page.locator(f'a[href*="{place.reference}"]')).first
    walk.answer(card.locator("a").first, card.locator(".grade-face").first)


def fines(walk: Walk, root: str, wanted: Fines) -> None:
    """Type it as one says it."""
    over = f"over {wanted.amount:,} {wanted.currency}"
    _type(walk, root, f"fines {over} under {wanted.article} in {wanted.year}")
    section = walk.page.locator("section[aria-labelledby=read]")
    file = section.locator("a[download]").first
    walk.answer(section.locator("strong").first, file)
    walk.take("table (CSV)", file)


def fines_by_filters(walk: Walk, root: str, wanted: Fines) -> None:
    """Press filters, one after the other."""
    walk.open(root)
    walk.press("Decisions", walk.page.get_by_role("link", name="Decisions", exact=True).first)
    _narrow(walk, "Year", f"year={wanted.year}")
    _narrow(walk, "Article", f"article={wanted.law}%2F", wanted.article)
    _narrow(walk, "Amount imposed", f"imposed={wanted.amount}-")
    file = walk.page.locator(".results a[download]").first
    walk.answer(walk.page.locator(".shown strong"), file)
    walk.take("table (CSV)", file)


def sign(walk: Walk, root: str, code: str) -> None:
    """Type the code that stands on it."""
    _type(walk, root, code)
    walk.answer(walk.page.locator(".verdict h1"), walk.page.locator(".verdict .grade-face").first)


def _type(walk: Walk, root: str, text: str) -> None:
    walk.open(root)
    walk.fill("the box", walk.page.locator("#q"), text)
    walk.press("Search", walk.page.locator(".search-box.large button"))


def _narrow(walk: Walk, label: str, asked: str, words: str = "") -> None:
    """Choose a filter: on a phone the filters stand below the list, and a group may be folded."""
    page = walk.page
    title = page.locator("summary", has_text=re.compile(f"^{label}$"))
    group = page.locator("details.facet", has=title).first
    exact = f'a[href$="{asked}"], a[href*="{asked}&"]'
    option = group.locator(f'a[href*="{asked}"]' if words else exact, has_text=words).first
    to_filters = page.locator(".to-filters")
    if to_filters.is_visible():
        walk.press("Narrow the list", to_filters)
    if not option.is_visible():
        walk.press(label, group.locator("summary"))
    walk.press(f"the filter by {label.lower()}", option)
