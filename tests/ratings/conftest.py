"""An authority with a clerk, a checker and a place, for what happens to inspections."""

import pytest

from tests.backoffice import office


@pytest.fixture
def almond():
    return office.authority(country="")


@pytest.fixture
def maker(almond):
    return office.person("maker", (almond, "clerk"))


@pytest.fixture
def checker(almond):
    return office.person("checker", (almond, "checker"))


@pytest.fixture
def place(almond):
    return office.establishment(almond)
