"""Addresses that last: those by which a record is cited are the same for every reader."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def permanent(request, name: str, *args) -> str:
    """The whole address of a page in the default language, whatever the language it is read in."""
    with override(settings.LANGUAGE_CODE):
        return request.build_absolute_uri(reverse(name, args=args))
