"""Words that the glossary explains: once on a page, of a term that is there, and not in the back office."""

import re
from pathlib import Path

import pytest
from django.template import RequestContext, Template
from lxml import html

from records.pages.terms import TERMS
from tests import make

pytestmark = pytest.mark.django_db
TWICE = '{% load words %}{% term "owed" %}Now owed{% endterm %}, {% term "owed" %}Now owed{% endterm %}'
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MOST = 4
"""More than so many on a page would distract."""


def links(client, address):
    found = html.fromstring(client.get(address).content).xpath("//a[@class='term']/@href")
    return [link.partition("#")[2] for link in found]


def test_a_word_leads_to_its_entry_where_it_stands_first(rf):
    said = Template(TWICE).render(RequestContext(rf.get("/")))
    assert said == '<a class="term" href="/glossary/#owed">Now owed</a>, Now owed'


def test_the_back_office_shows_the_word_alone(rf):
    assert Template(TWICE).render(RequestContext(rf.get("/backoffice/x/"))) == "Now owed, Now owed"


def test_every_word_that_a_template_marks_is_in_the_glossary():
    known, marked = {term.key for term in TERMS}, set()
    for path in TEMPLATES.rglob("*.html"):
        marked |= set(re.findall(r'{% term "([^"]+)" %}', path.read_text()))
    assert len(marked) > 5 and marked <= known


def test_pages_of_places_decisions_and_lists_explain_few_words_and_each_once(client, world):
    penalty = make.published_penalty()
    pages = {
        world.copper_kettle.get_absolute_url(): {"score", "fingerprint", "reference"},
        penalty.get_absolute_url(): {"imposed", "owed", "fingerprint", "rule-set"},
        "/penalties/": {"imposed", "owed"},
    }
    for address, wanted in pages.items():
        found = links(client, address)
        assert wanted <= set(found) and len(found) == len(set(found)) <= MOST, address
