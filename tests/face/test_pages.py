"""The list of all types of page: it is whole, and each answers as it says."""

import pytest
from django.test import Client
from django.urls import resolve

from tests.addresses import public_patterns
from tests.face import pages

pytestmark = pytest.mark.django_db


def test_every_page_is_listed(town):
    listed = {
        resolve(page.address.partition("?")[0]).view_name for page in pages.public(town) if page.status != 404
    }
    public = {name for name, _parameters in public_patterns() if "_files:" not in name}
    missing = public - listed - pages.FILES
    assert not missing, "give these a line in tests/face/pages.py"


def test_every_page_answers_as_it_says(town):
    clients = {"": Client()}
    for name, person in town.people.items():
        clients[name] = Client()
        clients[name].force_login(person)
    answers = {
        str(page): (clients[page.who].get(page.address).status_code, page.status)
        for page in (*pages.public(town), *pages.office(town))
    }
    assert {page: got for page, got in answers.items() if got[0] != got[1]} == {}
