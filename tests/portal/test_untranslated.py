"""No public page shows a word of the interface that no catalog has, and pages mirror.

A made-up language, written from right to left, puts ⟦ ⟧ around everything that the code has translated. What
then stands outside of them must be part of a record, or marked as what it is.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation
from lxml import html

from portal import catalogs
from records.publication import rules
from records.ratings import schemes
from tests import make

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/help/", "/help/no-total-score/", "/data/", "/accessibility/", "/no-such-page/",
    "/ratings/", "/ratings/?q=kettle", "/ratings/?q=nothing+at+all+like+this", "/ratings/?near=51.15,-6.3",
    "/ratings/?colour=blue", "/ratings/schemes/", "/ratings/schemes/uk-fhrs/", "/ratings/schemes/us-nyc/",
    "/ratings/schemes/dk-smiley/", "/penalties/", "/penalties/?q=kettle&sanction=fine",
    "/penalties/?q=nothing+like+it", "/penalties/corrections/", "/businesses/", "/businesses/?q=kettle",
    "/laws/", "/authorities/", "/authorities/almond-borough/", "/find/", "/find/?q=kettle", "/map/",
    "/figures/", "/figures/ages/", "/figures/changes/", "/figures/months/", "/figures/appeals/",
    "/about/", "/contact/", "/privacy/",
    "/licence/", "/glossary/", "/verify/", "/verify/?code=ABCD-EFGH", "/penalties/?columns=decided_on",
]  # fmt: skip
NAMES = re.compile(
    r"/?\b[a-z]+\.(?:csv|json|atom)\b|\b(?:Placard|English|Language|CSV|JSON|Atom|SHA|PDF|UTC|CC0|MIT|WGS|ISO|RFC|HTTP|GET|Crockford|A4|kB|MB|km|m)\b"
    r"|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b[A-Z]{3}\b|\b[0-9a-f]{7,64}\b"
)
UNSEEN = {"script", "style", "code", "pre", "textarea", "option"}
SAID = ("aria-label", "placeholder", "title", "alt", "data-said")


@pytest.fixture
def marked(settings, monkeypatch):
    """The site with the made-up language under /qq/; the words that were asked for, as catalogs hold them."""
    settings.LANGUAGES = [("en", "English"), ("qq", "⟦Qq⟧")]
    settings.LANGUAGES_BIDI = ["qq"]
    asked, usual, plural = set(), DjangoTranslation.gettext, DjangoTranslation.ngettext

    def gettext(self, message):
        if self.language() != "qq" or not message:
            return usual(self, message)
        asked.add(message)
        return f"⟦{message.rpartition(CONTEXT_SEPARATOR)[2]}⟧"

    def ngettext(self, one, many, number):
        return plural(self, one, many, number) if self.language() != "qq" else gettext(self, many)

    monkeypatch.setattr(DjangoTranslation, "gettext", gettext)
    monkeypatch.setattr(DjangoTranslation, "ngettext", ngettext)
    return asked


@pytest.fixture
def records(world):
    """All that stands in records, schemes and rule sets, as one text; and pages of single records."""
    decision = make.published_penalty()
    place = world.copper_kettle
    addresses = [decision.get_absolute_url(), place.get_absolute_url(), world.private_home.get_absolute_url()]
    addresses += [world.letter.get_absolute_url(), decision.law.get_absolute_url()]
    addresses += [f"/signs/{place.reference}/uk-fhrs/"]
    files = (path for package in (schemes, rules) for path in Path(package.__file__).parent.glob("*.toml"))
    texts = ["nothing at all like this", "nothing like it", *(path.read_text() for path in files)]
    for model in apps.get_app_config("records").get_models():
        if model._meta.managed:
            names = [
                f.name
                for f in model._meta.concrete_fields
                if isinstance(f, models.CharField | models.TextField)
            ]
            texts += [str(text) for row in model.objects.values_list(*names) for text in row if text]
    return " ".join(" ".join(texts).split()), addresses


def outside(root) -> list[str]:
    """What stands outside of the marks, piece by piece, without what is code or of another language."""
    found, depth = [], 0

    def read(text):
        nonlocal depth
        piece = ""
        for letter in text or "":
            if letter == "⟦":
                depth += 1
            if not depth:
                piece += letter
            elif piece:
                found.append(piece)
                piece = ""
            if letter == "⟧":
                depth -= 1
        found.append(piece)

    def walk(element):
        told = (
            isinstance(element.tag, str) and element.tag not in UNSEEN and element.get("lang") in (None, "qq")
        )
        if told and "code" not in (element.get("class") or "").split():
            for name in SAID:
                before, inside = depth, element.get(name)
                read(inside)
                assert depth == before, inside
            read(element.text)
            for child in element:
                walk(child)
                read(child.tail)

    walk(root.find("head/title"))
    walk(root.find("body"))
    return found


def untranslated(content: bytes, corpus: str) -> list[str]:
    """The pieces that are neither translated nor part of a record."""
    pieces = (NAMES.sub(" ", piece) for piece in outside(html.fromstring(content.decode())))
    parts = (
        " ".join(part.split()).rstrip(".")
        for piece in pieces
        for part in re.split(r"[·,;:“”()…]|\s[-–]\s", piece)
    )
    return sorted({part for part in parts if re.search(r"[^\W\d_]{2}", part) and part not in corpus})


def test_every_word_of_a_public_page_comes_from_a_catalog_or_a_record(client, marked, records):
    corpus, addresses = records
    found = {}
    for address in [*PAGES, *addresses]:
        answer = client.get(f"/qq{address}")
        assert answer.status_code in (200, 400, 404), address
        page = html.fromstring(answer.content)
        assert (page.get("lang"), page.get("dir")) == ("qq", "rtl"), address
        if left := untranslated(answer.content, corpus):
            found[address] = left
    assert found == {}


def test_a_word_that_is_not_translated_is_found():
    page = "<html><head><title>⟦A⟧</title></head><body><p>⟦a <b>b</b> c⟧ Copper Kettle<p>Search</body></html>"
    assert untranslated(page.encode(), "Copper Kettle") == ["Search"]


def test_stylesheets_mirror():
    """Physical sides would stay where they are on pages that are read from right to left."""
    sides = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|^\s*(?:left|right):|(?:text-align|float|clear):\s*(?:left|right)"
        r"|border-(?:top|bottom)-(?:left|right)-radius",
        re.MULTILINE,
    )
    folder = catalogs.FOLDER.parent / "static/css"
    assert {
        str(path): found for path in folder.rglob("*.css") if (found := sides.findall(path.read_text()))
    } == {}
