"""The contracts of the house hold, and they catch what they are there to catch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def lint(folder):
    program = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(
        program, cwd=folder, env=os.environ | {"COLUMNS": "200"}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path):
    for name in ("records", "portal"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_contracts():
    status, output = lint(CHECKOUT)
    assert status == 0, output


def test_no_file_is_a_drawer_for_things_without_a_place():
    drawers = {"utils", "util", "helpers", "common", "misc", "core", "mixins", "base", "tools", "shared"}
    files = (path for room in ("records", "portal") for path in (CHECKOUT / room).rglob("*.py"))
    assert [str(path) for path in files if drawers & {path.stem, path.parent.name}] == []


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("records/utils.py", "", "utils"),
        ("records/permits/__init__.py", "", "permits"),
        ("records/publication/upward.py", "import records.ratings.models", "records.publication.upward"),
        ("records/search/room.py", "from records.authorities import models", "records.search.room"),
        ("records/businesses/law.py", "from records.ratings import models", "records.businesses.law"),
        ("records/intake/how.py", "import portal.settings", "records.intake.how"),
        ("records/ratings/shortcut.py", "import records.models", "records.ratings.shortcut"),
        ("records/ratings/peek.py", "from records.authorities import views", "records.ratings.peek"),
        ("portal/knows.py", "import records.ratings.models", "portal.knows"),
    ],
)
def test_a_wrong_file_breaks_a_contract(copy, file, text, complaint):
    path = copy / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    status, output = lint(copy)
    assert status == 1
    assert "BROKEN" in output
    assert complaint in output
