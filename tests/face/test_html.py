"""Every page is valid: by the Nu HTML Checker, and once for all of them."""

import pytest
from django.test import Client

from tests.face import checker, pages

pytestmark = pytest.mark.django_db
NO_FAULTS = (
    # Of no effect, says the checker; Django's form fields have them.
    "Trailing slash on void elements has no effect",
    # Some browser does not know it and shows the ordinary keyboard.
    "The “inputmode” attribute is not supported in all browsers",
)
DJANGO = ('aria-describedby="_helptext"', "<div disabled", "</ul></p>", '<label for="id_another"')
"""What Django's own pages of the admin get wrong, and no page of ours."""


def faults(folder) -> list[str]:
    return [
        f"{told} {extract!r}"
        for told, extract in checker.complaints(folder)
        if not told.partition(": ")[2].startswith(NO_FAULTS) and not any(part in extract for part in DJANGO)
    ]


def test_every_page_is_valid_html(town, tmp_path):
    folder, clients, names = tmp_path / "pages", {"": Client()}, {}
    folder.mkdir()
    for name, person in town.people.items():
        clients[name] = Client()
        clients[name].force_login(person)
    for number, page in enumerate((*pages.public(town), *pages.office(town))):
        names[f"{number:03d}"] = str(page)
        (folder / f"{number:03d}.html").write_bytes(clients[page.who].get(page.address).content)
    told = [f"{names[line[:3]]}{line[3:]}" for line in faults(folder)]
    assert not told, "\n".join(told)


def test_the_checker_finds_what_is_wrong(tmp_path):
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>a</title><span><p>b</p></span>")
    assert len(faults(tmp_path)) == 1
