"""The documents do not rot: what they name exists, and what exists is named."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from records.authorities import roles
from records.catalogue import ACCEPTED
from records.demo import people
from records.publication import rules
from records.ratings import schemes

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
DOCUMENTS = [path.relative_to(ROOT) for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))]
# Of Django, and of the programs that make runs; no settings of ours.
NOT_SETTINGS = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "HOST", "PORT", "LC_MESSAGES"}


def code_of(pattern: str, *folders: str) -> set[str]:
    """What the pattern captures in the Python files of the folders."""
    files = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {found for path in files for found in re.findall(pattern, path.read_text())}


def settings_in_code() -> set[str]:
    """Every environment variable that the code reads."""
    ours = r"environment\.(?:text|flag|share|megabytes|words|languages|folder|database)"
    readers = rf"(?:{ours}|environ\.(?:get|setdefault))"
    return code_of(readers + r'\(\s*"([A-Z_]+)"', "portal", "records", "tests") - NOT_SETTINGS


def table(heading: str) -> list[str]:
    """The first cells of the tables that begin with that heading, without backticks."""
    found = []
    for block in re.findall(rf"^\| {heading} \|.*?\n\|[-|]+\|\n((?:\|.*\n)+)", README, re.M):
        for line in block.splitlines():
            found += re.findall(r"`([^`]+)`", line.split("|")[1])
    return found


def test_every_setting_is_documented_and_every_documented_one_exists():
    assert set(table("variable")) == settings_in_code()
    mentioned = set(re.findall(r"\b(PLACARD_[A-Z_]+|[A-Z]+_DATABASE_URL)\b", README))
    assert mentioned <= settings_in_code()


def test_every_make_target_is_documented_and_every_documented_one_exists():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.M))
    assert {name.removeprefix("make ") for name in table("command") if name.startswith("make ")} == targets
    used = {name for path in DOCUMENTS for name in re.findall(r"`make ([a-z]+)", (ROOT / path).read_text())}
    assert used <= targets
    for variable in re.findall(r"`make` also knows (.*)\.", README)[0].replace(" and ", ", ").split(", "):
        assert f"{variable.strip('`')} ?=" in makefile


def test_every_command_is_documented_and_every_documented_one_exists():
    ours = {name for name, app in get_commands().items() if app in ("records", "portal")}
    assert {name.removeprefix("manage.py ") for name in table("command") if "manage.py" in name} == ours
    used = {
        name for path in DOCUMENTS for name in re.findall(r"manage\.py ([a-z_]+)", (ROOT / path).read_text())
    }
    assert used <= set(get_commands())


def test_every_scheme_and_format_is_documented_and_every_documented_one_exists():
    assert set(table("key")) == {scheme.key for scheme in schemes.all_versions()}
    assert set(table("format")) == set(ACCEPTED)
    assert set(table("rule set")) == {rule.key for rule in rules.rule_sets()}


def test_the_accounts_of_the_demo_are_those_of_the_readme():
    slugs = [authority["slug"] for authority in people.AUTHORITIES]
    named = {f"{role.slug}.{slug}" for role in roles.ROLES for slug in slugs}
    assert set(table("account")) == named | {people.REGISTRAR}
    assert f"the password `{people.PASSWORD}`" in README


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_file_that_a_document_names_exists(path):
    text = (ROOT / path).read_text()
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / path.parent / target).exists(), target
    named = re.findall(r"`((?:portal|records|tests|templates|static|docs|\.ci)/[\w./-]*)`", text)
    named += [f"records/{room}" for room in re.findall(r"`((?:search|ratings|intake)/\w+\.py)`", text)]
    for name in named:
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_test_that_a_document_names_holds_tests(path):
    for name in re.findall(r"`(tests/[\w/]+\.py)`", (ROOT / path).read_text()):
        if Path(name).name.startswith("test_"):
            assert "\ndef test_" in (ROOT / name).read_text(), name


def test_the_changelog_begins_with_the_version_of_the_project():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert newest[1] == version


def test_every_folder_of_the_house_is_in_the_architecture():
    house = (ROOT / "ARCHITECTURE.md").read_text()
    folders = {path.parent.name for path in (ROOT / "records").glob("*/__init__.py")}
    for folder in folders - {"management", "templatetags"}:
        assert f"{folder}/" in house, folder
