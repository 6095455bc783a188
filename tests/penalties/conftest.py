"""Decisions in the states that tests begin with."""

import pytest

from tests import make


@pytest.fixture
def draft(db):
    return make.penalty()


@pytest.fixture
def reviewed(db):
    penalty = make.penalty()
    penalty.submit(penalty.entered_by)
    return penalty


@pytest.fixture
def published(db):
    return make.published_penalty()
