"""What tests of kept pages share: a cache of their own, and how many pages were made."""

from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.template import loader


@pytest.fixture
def pages(settings, tmp_path):
    """The cache of the site, empty; the tests have none."""
    memory = {"BACKEND": "records.publication.memory.Memory", "LOCATION": str(tmp_path)}
    settings.CACHES = settings.CACHES | {"pages": memory}
    return caches["pages"]


class _Made:
    """How often a page was made from a template."""

    def __init__(self):
        self.number = 0


@pytest.fixture
def made():
    """Counts the pages that are made."""
    counted, render = _Made(), loader.render_to_string

    def counting(*args, **kwargs):
        counted.number += 1
        return render(*args, **kwargs)

    with patch.object(loader, "render_to_string", counting):
        yield counted
